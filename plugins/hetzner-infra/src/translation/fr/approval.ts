import type { approval as english } from '../approval';
import type { Translated } from '../Translated';

export const approval: Translated<typeof english> = {
  approval: {
    needed: 'Attend l’approbation de',
    price:
      'Le coût serait de {{monthly}} par mois. Tous les environnements du propriétaire coûteraient {{total}} ; leur budget est de {{budget}}. Rien n’a été touché.',
    expires: 'L’opération est annulée si personne ne décide :',
    notYourself: 'Vous l’avez demandée : un autre membre décide.',
    approvedBy: 'Approuvée par',
    rejectedBy: 'Refusée par',
    dismiss: 'Décider plus tard',
    failed: 'La décision n’a pas été prise',
    approve: {
      open: 'Approuver…',
      title: 'Approuver {{environment}} ?',
      confirm: 'Approuver {{environment}}',
      effect:
        '{{environment}} commence aussitôt, à {{price}} par mois. Si le prix a augmenté entre-temps, l’opération attend que vous regardiez le nouveau.',
    },
    reject: {
      open: 'Refuser…',
      title: 'Refuser {{environment}} ?',
      confirm: 'Refuser {{environment}}',
      effect: 'Rien n’est créé ni modifié. Le demandeur lit votre raison.',
      reason: 'Raison',
    },
  },
};
