import type { topology as english } from '../topology';
import type { Translated } from '../Translated';

export const topology: Translated<typeof english> = {
  topology: {
    label: 'Topologie de {{name}}',
    connections: 'Liaisons',
    connection: 'De {{from}} vers {{to}}, port {{port}}',
    network: 'Réseau privé {{range}}',
    controlPlane: 'Plan de contrôle',
    pool: 'Serveurs {{name}}',
    range: '{{min}} à {{max}}',
    more: '{{max}} au plus',
    notBuilt: 'Pas créé par cette version',
    noServers: 'Aucun serveur encore',
    kind: {
      internet: 'Internet',
      cloudflare: 'Cloudflare',
      'load-balancer': 'Répartiteur',
      server: 'Serveur',
      postgres: 'PostgreSQL',
      redis: 'Redis',
      'object-storage': 'Stockage objet',
    },
    mode: {
      'self-hosted': 'Auto-hébergé',
      neon: 'Neon',
      upstash: 'Upstash',
      external: 'Externe',
    },
  },
};
