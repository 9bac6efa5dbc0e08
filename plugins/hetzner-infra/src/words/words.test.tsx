import {
  documentChanges,
  parseEnvironmentDocument,
  phrase,
  verbatim,
} from '@xpeditis/backstage-plugin-hetzner-infra-common';
import { inFrench } from '../__testUtils__/inFrench';
import {
  sampleEnvironment,
  sampleOperation,
  sampleStep,
} from '../__testUtils__/samples';
import { useChangeTitle } from './useChangeTitle';
import { useConnectionCheck } from './useConnectionCheck';
import { useDetailsInWords } from './useDetailsInWords';
import { toldDifferences } from './toldDifferences';
import { useDeviations } from './useDeviations';
import { useFailureInWords } from './useFailureInWords';
import { useLineInWords } from './useLineInWords';
import { useKindInWords } from './useKindInWords';
import { useOrphanSentence } from './useOrphanSentence';
import { usePhrases } from './usePhrases';
import { usePlaceInWords } from './usePlaceInWords';
import { useProblemInWords } from './useProblemInWords';
import {
  useEnvironmentSentence,
  useOperationSentence,
} from './useStateSentence';
import { useUnbuiltPart, useWarningInWords } from './useWarningInWords';

type Told = Parameters<typeof toldDifferences>[0];

