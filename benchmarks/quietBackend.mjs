/** Long after every benchmark has ended. */
const MUCH_LATER = JSON.stringify({
  frequency: { hours: 1 },
  timeout: { minutes: 1 },
  initialDelay: { hours: 1 },
});

/**
 * Environment of a backend that does nothing by itself: sweeps and the catalog's
 * reading of environments would be measured as if they had been asked for.
 */
export const QUIET_BACKEND = {
  APP_CONFIG_catalog_providers_hetznerInfra_schedule: MUCH_LATER,
  APP_CONFIG_hetznerInfra_sweeps_drift_schedule: MUCH_LATER,
  APP_CONFIG_hetznerInfra_sweeps_orphans_schedule: MUCH_LATER,
  APP_CONFIG_hetznerInfra_sweeps_expiry_schedule: MUCH_LATER,
};
