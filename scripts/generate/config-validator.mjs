/** The configuration's validators as code: ajv need not compile the schema whenever duba starts. */
import { Ajv2020 } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'

/** ajv's standalone code of both validators, as an ES module: the whole configuration, and a file of conf.d. */
export function configValidator(schema) {
  const ajv = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    allErrors: true,
    verbose: true,
    inlineRefs: false,
    code: { source: true, esm: true, lines: true },
  })
  // A file of conf.d need not hold what the main file holds already.
  const part = { ...schema, $id: `${schema.$id}.part`, required: [] }
  ajv.addSchema(schema).addSchema(part)
  const code = standalone.default(ajv, { matchesSchema: schema.$id, matchesPartially: part.$id })
  return `// Made by scripts/generate-config.mjs from schemas/duba.schema.json.\n${asModule(code)}`
}

/** ajv writes `require` for its helpers even into ES modules. */
function asModule(code) {
  const imports = new Map()
  const body = code.replace(/require\("(ajv\/dist\/runtime\/[a-z0-9]+)"\)/g, (_, path) => {
    const name = path.slice(path.lastIndexOf('/') + 1)
    imports.set(path, name)
    return name
  })
  if (/\brequire\(/.test(body)) throw new Error('the code of ajv needs something that is not known here')
  return [...imports].map(([path, name]) => `import ${name} from '${path}.js'\n`).join('') + body
}
