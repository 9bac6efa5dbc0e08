import { CreatePage, PRESETS, type Preset } from '../portal/CreatePage';
import { NOTHING } from '../portal/Sandbox';
import { expect, test } from '../portal/test';

/** Servers that stand afterwards: one control plane and the pool at its least. */
const SERVERS: Record<Preset, string[]> = {
  production: ['cx23', 'cx43', 'cx43'],
  mvp: ['cx23', 'cx43', 'cx43'],
  staging: ['cx23', 'cx33'],
  preview: ['cx23', 'cx23'],
};

for (const preset of Object.keys(PRESETS) as Preset[]) {
  test(`creates the environment of the preset ${preset} as it stands`, async ({
    guestPage: page,
    sandbox,
  }) => {
    const create = new CreatePage(page);
    await create.open(preset);
    await expect(
      page.getByRole('radio', { name: new RegExp(`^${preset}`, 'i') }),
    ).toBeChecked();
    await create.goToReview();
    expect(await sandbox.counts()).toEqual(NOTHING);
    const price = await create.panel.getByText('/ month').first().innerText();
    await expect(
      page.getByRole('region', { name: `Create ${PRESETS[preset]}` }),
    ).toContainText(price);
    await create.create();
    await expect(page.getByRole('status').first()).toContainText('Succeeded', {
      timeout: 60_000,
    });
    await page.getByRole('link', { name: 'Open environment' }).click();
    await expect(
      page.getByRole('heading', { name: PRESETS[preset] }),
    ).toBeVisible();
    await expect(page.getByText('Ready').first()).toBeVisible();
    const { servers } = await sandbox.project();
    expect(servers.map(server => server.server_type.name).sort()).toEqual(
      SERVERS[preset],
    );
  });
}

test('does not order what the project has no quota for, and does as soon as it has', async ({
  guestPage: page,
  sandbox,
}) => {
  const create = new CreatePage(page);
  await create.open('preview');
  await create.goToSize();
  await create.field('Workers at most').fill('25');
  await create.field('Workers at least').fill('25');
  await create.next();
  await expect(create.field('Workers at least')).toBeFocused();
  await expect(create.field('Bucket')).toBeHidden();
  await expect(
    create.panel.getByRole('meter', { name: 'Servers' }),
  ).toHaveAttribute('aria-valuetext', /0 → 26 of 25/);
  expect(await sandbox.counts()).toEqual(NOTHING);
  // What was typed is kept, and the first step does not stand in its own way.
  await page.reload();
  await expect(create.field('Name')).toBeVisible();
  await create.goToSize();
  await expect(create.field('Workers at least')).toHaveValue('25');
  await create.field('Workers at least').fill('1');
  await create.field('Workers at most').fill('1');
  await create.goToData();
  await create.review();
  await expect(create.confirm).toBeEnabled();
});
