import type { sweeps as english } from '../sweeps';
import type { Translated } from '../Translated';

export const sweeps: Translated<typeof english> = {
  drift: {
    differ_one: '{{count}} ressource diffère de ce qui est voulu.',
    differ_other: '{{count}} ressources diffèrent de ce qui est voulu.',
    history: 'Les écarts dans le temps',
    failed: 'Les écarts n’ont pas pu être lus',
    lookNow: 'Vérifier maintenant',
    lookFailed: 'Le fournisseur n’a pas été interrogé',
    lastLook: 'Comparé avec ce qui est voulu',
    neverLooked: 'Pas encore comparé.',
    notLooked:
      'Une opération y travaille, ou il n’a pas encore existé : rien n’a été comparé.',
    none: 'Aucun écart jusqu’ici.',
    open: 'Toujours là, depuis',
    gone: 'Terminé depuis',
    columns: {
      name: 'Ressource',
      what: 'Écart',
      found: 'Trouvé',
      state: 'État',
    },
  },
  expiry: {
    label: 'Fin de l’environnement',
    soon: 'Son temps se termine',
    soonAfter:
      'Il est alors supprimé, sauf si quelqu’un le prolonge ou le protège.',
    over: 'Son temps est écoulé',
    overAfter:
      'Le propriétaire est averti, puis il est supprimé. Prolongez-le pour le garder.',
    protected: 'Son temps est écoulé',
    protectedAfter: 'Il reste, car il est protégé, et continue de coûter.',
    extend: 'Prolonger',
    title: 'Prolonger {{name}}',
    description:
      'Il reste jusqu’au moment que vous choisissez. Rien ne change chez le fournisseur.',
    until: 'Jusqu’à',
    confirm: 'Prolonger {{name}}',
    dismiss: 'Ne rien changer',
    failedToExtend: 'Il n’a pas été prolongé',
    by: {
      day: 'Un jour',
      week: 'Une semaine',
      month: '30 jours',
    },
    initiator: 'Le portail, car son temps était écoulé',
  },
};
