import { parse } from 'yaml';
import { z } from 'zod';
import type { Disk } from '../disk';

const CONFIG = '/etc/rancher/k3s/config.yaml';
const DROP_INS = '/etc/rancher/k3s/config.yaml.d';

/** Thrown when k3s would not start with what it is told. */
export class K3sConfigError extends Error {}

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const document = z.record(
  z.string(),
  z.union([scalar, z.array(scalar)]).nullable(),
);
type Values = Map<string, string[]>;

const flag = z
  .array(z.string())
  .optional()
  .transform(values => values?.at(-1) === 'true');
const text = z
  .array(z.string())
  .optional()
  .transform(values => values?.at(-1));
const list = z
  .array(z.string())
  .optional()
  .transform(values => values ?? []);
/** Several in one value are separated by commas. */
const commaList = list.transform(values =>
  values
    .flatMap(value => value.split(','))
    .map(value => value.trim())
    .filter(Boolean),
);

/** Defaults: k3s documentation, cli/server. */
const known = z.object({
  'cluster-init': flag,
  server: text,
  token: text,
  'token-file': text,
  'agent-token': text,
  'agent-token-file': text,
  'node-name': text,
  'node-ip': commaList,
  'node-external-ip': commaList,
  'advertise-address': text,
  'tls-san': commaList,
  'cluster-cidr': text.transform(value => value ?? '10.42.0.0/16'),
  'service-cidr': text.transform(value => value ?? '10.43.0.0/16'),
  'cluster-dns': text.transform(value => value ?? '10.43.0.10'),
  'cluster-domain': text.transform(value => value ?? 'cluster.local'),
  'disable-cloud-controller': flag,
  disable: commaList,
  'flannel-backend': text.transform(value => value ?? 'vxlan'),
  'secrets-encryption': flag,
  'secrets-encryption-provider': text.transform(value => value ?? 'aescbc'),
  'kubelet-arg': list,
  'node-label': commaList,
  'node-taint': commaList,
  'kube-apiserver-arg': list,
  'kube-controller-manager-arg': list,
  'kube-scheduler-arg': list,
});

/** What k3s is told: by files, the environment and flags. */
export type K3sConfig = z.infer<typeof known>;

function addDocument(values: Values, file: string, content: string): void {
  let parsed;
  try {
    parsed = document.parse(parse(content) ?? {});
  } catch (error) {
    throw new K3sConfigError(
      `${file} cannot be read: ${
        error instanceof z.ZodError
          ? z.prettifyError(error)
          : (error as Error).message
      }`,
    );
  }
  for (const [key, value] of Object.entries(parsed)) {
    if (value === null) continue;
    const more = (Array.isArray(value) ? value : [value]).map(String);
    // A plus appends. Source: k3s documentation, installation/configuration.
    const name = key.replace(/\+$/, '');
    const before = key.endsWith('+') ? values.get(name) ?? [] : [];
    values.set(name, [...before, ...more]);
  }
}

/** Flags as `--name value`, `--name=value` or `--name`. */
function addFlags(values: Values, args: readonly string[]): void {
  const given: Values = new Map();
  for (let index = 0; index < args.length; index += 1) {
    const match = /^--?([\w-]+)(?:=(.*))?$/s.exec(args[index]);
    if (!match) continue;
    const [, name, attached] = match;
    let value = attached;
    if (value === undefined) {
      const next = args[index + 1];
      if (next !== undefined && !next.startsWith('-')) {
        value = next;
        index += 1;
      } else {
        value = 'true';
      }
    }
    given.set(name, [...(given.get(name) ?? []), value]);
  }
  for (const [name, value] of given) values.set(name, value);
}

/** Variables that stand for flags. Source: k3s documentation, cli/agent. */
const VARIABLES: Record<string, string> = {
  K3S_URL: 'server',
  K3S_TOKEN: 'token',
  K3S_TOKEN_FILE: 'token-file',
  K3S_AGENT_TOKEN: 'agent-token',
  K3S_NODE_NAME: 'node-name',
};

/**
 * Reads what k3s on a machine is told: environment, then `config.yaml`, then
 * the files beside it in the order of their names, then flags.
 *
 * @throws K3sConfigError
 */
export function readK3sConfig(
  disk: Disk,
  {
    args = [],
    environment = {},
  }: { args?: readonly string[]; environment?: Record<string, string> } = {},
): K3sConfig {
  const values: Values = new Map();
  for (const [variable, name] of Object.entries(VARIABLES)) {
    if (environment[variable]) values.set(name, [environment[variable]]);
  }
  const main = disk.read(CONFIG);
  if (main !== undefined) addDocument(values, CONFIG, main);
  for (const name of disk.list(DROP_INS)) {
    if (!/\.ya?ml$/.test(name)) continue;
    const file = `${DROP_INS}/${name}`;
    addDocument(values, file, disk.read(file)!);
  }
  addFlags(values, args);
  const config = known.parse(Object.fromEntries(values));
  for (const name of ['token', 'agent-token'] as const) {
    const file = config[`${name}-file`];
    if (config[name] || !file) continue;
    const content = disk.read(file);
    if (content === undefined) {
      throw new K3sConfigError(`There is no file ${file} (${name}-file).`);
    }
    config[name] = content.trim();
  }
  return config;
}

/** The value of an argument such as `cloud-provider=external`. */
export function argumentValue(
  args: readonly string[],
  name: string,
): string | undefined {
  const found = args
    .map(arg => arg.replace(/^--/, ''))
    .findLast(arg => arg === name || arg.startsWith(`${name}=`));
  return found === name ? 'true' : found?.slice(name.length + 1);
}
