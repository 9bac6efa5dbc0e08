import { CreatePage, PRESETS } from '../portal/CreatePage';
import { small } from '../portal/documents';
import { takePictures } from '../portal/pictures';
import { expect, test } from '../portal/test';

/** Slow enough to be seen at work for as long as its pictures take. */
const WATCHABLE_SPEED = 0.8;

const FAST = 100;

const API = '**/api/hetzner-infra';

// First, because later ones would teach the portal how long this cloud takes.
test('an operation while it runs, asked to stop, and when it is over', async ({
  guestPage: page,
  sandbox,
}) => {
  const create = new CreatePage(page);
  await create.open('production');
  await create.goToReview();
  await sandbox.change({ speed: WATCHABLE_SPEED });
  await create.create();
  const operation = page.url();
  await expect.poll(async () => (await sandbox.counts()).servers).toBe(3);
  const progress = page.getByRole('progressbar', {
    name: 'Progress of the operation',
  });
  await takePictures(page, 'operation-running', async () => {
    await page.goto(operation);
    await progress.waitFor();
  });
  await takePictures(page, 'operation-step', async () => {
    await page.goto(operation);
    await page.getByRole('button', { name: /web-1/ }).first().click();
    await page.getByRole('dialog').waitFor();
  });
  await takePictures(page, 'operation-cancel', async () => {
    await page.goto(operation);
    await page.getByRole('button', { name: 'Cancel operation' }).click();
    await expect(
      page.getByRole('button', { name: /^Cancel and remove/ }),
    ).toBeEnabled();
  });
  await sandbox.change({ speed: FAST });
  await takePictures(page, 'operation-succeeded', async () => {
    await page.goto(operation);
    await page
      .getByRole('link', { name: 'Open resources' })
      .waitFor({ timeout: 60_000 });
  });
});

test('environments that stand, and what was done to them', async ({
  guestPage: page,
  portal,
}) => {
  const create = new CreatePage(page);
  await create.open('production');
  await create.goToReview();
  await create.create();
  await page.getByRole('link', { name: 'Open resources' }).waitFor();
  const environment = '/hetzner/environments/xpeditis-prod';
  for (const [tab, sign] of [
    ['', 'Topology'],
    ['/operations', 'Create'],
    ['/resources', 'As wanted'],
    ['/cost', 'Forecast'],
    ['/settings', 'Danger zone'],
  ]) {
    await takePictures(
      page,
      `environment-${tab.slice(1) || 'overview'}`,
      async () => {
        await page.goto(`${environment}${tab}`);
        await page.getByText(sign).first().waitFor();
      },
    );
  }
  await portal.create(small('shop'));
  await takePictures(page, 'environments', async () => {
    await page.goto('/hetzner');
    await page.getByRole('row', { name: 'shop' }).waitFor();
  });
  await takePictures(page, 'operations', async () => {
    await page.goto('/hetzner/operations');
    await page.getByText('Create shop').first().waitFor();
  });
  await takePictures(page, 'catalog-environment', async () => {
    await page.goto('/catalog/default/resource/xpeditis-prod');
    await page.getByRole('link', { name: 'Open xpeditis-prod' }).waitFor();
  });
});

test('environments: none, not yet read, not to be read', async ({
  guestPage: page,
}) => {
  await takePictures(page, 'environments-empty', async () => {
    await page.goto('/hetzner');
    await page.getByText('Create your first environment').waitFor();
  });

  await page.route(`${API}/environments*`, () => {});
  await takePictures(page, 'environments-loading', async () => {
    await page.goto('/hetzner');
    await page.getByRole('searchbox').waitFor();
  });
  await page.unrouteAll();
  await page.route(`${API}/environments*`, route => route.abort());
  await takePictures(page, 'environments-error', async () => {
    await page.goto('/hetzner');
    await page.getByRole('alert').first().waitFor();
  });
});

