import type { environments as english } from '../environments';
import type { Translated } from '../Translated';

export const environments: Translated<typeof english> = {
  environments: {
    title: 'Environnements',
    create: 'Créer un environnement',
    failed: 'Les environnements n’ont pas pu être lus',
    search: 'Nom',
    anyState: 'Tous les états',
    anyOwner: 'Tous les propriétaires',
    count_one: '{{count}} environnement',
    count_other: '{{count}} environnements',
    attention_one: '{{count}} demande de l’attention',
    attention_other: '{{count}} demandent de l’attention',
    noAttention: 'aucun ne demande d’attention',
    noMatch: 'Aucun environnement ne correspond au filtre',
    clearFilter: 'Effacer le filtre',
    operationLink: 'Dernière opération : {{goal}}, {{state}}',
    empty: {
      title: 'Créez votre premier environnement',
      description:
        'Un environnement, c’est un réseau privé, un pare-feu, des serveurs Kubernetes et un répartiteur de charge chez Hetzner. Le prix et le plan s’affichent avant toute commande.',
    },
    columns: {
      state: 'État',
      name: 'Nom',
      sentence: 'En ce moment',
      location: 'Site',
      owner: 'Propriétaire',
      cost: 'Coût',
      operation: 'Dernière opération',
      createdAt: 'Créé',
    },
  },
};
