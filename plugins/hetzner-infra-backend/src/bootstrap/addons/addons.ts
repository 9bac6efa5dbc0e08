import type { EnvironmentDocument } from '@xpeditis/backstage-plugin-hetzner-infra-common';
import type { Addon } from './Addon';
import { applicationNamespace } from './applicationNamespace';
import { certManager } from './certManager';
import { cloudControllerManager } from './cloudControllerManager';
import { clusterAutoscaler } from './clusterAutoscaler';
import { clusterIssuers } from './clusterIssuers';
import { csiDriver } from './csiDriver';
import { dashboards } from './dashboards';
import { etcdSnapshots } from './etcdSnapshots';
import { logShipper } from './logShipper';
import { loki } from './loki';
import { prometheusStack } from './prometheusStack';
import { systemUpgradeController } from './systemUpgradeController';
import { traefik } from './traefik';

/** Every add-on, none before one that it needs. */
export const ADDONS: readonly Addon[] = [
  cloudControllerManager,
  applicationNamespace,
  etcdSnapshots,
  csiDriver,
  traefik,
  certManager,
  clusterIssuers,
  systemUpgradeController,
  prometheusStack,
  loki,
  logShipper,
  dashboards,
  clusterAutoscaler,
];

/** The add-ons that a document asks for. */
export const wantedAddons = (environment: EnvironmentDocument): Addon[] =>
  ADDONS.filter(addon => addon.isWanted(environment));
