import type { connections as english } from '../connections';
import type { Translated } from '../Translated';

export const connections: Translated<typeof english> = {
  connections: {
    title: 'Connexions',
    description:
      'Une connexion détient les clés d’accès au projet d’un fournisseur. Elles entrent ici et n’en ressortent jamais.',
    failed: 'Les connexions n’ont pas pu être lues',
    add: 'Ajouter une connexion',
    addTitle: 'Ajouter une connexion',
    replace: 'Remplacer',
    replaceNamed: 'Remplacer {{name}}',
    replaceTitle: 'Remplacer {{name}}',
    replaceConfirm: 'Remplacer {{name}}',
    saveFailed: 'La connexion n’a pas été enregistrée',
    check: 'Vérifier',
    checkNamed: 'Vérifier {{name}}',
    works: 'Fonctionne',
    fails: 'Ne fonctionne pas',
    delete: 'Supprimer',
    deleteNamed: 'Supprimer {{name}}',
    deleteTitle: 'Supprimer {{name}} ?',
    deleteDescription:
      'Le portail oublie la connexion et ses secrets. Rien ne change chez le fournisseur.',
    deleteConfirm: 'Supprimer {{name}}',
    deleteFailed: 'La connexion n’a pas été supprimée',
    dismiss: 'Fermer',
    unused: 'Pas utilisée',
    usedBy_one: '{{count}} environnement',
    usedBy_other: '{{count}} environnements',
    neverChecked: 'Pas encore vérifiée',
    checked: 'Vérifiée',
    console: 'Ouvrir le projet dans la console du fournisseur',
    usableByPlatform: 'Seulement par qui agit pour la plateforme',
    quota: 'Utilisation du projet',
    quotaFailed: 'L’utilisation du projet n’a pas pu être lue',
    requests: 'Requêtes par heure',
    requestsLeft: '{{remaining}} restantes sur {{limit}}',
    paused: 'Les opérations attendent pour laisser passer les personnes :',
    quotaUsed: '{{used}} sur {{limit}}',
    quotaNoLimit: '{{used}}, limite inconnue',
    empty: {
      title: 'Ajoutez votre première connexion',
      description:
        'Une connexion permet au portail de travailler dans le projet d’un fournisseur. Les environnements se créent à travers elle.',
    },
    noneToSee: {
      title: 'Aucune connexion ne vous est visible',
      description:
        'Vous voyez les connexions que vos groupes possèdent ou peuvent utiliser. Demandez à l’équipe plateforme d’en ouvrir une à l’un de vos groupes.',
    },
    columns: {
      name: 'Nom',
      kind: 'Type',
      owner: 'Propriétaire',
      environments: 'Utilisée par',
      origin: 'Provient de',
      checkedAt: 'État',
      actions: 'Actions',
    },
    form: {
      name: 'Nom',
      owner: 'Propriétaire',
      usableBy: 'Utilisable par',
      usableByDescription:
        'Les groupes dont les environnements peuvent s’en servir.',
      consoleProjectId: 'Identifiant du projet',
      consoleProjectIdDescription:
        'Le nombre dans l’adresse du projet dans la console de Hetzner ; il rend possibles les liens vers elle.',
      token: 'Jeton d’API du portail',
      tokenDescription:
        'Un jeton en lecture et écriture, créé dans les paramètres de sécurité du projet.',
      clusterToken: 'Jeton d’API des clusters',
      clusterTokenDescription:
        'Un second jeton du même projet, pour ce qui tourne dans les clusters.',
      kind: 'Type',
      region: 'Emplacement',
      regionDescription:
        'Là où sont les buckets : {{regions}} chez Hetzner. Les signatures le nomment comme leur région.',
      endpoint: 'Point d’accès',
      endpointDescription:
        'L’adresse de l’API S3, en https. Vide pour celle de Hetzner à cet emplacement.',
      checkBucket: 'Bucket de la vérification',
      checkBucketDescription:
        'Une vérification y écrit, lit et supprime un objet. Vide : elle se crée un bucket et le supprime ensuite.',
      accessKey: 'Clé d’accès',
      accessKeyDescription:
        'Créée dans la console du projet sous Object Storage, Manage credentials.',
      secretKey: 'Clé secrète',
      secretKeyDescription:
        'La console l’affiche une seule fois, avec la clé d’accès.',
      keepSecret: 'Laissez vide pour garder celui qui est enregistré.',
      servers: 'Serveurs au plus',
      serversDescription:
        'Comme la console l’affiche ; aucune API ne le dit. Vide si vous ne savez pas.',
      loadBalancers: 'Répartiteurs au plus',
      loadBalancersDescription:
        'De même, comme la console l’affiche. Vide si vous ne savez pas.',
      required: 'Complétez ce champ.',
    },
  },
  connectionKind: {
    hetzner: 'Hetzner Cloud',
    cloudflare: 'Cloudflare',
    'object-storage': 'Stockage objet',
    neon: 'Neon',
    upstash: 'Upstash',
    registry: 'Registre',
  },
  connectionOrigin: { configuration: 'Configuration', api: 'Portail' },
};
