import type { createPage as english } from '../createPage';
import type { Translated } from '../Translated';

export const createPage: Translated<typeof english> = {
  create: {
    preset: {
      label: 'Partir de',
      production: 'Production (comme documentée)',
      mvp: 'MVP (Neon, Upstash)',
      staging: 'Préproduction',
      preview: 'Aperçu pour 8 heures',
    },
    presetAbout: {
      production:
        'De deux à huit serveurs de travail, Cloudflare devant, ses propres services de données.',
      mvp: 'Deux serveurs de travail et des services de données gérés.',
      staging: 'Comme la production, avec des serveurs plus petits.',
      preview:
        'Un serveur de travail pour regarder un changement. Il expire tout seul.',
    },
    startOver: 'Recommencer',
    form: 'Environnement',
    back: 'Retour',
    review: 'Relire',
    step: {
      name: 'Nom et propriétaire',
      size: 'Taille',
      data: 'Bordure et données',
    },
    missing: 'À remplir.',
    advanced: 'Réglages avancés',
    about: {
      name: 'Les noms des serveurs et des autres ressources commencent ainsi. Il ne change plus ensuite.',
      owner:
        'Le groupe qui répond de l’environnement. Ce doit être un des vôtres.',
      connection:
        'La connexion dont le projet paie et dont le quota compte. La production mérite un projet à elle.',
      location: 'Où se trouvent les serveurs et le répartiteur de charge.',
      expiresAt: 'Quand l’environnement peut disparaître.',
      protected:
        'Un environnement protégé n’est pas supprimé avant que sa protection soit levée.',
      controlPlaneServerType:
        'Type de chaque serveur du plan de contrôle. Il porte l’API Kubernetes et sa base de données.',
      controlPlaneCount: 'Trois survivent à la perte d’un seul.',
      pools:
        'Ils portent l’application. Les serveurs d’un autre type sont remplacés un à un; un groupe retiré part quand le reste est là.',
      poolServerType:
        'Type de chaque serveur de travail. Ils portent l’application.',
      poolMin: 'Ceux-là sont toujours présents.',
      poolMax:
        'Le cluster achète des serveurs jusqu’à ce nombre quand des pods manquent de place.',
      loadBalancerType:
        'Il prend HTTP et HTTPS depuis Internet et les transmet par le réseau privé.',
      stickyCookie:
        'Il garde un visiteur, et un WebSocket qui revient, sur le même serveur.',
      edgeZone:
        'La zone devant le répartiteur de charge, avec pare-feu et cache. Vide : aucune.',
      edgeApi: 'Un nom du domaine. Vide : api suivi du domaine.',
      edgeApp: 'Un nom du domaine. Vide : app suivi du domaine.',
      postgres:
        'Où tourne la base de données. Auto-hébergée, elle ajoute un serveur.',
      redis: 'Où tourne le cache.',
      bucket:
        'Le bucket des documents, instantanés, sauvegardes et journaux. Vide : aucun. Tous les clients du fournisseur partagent les noms.',
      objectStorage:
        'La connexion dans laquelle est le bucket. Elle ne change plus ensuite.',
      ipRange: 'Plage IPv4 de tout le réseau. Elle ne change plus ensuite.',
      nodesRange:
        'La partie du réseau dont les serveurs reçoivent leurs adresses.',
      adminCidrs:
        'Plages qui atteignent l’API Kubernetes, et SSH là où il est ouvert. Tous les autres restent dehors.',
      ssh: 'Le portail n’en a pas besoin. Les serveurs s’installent seuls.',
      sshKeys:
        'Clés publiques admises là où SSH est ouvert. Sans clé, personne n’entre.',
    },
    choice: {
      allowed: 'Autorisée',
      protected: 'Protégé',
      closed: 'Fermé',
      open: 'Ouvert aux administrateurs',
      none: 'Aucun',
      selfHosted: 'Auto-hébergé',
      neon: 'Neon',
      upstash: 'Upstash',
      external: 'Externe',
    },
    formFailed: 'Le formulaire n’a pas pu être lu',
    panel: {
      label: 'Prix et plan',
      details: 'Détail du prix et du plan',
      waiting: 'Le prix apparaît quand le formulaire est complet.',
      open: 'Montrer le détail',
      close: 'Cacher le détail',
      notBuilt: 'Chiffré, mais pas créé par cette version : {{parts}}.',
      quotaRest_one: '{{count}} autre sorte n’a pas de limite connue.',
      quotaRest_other: '{{count}} autres sortes n’ont pas de limite connue.',
    },
    summary: {
      title: 'Créer {{name}}',
      where: '{{name}} à {{location}}, dans le projet Hetzner {{connection}}.',
      owner: 'Il appartient au groupe {{owner}}.',
      expires: 'Il expire {{at}}.',
      stays: 'Il reste jusqu’à ce que quelqu’un le supprime.',
      protected: 'Il est protégé contre la suppression.',
      noWorkers:
        'Il n’a pas de serveur de travail : rien ne répond derrière son répartiteur de charge.',
      plan: 'Voici ce qui sera fait',
      price: 'Il coûte',
      confirm: 'Créer {{name}}',
      notYet:
        'Le prix se met à jour. La création sera possible dans un instant.',
      blocked:
        'La création est impossible ainsi. Le panneau du prix dit pourquoi.',
      starting: 'La commande est en route.',
      failed: '{{name}} n’a pas été créé',
      unknown: 'On ne sait pas ce qu’est devenue la commande de {{name}}',
      unknownWhy:
        'Le portail a perdu de vue sa tâche, qui continue peut-être. Regardez la tâche avant de commander à nouveau.',
      openTask: 'Ouvrir la tâche',
    },
    denied: {
      title: 'Vous ne pouvez pas créer d’environnement',
      description:
        'Une création commande des serveurs payants. Demandez à l’équipe plateforme d’en créer un pour vous, ou le droit d’en créer.',
    },
    noConnection: {
      title: 'Connectez d’abord un projet Hetzner',
      description:
        'Une connexion porte l’accès au projet qui paie les serveurs. Ajoutez-en une, puis revenez.',
      notUsable:
        'Vos groupes ne peuvent utiliser aucune connexion. Demandez à l’équipe plateforme d’en ouvrir une à l’un d’eux.',
      action: 'Aller aux connexions',
    },
    contextFailed: 'Ce dont le formulaire a besoin n’a pas pu être lu',
  },
};
