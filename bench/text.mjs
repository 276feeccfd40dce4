/**
 * Text that compresses like text: words of a made-up language in a Markov chain. Every word has a few favourite
 * successors; sometimes any word follows, the frequent ones more often (Zipf). Lines, sentences, numbers and
 * indented blocks as in documentation and source. Deflate (level 6) brings a 64 KB piece to about 29 %, which is the
 * median of the text files above 8 KB below /usr/share (`node bench/text.mjs` prints what it is).
 */
import { deflateRawSync } from 'node:zlib'
import { generator } from './random.mjs'

const vocabulary = 5000
const successors = 8
/** How often a word is followed by any word and not by one of its successors. */
const surprise = 0.06

const onsets = [
  'b',
  'c',
  'd',
  'f',
  'g',
  'l',
  'm',
  'n',
  'p',
  'r',
  's',
  't',
  'v',
  'st',
  'tr',
  'pr',
  'ch',
  'th',
  '',
]
const vowels = ['a', 'e', 'i', 'o', 'u', 'e', 'ai', 'ou', 'io']
const codas = ['', '', 'n', 'r', 's', 't', 'l', 'nd', 'ng', 'ck']

/**
 * An endless source of text: each call gives the next `length` bytes.
 * @param {string} seed
 * @returns {(length: number) => Buffer}
 */
export function text(seed) {
  const random = generator(`${seed} text`)
  const { words, followers } = language()
  let word = 0
  let column = 0
  let line = ''
  let sentence = 0
  let left = ''

  function nextLine() {
    const indent = random() < 0.3 ? '    ' : ''
    line = indent
    column = indent.length
    const width = random() < 0.2 ? 20 + random() * 40 : 72
    while (column < width) {
      word =
        random() < surprise
          ? zipf(random, vocabulary)
          : followers[word * successors + zipf(random, successors)]
      let shown = words[word]
      if (sentence === 0) shown = shown[0].toUpperCase() + shown.slice(1)
      if (random() < 0.012) shown = String(Math.floor(random() * 2000))
      sentence += 1
      let end = ' '
      if (sentence > 6 && random() < 0.12) {
        end = '. '
        sentence = 0
      } else if (random() < 0.07) end = ', '
      line += shown + end
      column += shown.length + end.length
    }
    return `${line.trimEnd()}\n${random() < 0.08 ? '\n' : ''}`
  }

  return (length) => {
    const parts = [left]
    let size = left.length
    while (size < length) {
      const next = nextLine()
      parts.push(next)
      size += next.length
    }
    const all = parts.join('')
    left = all.slice(length)
    return Buffer.from(all.slice(0, length), 'latin1')
  }
}

let known

/** The language is one and the same for all texts. */
function language() {
  if (known !== undefined) return known
  const random = generator('the language of the bench')
  const pick = (list) => list[Math.floor(random() * list.length)]
  const words = Array.from({ length: vocabulary }, (_, rank) => {
    const syllables = rank < 60 ? 1 : 1 + Math.floor(random() * 3)
    return Array.from({ length: syllables }, () => pick(onsets) + pick(vowels) + pick(codas)).join('')
  })
  const followers = Int32Array.from({ length: vocabulary * successors }, () => zipf(random, vocabulary))
  known = { words, followers }
  return known
}

/** A rank below `count`; low ranks are much more frequent. */
function zipf(random, count) {
  return Math.min(count - 1, Math.floor(Math.exp(random() * Math.log(count + 1)) - 1))
}

if (process.argv[1] === import.meta.filename) {
  const sample = text('sample')(1 << 22)
  const ratios = Array.from({ length: 64 }, (_, i) => {
    const piece = sample.subarray(i << 16, (i + 1) << 16)
    return deflateRawSync(piece, { level: 6 }).length / piece.length
  })
  console.log(
    `${sample.toString('latin1', 0, 1500)}\n\ndeflate: ${ratios.sort((a, b) => a - b)[32]?.toFixed(3)}`,
  )
}
