import type { orphans as english } from '../orphans';
import type { Translated } from '../Translated';

export const orphans: Translated<typeof english> = {
  orphans: {
    title: 'Orphelins',
    description:
      'Ce qui porte les étiquettes de ce portail, ou que ses clusters ont créé, sans appartenir à un environnement existant. Rien n’est supprimé ici tout seul.',
    failed: 'Les orphelins n’ont pas pu être lus',
    looked: 'Recherché',
    lookAgain: 'Rechercher à nouveau',
    count_one: '{{count}} orphelin',
    count_other: '{{count}} orphelins',
    lineAbove_one: '{{count}} ressource n’appartient à aucun environnement',
    lineAbove_other:
      '{{count}} ressources n’appartiennent à aucun environnement',
    lineLink: 'Voir les orphelins',
    partial: 'La liste est peut-être incomplète : un projet n’a pas pu être lu',
    free: 'Gratuit',
    empty: {
      title: 'Rien n’a été laissé',
      description:
        'Tout ce qui porte les étiquettes de ce portail appartient à un environnement existant.',
    },
    columns: {
      name: 'Nom',
      kind: 'Type',
      reason: 'Raison',
      cost: 'Coût',
      connection: 'Connexion',
      age: 'Créé',
      actions: 'Actions',
    },
    reason: {
      removed: 'Environnement supprimé',
      unknown: 'Environnement inconnu',
      left: 'Laissé par un cluster',
      retained: 'Gardé pour ses données',
    },
    labels: 'Étiquettes',
    providerId: 'Identifiant chez le fournisseur',
    console: 'Ouvrir dans la console du fournisseur',
    protectedDescription:
      'Sa protection doit être levée dans la console du fournisseur avant de pouvoir le supprimer ici.',
    remove: 'Supprimer',
    removeNamed: 'Supprimer {{name}}',
    removeTitle: 'Supprimer {{name}} ?',
    removeDescription:
      'Le portail le relit une dernière fois et le supprime chez le fournisseur. Son contenu est perdu, sans retour possible.',
    removeSaves: 'Économise',
    removeFailed: 'Il n’a pas été supprimé',
    typeName: 'Saisissez {{name}} pour confirmer',
    dismiss: 'Le garder',
    adopt: 'Adopter',
    adoptNamed: 'Adopter {{environment}}, dont {{name}} fait partie',
    adoptTitle: 'Adopter {{environment}} ?',
    adoptDescription:
      'Tout ce qui porte les étiquettes de {{environment}} redevient cet environnement, avec un document qui décrit ce qui existe. Rien ne change chez le fournisseur, et il est protégé jusqu’à nouvel ordre.',
    adoptOwner: 'Propriétaire',
    adoptFailed: 'Il n’a pas été adopté',
    adoptConfirm: 'Adopter {{environment}}',
    adoptDismiss: 'Le laisser',
  },
  orphanKind: {
    volume: 'Volume',
    'primary-ip': 'Adresse IP primaire',
  },
};
