import { CROWD } from '../portal/CrowdedPortal';
import { expect, test } from '../portal/test';

test('shows a thousand environments page by page, and finds one', async ({
  visitorPage: page,
}) => {
  await page.goto('/hetzner');
  await expect(page.getByText(`${CROWD} environments`)).toBeVisible();
  await expect(page.getByText(`1 to 50 of ${CROWD}`)).toBeVisible();
  await page.getByRole('searchbox').fill('team-0777');
  await expect(page.getByRole('row', { name: 'team-0777' })).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.goto('/hetzner/environments?page=20');
  await expect(page.getByText(`951 to ${CROWD} of ${CROWD}`)).toBeVisible();
});

test('offers nothing that a visitor may not do', async ({
  visitorPage: page,
}) => {
  const offers = page.getByRole('button', {
    name: /remove|cancel|put right|add connection|delete|replace|retry/i,
  });
  const removal = page.getByRole('link', { name: /remove/i });
  await page.goto('/hetzner/environments/team-0001');
  await expect(page.getByRole('heading', { name: 'team-0001' })).toBeVisible();
  await page.getByRole('button', { name: 'More actions' }).click();
  await expect(
    page.getByRole('menuitem', { name: 'Look again' }),
  ).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Put right' })).toHaveCount(
    0,
  );
  await page.keyboard.press('Escape');
  await expect(offers).toHaveCount(0);
  await expect(removal).toHaveCount(0);

  await page.goto('/hetzner/environments/team-0001/settings');
  await expect(
    page.getByText(
      'You may not remove it. Ask its owner, or the platform team.',
    ),
  ).toBeVisible();
  await expect(offers).toHaveCount(0);

  await page.goto('/hetzner/connections');
  await expect(page.getByText('No connection is yours to see')).toBeVisible();
  await expect(offers).toHaveCount(0);

  await page.goto('/hetzner/create');
  await expect(page.getByText('Connect a Hetzner project first')).toBeVisible();
  await expect(page.getByRole('textbox')).toHaveCount(0);
});
