import { createPrivateKey, X509Certificate } from 'node:crypto';

const material = key => key.split(' ').slice(0, 2).join(' ');

/**
 * What is wrong with the secrets of an environment: none may be lost while
 * something stands that needs it, and none may stay behind.
 *
 * @param {Record<string, string> | Error} secrets opened, by name
 * @param {{ certificate: string }[]} certificates that stand
 * @param {{ public_key: string }[]} sshKeys that stand
 * @returns {string[]} sentences
 */
export function lostSecrets(secrets, certificates, sshKeys) {
  if (secrets instanceof Error) {
    return [`What is sealed does not open: ${secrets.message}`];
  }
  const names = Object.keys(secrets);
  if (certificates.length === 0 && sshKeys.length === 0) {
    return names.map(name => `The secret ${name} is still stored.`);
  }
  if (!secrets['cluster-identity'])
    return ['The keys of the cluster are gone.'];
  const authority = secrets['load-balancer-ca'];
  if (!authority) return ['The certificate authority is gone.'];
  const root = new X509Certificate(JSON.parse(authority).certificate);
  const leaves = names
    .filter(name => name.startsWith('load-balancer-certificate-'))
    .map(name => JSON.parse(secrets[name]));
  return [
    ...certificates.flatMap(({ name, certificate }) => {
      const standing = new X509Certificate(certificate);
      const own = leaves.filter(({ privateKey }) =>
        standing.checkPrivateKey(createPrivateKey(privateKey)),
      );
      return [
        ...(own.length === 1 ? [] : [`The private key of ${name} is lost.`]),
        ...(standing.verify(root.publicKey)
          ? []
          : [`${name} is not of the environment’s own authority.`]),
      ];
    }),
    ...sshKeys
      .filter(
        key =>
          material(key.public_key) !==
          material(secrets['throw-away-ssh-key'] ?? ''),
      )
      .map(key => `${key.name} is not the key that is stored.`),
  ];
}
