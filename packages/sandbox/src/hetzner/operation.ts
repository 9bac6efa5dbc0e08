import type { z } from 'zod';
import type { StoredAction } from './actions/action';
import type { Effect } from './actions/effect';
import type { ActionOptions } from './actions/runner';
import type { Cloud } from './cloud';
import { operationNames, Route } from './operationNames';
import type { Project } from './project';

/** What a handler gets. */
export interface Call<Body = unknown, Query = unknown> {
  cloud: Cloud;
  project: Project;
  /** Epoch milliseconds. */
  now: number;
  /** `{id}` of the path; 0 where the path has none or no number there. */
  id: number;
  /** `{action_id}` of the path; 0 where the path has none or no number there. */
  actionId: number;
  body: Body;
  query: Query;
  /** Starts an action; the first of a call carries an injected fault. */
  start<Args>(
    effect: Effect<Args>,
    args: Args,
    options: ActionOptions,
  ): StoredAction;
}

/** What a handler gets beside its body and query. */
export type CallContext = Omit<Call, 'body' | 'query'>;

/** One operation of the API, ready to be routed. */
export interface Operation {
  route: Route;
  /** `operationId` of the official description. */
  name: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the API's base address, such as `/servers/{id}`. */
  path: string;
  body?: z.ZodType;
  query?: z.ZodType;
  status: number;
  answer?: z.ZodType;
  handle(call: Call): unknown;
}

/** Splits a route into method and path. */
export function splitRoute(route: Route) {
  const [method, path] = route.split(' ');
  return { method: method as Operation['method'], path };
}

/**
 * Declares an operation. Bodies and queries are parsed by their schemas before
 * `handle` runs; what it returns goes through the answer's schema, so nothing
 * that the schema does not name leaves the sandbox.
 */
export function operation<Body = unknown, Query = unknown, Answer = void>(
  route: Route,
  definition: {
    body?: z.ZodType<Body>;
    query?: z.ZodType<Query>;
    status: 200 | 201 | 204;
    answer?: z.ZodType<Answer>;
    handle: (call: Call<Body, Query>) => NoInfer<Answer>;
  },
): Operation {
  return {
    route,
    name: operationNames[route],
    ...splitRoute(route),
    ...definition,
    handle: definition.handle as Operation['handle'],
  };
}
