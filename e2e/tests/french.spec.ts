import type { Page } from '@playwright/test';
import { small } from '../portal/documents';
import { expect, test } from '../portal/test';

/** Frequent English words that are no French ones. A line without any of them may still be English. */
const ENGLISH =
  /\b(the|is|are|was|were|of|from|not|does|has|have|and|to|by|with|this|it|wanted|found|waits|create|creating|begun|done)\b/i;

/** What the provider said, to the end of the line: it stays in the provider's language. */
const OF_THE_PROVIDER = /Hetzner Cloud: .*/;

/** Names that the environment's resources have are in no language. */
const NAMES = /\bshop(-[a-z0-9]+)*\b/g;

async function chooseFrench(page: Page): Promise<void> {
  await page.goto('/settings');
  await page
    .getByRole('button', { name: /English/ })
    .first()
    .click();
  await page.getByRole('option', { name: /Français/ }).click();
}

/** What a page of ours and its dialogs say. The tabs stand above; their titles have no translation. */
async function expectNoEnglish(page: Page): Promise<void> {
  const texts = await page
    .locator('main:not(:has(main)), [role="dialog"], [role="alertdialog"]')
    .allInnerTexts();
  const lines = texts
    .join('\n')
    .split('\n')
    .map(line => line.replace(OF_THE_PROVIDER, '').replace(NAMES, ''));
  expect(lines.join('').trim()).not.toBe('');
  expect(lines.filter(line => ENGLISH.test(line))).toEqual([]);
}

test('speaks French to who chooses it', async ({ guestPage: page }) => {
  await chooseFrench(page);
  await page.goto('/hetzner');
  await expect(
    page.getByText('Créez votre premier environnement'),
  ).toBeVisible();
  await page.goto('/hetzner/create?preset=staging');
  await expect(
    page.getByRole('textbox', { name: 'Nom', exact: true }),
  ).toHaveValue('xpeditis-staging');
  await expect(page.getByText('/ mois').first()).toBeVisible();
  await expectNoEnglish(page);
});

test('says in French what is wrong with a value', async ({
  guestPage: page,
}) => {
  await chooseFrench(page);
  await page.goto('/hetzner/create?preset=staging');
  const name = page.getByRole('textbox', { name: 'Nom', exact: true });
  await expect(name).toHaveValue('xpeditis-staging');
  await name.fill('My shop');
  await expect(
    page.getByText(
      'Utilisez des minuscules, des chiffres et des traits d’union ; commencez par une lettre et finissez par une lettre ou un chiffre.',
    ),
  ).toBeVisible();
  await expectNoEnglish(page);
});

test('says in French what the backend says', async ({
  guestPage: page,
  portal,
  sandbox,
}) => {
  await chooseFrench(page);
  const id = await portal.order(small('shop'));
  await portal.untilSucceeded(id);

  await page.goto(`/hetzner/operations/${id}?view=list`);
  await expect(
    page.getByText('shop est prêt, conforme à la révision 1.').first(),
  ).toBeVisible();
  await expect(
    page.getByText(/Faite : Créer le réseau shop-network/).first(),
  ).toBeVisible();
  await expectNoEnglish(page);

  await page.goto('/hetzner/operations');
  await expect(
    page.getByText('shop est prêt, conforme à la révision 1.').first(),
  ).toBeVisible();
  await expectNoEnglish(page);

  const { load_balancers } = await sandbox.project();
  expect(load_balancers).toHaveLength(1);
  await page.goto('/hetzner/environments/shop/resources');
  await expect(page.getByText('Comme voulu').first()).toBeVisible();
  await expectNoEnglish(page);

  await page.goto('/hetzner');
  await expect(page.getByRole('row', { name: /shop/ })).toContainText('Prêt');
  await expectNoEnglish(page);

  for (const [address, title] of [
    ['environments/shop/cost', /Prévision pour|Rien n’a coûté/],
    ['environments/shop/settings', 'Réglages'],
    ['connections', 'Connexions'],
    ['orphans', 'Rien n’a été laissé'],
  ] as const) {
    await page.goto(`/hetzner/${address}`);
    await expect(page.locator('main').getByText(title).first()).toBeVisible();
    await expectNoEnglish(page);
  }
});

test('says in French what a cancellation undoes', async ({
  guestPage: page,
  portal,
  sandbox,
}) => {
  await chooseFrench(page);
  await sandbox.change({ speed: 1 });
  const id = await portal.order(small('shop'));
  await page.goto(`/hetzner/operations/${id}`);
  await page.getByRole('button', { name: 'Annuler l’opération' }).click();
  const dialog = page.getByRole('dialog', {
    name: 'Annuler la création de shop ?',
  });
  await expect(
    dialog.getByText(/Réseau|Pare-feu|Groupe de placement/).first(),
  ).toBeVisible();
  await expectNoEnglish(page);
  await dialog.getByRole('button', { name: 'La laisser continuer' }).click();
  await sandbox.change({ speed: 100 });
  await portal.untilSucceeded(id);
});
