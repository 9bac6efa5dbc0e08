import { expectAccessible } from '../portal/accessibility';
import { expect, test } from '../portal/test';

const NAME = 'checkout';
const TOKENS = ['first-secret', 'second-secret', 'third-secret'];

test.afterEach(({ portal }) => portal.deleteConnections());

test('adds a connection, checks it, replaces its secrets, and deletes it', async ({
  guestPage: page,
}) => {
  const answers: Promise<string>[] = [];
  page.on('response', response => {
    if (response.url().includes('/api/hetzner-infra/')) {
      answers.push(response.text().catch(() => ''));
    }
  });
  await page.goto('/hetzner/connections');
  await expect(page.getByRole('row', { name: 'sandbox' })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Add connection' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Add connection' }).click();
  await expect(dialog.getByText('Fill this in.').first()).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel(/^Name/).fill(NAME);
  await dialog.getByLabel(/^API token of the portal/).fill(TOKENS[0]);
  await dialog.getByLabel(/^API token of the clusters/).fill(TOKENS[1]);
  await dialog.getByRole('button', { name: 'Add connection' }).click();
  await expect(dialog).toBeHidden();
  const row = page.getByRole('row', { name: NAME });
  await expect(row).toContainText('Not used');

  await page.getByRole('button', { name: `Check ${NAME}` }).click();
  await expect(row.getByRole('status')).toContainText('Works');

  await page.getByRole('button', { name: `Replace ${NAME}` }).click();
  await expect(dialog.getByLabel(/^API token of the portal/)).toHaveValue('');
  await dialog.getByLabel(/^API token of the portal/).fill(TOKENS[2]);
  await dialog.getByRole('button', { name: `Replace ${NAME}` }).click();
  await expect(dialog).toBeHidden();

  await row.getByRole('link', { name: NAME }).click();
  await expect(page.getByRole('dialog', { name: NAME })).toContainText(
    'Use of the project',
  );
  await expectAccessible(page);
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: `Delete ${NAME}` }).click();
  await dialog.getByRole('button', { name: `Delete ${NAME}` }).click();
  await expect(row).toBeHidden();
  await expect(page.getByRole('row', { name: 'sandbox' })).toBeVisible();

  const said = (await Promise.all(answers)).join('\n');
  expect(said).toContain(NAME);
  for (const token of TOKENS) expect(said).not.toContain(token);
  expect(await page.content()).not.toContain('secret');
});
