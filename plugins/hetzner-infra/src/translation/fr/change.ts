import type { change as english } from '../change';
import type { Translated } from '../Translated';

export const change: Translated<typeof english> = {
  change: {
    open: 'Modifier',
    title: 'Modifier {{name}}',
    confirm: 'Modifier {{name}}',
    differs: 'Ce qui diffère',
    nothing:
      'Rien ne diffère de l’existant. Revenez et modifiez quelque chose.',
    price: {
      now: 'Aujourd’hui',
      afterwards: 'Ensuite',
      difference: 'Différence',
      none: 'aucune',
    },
    stale:
      'Quelqu’un a modifié {{name}} entre-temps. Rechargez-le et refaites votre modification.',
    loadAgain: 'Recharger',
    busy: 'Une opération travaille sur {{name}}. Il peut être modifié quand elle est finie.',
    openOperation: 'Ouvrir l’opération',
    notPossible:
      'Il ne peut pas être modifié maintenant. Le haut de la page dit pourquoi.',
    blocked:
      'Il ne peut pas être modifié ainsi. Le panneau des prix dit pourquoi.',
    notYet:
      'Le prix est en cours de calcul. La modification sera possible dans un instant.',
    failed: '{{name}} n’a pas été modifié',
    denied: {
      title: 'Vous ne pouvez pas modifier {{name}}',
      description: 'Demandez-le à son propriétaire, ou demandez-lui le droit.',
    },
  },
};
