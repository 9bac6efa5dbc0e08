import type { environment as english } from '../environment';
import type { Translated } from '../Translated';

export const environment: Translated<typeof english> = {
  environment: {
    failed: 'L’environnement {{name}} n’a pas pu être lu',
    facts: 'En bref',
    cost: 'Coût',
    document: 'Document de l’environnement',
    noPriceLines: 'Les lignes de prix n’ont pas pu être lues',
    remove: 'Supprimer',
    running: 'Opération en cours',
    openOperation: 'Ouvrir l’opération',
    tab: {
      overview: 'Vue d’ensemble',
      resources: 'Ressources',
      operations: 'Opérations',
    },
    fact: {
      owner: 'Propriétaire',
      location: 'Site',
      connection: 'Connexion',
      revision: 'Révision',
      created: 'Créé',
      by: 'par',
      expires: 'Expire',
      never: 'Jamais',
      protected: 'Protégé contre la suppression',
      yes: 'Oui',
      no: 'Non',
    },
  },
  gone: {
    unknown: 'Il n’y a pas d’environnement {{name}}',
    unknownDescription:
      'Il n’a jamais existé, ou vous n’avez pas le droit de le voir. Vérifiez l’orthographe du nom.',
    removed: 'L’environnement {{name}} est supprimé. Son histoire reste.',
    removedAt: 'Supprimé :',
    allEnvironments: 'Voir tous les environnements',
  },
  resources: {
    title: 'Ressources',
    failed: 'Les ressources n’ont pas pu être lues',
    asWanted: 'Tout est comme voulu.',
    drifted_one: '{{count}} ressource diffère de ce qui est voulu.',
    drifted_other: '{{count}} ressources diffèrent de ce qui est voulu.',
    observed: 'Observé',
    noDrift: 'Comme voulu',
    free: 'Gratuit',
    labels_one: '{{count}} étiquette',
    labels_other: '{{count}} étiquettes',
    labelsOf: 'Étiquettes de {{name}}',
    empty: {
      title: 'Rien n’existe chez le fournisseur',
      description:
        'Les ressources apparaissent ici dès qu’une opération les crée.',
    },
    columns: {
      name: 'Nom',
      state: 'État',
      drift: 'Écart',
      details: 'Détails',
      providerId: 'Identifiant du fournisseur',
      cost: 'Coût',
      labels: 'Étiquettes',
    },
  },
  reconcile: {
    open: 'Remettre en conformité',
    title: 'Remettre {{name}} en conformité',
    description:
      'Le portail regarde ce qui existe et corrige ce qui diffère de la révision courante. Voici ce qui diffère :',
    nothing: 'Rien. L’opération se terminera sans changement.',
    unknown:
      'Les ressources n’ont pas pu être lues, donc l’écart n’est pas connu.',
    confirm: 'Remettre {{name}} en conformité',
    failed: 'La remise en conformité n’a pas démarré',
    dismiss: 'Laisser en l’état',
  },
};
