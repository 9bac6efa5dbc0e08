import { CreatePage } from '../portal/CreatePage';
import { small } from '../portal/documents';
import { NOTHING } from '../portal/Sandbox';
import { expect, signIn, test } from '../portal/test';

/** Slow enough that something can be done in the middle. */
const WATCHABLE_SPEED = 2;

test('cancels a creation in the middle, and nothing is left', async ({
  guestPage: page,
  sandbox,
}) => {
  const create = new CreatePage(page);
  await create.open('preview');
  await create.goToReview();
  await sandbox.change({ speed: WATCHABLE_SPEED });
  await create.create();
  await expect.poll(async () => (await sandbox.counts()).servers).toBe(2);
  await page.getByRole('button', { name: 'Cancel operation' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Its data is lost.');
  await expect(dialog).toContainText(/resources exist or are being made/);
  await dialog
    .getByRole('button', { name: 'Cancel and remove xpeditis-preview' })
    .click();
  await expect(dialog).toBeHidden();
  await sandbox.change({ speed: 100 });
  await expect(page.getByRole('status').first()).toContainText('Cancelled', {
    timeout: 60_000,
  });
  await expect(
    page.getByText('Nothing is left of xpeditis-preview'),
  ).toBeVisible();
  expect(await sandbox.counts()).toEqual(NOTHING);
});

test('shows the same to who leaves and comes back, and to a second person', async ({
  guestPage: page,
  browser,
  contextOptions,
  portal,
  sandbox,
}) => {
  await sandbox.change({ speed: WATCHABLE_SPEED });
  const id = await portal.order(small('shop'));
  await page.goto(`/hetzner/operations/${id}`);
  await expect(
    page.getByRole('heading', { name: 'Create shop' }),
  ).toBeVisible();

  const context = await browser.newContext({
    ...contextOptions,
    baseURL: test.info().project.use.baseURL,
  });
  const second = await context.newPage();
  await signIn(second);
  await second.goto(`/hetzner/operations/${id}`);
  const viewers = [page, second];
  const both = (check: (viewer: typeof page) => Promise<void>) =>
    Promise.all(viewers.map(check));
  const steps = (viewer: typeof page) =>
    viewer.getByText(/^\d+ of \d+ steps$/).innerText();
  await both(viewer =>
    expect(
      viewer.getByRole('progressbar', { name: 'Progress of the operation' }),
    ).toBeVisible(),
  );

  await page.goto('/catalog');
  await sandbox.change({ speed: 100 });
  await expect(second.getByRole('status').first()).toContainText('Succeeded', {
    timeout: 60_000,
  });
  await page.goBack();
  await expect(page.getByRole('status').first()).toContainText('Succeeded');
  expect(await steps(page)).toBe(await steps(second));
  await page.reload();
  await expect(page.getByRole('status').first()).toContainText('Succeeded');
  expect(await steps(page)).toBe(await steps(second));
  await context.close();
});

test('keeps a form for who leaves it and comes back', async ({
  guestPage: page,
}) => {
  const create = new CreatePage(page);
  await create.open('staging');
  await create.field('Name').fill('kept');
  await expect
    .poll(() => page.evaluate(() => JSON.stringify(sessionStorage)))
    .toContain('kept');
  await page.goto('/catalog');
  await page.goBack();
  await expect(create.field('Name')).toHaveValue('kept');
  await page.reload();
  await expect(create.field('Name')).toHaveValue('kept');
  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(create.field('Name')).toHaveValue('xpeditis-staging');
});
