import type { Page } from '@playwright/test';
import { small } from '../portal/documents';
import { expect, test } from '../portal/test';

/** Words that every English sentence has one of, and that no French one has. */
const ENGLISH =
  /\b(the|is|are|was|were|of|from|not|does|wanted|found|waits|create|creating|begun|done)\b/i;

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

/** What a driver notes while it works: the API tells it by no code yet. */
const NOTE_OF_A_DRIVER = /^(Create|Change|Replace|Remove) .*: /;

/** What a page says below the tabs, whose titles have no translation. */
async function expectNoEnglish(page: Page): Promise<void> {
  const texts = await page.locator('.bui-Container').allInnerTexts();
  const lines = texts
    .join('\n')
    .split('\n')
    .filter(line => !NOTE_OF_A_DRIVER.test(line))
    .map(line => line.replace(NAMES, ''));
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
});
