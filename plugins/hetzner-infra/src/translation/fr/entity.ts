import type { entity as english } from '../entity';
import type { Translated } from '../Translated';

export const entity: Translated<typeof english> = {
  entity: {
    card: 'Environnement',
    runsIn: 'S’exécute dans',
    open: 'Ouvrir l’environnement',
    openNamed: 'Ouvrir {{name}}',
    cost: 'Coût',
    progress: 'Voir l’avancement',
    failed: 'L’environnement {{name}} n’a pas pu être lu',
    gone: 'Il n’y a pas d’environnement {{name}}',
    goneHint:
      'Il a été supprimé, n’existe pas encore, ou ne vous est pas visible. La liste montre tous ceux que vous pouvez voir.',
    all: 'Voir tous les environnements',
    choose: 'Environnement à afficher',
  },
};
