import { InputError } from '@backstage/errors';
import { json, type ErrorRequestHandler, type RequestHandler } from 'express';

/** A document with twenty keys and ninety ranges has some 20 kB. */
const LIMIT_KB = 256;

// The types of body-parser's errors; source: its README, "Errors".
const sentences: Record<string, string> = {
  'entity.parse.failed': 'The body of the request is not a JSON object.',
  'entity.too.large': `The body of the request is larger than ${LIMIT_KB} kB.`,
};

/** What cannot be read is named, and never quoted: there may be a secret in it. */
const nameProblem: ErrorRequestHandler = (error, _request, _response, next) => {
  next(
    new InputError(
      sentences[error?.type] ?? 'The body of the request cannot be read.',
    ),
  );
};

/** Reads JSON bodies of a sensible size. */
export const readBody: Array<RequestHandler | ErrorRequestHandler> = [
  json({ limit: `${LIMIT_KB}kb` }),
  nameProblem,
];
