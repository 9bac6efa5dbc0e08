import type { operation as english } from '../operation';
import type { Translated } from '../Translated';

export const operation: Translated<typeof english> = {
  operations: {
    title: 'Opérations',
    past: 'Historique',
    failed: 'Les opérations n’ont pas pu être lues',
    none: 'Aucune opération avant celle-ci.',
    empty: {
      title: 'Rien n’a encore été fait',
      description:
        'Créer, modifier et supprimer un environnement sont des opérations. Chacune reste ici avec ses étapes et ses événements.',
    },
    columns: {
      state: 'État',
      operation: 'Opération',
      environment: 'Environnement',
      sentence: 'Résultat',
      initiator: 'Lancée par',
      createdAt: 'Lancée',
      duration: 'Durée',
    },
  },
  operation: {
    label: 'Opération',
    title: {
      create: 'Créer {{environment}}',
      change: 'Modifier {{environment}}',
      reconcile: 'Remettre {{environment}} en conformité',
      remove: 'Supprimer {{environment}}',
    },
    unknown: 'Il n’y a pas d’opération {{id}}',
    failedToRead: 'L’opération n’a pas pu être lue',
    steps: 'Étapes',
    noSteps: 'Le plan se prépare. Ses étapes apparaîtront ici.',
    events: 'Événements',
    noEvents: 'Aucun événement pour l’instant.',
    stepEvent: {
      waiting: 'En attente : {{title}}',
      running: 'Commencée : {{title}}',
      succeeded: 'Faite : {{title}}',
      failed: 'En échec : {{title}}',
      skipped: 'Sautée : {{title}}',
    },
    progress: 'Avancement de l’opération',
    stepsDone: '{{done}} étapes sur {{total}}',
    percent: '{{percent}} %',
    attempts_one: '{{count}} tentative',
    attempts_other: '{{count}} tentatives',
    error: 'L’opération a échoué',
    retry: 'Relancer l’opération',
    retryFailed: 'L’opération n’a pas été relancée',
    openEnvironment: 'Ouvrir l’environnement',
    initiator: 'Lancée par',
    createdAt: 'Lancée',
    revision: 'Révision',
    updates: 'Mises à jour',
    live: 'En direct',
    polling: 'Toutes les 10 s ; la connexion en direct revient',
  },
  cancel: {
    open: 'Annuler l’opération',
    title: 'Annuler l’opération sur {{environment}} ?',
    failed: 'L’opération n’a pas été annulée',
    keepGoing: 'La laisser continuer',
    nothingBegun: 'Rien n’a encore commencé, il n’y a donc rien à défaire.',
    undo: {
      create:
        'L’environnement est supprimé. Ces étapes sont en cours ou faites, et seront défaites :',
      change:
        'L’environnement revient à la révision {{revision}}. Ces étapes sont en cours ou faites, et seront défaites :',
      remove:
        'Une suppression ne s’annule qu’avant sa première destruction. Ensuite, elle va jusqu’au bout.',
    },
    confirm: {
      apply: 'Annuler et défaire {{environment}}',
      remove: 'Annuler la suppression de {{environment}}',
    },
  },
};
