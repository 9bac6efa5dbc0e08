import type { Exchange } from '../hetzner/api';
import {
  Description,
  DescribedOperation,
  JsonSchema,
  readDescription,
} from './description';
import { Mismatch, SchemaChecker } from './schemas';

/** One way in which an exchange was not as the description says. */
export interface Violation {
  /** `operationId`, or null for a path that the description does not have. */
  operation: string | null;
  where: 'request' | 'response';
  /** Of the answer. */
  status: number;
  /** JSON pointer: `/body/…`, `/query/…` or `/path/…`. */
  path: string;
  message: string;
}

/** The schema of all parameters in one place of a request. */
function parameterSchema(
  { parameters }: DescribedOperation,
  place: 'path' | 'query',
): JsonSchema {
  const here = parameters.filter(parameter => parameter.in === place);
  return {
    type: 'object',
    properties: Object.fromEntries(
      here.map(({ name, schema }) => [name, schema]),
    ),
    required: here.filter(({ required }) => required).map(({ name }) => name),
  };
}

const within = (prefix: string, mismatches: Mismatch[]): Mismatch[] =>
  mismatches.map(({ path, message }) => ({
    path: `${prefix}${path}`,
    message,
  }));

/** One operation of the description, ready to check exchanges. */
interface Rule {
  method: string;
  pattern: RegExp;
  operation: DescribedOperation;
  path: JsonSchema;
  query: JsonSchema;
}

function rulesOf({ paths }: Description): Rule[] {
  return (
    Object.entries(paths)
      .flatMap(([path, operations]) =>
        Object.entries(operations).map(([method, operation]) => ({
          method: method.toUpperCase(),
          // Named groups, so that a match tells the path's parameters.
          pattern: new RegExp(
            `^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`,
          ),
          operation,
          path: parameterSchema(operation, 'path'),
          query: parameterSchema(operation, 'query'),
          parameters: path.split('{').length - 1,
        })),
      )
      // `/servers/actions` before `/servers/{id}`.
      .sort((left, right) => left.parameters - right.parameters)
  );
}

/** Checks exchanges against the provider's description and keeps what it finds. */
export class Judge {
  readonly violations: Violation[] = [];
  private readonly rules: Rule[];
  private readonly values = new SchemaChecker(false);
  private readonly parameters = new SchemaChecker(true);

  constructor(description: Description) {
    this.rules = rulesOf(description);
  }

  check(exchange: Exchange): void {
    const rule = this.rules.find(
      ({ method, pattern }) =>
        method === exchange.method && pattern.test(exchange.path),
    );
    if (!rule) {
      this.note(null, 'request', exchange.status, {
        path: '/path',
        message: `the description has no ${exchange.method} ${exchange.path}`,
      });
      return;
    }
    const { operationId } = rule.operation;
    for (const found of this.requestMismatches(rule, exchange)) {
      this.note(operationId, 'request', exchange.status, found);
    }
    for (const found of this.answerMismatches(rule, exchange)) {
      this.note(operationId, 'response', exchange.status, found);
    }
  }

  clear(): void {
    this.violations.length = 0;
  }

  private note(
    operation: string | null,
    where: Violation['where'],
    status: number,
    mismatch: Mismatch,
  ): void {
    this.violations.push({ operation, where, status, ...mismatch });
  }

  private requestMismatches(rule: Rule, exchange: Exchange): Mismatch[] {
    const schema =
      rule.operation.requestBody?.content?.['application/json']?.schema;
    const params = { ...rule.pattern.exec(exchange.path)?.groups };
    return [
      ...within('/path', this.parameters.mismatches(rule.path, params)),
      // A copy, because coercion changes what it checks.
      ...within(
        '/query',
        this.parameters.mismatches(rule.query, { ...exchange.query }),
      ),
      ...(schema
        ? within(
            '/body',
            this.values.mismatches(schema, exchange.requestBody ?? {}),
          )
        : []),
    ];
  }

  private answerMismatches(
    rule: Rule,
    { status, answerBody }: Exchange,
  ): Mismatch[] {
    const { responses } = rule.operation;
    const response = responses[status] ?? responses[`${String(status)[0]}xx`];
    if (!response) {
      return [{ path: '', message: `status ${status} is not described` }];
    }
    const schema = response.content?.['application/json']?.schema;
    if (!schema) {
      return answerBody === undefined
        ? []
        : [{ path: '/body', message: `status ${status} has no body` }];
    }
    return within('/body', this.values.mismatches(schema, answerBody));
  }
}

/** Reads a description and its overlay. */
export async function readJudge(
  description: string,
  overlay: string | undefined,
): Promise<Judge> {
  return new Judge(await readDescription(description, overlay));
}
