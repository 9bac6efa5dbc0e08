import { expect, test } from '../portal/test';

test('speaks French to who chooses it', async ({ guestPage: page }) => {
  await page.goto('/settings');
  await page
    .getByRole('button', { name: /English/ })
    .first()
    .click();
  await page.getByRole('option', { name: /Français/ }).click();
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
