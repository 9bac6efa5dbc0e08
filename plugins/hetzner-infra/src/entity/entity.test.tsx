import {
  registerMswTestHooks,
  renderTestApp,
} from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import type { Entity } from '@backstage/catalog-model';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { answerGet, refuse } from '../__testUtils__/backend';
import { readerApis } from '../__testUtils__/renderPlugin';
import {
  sampleEnvironment,
  sampleOperation,
  sampleResource,
} from '../__testUtils__/samples';
import plugin from '../plugin';

const server = setupServer();
registerMswTestHooks(server);

const entityNamed = (
  kind: string,
  name: string,
  environment?: string,
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: {
    name,
    namespace: 'default',
    annotations: environment ? { 'xpeditis.com/environment': environment } : {},
  },
  spec: { type: 'environment', owner: 'group:default/platform' },
});

const shopEntity = entityNamed('Resource', 'shop', 'shop');
const component = entityNamed('Component', 'shop-api', 'shop, shop-staging');

/** The page of an entity with the plugin's card or with its tab; the test page shows all that it gets at once. */
const show = (entity: Entity, part: 'card' | 'content', query = '') =>
  renderTestApp({
    features: [plugin],
    extensions: [createTestEntityPage({ entity })],
    initialRouteEntries: [`/${query}`],
    apis: readerApis(),
    config: {
      app: {
        baseUrl: 'http://localhost:3000',
        extensions: [
          {
            [`entity-${
              part === 'card' ? 'content' : 'card'
            }:hetzner-infra/environment`]: false,
          },
        ],
      },
      backend: { baseUrl: 'http://localhost:7007' },
    },
  });

describe('card of an environment', () => {
  it('says once that the connection is lost, above all that it shows', async () => {
    server.use(
      http.get('*/api/hetzner-infra/environments/:name', ({ params }) =>
        HttpResponse.json(sampleEnvironment({ name: String(params.name) })),
      ),
    );
    show(component, 'card');
    await screen.findByRole('link', { name: 'Open shop' });
    await screen.findByRole('link', { name: 'Open shop-staging' });

    server.use(http.all('*/api/hetzner-infra/*', () => HttpResponse.error()));
    document.dispatchEvent(new Event('visibilitychange'));
    expect(
      await screen.findByText('Connection to the portal lost; trying again.'),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Open shop' })).toBeInTheDocument();
  });

  it('tells state, sentence, cost and the way to it', async () => {
    server.use(
      answerGet('/environments/shop', sampleEnvironment({ name: 'shop' })),
    );
    show(shopEntity, 'card');

    expect(
      await screen.findByRole('heading', { name: 'Environment' }),
    ).toBeInTheDocument();
    expect(await screen.findByText('Ready')).toBeInTheDocument();
    expect(screen.getByText(/49\.20/)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Open shop' })).toHaveAttribute(
      'href',
      '/hetzner/environments/shop',
    );
    expect(
      screen.queryByRole('link', { name: 'See progress' }),
    ).not.toBeInTheDocument();
  });

  it('leads to the operation that works on it', async () => {
    server.use(
      answerGet(
        '/environments/shop',
        sampleEnvironment({
          name: 'shop',
          state: 'creating',
          operation: { id: 'op-7', goal: 'apply', state: 'running' },
        }),
      ),
    );
    show(shopEntity, 'card');

    expect(
      await screen.findByRole('link', { name: 'See progress' }),
    ).toHaveAttribute('href', '/hetzner/operations/op-7');
  });

  it('tells of each environment that a component runs in', async () => {
    server.use(
      answerGet('/environments/shop', sampleEnvironment({ name: 'shop' })),
      refuse('/environments/shop-staging', 404, { message: 'No such thing.' }),
    );
    show(component, 'card');

    expect(
      await screen.findByRole('heading', { name: 'Runs in' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('link', { name: 'Open shop' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByText('There is no environment shop-staging'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'See all environments' }),
    ).toHaveAttribute('href', '/hetzner/environments');
  });

  it('says who can help when reading is denied', async () => {
    server.use(
      refuse('/environments/shop', 403, {
        message: 'You lack the permission hetzner-infra.environment.read.',
      }),
    );
    show(shopEntity, 'card');

    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The environment shop could not be read');
    expect(alert).toHaveTextContent('Ask a member of the owning group');
  });

  it('tries again on demand', async () => {
    let calls = 0;
    server.use(
      http.get('*/api/hetzner-infra/environments/shop', () => {
        calls += 1;
        return calls === 1
          ? HttpResponse.json(
              {
                error: { name: 'Error', message: 'The database is away.' },
                response: { statusCode: 500 },
              },
              { status: 500 },
            )
          : HttpResponse.json(sampleEnvironment({ name: 'shop' }));
      }),
    );
    show(shopEntity, 'card');

    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The database is away.');
    await userEvent.click(
      within(alert).getByRole('button', { name: 'Try again' }),
    );

    expect(await screen.findByText('Ready')).toBeInTheDocument();
  });

  it('is not there for an entity that names no environment', async () => {
    show(entityNamed('Component', 'elsewhere'), 'card');

    expect(await screen.findByTestId('empty-entity-page')).toBeInTheDocument();
  });
});

describe('tab of an environment', () => {
  beforeEach(() => {
    server.use(
      answerGet('/environments/shop', sampleEnvironment({ name: 'shop' })),
      answerGet(
        '/environments/shop-staging',
        sampleEnvironment({ name: 'shop-staging' }),
      ),
      answerGet('/environments/:name/resources', {
        observedAt: '2026-11-20T08:00:00Z',
        items: [sampleResource()],
      }),
      answerGet('/operations', { items: [sampleOperation()] }),
    );
  });

  it('shows the environment as its own page does', async () => {
    show(shopEntity, 'content');

    expect(
      await screen.findByRole('heading', { name: 'Topology' }),
    ).toBeInTheDocument();
    expect(screen.getByText('Ready')).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'Open environment' }),
    ).toHaveAttribute('href', '/hetzner/environments/shop');
  });

  it('lets a reader choose among the environments of a component', async () => {
    show(component, 'content');
    await screen.findByRole('heading', { name: 'shop', level: 2 });

    await userEvent.click(screen.getByRole('radio', { name: 'shop-staging' }));

    expect(
      await screen.findByRole('heading', { name: 'shop-staging', level: 2 }),
    ).toBeInTheDocument();
  });

  it('opens with the environment of the address', async () => {
    show(component, 'content', '?environment=shop-staging');

    expect(
      await screen.findByRole('heading', { name: 'shop-staging', level: 2 }),
    ).toBeInTheDocument();
  });

  it('says that an environment is gone', async () => {
    server.use(
      refuse('/environments/shop', 404, { message: 'No such thing.' }),
    );
    show(shopEntity, 'content');

    expect(
      await screen.findByText('There is no environment shop'),
    ).toBeInTheDocument();
  });
});
