import {
  expectAccessible,
  expectAccessibleOnPhoneToo,
  PHONE,
} from '../portal/accessibility';
import { CROWD } from '../portal/CrowdedPortal';
import { CreatePage } from '../portal/CreatePage';
import { small } from '../portal/documents';
import { expect, test } from '../portal/test';

test('every page of an environment can be used by everybody', async ({
  guestPage: page,
  portal,
}) => {
  const id = await portal.order(small('shop'));
  await portal.untilSucceeded(id);
  for (const [path, sign] of [
    ['/hetzner', 'shop'],
    ['/hetzner/operations', 'Create shop'],
    [`/hetzner/operations/${id}`, 'Succeeded'],
    ['/hetzner/environments/shop', 'Topology'],
    ['/hetzner/environments/shop/operations', 'Create'],
    ['/hetzner/environments/shop/resources', 'As wanted'],
    ['/hetzner/environments/shop/cost', 'Forecast'],
    ['/hetzner/environments/shop/settings', 'Danger zone'],
  ]) {
    await page.goto(path);
    await expect(page.getByText(sign).first()).toBeVisible();
    await expectAccessibleOnPhoneToo(page);
  }
});

test('every step of the page that creates one can be used by everybody', async ({
  guestPage: page,
}) => {
  const create = new CreatePage(page);
  await create.open('production');
  await expect(create.panel.getByText('/ month').first()).toBeVisible();
  await expectAccessibleOnPhoneToo(page);
  await create.goToSize();
  await expectAccessibleOnPhoneToo(page);
  await create.goToData();
  await expectAccessibleOnPhoneToo(page);
  await create.review();
  await expect(create.confirm).toBeEnabled();
  await expectAccessibleOnPhoneToo(page);
});

test('pages of a thousand environments, and of who may only read, can be used by everybody', async ({
  visitorPage: page,
}) => {
  await page.goto('/hetzner');
  await expect(page.getByText(`${CROWD} environments`)).toBeVisible();
  await expectAccessibleOnPhoneToo(page);
  for (const [path, sign] of [
    ['/hetzner/environments/team-0001/settings', 'You may not remove it'],
    ['/hetzner/create', 'Connect a Hetzner project first'],
    ['/hetzner/connections', 'No connection is yours to see'],
  ]) {
    await page.goto(path);
    await expect(page.getByText(sign).first()).toBeVisible();
    await expectAccessibleOnPhoneToo(page);
  }
});

test('what opens beside a page or over it can be used by everybody', async ({
  guestPage: page,
  portal,
}) => {
  const id = await portal.order(small('shop'));
  await portal.untilSucceeded(id);
  const dialog = page.getByRole('dialog');

  await page.goto(`/hetzner/operations/${id}`);
  await page.getByRole('button', { name: /web-1/ }).first().click();
  await expect(dialog).toBeVisible();
  await expectAccessibleOnPhoneToo(page, dialog);

  for (const path of [
    '/hetzner/environments/shop?box=load-balancer',
    '/hetzner/environments/shop/settings?revision=1',
    '/hetzner/connections?connection=sandbox',
  ]) {
    await page.goto(path);
    await expect(dialog).toBeVisible();
    await expectAccessibleOnPhoneToo(page, dialog);
  }

  await page.goto('/hetzner/environments/shop/resources');
  await page.getByRole('link', { name: 'shop-load-balancer' }).click();
  await expect(dialog).toBeVisible();
  await expectAccessibleOnPhoneToo(page, dialog);
});

test('every step of the page that changes one can be used by everybody', async ({
  guestPage: page,
  portal,
}) => {
  await portal.create(small('shop'));
  const change = new CreatePage(page);
  await page.goto('/hetzner/change/shop');
  await expect(change.panel.getByText('/ month').first()).toBeVisible();
  await expectAccessibleOnPhoneToo(page);
  await change.goToSize();
  await change.field('Workers at most').fill('2');
  await expectAccessibleOnPhoneToo(page);
  await change.goToData();
  await page.getByRole('button', { name: 'Review' }).click();
  await expect(
    page.getByRole('row', { name: 'Pool web: workers at most' }),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: 'Change shop' })).toBeEnabled();
  await expectAccessibleOnPhoneToo(page);
});

test('what was left behind, asked about too, can be used by everybody', async ({
  guestPage: page,
  sandbox,
  portal,
}) => {
  await page.goto('/hetzner/orphans');
  const isClean = page.getByText('Nothing was left behind');
  await expect(isClean).toBeVisible();
  await expectAccessibleOnPhoneToo(page);

  await portal.create(small('shop'));
  const { load_balancers: loadBalancers } = await sandbox.project();
  const { load_balancer: orphan } = await sandbox.cloud(
    'POST',
    'load_balancers',
    {
      name: 'old-shop-load-balancer',
      load_balancer_type: 'lb11',
      location: 'fsn1',
      labels: {
        ...loadBalancers[0].labels,
        'infra.xpeditis.com/environment': 'old-shop',
        'infra.xpeditis.com/environment-id': 'k7hs0d93mz1q',
      },
    },
  );
  const lookAgain = page.getByRole('button', { name: 'Look again' });
  await lookAgain.click();
  await expect(page.getByText('old-shop-load-balancer').first()).toBeVisible();
  await expectAccessibleOnPhoneToo(page);
  const remove = page.getByRole('button', {
    name: 'Remove old-shop-load-balancer',
  });
  const usual = page.viewportSize()!;
  // A question does not outlive the change from a table to cards.
  for (const size of [PHONE, usual]) {
    await page.setViewportSize(size);
    await remove.click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
  }

  // Whoever comes next finds the portal as it was.
  await sandbox.cloud('DELETE', `load_balancers/${orphan.id}`);
  await lookAgain.click();
  await expect(isClean).toBeVisible();
});

test('what is not there, and what does not answer, can be used by everybody', async ({
  guestPage: page,
}) => {
  for (const [path, sign] of [
    ['/hetzner/environments/nothing', 'There is no environment nothing'],
    ['/hetzner/operations/nothing', 'There is no operation nothing'],
    ['/hetzner/change/nothing', 'There is no environment named nothing'],
  ]) {
    await page.goto(path);
    await expect(page.getByText(sign).first()).toBeVisible();
    await expectAccessibleOnPhoneToo(page);
  }

  await page.goto('/hetzner');
  await expect(page.getByText('Create your first environment')).toBeVisible();
  await page.route('**/api/hetzner-infra/**', route => route.abort());
  for (const path of [
    '/hetzner',
    '/hetzner/operations',
    '/hetzner/connections',
    '/hetzner/orphans',
    '/hetzner/create',
  ]) {
    await page.goto(path);
    await expect(page.getByRole('alert').first()).toBeVisible();
    await expectAccessibleOnPhoneToo(page);
  }
});
