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
    'step-note': '{{title}} : {{note}}',
    tried: '{{attempts}} essais.',
    'undoing-failed': 'L’annulation a échoué aussi :',
    'approval-expired':
      'Personne dans {{group}} ne l’a approuvée à temps. Refaites la demande.',
    'approval-rejected': '{{by}} l’a refusée : {{reason}}',
    'operation-taken-over': 'Reprise par {{worker}}',
    'operation-continued': 'Poursuivie par {{worker}}',
    'rate-limited':
      'Les requêtes que le fournisseur autorise par heure sont épuisées. La suite avance lentement, une requête à la fois, jusqu’à {{until}} environ.',
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
    'step-not-ready': '{{title}} : échec.',
    'not-ready-in-time': 'Pas prêt au bout de {{seconds}} s.',
    'cluster-missing': '{{object}} {{name}} n’existe pas.',
    'kind-missing': 'Le cluster n’a pas encore le type {{object}} de {{api}}.',
    'cluster-not-seen':
      '{{object}} {{name}} n’a pas encore été vu par son contrôleur.',
    'cluster-unavailable':
      '{{object}} {{name}} : {{available}} pods disponibles sur {{wanted}}.',
    'cluster-not-ready': '{{object}} {{name}} n’est pas prêt.',
    'cluster-not-ready-because':
      '{{object}} {{name}} n’est pas prêt : {{reason}}',
    'node-missing': 'Le serveur {{name}} n’a pas rejoint le cluster.',
    'node-not-ready': 'Le nœud {{name}} n’est pas prêt.',
    'node-not-ready-because': 'Le nœud {{name}} n’est pas prêt : {{reason}}',
    'node-without-id':
      'Le nœud {{name}} n’a pas d’identifiant du fournisseur : le cloud controller manager ne l’a pas pris en charge.',
    'chart-failed': 'Le chart {{name}} n’a pas pu être installé.',
    'chart-failed-because':
      'Le chart {{name}} n’a pas pu être installé : {{reason}}',
    'pod-unplaced': 'Le pod {{name}} n’a pas de nœud.',
    'pod-unplaced-because': 'Le pod {{name}} n’a pas de nœud : {{reason}}',
    'pod-fails': 'Le pod {{name}} ne tourne pas.',
    'pod-fails-because': 'Le pod {{name}} ne tourne pas : {{reason}}',
    'cluster-event': 'Le cluster signale, pour {{object}}, un problème.',
    'cluster-event-because': 'Le cluster signale pour {{object}} : {{reason}}',
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
  note: {
    again: 'Nouvel essai dans {{seconds}} s. {{reason}}',
    'key-known': 'Le projet a déjà cette clé, sous le nom {{key}}.',
    attached: 'Rattaché au réseau.',
    'attached-as': 'Rattaché au réseau avec l’adresse {{address}}.',
    'power-cut':
      'Toujours allumé après {{seconds}} s : son alimentation est coupée.',
    'not-on': 'Impossible aussi de le rallumer. {{reason}}',
    'targets-later':
      'Ses cibles suivront quand elles seront joignables. {{reason}}',
    'no-lifecycle-rules':
      'Son fournisseur n’a pas de règles de cycle de vie : les anciennes versions restent jusqu’à ce que quelqu’un les supprime.',
    'bucket-retained':
      'Il y a des données dans {{bucket}}, et personne n’a demandé sa fin par son nom : il reste, et coûte, jusqu’à ce qu’il soit libéré.',
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
    userData: 'Données d’utilisateur',
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
  problem: {
    missing: 'Remplissez ce champ.',
    'wrong-type': 'Il faut ici une valeur du type {{type}}.',
    'unknown-fields': 'Il n’y a pas de champ {{fields}} ici.',
    'not-one-of': 'Utilisez une de ces valeurs : {{values}}.',
    'too-much': 'Au plus {{most}}.',
    'too-little': 'Au moins {{least}}.',
    'too-many-items': 'Indiquez au plus {{most}} valeurs.',
    'too-few-items': 'Indiquez au moins {{least}} valeurs.',
    'text-too-long': 'Utilisez au plus {{most}} caractères.',
    'text-too-short': 'Utilisez au moins {{least}} caractères.',
    'time-form':
      'Écrivez une date avec son fuseau, par exemple 2027-01-31T18:00:00Z.',
    invalid: 'Cette valeur ne convient pas ici.',
    'name-missing': 'Donnez-lui un nom.',
    'environment-name-form':
      'Utilisez des minuscules, des chiffres et des traits d’union ; commencez par une lettre et finissez par une lettre ou un chiffre.',
    'group-missing': 'Choisissez un groupe.',
    'group-form':
      'Nommez un groupe sous la forme group:<namespace>/<name>, par exemple group:default/platform.',
    'connection-missing': 'Choisissez une connexion.',
    'connection-form':
      'Nommez une connexion en minuscules, chiffres et traits d’union.',
    'private-range-form':
      'Écrivez une plage IPv4 dont les bits d’hôte sont nuls, par exemple 10.0.0.0/16.',
    'admin-range-form':
      'Écrivez une plage d’adresses dont les bits d’hôte sont nuls, par exemple 203.0.113.7/32.',
    'ssh-key-form':
      'Collez une clé publique au format OpenSSH, par exemple ssh-ed25519 AAAA… nom.',
    'type-missing': 'Choisissez un type.',
    'type-form': 'Nommez un type comme le fournisseur, par exemple cx43.',
    'no-types': 'Indiquez au moins un type.',
    'host-name-form': 'Écrivez un nom d’hôte, par exemple api.xpeditis.com.',
    'count-form': 'Utilisez un nombre entier de 0 à {{most}}.',
    'pool-name-form':
      'Utilisez des minuscules, des chiffres et des traits d’union.',
    'location-missing': 'Choisissez un site.',
    'location-form': 'Nommez un site comme le fournisseur, par exemple fsn1.',
    'control-plane-count': 'Un plan de contrôle a 1 ou 3 serveurs.',
    'no-pools': 'Indiquez au moins un groupe de serveurs.',
    'cookie-form': 'Nommez un cookie en lettres, chiffres, _ et -.',
    'bucket-form':
      'Nommez un bucket avec 3 à 63 minuscules, chiffres et traits d’union.',
    'network-not-private':
      'Un réseau privé se trouve dans {{ranges}} ; ce n’est pas le cas de {{range}}.',
    'network-too-small':
      'Un réseau a au moins 256 adresses (/24) ; {{range}} en a moins.',
    'nodes-outside-network':
      'La plage des nœuds {{nodes}} ne se trouve pas dans le réseau {{range}}.',
    'network-overlaps-pods':
      'Le réseau {{range}} chevauche {{cluster}}, que le cluster utilise pour les pods.',
    'network-overlaps-services':
      'Le réseau {{range}} chevauche {{cluster}}, que le cluster utilise pour les services.',
    'pool-name-reserved':
      'Le nom {{name}} appartient au portail ; choisissez-en un autre.',
    'pool-name-twice': 'Deux groupes de serveurs se nomment {{name}}.',
    'maximum-below-minimum':
      'Le maximum {{max}} est inférieur au minimum {{min}}.',
    'no-room-in-pools':
      'Au moins un groupe de serveurs doit avoir de la place pour un serveur.',
    'nodes-range-too-small':
      'La plage des nœuds {{nodes}} a {{addresses}} adresses ; les groupes de serveurs à leur maximum en demandent {{needed}}.',
    'host-outside-zone': '{{host}} ne se trouve pas dans la zone {{zone}}.',
    'ssh-for-nobody':
      'SSH est activé, mais aucune adresse ne peut s’en servir. Indiquez au moins une plage.',
    'location-unknown':
      'Le fournisseur n’a pas de site {{location}} ; il a {{known}}.',
    'load-balancer-type-unknown':
      'Le fournisseur n’a pas de type de répartiteur de charge {{type}} ; il a {{known}}.',
    'load-balancer-type-not-sold': '{{type}} n’est pas vendu à {{location}}.',
    'too-many-targets':
      'Le répartiteur de charge {{type}} accepte {{most}} cibles ; les groupes de serveurs à leur maximum en ont {{targets}}. Choisissez moins de serveurs.',
    'too-many-targets-for-type':
      'Le répartiteur de charge {{type}} accepte {{most}} cibles ; les groupes de serveurs à leur maximum en ont {{targets}}. Choisissez moins de serveurs, ou {{larger}}, qui en accepte {{largerMost}}.',
    'network-full':
      'Un réseau accepte {{most}} serveurs et répartiteurs de charge ; les groupes de serveurs à leur maximum en font {{wanted}}.',
    'too-many-sources':
      'Une règle de pare-feu accepte {{most}} plages ; avec les adresses du portail, il y en a {{sources}}.',
    'server-type-unknown':
      'Le fournisseur n’a pas de type de serveur {{type}}.',
    'server-type-retired':
      '{{type}} n’est plus vendu, et rien d’aussi grand ne peut être commandé à {{location}} en ce moment.',
    'server-type-sold-out':
      '{{type}} ne peut pas être commandé à {{location}} en ce moment.',
    'server-type-elsewhere':
      '{{type}} ne peut pas être commandé à {{location}} en ce moment ; il peut l’être à {{places}}.',
    'pool-architecture':
      'Le projet n’a pas de place pour des successeurs : les serveurs de {{pool}} changent sur place et gardent leur disque. {{from}} est {{fromArchitecture}} et {{to}} est {{toArchitecture}} ; choisissez un type de la même architecture.',
    'pool-disk':
      'Le projet n’a pas de place pour des successeurs : les serveurs de {{pool}} changent sur place et gardent leur disque. Ils ont {{disk}} Go et {{to}} a {{toDisk}} Go ; choisissez un type avec au moins {{disk}} Go.',
    'control-plane-architecture':
      'Un plan de contrôle garde son disque, parce que la base de données du cluster s’y trouve. {{from}} est {{fromArchitecture}} et {{to}} est {{toArchitecture}} ; choisissez un type de la même architecture.',
    'control-plane-disk':
      'Un plan de contrôle garde son disque, parce que la base de données du cluster s’y trouve. Il a {{disk}} Go et {{to}} a {{toDisk}} Go ; choisissez un type avec au moins {{disk}} Go.',
    'guardrail-choice': '{{owner}} peut utiliser {{allowed}}, pas {{value}}.',
    'guardrail-pool-size':
      'Un groupe de serveurs de {{owner}} a au plus {{most}} serveurs ; {{pool}} en aurait {{wanted}}.',
    'guardrail-servers':
      'Un environnement de {{owner}} a au plus {{most}} serveurs ; avec tous les groupes remplis, celui-ci en aurait {{wanted}}.',
    'guardrail-preset-size':
      'Le plus proche des préréglages que {{owner}} peut utiliser, {{preset}}, en a au plus {{most}}, pas {{wanted}}.',
    'guardrail-preset-choice':
      'Le plus proche des préréglages que {{owner}} peut utiliser, {{preset}}, a {{allowed}}, pas {{value}}.',
    'guardrail-preset-end':
      'Le plus proche des préréglages que {{owner}} peut utiliser, {{preset}}, est provisoire. Indiquez quand il se termine.',
    immutable:
      'C’est {{was}} et ne peut pas changer. Créez un autre environnement pour {{wanted}}.',
    'fewer-control-planes':
      'Il y en a 3 et il ne peut pas y en avoir 1 : trois serveurs portent ensemble la base de données du cluster, et un seul n’a pas de majorité. Créez un autre environnement avec un seul plan de contrôle.',
    'name-in-use': 'Le nom {{name}} est déjà pris.',
    'owner-unknown':
      'Le catalogue ne connaît pas {{owner}}. Choisissez un groupe qu’il connaît.',
    'owner-not-yours':
      'Vous n’êtes pas membre de {{owner}}. Choisissez un de vos groupes comme propriétaire.',
    'connection-unknown': 'Il n’y a pas de connexion nommée {{connection}}.',
    'connection-no-project':
      'La connexion {{connection}} n’est pas un projet Hetzner ; elle est du type {{kind}}.',
    'bucket-immutable':
      'C’est {{was}} et ne peut pas changer, à cause des données du bucket. Créez un autre environnement pour {{wanted}}.',
    'bucket-stays':
      'C’est {{was}} et ne peut pas être retiré, à cause des données du bucket. Il part avec l’environnement.',
    'object-storage-missing':
      'Choisissez la connexion au stockage objet dans laquelle {{bucket}} doit être.',
    'connection-no-object-storage':
      'La connexion {{connection}} n’est pas un stockage objet ; elle est du type {{kind}}.',
    'connection-not-for-owner':
      'La connexion {{connection}} n’est pas prévue pour {{owner}}. Demandez à {{keeper}}, qui s’en occupe.',
    'expiry-over':
      '{{expiresAt}} est passé. Choisissez une date ultérieure, ou aucune.',
  },
  warning: {
    'quota-exceeded':
      '{{quota}} : le projet a droit à {{limit}}, en a {{used}} et en aurait {{after}}. Choisissez-en moins, supprimez-en, ou demandez une limite plus haute au fournisseur.',
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
      'La connexion {{connection}} est inutilisable : le fournisseur l’a refusée à la dernière vérification. Voyez pourquoi sous Connexions, puis vérifiez-la de nouveau.',
    'no-workers':
      'Aucun serveur n’est là en permanence : l’environnement commence avec le plan de contrôle et le répartiteur de charge, et rien ne répond avant que le cluster n’achète un serveur pour un pod sans place. Cette version n’installe pas de cluster, donc aucun n’est acheté.',
    'approval-needed':
      'Les environnements de {{owner}} coûteraient {{total}} {{currency}} par mois ; leur budget est de {{budget}}. Rien ne change avant qu’un membre de {{group}} ne l’approuve.',
    'not-created': '{{part}} : pas encore créé par cette version.',
  },
  part: {
    'spec.edge': 'La périphérie Cloudflare',
    'spec.data.postgres': 'PostgreSQL',
    'spec.data.redis': 'Redis',
    'spec.workloads': 'Les applications Xpeditis',
    'spec.addons': 'Les modules du cluster',
  },
  place: {
    'metadata.name': 'Nom',
    'metadata.owner': 'Propriétaire',
    'metadata.expiresAt': 'Expire',
    'metadata.protected': 'Protégé de la suppression',
    'spec.connections.hetzner': 'Projet Hetzner',
    'spec.connections.cloudflare': 'Compte Cloudflare',
    'spec.connections.objectStorage': 'Projet du stockage objet',
    'spec.location': 'Site',
    'spec.network.ipRange': 'Réseau privé',
    'spec.network.nodes': 'Plage des serveurs',
    'spec.adminAccess.cidrs': 'Adresses des administrateurs',
    'spec.adminAccess.ssh': 'SSH pour les administrateurs',
    'spec.adminAccess.sshKeys': 'Clés SSH',
    'spec.controlPlane.serverType': 'Type du plan de contrôle',
    'spec.controlPlane.count': 'Serveurs du plan de contrôle',
    'spec.pools.serverType': 'Groupe {{name}} : type des serveurs',
    'spec.pools.min': 'Groupe {{name}} : serveurs au moins',
    'spec.pools.max': 'Groupe {{name}} : serveurs au plus',
    'spec.loadBalancer.type': 'Répartiteur de charge',
    'spec.loadBalancer.stickyCookie': 'Cookie des sessions persistantes',
    'spec.edge.zone': 'Domaine chez Cloudflare',
    'spec.edge.api': 'Hôte de l’API',
    'spec.edge.app': 'Hôte de l’application',
    'spec.edge.tls': 'Fin de TLS',
    'spec.edge.waf': 'Pare-feu applicatif',
    'spec.edge.cache': 'Cache chez Cloudflare',
    'spec.data.postgres.mode': 'PostgreSQL',
    'spec.data.postgres.connection': 'Connexion de PostgreSQL',
    'spec.data.redis.mode': 'Redis',
    'spec.data.redis.connection': 'Connexion de Redis',
    'spec.data.objectStorage.bucket': 'Bucket',
    'spec.workloads.backend.image': 'Backend : image',
    'spec.workloads.backend.min': 'Backend : pods au moins',
    'spec.workloads.backend.max': 'Backend : pods au plus',
    'spec.workloads.frontend.image': 'Frontend : image',
    'spec.workloads.frontend.min': 'Frontend : pods au moins',
    'spec.workloads.frontend.max': 'Frontend : pods au plus',
    'spec.addons.monitoring': 'Supervision',
    'spec.addons.backups': 'Sauvegardes',
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
    another_project:
      'Ce jeton est d’un autre projet : il ne voit rien des environnements de cette connexion. Utilisez un jeton du même projet.',
    invalid_response:
      'Ce qui répond n’est pas l’API du fournisseur. Vérifiez l’adresse dans la configuration, et ce qui se trouve entre elle et le portail.',
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
