import { z } from 'zod';

const errorAnswer = z.strictObject({
  status: z.int().min(400).max(599),
  code: z.string().min(1),
  message: z.string(),
  /** True: the request takes effect and this is answered all the same. */
  after: z.boolean().default(false),
  /** True: a page of a gateway in HTML is answered instead of JSON. */
  html: z.boolean().default(false),
  /** Of a 429: seconds of the machine until RateLimit-Reset. */
  resetSeconds: z.number().min(0).default(1),
});

const slowAnswer = z.strictObject({
  /** Seconds on the sandbox's clock, whatever its speed is. */
  slow: z.strictObject({ seconds: z.number().positive() }),
});

const actionFailure = z.strictObject({
  actionError: z.strictObject({ code: z.string().min(1), message: z.string() }),
});

const actionHang = z.strictObject({
  /** Seconds of the cloud that the action takes longer; null is for ever. */
  actionHang: z.strictObject({ seconds: z.number().positive().nullable() }),
});

const staleList = z.strictObject({
  /** Seconds of the cloud for which lists do not show what the request creates. */
  staleList: z.strictObject({ seconds: z.number().positive() }),
});

/** What a fault does to a request. */
export const faultEffect = z.union([
  z.enum(['drop-before', 'drop-after']),
  slowAnswer,
  actionFailure,
  actionHang,
  staleList,
  errorAnswer,
]);

/** What a fault does to a request. */
export type FaultEffect = z.infer<typeof faultEffect>;

/**
 * What a fault changes: the answer, the first action that the request starts,
 * or the lists afterwards. Of each aspect one fault hits a request.
 */
export function aspectOf(effect: FaultEffect): 'answer' | 'action' | 'list' {
  if (typeof effect === 'string') return 'answer';
  if ('actionError' in effect || 'actionHang' in effect) return 'action';
  return 'staleList' in effect ? 'list' : 'answer';
}
