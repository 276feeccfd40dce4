/** Writes generated files, or with `--check` among the arguments only tells which are not fresh. */
import { readFile, writeFile } from 'node:fs/promises'
import prettier from 'prettier'

const root = new URL('../../', import.meta.url)

/** The JSON value of a file of the project. */
export async function readJson(path) {
  return JSON.parse(await readFile(new URL(path, root), 'utf8'))
}

/** Formats the contents as the project does, manual pages and code for programs excepted, and brings the files up to date. Sets the exit status. */
export async function keepFresh(files) {
  const check = process.argv.includes('--check')
  for (const [path, content] of Object.entries(files)) {
    const url = new URL(path, root)
    const options = await prettier.resolveConfig(url)
    const asIs = path.endsWith('.generated.js') || path.startsWith('man/')
    const text = asIs ? content : await prettier.format(content, { ...options, filepath: path })
    const before = await readFile(url, 'utf8').catch(() => undefined)
    if (before === text) continue
    if (check) {
      console.log(`${path} is not fresh: run "npm run generate" and commit the result.`)
      process.exitCode = 1
    } else {
      await writeFile(url, text)
      console.log(`written: ${path}`)
    }
  }
}