test('the page that creates an environment', async ({ guestPage: page }) => {
  const create = new CreatePage(page);
  const open = async (preset: 'production' | 'preview' = 'production') => {
    await page.goto(`/hetzner/create?preset=${preset}`);
    // What the last picture typed is kept.
    await page.getByRole('button', { name: 'Start over' }).click();
    await expect(create.field('Name')).toHaveValue(PRESETS[preset]);
    await create.panel.getByText('/ month').first().waitFor();
  };
  const openData = async () => {
    await open();
    await create.goToSize();
    await create.goToData();
  };
  await takePictures(page, 'create', open);
  await takePictures(page, 'create-preview', () => open('preview'));
  await takePictures(page, 'create-mistake', async () => {
    await open();
    await create.field('Name').fill('Shop');
    await page.getByRole('alert').first().waitFor();
  });
  await takePictures(page, 'create-size', async () => {
    await open();
    await create.goToSize();
  });
  await takePictures(page, 'create-refused-quota', async () => {
    await open();
    await create.goToSize();
    await create.field('Workers at most').fill('25');
    await create.field('Workers at least').fill('25');
    await create.panel.getByText('0 → 26 of 25').waitFor({ state: 'attached' });
  });
  await takePictures(page, 'create-data', openData);
  await takePictures(page, 'create-review', async () => {
    await openData();
    await create.review();
    await expect(create.confirm).toBeEnabled();
  });
});

test('an operation that fails, and an environment that is gone', async ({
  guestPage: page,
  sandbox,
  portal,
}) => {
  // Capacity goes after the order was taken, and before its network stands.
  await sandbox.change({ speed: WATCHABLE_SPEED });
  const id = await portal.order(small('shop'));
  await sandbox.change({
    speed: FAST,
    unavailable: [{ serverType: '*', location: 'fsn1' }],
  });
  await takePictures(page, 'operation-failed', async () => {
    await page.goto(`/hetzner/operations/${id}`);
    await page.getByText('was not created').waitFor({ timeout: 60_000 });
  });
  await takePictures(page, 'environment-gone', async () => {
    await page.goto('/hetzner/environments/shop');
    await page.getByRole('link', { name: 'Show all environments' }).waitFor();
  });
});

test('connections', async ({ guestPage: page }) => {
  const open = async () => {
    await page.goto('/hetzner/connections');
    await page.getByText('sandbox').first().waitFor();
  };
  await takePictures(page, 'connections', open);
  await takePictures(page, 'connections-details', async () => {
    await page.goto('/hetzner/connections?connection=sandbox');
    await page.getByRole('meter').first().waitFor();
  });
  await takePictures(page, 'connections-add', async () => {
    await open();
    await page.getByRole('button', { name: 'Add connection' }).click();
    await page.getByRole('dialog').waitFor();
  });
});

// Last of this portal, because its sweep remembers for a while what was left.
test('what was changed at the provider, and what was left there', async ({
  guestPage: page,
  portal,
  sandbox,
}) => {
  await takePictures(page, 'orphans-empty', async () => {
    await page.goto('/hetzner/orphans');
    await page.getByText('Nothing was left behind').waitFor();
  });

  await portal.create(small('shop'));
  const { servers, load_balancers: loadBalancers } = await sandbox.project();
  await sandbox.cloud(
    'DELETE',
    `servers/${servers.find(({ name }) => name.includes('web'))!.id}`,
  );
  const orphan = await sandbox.cloud('POST', 'load_balancers', {
    name: 'old-shop-load-balancer',
    load_balancer_type: 'lb11',
    location: 'fsn1',
    labels: {
      ...loadBalancers[0].labels,
      'infra.xpeditis.com/environment': 'old-shop',
      'infra.xpeditis.com/environment-id': 'k7hs0d93mz1q',
    },
  });
  await takePictures(page, 'environment-drift', async () => {
    await page.goto('/hetzner/environments/shop/resources');
    await page.getByText('Put right').first().waitFor();
  });
  await takePictures(page, 'change', async () => {
    await page.goto('/hetzner/change/shop');
    await page.getByText('/ month').first().waitFor();
  });
  await takePictures(page, 'orphans', async () => {
    await page.goto('/hetzner/orphans');
    await page.getByRole('button', { name: 'Look again' }).click();
    await page.getByText('old-shop-load-balancer').first().waitFor();
  });
  await sandbox.cloud('DELETE', `load_balancers/${orphan.load_balancer.id}`);
});

test('what a visitor sees of a thousand environments', async ({
  visitorPage: page,
}) => {
  await takePictures(page, 'environments-full', async () => {
    await page.goto('/hetzner');
    await page.getByText('1000 environments').waitFor();
  });
  await takePictures(page, 'environment-denied', async () => {
    await page.goto('/hetzner/environments/team-0001/settings');
    await page.getByText('You may not remove it').waitFor();
  });
  await takePictures(page, 'connections-denied', async () => {
    await page.goto('/hetzner/connections');
    await page.getByText('No connection is yours to see').waitFor();
  });
  await takePictures(page, 'create-denied', async () => {
    await page.goto('/hetzner/create');
    await page.getByText('Connect a Hetzner project first').waitFor();
  });
});
