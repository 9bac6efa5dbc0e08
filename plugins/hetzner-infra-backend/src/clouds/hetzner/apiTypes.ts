import type { components, paths } from './api.generated';

type Schemas = components['schemas'];

export type Action = Schemas['Action'];
export type Certificate = Schemas['Certificate'];
export type Firewall = Schemas['Firewall'];
export type LoadBalancer = Schemas['LoadBalancer'];
export type LoadBalancerType = Schemas['LoadBalancerType'];
export type Location = Schemas['Location'];
export type Network = Schemas['Network'];
export type PlacementGroup = Schemas['PlacementGroup'];
export type Server = Schemas['Server'];
export type ServerType = Schemas['ServerType'];
export type SshKey = Schemas['SshKey'];

export type Method = 'get' | 'post' | 'put' | 'delete';

/** The path templates that know a method, such as `/servers/{id}` for `get`. */
export type PathWith<M extends Method> = {
  [P in keyof paths]: M extends keyof paths[P] ? P : never;
}[keyof paths];

type Operation<
  P extends PathWith<M>,
  M extends Method,
> = M extends keyof paths[P] ? paths[P][M] : never;

type JsonOf<T> = T extends { content: { 'application/json': infer Body } }
  ? Body
  : undefined;

type ParametersOf<O> = O extends { parameters: infer Given }
  ? Pick<Given, Extract<keyof Given, 'path' | 'query'>>
  : {};

type BodyOf<O> = O extends { requestBody: infer Body }
  ? { body: JsonOf<Body> }
  : O extends { requestBody?: infer Body }
  ? { body?: JsonOf<NonNullable<Body>> }
  : {};

/** What a call carries: `path` (its ids), `query` and `body`, as far as it has them. */
export type RequestOf<M extends Method, P extends PathWith<M>> = ParametersOf<
  Operation<P, M>
> &
  BodyOf<Operation<P, M>>;

/** The answer's JSON; `undefined` for 204. */
export type ResponseOf<M extends Method, P extends PathWith<M>> = Operation<
  P,
  M
> extends { responses: infer Responses }
  ? JsonOf<Responses[keyof Responses]>
  : never;

/** The collections: what answers a GET page by page and needs no id in its path. */
export type ListPath = {
  [P in PathWith<'get'>]: ResponseOf<'get', P> extends { meta: unknown }
    ? RequestOf<'get', P> extends { path: unknown }
      ? never
      : P
    : never;
}[PathWith<'get'>];

/** One item of a collection: `Server` for `/servers`. */
export type ItemOf<P extends ListPath> = Omit<
  ResponseOf<'get', P>,
  'meta'
> extends infer Lists
  ? Lists[keyof Lists] extends readonly (infer Item)[]
    ? Item
    : never
  : never;

/** The filters of a collection, such as `name` and `label_selector`. */
export type FiltersOf<P extends ListPath> = RequestOf<'get', P> extends {
  query?: infer Query;
}
  ? Omit<NonNullable<Query>, 'page' | 'per_page'>
  : {};
