/** The part of hcloud-js 1.4.1 that is used here; it ships no types. */
declare module 'hcloud-js' {
  import type { AxiosInstance } from 'axios';

  export class Client {
    constructor(options: {
      token: string;
      /** The API's address with `/v1`. */
      baseURL?: string;
      /** Milliseconds; 0 for none. 5000 by default. */
      timeout?: number;
      /** `false`, the default, ignores the environment's proxies; `undefined` uses them. */
      proxy?: false | undefined;
    });

    /** The instance through which all of its endpoints call. */
    readonly axios: AxiosInstance;
  }
}
