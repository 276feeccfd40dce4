/** The folder of one file of interop tests: the states of the tree on disk, and room for repositories. */
import { cpSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll } from '@jest/globals'
import { assertSame, listTree, type Row } from '../support/compare.ts'
import { buildTree, type Tree } from '../support/tree.ts'
import { useTempDir } from '../support/temp.ts'

/** See `useWorkshop`. */
export interface Workshop {
  readonly root: string
  /** Path of a state of the tree, to verify against. */
  stateDir(session: number): string
  /** Runs `work` while the state stands at `source`, the one path that all sessions are taken from. */
  withSource<T>(session: number, work: (source: string) => Promise<T>): Promise<T>
  /** A path below the root that nothing has used. */
  fresh(label: string): string
  /** Copies a repository, so that somebody may go on with it. Returns the copy's path. */
  copy(path: string): string
  /** Throws unless the tree at `target` is that state; removes it. */
  assertState(session: number, target: string): void
}

/** Builds the states before the tests of the file; everything is removed after them. */
export function useWorkshop(label: string, states: readonly Tree[]): Workshop {
  const root = useTempDir(label)
  const rows: Row[][] = []
  let count = 0
  const stateDir = (session: number) => join(root, `state-${session}`)
  const fresh = (name: string) => join(root, `${name}-${(count += 1)}`)
  beforeAll(() => {
    for (const [session, tree] of states.entries()) {
      buildTree(stateDir(session), tree)
      rows.push(listTree(stateDir(session)))
    }
  })
  return {
    root,
    stateDir,
    fresh,
    withSource: async (session, work) => {
      const source = join(root, 'source')
      renameSync(stateDir(session), source)
      try {
        return await work(source)
      } finally {
        renameSync(source, stateDir(session))
      }
    },
    copy: (path) => {
      const target = fresh('copy')
      cpSync(path, target, { recursive: true, preserveTimestamps: true })
      return target
    },
    assertState: (session, target) => {
      assertSame(rows[session] ?? [], listTree(target))
      rmSync(target, { recursive: true, force: true })
    },
  }
}
