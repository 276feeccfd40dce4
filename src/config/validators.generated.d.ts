/** The validators of the configuration: ajv's code of schemas/duba.schema.json, made by scripts/generate-config.mjs. */
import type { ValidateFunction } from 'ajv'
import type { DubaConfig } from './config.generated.ts'

/** Whether a value is a whole configuration. */
export declare const matchesSchema: ValidateFunction<DubaConfig>
/** Whether a value is part of one: a file of conf.d need not hold what the main file holds already. */
export declare const matchesPartially: ValidateFunction<Partial<DubaConfig>>
