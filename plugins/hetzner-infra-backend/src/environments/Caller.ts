/** Who asks, as far as the rules of environments need it. */
export type Caller = {
  /** Entity reference of a person, or `plugin:<id>` and the like of a service. */
  ref: string;
  /** Entity references that the caller owns things through, in lower case. */
  groups: readonly string[];
  /** May act for groups that the caller is no member of, and use every connection. */
  actsForPlatform: boolean;
};
