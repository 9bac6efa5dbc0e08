import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  environmentSchema,
  type EnvironmentDocument,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { parse } from 'yaml';
import type { AddonContext } from '../bootstrap/addons/Addon';
import { userData } from '../bootstrap/userData';
import { EXAMPLE_CLUSTER } from './exampleCluster';

/** What the add-ons of the documented production environment are made from. */
export function exampleAddonContext(
  change: (spec: EnvironmentDocument['spec']) => void = () => {},
): AddonContext {
  const environment = environmentSchema.parse(
    parse(
      readFileSync(
        join(__dirname, '../../../../examples/xpeditis-prod.yaml'),
        'utf8',
      ),
    ),
  );
  change(environment.spec);
  return {
    environment,
    owner: {
      installation: 'installation-1',
      environmentId: 'environment-1',
      environment: environment.metadata.name,
    },
    serverTypes: { web: 'cx43' },
    hetznerToken: 'token-of-the-cluster',
    sshKey: '7',
    loadBalancerAddress: '10.0.1.3',
    workerUserData: pool => userData(EXAMPLE_CLUSTER, { role: 'worker', pool }),
    grafanaPassword: 'password-of-grafana',
    alertWebhook: 'https://alerts.example.com/of-nobody-else',
    acmeEmail: 'ops@example.com',
    bucket: {
      host: 'fsn1.your-objectstorage.com',
      region: 'fsn1',
      bucket: 'xpeditis-prod',
      accessKey: 'access-key',
      secretKey: 'secret-key-of-the-bucket',
    },
  };
}
