import type { shared as english } from '../shared';
import type { Translated } from '../Translated';

export const shared: Translated<typeof english> = {
  actions: 'Actions',
  newTab: '(s’ouvre dans un nouvel onglet)',
  connectionLost: 'Connexion au portail perdue ; nouvel essai en cours.',
  shownFrom: 'Ce qui est affiché a été lu {{when}}.',
  copied: 'Copié',
  error: {
    unreachable:
      'Le serveur du portail ne répond pas. Vérifiez votre connexion réseau, puis réessayez.',
    denied:
      'Demandez l’accès à un membre du groupe propriétaire ou à l’équipe plateforme.',
    again:
      'Réessayez. Si l’échec se répète, transmettez ce message à l’équipe plateforme.',
    correlationId: 'Identifiant à citer : {{id}}',
    retry: 'Réessayer',
  },
  money: {
    perMonth: '{{amount}} / mois',
    perHour: '{{amount}} / heure, HT',
    net: 'Hors taxes',
    unknown: 'Pas encore de devis',
  },
  environmentState: {
    creating: 'En création',
    ready: 'Prêt',
    changing: 'En modification',
    removing: 'En suppression',
    failed: 'En échec',
    removed: 'Supprimé',
  },
  operationState: {
    'awaiting-approval': 'À approuver',
    queued: 'En attente',
    running: 'En cours',
    succeeded: 'Réussie',
    failed: 'En échec',
    cancelling: 'En annulation',
    cancelled: 'Annulée',
  },
  operationGoal: { apply: 'Application', remove: 'Suppression' },
  stepState: {
    waiting: 'En attente',
    running: 'En cours',
    succeeded: 'Faite',
    failed: 'En échec',
    skipped: 'Sautée',
  },
};
