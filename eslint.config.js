import tseslint from 'typescript-eslint'

/** Rules are for people: code that a generator wrote is not held to them. */
const noRules = Object.fromEntries(
  [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked]
    .flatMap(({ rules = {} }) => Object.keys(rules))
    .map((rule) => [rule, 'off']),
)

const impure = (what) =>
  `${what} belongs to src/main.ts, src/engine-main.ts and the cli: the core gets it as an argument (docs/architecture.md).`

export default tseslint.config(
  {
    ignores: ['dist/', 'node_modules/', 'coverage/', 'assembly/', '**/*.generated.ts', 'bench/work/'],
  },
  { ignores: ['!src/config/config.generated.ts'] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: {
          allowDefaultProject: ['eslint.config.js', 'jest.config.js', '.dependency-cruiser.cjs'],
        },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/main.ts', 'src/engine-main.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "MemberExpression[object.name='process'][property.name=/^(env|exit|argv|stdout|stderr|stdin)$/]",
          message: impure('process.env/exit/argv/streams'),
        },
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: impure('the clock'),
        },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: impure('the clock') },
      ],
    },
  },
  { files: ['**/*.js', '**/*.cjs', '**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
  {
    files: ['**/*.generated.js'],
    languageOptions: { parserOptions: { projectService: false } },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    rules: { ...noRules, 'max-lines': 'off', eqeqeq: 'off' },
  },
)
