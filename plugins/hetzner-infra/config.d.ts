export interface Config {
  hetznerInfra?: {
    /**
     * Where people read how environments are used: an address that begins with
     * http:// or https://. Pages offer no guide unless it is set.
     * @visibility frontend
     */
    docsUrl?: string;
  };
}
