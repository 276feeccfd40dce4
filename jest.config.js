/** One configuration, several suites: `npm run unit`, `npm run interop`, … choose by path. */
export default {
  rootDir: '.',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript' },
          experimental: { keepImportAttributes: true },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: 'node',
  // signal-exit (of execa) keeps one emitter for the whole process; jest's clean-up would wrap it anew for each test
  // file until the stack overflows.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  coverageProvider: 'babel',
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  testTimeout: 60000,
  reporters: ['default', '<rootDir>/scripts/count-reporter.mjs'],
}
