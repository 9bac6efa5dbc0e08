import { CreateWizard } from '../portal/CreateWizard';
import { small } from '../portal/documents';
import { NOTHING } from '../portal/Sandbox';
import { expect, test } from '../portal/test';

test.describe('what cannot be created is said where the person is', () => {
  for (const { what, field, value, message } of [
    {
      what: 'a name that is none',
      field: 'Name',
      value: 'Shop',
      message: 'Use lower-case letters, digits and hyphens',
    },
  ]) {
    test(`${what}, on the page where it is typed`, async ({ guestPage }) => {
      const wizard = new CreateWizard(guestPage);
      await wizard.open();
      await wizard.field(field).fill(value);
      await wizard.next();
      await expect(guestPage.getByText(message).first()).toBeVisible();
      await expect(wizard.field(field)).toBeVisible();
    });
  }

  for (const { what, ipRange, nodesRange, message } of [
    {
      what: 'a network that is no range',
      ipRange: '10.0.0.0',
      nodesRange: '10.0.1.0/24',
      message: 'Write an IPv4 range such as 10.0.0.0/16.',
    },
    {
      what: "a network that overlaps the cluster's own ranges",
      ipRange: '10.43.0.0/16',
      nodesRange: '10.43.1.0/24',
      message: 'overlaps 10.43.0.0/16, which the cluster uses for services',
    },
    {
      what: "servers' addresses outside the network",
      ipRange: '10.0.0.0/16',
      nodesRange: '10.1.0.0/24',
      message: 'does not lie in the network 10.0.0.0/16',
    },
  ]) {
    test(what, async ({ guestPage, sandbox }) => {
      const wizard = new CreateWizard(guestPage);
      await wizard.open();
      await wizard.nextTo('Workers at least');
      await wizard.nextTo('Private network');
      await wizard.field('Private network').fill(ipRange);
      await wizard.field("Servers' range").fill(nodesRange);
      await wizard.next();
      await expect(guestPage.getByText(message).first()).toBeVisible();
      await expect(
        guestPage.getByRole('button', { name: 'Create environment' }),
      ).toHaveCount(0);
      expect(await sandbox.counts()).toEqual(NOTHING);
    });
  }

  test('a name in use', async ({ guestPage, portal, sandbox }) => {
    await portal.create(small('shop'));
    const before = await sandbox.counts();
    const wizard = new CreateWizard(guestPage);
    await wizard.open();
    await wizard.field('Name').fill('shop');
    await wizard.goToQuote();
    await wizard.review();
    await expect(
      guestPage.getByText(/shop.*(in use|exists)/).first(),
    ).toBeVisible();
    await expect(
      guestPage.getByRole('button', { name: 'Create environment' }),
    ).toHaveCount(0);
    expect(await sandbox.counts()).toEqual(before);
  });

  test('a location that ran out of capacity', async ({
    guestPage,
    sandbox,
  }) => {
    const wizard = new CreateWizard(guestPage);
    await wizard.open();
    await wizard.goToQuote();
    await wizard.review();
    await sandbox.change({
      unavailable: [{ serverType: '*', location: 'fsn1' }],
    });
    await wizard.create();
    await expect(
      guestPage
        .getByText(/There is no capacity for this in the location now/)
        .first(),
    ).toBeVisible({ timeout: 60_000 });
    await expect.poll(() => sandbox.counts()).toEqual(NOTHING);
  });

  test('a quota of the provider that nobody could know before', async ({
    guestPage,
    sandbox,
  }) => {
    await sandbox.change({ quotas: { servers: 2 } });
    const wizard = new CreateWizard(guestPage);
    await wizard.open();
    await wizard.goToQuote();
    await wizard.review();
    await wizard.create();
    await expect(
      guestPage.getByText(/Operation .+: \/hetzner\/operations\//).first(),
    ).toBeVisible({ timeout: 60_000 });
    await expect(guestPage.getByText(/quota|limit/i).first()).toBeVisible();
    await expect.poll(() => sandbox.counts()).toEqual(NOTHING);
  });

  test('a provider that does not answer', async ({
    guestPage,
    portal,
    sandbox,
  }) => {
    const wizard = new CreateWizard(guestPage);
    await wizard.open();
    await sandbox.goAway();
    // What the provider said last is good for half a minute.
    await expect
      .poll(() => portal.canQuote(small('shop')), { timeout: 60_000 })
      .toBe(false);
    await wizard.goToQuote();
    await expect(
      guestPage.getByText('The price could not be read'),
    ).toBeVisible();
    await expect(guestPage.getByText(/^Hetzner Cloud: /).first()).toBeVisible();
    await wizard.review();
    await expect(
      guestPage.getByRole('button', { name: 'Create environment' }),
    ).toHaveCount(0);
    await sandbox.restore();
    expect(await sandbox.counts()).toEqual(NOTHING);
  });
});
