import { expectAccessible } from '../portal/accessibility';
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
    await expectAccessible(page);
  }
});

test('every step of the page that creates one can be used by everybody', async ({
  guestPage: page,
}) => {
  const create = new CreatePage(page);
  await create.open('production');
  await expect(create.panel.getByText('/ month').first()).toBeVisible();
  await expectAccessible(page);
  await create.goToSize();
  await expectAccessible(page);
  await create.goToData();
  await expectAccessible(page);
  await create.review();
  await expect(create.confirm).toBeEnabled();
  await expectAccessible(page);
});

test('pages of a thousand environments, and of who may only read, can be used by everybody', async ({
  visitorPage: page,
}) => {
  await page.goto('/hetzner');
  await expect(page.getByText(`${CROWD} environments`)).toBeVisible();
  await expectAccessible(page);
  for (const [path, sign] of [
    ['/hetzner/environments/team-0001/settings', 'You may not remove it'],
    ['/hetzner/create', 'Connect a Hetzner project first'],
    ['/hetzner/connections', 'No connection is yours to see'],
  ]) {
    await page.goto(path);
    await expect(page.getByText(sign).first()).toBeVisible();
    await expectAccessible(page);
  }
});
