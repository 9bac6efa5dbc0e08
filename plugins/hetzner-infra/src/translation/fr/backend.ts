import type { backend as english } from '../backend';
import type { Translated } from '../Translated';

export const backend: Translated<typeof english> = {
  phrase: {
    'trait-private-address': 'adresse privée {{address}}',
    'trait-rule': '{{port}} depuis {{sources}}',
    'trait-closed': 'fermé à Internet',
    'trait-sticky-cookie': 'cookie d’affinité {{cookie}}',
    'trait-spread': 'réparti sur des hôtes différents',
    'lost-access': 'N’ont plus accès : {{sources}}.',
    'lost-sessions':
      'Un visiteur peut arriver une fois sur un autre serveur, parce que le cookie change de nom.',
    'server-off-for-type':
      'Le serveur est éteint environ trois minutes pendant que son type change.',
    'connections-break-for-type':
      'Les connexions ouvertes peuvent être coupées pendant que son type change.',
    'moves-to-successor':
      'Ce qui y tourne passe sur d’autres serveurs dès que son successeur est là.',
    'moves-away': 'Ce qui y tourne passe sur d’autres serveurs.',
    'step-failed': '{{title}} : échec. {{reason}}',
    tried: '{{attempts}} essais.',
    'undoing-failed': 'L’annulation a échoué aussi :',
    'approval-expired':
      'Personne dans {{group}} ne l’a approuvée à temps. Refaites la demande.',
    'approval-rejected': '{{by}} l’a refusée : {{reason}}',
    'operation-taken-over': 'Reprise par {{worker}}',
    'operation-continued': 'Poursuivie par {{worker}}',
    'environment-as-wanted':
      '{{environment}} est conforme à la révision {{revision}}.',
    'environment-not-as-wanted':
      '{{environment}} n’est pas comme il devrait être.',
    'environment-ready':
      '{{environment}} est prêt, conforme à la révision {{revision}}.',
    'environment-removed': '{{environment}} est supprimé.',
    'operation-awaits-group': '{{doing}} attend l’approbation de {{group}}.',
    'operation-awaits-approval': '{{doing}} attend une approbation.',
    'operation-queued': '{{doing}} attend son tour.',
    'operation-running': '{{doing}} est en cours.',
    'operation-being-undone':
      '{{doing}} a échoué. Ce qui a été fait est en cours de suppression.',
    'operation-not-approved': '{{doing}} n’a pas été approuvée.',
    'cancelling-removes':
      'Annulation en cours. Ce qui a été fait de {{environment}} est en cours de suppression.',
    'cancelling-returns':
      'Annulation en cours. {{environment}} revient à la révision {{revision}}.',
    'cancelling-stops':
      'Annulation en cours. Ce qui est déjà lancé doit se terminer.',
    'operation-cancelled-undone':
      '{{doing}} a été annulée. Tout ce qui avait été fait est supprimé.',
    'operation-cancelled-returned':
      '{{doing}} a été annulée. L’environnement est de nouveau conforme à la révision {{revision}}.',
    'operation-cancelled-before': '{{doing}} a été annulée avant de commencer.',
    'operation-cancelled-unremoved':
      '{{doing}} a été annulée. Rien n’a été supprimé.',
    'operation-cancelled-for-removal':
      '{{doing}} a été annulée. Sa suppression a pris le relais.',
    'operation-cancelled-stayed':
      '{{doing}} a été annulée. Ce qui était déjà fait est resté.',
    'operation-failed-unremoved':
      '{{doing}} a échoué. Ce qui n’a pas été supprimé est encore là.',
    'operation-failed-undone':
      '{{doing}} a échoué. Tout ce qui avait été fait est supprimé.',
    'operation-failed-stayed':
      '{{doing}} a échoué. Ce qui était déjà fait est resté.',
  },
  doing: {
    create: 'La création de {{environment}}',
    change: 'La modification de {{environment}}',
    reconcile: 'La remise en conformité de {{environment}}',
    remove: 'La suppression de {{environment}}',
  },
  changeTitle: {
    create: 'Créer {{resource}} {{name}}',
    update: 'Modifier {{resource}} {{name}}',
    replace: 'Remplacer {{resource}} {{name}}',
    remove: 'Supprimer {{resource}} {{name}}',
    keep: 'Garder {{resource}} {{name}}',
    withTraits: '{{title}} ({{traits}})',
  },
  resourceNoun: {
    'load-balancer': 'le répartiteur de charge',
    server: 'le serveur',
    network: 'le réseau',
    firewall: 'le pare-feu',
    'placement-group': 'le groupe de placement',
    certificate: 'le certificat',
    'ssh-key': 'la clé SSH',
    bucket: 'le bucket',
  },
  deviation: {
    values: '{{field}} : voulu {{wanted}}, trouvé {{found}}.',
    of: '{{kind}} {{name}} : {{what}}',
    details: '{{field}} : différence dans les détails.',
    missing: 'C’est voulu et n’existe pas.',
    surplus: 'Cela existe et n’est pas voulu.',
    none: 'rien',
    on: 'allumé',
    off: 'éteint',
    next: {
      create: 'La remise en conformité crée la ressource.',
      update: 'La remise en conformité la modifie sur place.',
      replace: 'La remise en conformité la remplace par une nouvelle.',
      remove: 'La remise en conformité la supprime.',
      report:
        'La remise en conformité n’y touche pas : un remplacement coûterait plus que le portail ne peut décider. Modifiez le document, ou la ressource à la main.',
    },
  },
  field: {
    ipRange: 'Plage d’adresses',
    nodes: 'Plage d’adresses des nœuds',
    networkZone: 'Zone du réseau',
    publicKey: 'Clé publique',
    rules: 'Règles',
    domains: 'Domaines',
    serverType: 'Type de serveur',
    image: 'Image',
    location: 'Site',
    role: 'Rôle',
    pool: 'Groupe de serveurs',
    placementGroup: 'Groupe de placement',
    firewalls: 'Pare-feu',
    network: 'Réseau',
    privateIp: 'Adresse privée',
    power: 'Alimentation',
    protected: 'Protection contre la suppression',
    type: 'Type',
    algorithm: 'Algorithme',
    services: 'Services',
    targetPools: 'Groupes de serveurs cibles',
    connection: 'Connexion',
    bucket: 'Bucket',
    mark: 'Marque du propriétaire',
    versioning: 'Versionnage',
    lifecycle: 'Règles de cycle de vie',
    publicAccessBlock: 'Blocage de l’accès public',
    retained: 'Gardé seulement pour ses données',
  },
  detail: {
    'Public IPv4': 'IPv4 publique',
    'Public IPv6': 'IPv6 publique',
    'Private IP': 'Adresse privée',
    Type: 'Type',
    Status: 'État',
    'Healthy targets': 'Cibles saines',
    Rules: 'Règles',
    'Applied to': 'Appliqué à',
    Range: 'Plage',
    Attached: 'Attachés',
    Servers: 'Serveurs',
    Fingerprint: 'Empreinte',
    Domains: 'Domaines',
    'Valid until': 'Valable jusqu’au',
    Connection: 'Connexion',
    Versioning: 'Versionnage',
    'Lifecycle rules': 'Règles de cycle de vie',
    'Block of public access': 'Blocage de l’accès public',
  },
  feature: {
    on: 'activé',
    off: 'désactivé',
    unavailable: 'non proposé par le fournisseur',
  },
  someOf: '{{some}} sur {{all}}',
  warning: {
    'quota-exceeded':
      'Le projet a droit à {{limit}} ({{quota}}) ; il en a {{used}} et en aurait {{after}}. Supprimez-en, ou demandez une limite plus haute au fournisseur.',
    'price-unknown':
      'Le prix de {{part}} n’est pas connu : hetznerInfra.prices.{{entry}} manque dans la configuration.',
    'server-type-replaced':
      '{{asked}} ne peut pas être commandé à {{location}} ; {{chosen}} prend sa place.',
    'admin-access-open': {
      api: '{{cidrs}} : tout Internet peut tenter d’atteindre l’API Kubernetes.',
      'api-and-ssh':
        '{{cidrs}} : tout Internet peut tenter d’atteindre l’API Kubernetes et SSH.',
    },
    'admin-access-closed':
      'Aucune adresse ne peut atteindre l’API Kubernetes : indiquez les plages des administrateurs, ou celles du portail dans hetznerInfra.egressCidrs.',
    'bucket-without-connection':
      'Le bucket {{bucket}} n’est pas créé : le document ne nomme aucune connexion du type object-storage.',
    'connection-refused':
      'La connexion {{connection}} est inutilisable. {{problem}} Vérifiez-la ensuite sous Connexions.',
  },
  part: {
    'spec.edge': 'La périphérie Cloudflare',
    'spec.data.postgres': 'PostgreSQL',
    'spec.data.redis': 'Redis',
    'spec.workloads': 'Les applications Xpeditis',
    'spec.addons': 'Les modules du cluster',
  },
  orphanWhy: {
    retained:
      'Son environnement {{environment}} a été supprimé ; elle est gardée pour les données qu’elle contient.',
    removed: 'Son environnement {{environment}} a été supprimé.',
    unknown:
      'Elle porte les étiquettes de {{environment}}, que la base de données ne connaît pas.',
    nameless:
      'Elle porte l’étiquette de ce portail et ne nomme aucun environnement.',
    left: '{{maker}} de {{environment}} l’a créée, et {{environment}} a été supprimé.',
    leftByUnknown:
      '{{maker}} d’un environnement que la base de données ne connaît pas l’a créée.',
  },
  maker: {
    'cloud controller': 'Le contrôleur cloud',
    'cluster autoscaler': 'L’autoscaler du cluster',
    'volume driver': 'Le pilote de volumes',
  },
  notCancellable: {
    'has-succeeded': 'Elle ne peut pas être annulée : elle a réussi.',
    'has-failed': 'Elle ne peut pas être annulée : elle a échoué.',
    'deletion-has-begun':
      'Elle ne peut pas être annulée : la première suppression a commencé.',
    'being-undone': 'Elle a échoué et est déjà en train d’être défaite.',
    'is-cancelling': 'Elle est déjà en cours d’annulation.',
    'is-cancelled': 'Elle est déjà annulée.',
  },
  connectionCheck: {
    'tokens-valid': 'Les deux jetons sont valables et peuvent lire et écrire.',
    'keys-valid':
      'Les clés sont valables et peuvent écrire, lire et supprimer.',
    'token-valid': 'Le jeton est valable et peut lire et écrire.',
    unauthorized:
      'Hetzner ne connaît pas ce jeton. Créez-en un dans la console du projet sous Security, API tokens, avec le droit de lire et d’écrire.',
    token_readonly:
      'Ce jeton ne peut que lire. Créez-en un dans la console du projet sous Security, API tokens, avec le droit de lire et d’écrire.',
    forbidden:
      'Ce jeton ne peut que lire. Créez-en un dans la console du projet sous Security, API tokens, avec le droit de lire et d’écrire.',
    ofCluster: 'Le jeton du cluster : {{message}}',
  },
  refusal: {
    'permission-lacks': 'Il vous manque le droit {{permission}}.',
    'permission-lacks-for-environment':
      'Il vous manque le droit {{permission}} pour l’environnement {{environment}}.',
    'environment-exists':
      'Un environnement nommé {{environment}} existe. Choisissez un autre nom, ou modifiez cet environnement.',
    'price-above':
      'Le prix est maintenant de {{monthly}} {{currency}} par mois, plus que les {{agreed}} convenus. Regardez le prix et refaites la demande.',
    'revision-is-old':
      '{{environment}} en est à la révision {{revision}} ; la modification partait de la révision {{from}}. Rechargez-le et refaites la modification.',
    'environment-protected':
      '{{environment}} est protégé. Levez d’abord la protection.',
    'nothing-left': 'Il ne reste rien de {{environment}}. Recréez-le.',
    'operation-in-the-way':
      'Une autre opération travaille sur {{environment}}. Attendez sa fin ou annulez-la.',
    'connection-unknown': 'Il n’y a pas de connexion nommée {{name}}.',
    'connection-invalid': 'La connexion n’est pas valable.',
    'connection-in-use':
      'La connexion {{name}} est utilisée par {{users}}. Supprimez d’abord ce qui l’utilise.',
    'connection-kind':
      'La connexion {{name}} est du type {{kind}} et le reste.',
    'connection-changed':
      'Quelqu’un a modifié la connexion {{name}} entre-temps. Regardez-la à nouveau, puis modifiez-la.',
    'connection-exists':
      'Une connexion nommée {{name}} existe maintenant. Choisissez un autre nom, ou modifiez cette connexion.',
    'connection-deleted':
      'La connexion {{name}} a été supprimée entre-temps. Ajoutez-la de nouveau avec ses secrets.',
  },
};
