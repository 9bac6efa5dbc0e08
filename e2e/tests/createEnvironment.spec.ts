import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { expectAccessible } from '../portal/accessibility';
import { CreateWizard } from '../portal/CreateWizard';
import { root } from '../portal/portalUnderTest';
import { NOTHING } from '../portal/Sandbox';
import { expect, test } from '../portal/test';

const NAME = 'xpeditis-prod';
const ADMIN_CIDR = '203.0.113.7/32';

/** Slow enough to be watched. */
const WATCHABLE_SPEED = 2;

const production = () =>
  parse(
    readFileSync(path.join(root, 'examples', 'xpeditis-prod.yaml'), 'utf8'),
  );

test('creates the production environment through the template, follows it, and removes it', async ({
  guestPage: page,
  sandbox,
  portal,
}) => {
  await test.step('find the way', async () => {
    await page.getByRole('link', { name: 'Environments' }).first().click();
    await expect(page.getByText('Create your first environment')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Create environment' }).click();
    await expect(page).toHaveURL(/\/hetzner\/create$/);
  });

  const wizard = new CreateWizard(page);
  await test.step('fill in the form of the template’s own page', async () => {
    await wizard.open();
    await expect(wizard.field('Name')).toHaveValue(NAME);
    // By keyboard: the name is where typing begins.
    await wizard.field('Name').press('ControlOrMeta+a');
    await page.keyboard.type(NAME);
    await expectAccessible(page);
    await wizard.nextTo('Workers at least');
    await expect(wizard.field('Workers at least')).toHaveValue('2');
    await expect(wizard.field('Workers at most')).toHaveValue('8');
    await expectAccessible(page);
    await wizard.nextTo('Private network');
    await wizard.field('Addresses of administrators').fill(ADMIN_CIDR);
    await page.getByText('Open to the administrators').click();
    await expectAccessible(page);
    await wizard.next();
  });

  await test.step('see price and plan', async () => {
    const { edge, data, workloads, addons, ...spec } = production().spec;
    const { totals, plan } = await portal.quote({
      ...production(),
      spec: { ...spec, connections: { hetzner: 'sandbox' } },
    });
    const [total] = totals;
    await expect(wizard.quote.getByRole('status')).toContainText(
      `€${total.monthly} / month`,
    );
    await expect(wizard.quote.getByRole('listitem')).toHaveCount(plan.length);
    await expect(wizard.quote.getByText(`lb11`).first()).toBeVisible();
    expect(await sandbox.counts()).toEqual(NOTHING);
    await expectAccessible(page);
  });

  await test.step('review and order', async () => {
    await wizard.review();
    await expect(
      page.getByRole('button', { name: 'Create environment' }),
    ).toBeVisible();
    await expect(page.getByText(ADMIN_CIDR).first()).toBeVisible();
    await expectAccessible(page);
    await sandbox.change({ speed: WATCHABLE_SPEED });
    await wizard.create();
  });

  await test.step('follow the operation to its end', async () => {
    await page.goto(`/hetzner/environments/${NAME}`);
    await page.getByRole('link', { name: 'Open the operation' }).click();
    await expect(page).toHaveURL(/\/hetzner\/operations\/.+/);
    const progress = page.getByRole('progressbar', {
      name: 'Progress of the operation',
    });
    await expect(progress).toBeVisible();
    await expect(page.getByText('Done').nth(3)).toBeVisible();
    await expectAccessible(page);
    await expect(page.getByRole('status').first()).toContainText('Succeeded', {
      timeout: 60_000,
    });
    await expectAccessible(page);
  });

  await test.step('see the environment and its resources', async () => {
    await page.getByRole('link', { name: 'Open environment' }).click();
    await expect(page.getByText('Ready').first()).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Resources' }).click();
    await expect(page.getByText('Everything is as wanted.')).toBeVisible();
    for (const resource of Object.values(await sandbox.project()).flat()) {
      await expect(
        page.getByText(resource.name, { exact: true }).first(),
      ).toBeVisible();
    }
    await expectAccessible(page);
    await page.goto('/hetzner');
    await expect(page.getByRole('row', { name: NAME })).toContainText('Ready');
    await expectAccessible(page);
  });

  await test.step('exactly the production environment stands at the provider', async () => {
    expect(await sandbox.counts()).toEqual({
      servers: 3,
      networks: 1,
      firewalls: 2,
      load_balancers: 1,
      placement_groups: 2,
      volumes: 0,
      certificates: 1,
      ssh_keys: 1,
    });
    const { servers, networks, firewalls, load_balancers } =
      await sandbox.project();
    const [network] = networks;
    expect(network).toMatchObject({
      ip_range: '10.0.0.0/16',
      subnets: [{ ip_range: '10.0.1.0/24', network_zone: 'eu-central' }],
    });
    expect(
      servers.map(server => [server.server_type.name, server.status]).sort(),
    ).toEqual([
      ['cx23', 'running'],
      ['cx43', 'running'],
      ['cx43', 'running'],
    ]);
    const controlPlane = servers.find(
      server => server.server_type.name === 'cx23',
    )!;
    expect(controlPlane.private_net).toMatchObject([
      { network: network.id, ip: '10.0.1.254' },
    ]);
    for (const server of servers) {
      expect(server.location.name).toBe('fsn1');
      expect(server.private_net).toHaveLength(1);
      expect(server.placement_group).not.toBeNull();
      expect(server.public_net.firewalls).toHaveLength(1);
    }
    // 22 and 6443 from the administrators, and nothing else: the load balancer comes by the private network.
    const rules = firewalls.flatMap(firewall => firewall.rules);
    expect([...new Set(rules.map(rule => rule.port))].sort()).toEqual([
      '22',
      '6443',
    ]);
    for (const rule of rules) {
      expect(rule.direction).toBe('in');
      expect(rule.source_ips).toContain(ADMIN_CIDR);
      expect(rule.source_ips).not.toContain('0.0.0.0/0');
    }
    const [balancer] = load_balancers;
    expect(balancer.load_balancer_type.name).toBe('lb11');
    expect(balancer.private_net).toMatchObject([{ network: network.id }]);
    expect(balancer.services).toMatchObject([
      {
        protocol: 'https',
        listen_port: 443,
        http: {
          redirect_http: true,
          sticky_sessions: true,
          cookie_name: 'XPEDITIS_LB',
        },
      },
    ]);
    expect(balancer.targets).toMatchObject([
      { type: 'label_selector', use_private_ip: true },
    ]);
  });

  await test.step('remove it by its typed name', async () => {
    await page.goto(`/hetzner/environments/${NAME}`);
    await page.getByRole('link', { name: 'Remove' }).click();
    const confirmation = page.getByLabel(/to confirm/i);
    await confirmation.fill('xpeditis');
    await page.getByRole('button', { name: 'Review removal' }).click();
    await expect(page.getByText(`Type ${NAME}`).first()).toBeVisible();
    await expectAccessible(page);
    await confirmation.fill(NAME);
    await page.getByText('Delete them for ever').click();
    await page.getByRole('button', { name: 'Review removal' }).click();
    await page.getByRole('button', { name: 'Remove environment' }).click();
    await expect(page).toHaveURL(/\/create\/tasks\//);
    await expect(
      page.getByRole('link', { name: 'Open the operation' }),
    ).toBeVisible({ timeout: 60_000 });
    await page.getByRole('link', { name: 'Open the operation' }).click();
    await expect(page.getByRole('status').first()).toContainText('Succeeded');
  });

  await test.step('nothing is left', async () => {
    expect(await sandbox.counts()).toEqual(NOTHING);
    await page.goto(`/hetzner/environments/${NAME}`);
    await expect(page.getByText('Its history stays.')).toBeVisible();
    await expectAccessible(page);
  });
});
