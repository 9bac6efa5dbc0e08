import addFormats from 'ajv-formats';
import Ajv, { ErrorObject, Options, ValidateFunction } from 'ajv/dist/2020';
import type { JsonSchema } from './description';

/** A way in which a value is not as its schema says. */
export interface Mismatch {
  /** JSON pointer into the value. */
  path: string;
  message: string;
}

/** Checks values by JSON schemas of draft 2020-12, each compiled once. */
export class SchemaChecker {
  private readonly ajv: Ajv;
  private readonly compiled = new WeakMap<JsonSchema, ValidateFunction>();

  /** @param coerce - take text for numbers and one value for a list, as in a query */
  constructor(coerce: boolean) {
    const options: Options = {
      allErrors: true,
      // A description has keywords of its own, such as `example`.
      strict: false,
      validateSchema: false,
      coerceTypes: coerce ? 'array' : false,
      formats: { decimal: /^-?\d+(\.\d+)?$/ },
    };
    this.ajv = new Ajv(options);
    addFormats(this.ajv);
  }

  mismatches(schema: JsonSchema, value: unknown): Mismatch[] {
    let validate = this.compiled.get(schema);
    if (!validate) {
      validate = this.ajv.compile(schema);
      this.compiled.set(schema, validate);
    }
    return validate(value) ? [] : (validate.errors ?? []).map(explain);
  }
}

function explain({ instancePath, message, params }: ErrorObject): Mismatch {
  const details =
    Object.keys(params).length > 0 ? ` ${JSON.stringify(params)}` : '';
  return { path: instancePath, message: `${message}${details}` };
}
