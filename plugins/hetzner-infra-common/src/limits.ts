/**
 * Limits of the provider that no call tells. Each names its source.
 */
export const PROVIDER_LIMITS = {
  /** Hetzner Cloud docs, Placement groups: FAQ. */
  serversPerPlacementGroup: 10,
  /** Hetzner Cloud docs, Placement groups: FAQ. */
  placementGroupsPerProject: 50,
  /** Hetzner Cloud docs, Firewalls: FAQ. */
  firewallsPerProject: 50,
  /** Hetzner Cloud API, Firewalls: set rules. */
  rulesPerFirewall: 50,
  /** Hetzner Cloud API, Firewalls: set rules. */
  sourcesPerRule: 100,
  /** Hetzner Cloud docs, Networks: FAQ. */
  resourcesPerNetwork: 100,
} as const;
