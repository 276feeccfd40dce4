/**
 * The layer table of docs/architecture.md as a check. Each row: folder, what it may import beside itself and
 * `lib`, and the third-party packages that live there and nowhere else.
 */
const layers = {
  lib: { may: [] },
  format: { may: [] },
  rsync: { may: [] },
  sys: { may: [] },
  backend: { may: [] },
  crypt: { may: [] },
  engine: { may: ['format', 'rsync', 'sys', 'crypt', 'backend/backend.ts'] },
  config: { may: ['schemas'] },
  plan: {
    may: [
      'config',
      'engine/request.ts',
      'engine/events',
      'engine/select/glob.ts',
      'format',
      'backend/url.ts',
    ],
  },
  report: { may: ['engine/events', 'engine/request.ts', 'config', 'plan', 'format'] },
  run: { may: ['plan', 'config', 'engine/events', 'engine/request.ts', 'report', 'format', 'sys'] },
  cli: { may: ['config', 'plan', 'run', 'report', 'engine', 'backend', 'crypt', 'format', 'sys'] },
}
const homes = {
  yargs: ['cli'],
  ajv: ['config'],
  execa: ['run'],
  openpgp: ['crypt'],
  winston: ['report'],
  koffi: ['sys'],
}
const escape = (path) => path.replace(/\./g, '\\.')

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Data flows one way.',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'A file that nothing imports is dead.',
      from: { orphan: true, path: '^src/', pathNot: '^src/(main|engine-main)\\.ts$|worker\\.ts$' },
      to: {},
    },
    ...Object.entries(layers).map(([folder, { may }]) => ({
      name: `${folder}-imports-down`,
      severity: 'error',
      comment: `src/${folder} may import only: itself, lib${may.length ? ', ' : ''}${may.join(', ')}.`,
      from: { path: `^src/${folder}/` },
      to: {
        path: '^(src|schemas)/',
        pathNot: [
          `^src/${folder}/`,
          '^src/lib/',
          ...may.map((to) => (to === 'schemas' ? '^schemas/' : `^src/${escape(to)}`)),
        ],
      },
    })),
    ...Object.entries(homes).map(([name, folders]) => ({
      name: `${name}-lives-in-${folders.join('-or-')}`,
      severity: 'error',
      comment: `${name} is imported from src/${folders.join(', src/')} only: to replace it is to rewrite that folder.`,
      from: { path: '^src/', pathNot: folders.map((folder) => `^src/${folder}/`) },
      to: { path: `node_modules/${name}(/|$)` },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
