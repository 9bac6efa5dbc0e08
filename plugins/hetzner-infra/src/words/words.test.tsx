import {
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
import { useLineInWords } from '../components/MonthCost/useLineInWords';
import { useDetailsInWords } from './useDetailsInWords';
import { toldDifferences } from './toldDifferences';
import { useDeviations } from './useDeviations';
import { useFailureInWords } from './useFailureInWords';
import { useOrphanSentence } from './useOrphanSentence';
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
      say(
        phrase('operation-not-approved', values, 'not approved'),
        phrase('of-a-later-version', {}, 'Something new.'),
      ),
    ).toBe('La modification de shop n’a pas été approuvée. Something new.');
    // Without a value that stands in it, a text would show its placeholder.
    expect(say(phrase('operation-queued', {}, 'It waits.'))).toBe('It waits.');
    expect(sentenceOf(sampleOperation({ sentence: 'As told.' }))).toBe(
      'As told.',
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
    ).toMatch(/^Le projet a droit à 3 \(.*\) ; il en a 1 et en aurait 5\./);
    expect(
      inWords({
        code: 'admin-access-open',
        params: { cidrs: '0.0.0.0/0', opens: 'api-and-ssh' },
        message: 'x',
      }),
    ).toContain('l’API Kubernetes et SSH');
    expect(inWords({ code: 'new', message: 'As told.' })).toBe('As told.');
    expect(
      inFrench(useUnbuiltPart)({
        code: 'not-created',
        path: 'spec.data.postgres',
        message: 'PostgreSQL: not created by this version.',
      }),
    ).toBe('PostgreSQL');
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
    expect(inWords({ ok: false, code: 'timeout', message: 'As told.' })).toBe(
      'As told.',
    );
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