describe('what the backend says, in French', () => {
  it('titles of steps by verb, kind, name and traits', () => {
    const titleOf = inFrench(useChangeTitle);
    expect(
      titleOf(
        sampleStep({
          kind: 'server',
          subject: {
            name: 'shop-web-1-g1',
            traits: [
              verbatim('cx43'),
              phrase(
                'trait-private-address',
                { address: '10.0.1.2' },
                'private address 10.0.1.2',
              ),
            ],
          },
        }),
      ),
    ).toBe('Créer le serveur shop-web-1-g1 (cx43, adresse privée 10.0.1.2)');
    expect(
      titleOf(
        sampleStep({
          change: 'remove',
          kind: 'ssh-key',
          subject: { name: 'shop-key', traits: [] },
        }),
      ),
    ).toBe('Supprimer la clé SSH shop-key');
  });

  it.each([
    ['of an older version without a subject', {}],
    [
      'of a kind that it does not know',
      { kind: 'volume', subject: { name: 'shop-data', traits: [] } },
    ],
  ])('keeps the backend’s title %s', (_what, change) => {
    expect(
      inFrench(useChangeTitle)(sampleStep({ title: 'Make it', ...change })),
    ).toBe('Make it');
  });

  it('sentences of operations by their phrases, unknown ones as they are', () => {
    const sentenceOf = inFrench(useOperationSentence);
    const say = (...phrases: ReturnType<typeof phrase>[]) =>
      sentenceOf(sampleOperation({ phrases }));
    const values = { doing: 'change', environment: 'shop', revision: 2 };
    expect(say(phrase('operation-running', values, 'Changing shop.'))).toBe(
      'La modification de shop est en cours.',
    );
    expect(
      say(phrase('operation-not-approved', values, 'not approved'), {
        code: 'of-a-later-version',
        params: {},
        text: 'Something new.',
      }),
    ).toBe('La modification de shop n’a pas été approuvée. Something new.');
    // Without a value that stands in it, a text would show its placeholder.
    expect(say(phrase('operation-queued', {}, 'It waits.'))).toBe('It waits.');
    expect(sentenceOf(sampleOperation({ sentence: 'As told.' }))).toBe(
      'As told.',
    );
  });

  it('notes of a driver after the title of its change', () => {
    const say = inFrench(usePhrases);
    const noteOf = (code: string, text: string, params: object = {}) =>
      phrase(
        'step-note',
        {
          ...params,
          change: 'create',
          kind: 'server',
          name: 'shop-web-1-g1',
          note: code,
          noted: text,
        },
        `Create server shop-web-1-g1: ${text}`,
      );
    expect(say([noteOf('attached-as', 'x', { address: '10.0.1.2' })])).toBe(
      'Créer le serveur shop-web-1-g1 : Rattaché au réseau avec l’adresse 10.0.1.2.',
    );
    expect(say([noteOf('verbatim', 'action failed')])).toBe(
      'Créer le serveur shop-web-1-g1 : action failed',
    );
  });

  it('kinds of resources', () => {
    expect(inFrench(useKindInWords)('load-balancer')).toBe(
      'Répartiteur de charge',
    );
  });

  it('environments that stand or are gone by their state', () => {
    const sentenceOf = inFrench(useEnvironmentSentence);
    expect(sentenceOf(sampleEnvironment({ name: 'shop', revision: 3 }))).toBe(
      'shop est conforme à la révision 3.',
    );
    expect(
      sentenceOf(sampleEnvironment({ name: 'shop', state: 'removed' })),
    ).toBe('shop est supprimé.');
    expect(
      sentenceOf(sampleEnvironment({ state: 'changing', sentence: 'So.' })),
    ).toBe('So.');
  });

  it('failures of steps around what the provider said', () => {
    expect(
      inFrench(useFailureInWords)({
        code: 'resource_unavailable',
        message: 'Create server shop-web-1-g1 failed: sold out. Tried 2 times.',
        phrases: [
          phrase(
            'step-failed',
            {
              change: 'create',
              kind: 'server',
              name: 'shop-web-1-g1',
              reason: 'sold out.',
            },
            'Create server shop-web-1-g1 failed: sold out.',
          ),
          phrase('tried', { attempts: 2 }, 'Tried 2 times.'),
        ],
      }),
    ).toBe('Créer le serveur shop-web-1-g1 : échec. sold out. 2 essais.');
  });

  it('refusals by their code, a provider’s as they are', () => {
    const inWords = inFrench(useFailureInWords);
    expect(
      inWords({
        code: 'connection-changed',
        params: { name: 'shop' },
        message: 'x',
      }),
    ).toContain('Quelqu’un a modifié la connexion shop entre-temps.');
    expect(
      inWords({ code: 'deletion-has-begun', params: {}, message: 'x' }),
    ).toBe(
      'Elle ne peut pas être annulée : la première suppression a commencé.',
    );
    expect(inWords({ code: 'unauthorized', message: 'invalid token' })).toBe(
      'invalid token',
    );
  });

  it('drift by field, wanted and found value, and what happens next', () => {
    const say = inFrench(useDeviations);
    const inWords = (told: Told) => say(toldDifferences(told));
    expect(
      inWords({
        differences: ['type: is cx23, wanted cx43', 'power: is off, wanted on'],
        deviations: [
          {
            field: 'serverType',
            wanted: ['cx43'],
            found: ['cx23'],
            remedy: 'update',
            interrupts: phrase('server-off-for-type', {}, 'It is off.'),
          },
          { field: 'power', wanted: ['on'], found: ['off'], remedy: 'update' },
          {
            field: 'firewalls',
            wanted: ['web', 'ops'],
            found: [],
            remedy: 'report',
          },
          { field: 'rules', remedy: 'update' },
          { field: 'existence', remedy: 'create' },
        ],
      }),
    ).toEqual([
      {
        what: 'Type de serveur : voulu cx43, trouvé cx23.',
        next: 'La remise en conformité la modifie sur place. Le serveur est éteint environ trois minutes pendant que son type change.',
      },
      {
        what: 'Alimentation : voulu allumé, trouvé éteint.',
        next: 'La remise en conformité la modifie sur place.',
      },
      {
        what: 'Pare-feu : voulu web, ops, trouvé rien.',
        next: expect.stringContaining('n’y touche pas'),
      },
      {
        what: 'Règles : différence dans les détails.',
        next: expect.any(String),
      },
      {
        what: 'C’est voulu et n’existe pas.',
        next: 'La remise en conformité crée la ressource.',
      },
    ]);
  });

  it('drift as the backend wrote it where it tells no fields, or one of a later version', () => {
    const say = inFrench(useDeviations);
    const inWords = (told: Told) => say(toldDifferences(told));
    expect(inWords({ differences: ['It is off.'] })).toEqual([
      { what: 'It is off.' },
    ]);
    expect(
      inWords({
        differences: ['colour: is red, wanted blue'],
        deviations: [
          {
            field: 'colour',
            wanted: ['blue'],
            found: ['red'],
            remedy: 'update',
          },
        ],
      })[0].what,
    ).toBe('colour: is red, wanted blue');
  });

  it('warnings of a quote by code and values', () => {
    const inWords = inFrench(useWarningInWords);
    expect(
      inWords({
        code: 'quota-exceeded',
        params: { quota: 'servers', limit: '3', used: '1', after: '5' },
        message: 'x',
      }),
    ).toMatch(/^Serveurs : le projet a droit à 3, en a 1 et en aurait 5\./);
    expect(
      inWords({
        code: 'admin-access-open',
        params: { cidrs: '0.0.0.0/0', opens: 'api-and-ssh' },
        message: 'x',
      }),
    ).toContain('l’API Kubernetes et SSH');
    expect(
      inWords({
        code: 'connection-refused',
        params: { connection: 'shop', problem: 'It was revoked.' },
        message: 'x',
      }),
    ).not.toContain('revoked');
    expect(inWords({ code: 'no-workers', params: {}, message: 'x' })).toMatch(
      /^Aucun/,
    );
    expect(
      inWords({
        code: 'not-created',
        path: 'spec.edge',
        params: {},
        message: 'x',
      }),
    ).toBe('La périphérie Cloudflare : pas encore créé par cette version.');
    expect(inWords({ code: 'new', params: {}, message: 'As told.' })).toBe(
      'As told.',
    );
    expect(
      inFrench(useUnbuiltPart)({
        code: 'not-created',
        path: 'spec.data.postgres',
        message: 'PostgreSQL: not created by this version.',
      }),
    ).toBe('PostgreSQL');
  });

  it('mistakes in a document by code and values', () => {
    const inWords = inFrench(useProblemInWords);
    const parsed = parseEnvironmentDocument({
      metadata: { name: 'My shop' },
      spec: { pools: [{ name: 'web', serverType: 'cx43', min: 1, max: 101 }] },
    });
    const said = ('problems' in parsed ? parsed.problems : []).map(
      problem => `${problem.path}: ${inWords(problem)}`,
    );
    expect(said).toEqual(
      expect.arrayContaining([
        'metadata.name: Utilisez des minuscules, des chiffres et des traits d’union ; commencez par une lettre et finissez par une lettre ou un chiffre.',
        'metadata.owner: Choisissez un groupe.',
        'spec.pools.0.max: Utilisez un nombre entier de 0 à 100.',
      ]),
    );
    // A warning that blocks stands at its field too.
    expect(
      inWords({
        path: 'spec.connections.hetzner',
        code: 'quota-exceeded',
        params: { quota: 'servers', limit: '3', used: '1', after: '5' },
        message: 'x',
      }),
    ).toMatch(/^Serveurs : le projet a droit à 3/);
    expect(inWords({ path: 'spec', message: 'As told.' })).toBe('As told.');
    expect(inWords({ path: 'spec', code: 'new', message: 'So.' })).toBe('So.');
  });

  it('orphans by reason, environment and maker', () => {
    const sentenceOf = inFrench(useOrphanSentence);
    expect(
      sentenceOf({
        reason: 'left',
        maker: 'volume driver',
        environment: 'shop',
        sentence: 'x',
      }),
    ).toBe('Le pilote de volumes de shop l’a créée, et shop a été supprimé.');
    expect(sentenceOf({ reason: 'unknown', sentence: 'x' })).toContain(
      'ne nomme aucun environnement',
    );
    expect(sentenceOf({ reason: 'left', sentence: 'As told.' })).toBe(
      'As told.',
    );
  });

  it('what the check of a connection found', () => {
    const inWords = inFrench(useConnectionCheck);
    expect(inWords({ ok: true, code: 'tokens-valid', message: 'x' })).toContain(
      'Les deux jetons sont valables',
    );
    expect(
      inWords({ ok: false, code: 'cluster-token_readonly', message: 'x' }),
    ).toMatch(/^Le jeton du cluster : Ce jeton ne peut que lire\./);
    expect(
      inWords({ ok: false, code: 'cluster-another_project', message: 'x' }),
    ).toMatch(/^Le jeton du cluster : Ce jeton est d’un autre projet/);
    expect(inWords({ ok: false, code: 'timeout', message: 'As told.' })).toBe(
      'As told.',
    );
  });

  it('every place of a document that can differ', () => {
    const placeOf = inFrench(usePlaceInWords);
    expect(placeOf('spec.pools.web.min')).toBe(
      'Groupe web : serveurs au moins',
    );
    expect(placeOf('spec.colour')).toBe('spec.colour');

    const whole = parseEnvironmentDocument({
      apiVersion: 'infra.xpeditis.com/v1alpha1',
      kind: 'Environment',
      metadata: {
        name: 'shop',
        owner: 'group:default/platform',
        expiresAt: '2026-12-01T08:00:00Z',
        protected: true,
      },
      spec: {
        connections: { hetzner: 'a', cloudflare: 'b', objectStorage: 'c' },
        location: 'fsn1',
        adminAccess: {
          cidrs: ['203.0.113.7/32'],
          ssh: true,
          sshKeys: ['ssh-ed25519 AAAA ada'],
        },
        pools: [{ name: 'web', serverType: 'cx43', min: 1, max: 2 }],
        edge: {
          zone: 'xpeditis.com',
          api: 'api.xpeditis.com',
          app: 'app.xpeditis.com',
        },
        data: {
          postgres: { mode: 'neon', connection: 'd' },
          redis: { mode: 'upstash', connection: 'e' },
          objectStorage: { bucket: 'shop' },
        },
        workloads: {
          backend: { image: 'one', min: 1, max: 2 },
          frontend: { image: 'two', min: 1, max: 2 },
        },
        addons: {},
      },
    });
    if ('problems' in whole) throw new Error(whole.problems[0].message);
    const places = documentChanges(undefined, whole.environment);
    expect(places).toHaveLength(39);
    expect(places.filter(({ path }) => placeOf(path) === path)).toEqual([]);
  });

  it('details of a resource by their label', () => {
    const detailsOf = inFrench(useDetailsInWords);
    const details = { 'Public IPv4': '203.0.113.7', Colour: 'red' };
    expect(detailsOf({ details })).toEqual([
      { key: 'Public IPv4', label: 'IPv4 publique', value: '203.0.113.7' },
      { key: 'Colour', label: 'Colour', value: 'red' },
    ]);
  });

  it('how many targets answer by the numbers, whatever the words say', () => {
    const detailsOf = inFrench(useDetailsInWords);
    const details = { 'Healthy targets': 'one of two' };
    expect(
      detailsOf({ details, targets: { healthy: 1, total: 2 } })[0],
    ).toMatchObject({ label: 'Cibles saines', value: '1 sur 2' });
    expect(detailsOf({ details })[0].value).toBe('one of two');
  });

  it('a price line by its key and type, whatever the description says', () => {
    const inWords = inFrench(useLineInWords);
    const description = 'Load balancer, which has no type, lb99';
    expect(
      inWords({ key: 'load-balancer', description, type: 'lb11' }),
    ).toMatch(/, lb11$/);
    expect(inWords({ key: 'load-balancer', description })).toBe(description);
    expect(inWords({ key: 'pool-web', description, type: 'cx43' })).toMatch(
      /web.*cx43/,
    );
  });
});
