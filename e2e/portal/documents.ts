/** A document of an environment with one worker, as a script would send it. */
export const small = (name: string) => ({
  apiVersion: 'infra.xpeditis.com/v1alpha1',
  kind: 'Environment',
  metadata: { name, owner: 'group:default/platform' },
  spec: {
    connections: { hetzner: 'sandbox' },
    location: 'fsn1',
    pools: [{ name: 'web', serverType: 'cx23', min: 1, max: 1 }],
  },
});
