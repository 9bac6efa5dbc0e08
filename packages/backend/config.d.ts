export interface Config {
  backend?: {
    /**
     * A second address on which the backend answers just as on `backend.listen`.
     * The local portal serves the app on it; behind a reverse proxy it is left out.
     */
    appListener?: {
      /** Address to bind to, such as `127.0.0.1`. */
      host: string;
      port: number;
    };
  };
}
