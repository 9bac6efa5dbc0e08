import { expectAccessible } from '../portal/accessibility';
import { small } from '../portal/documents';
import { expect, test } from '../portal/test';

test('shows an environment in the catalog as long as it exists', async ({
  guestPage: page,
  portal,
}) => {
  await portal.create(small('shop'));
  await expect
    .poll(
      async () => {
        await page.goto('/catalog/default/resource/shop');
        const card = page.getByRole('link', { name: 'Open shop' });
        return card.waitFor({ timeout: 3_000 }).then(
          () => true,
          () => false,
        );
      },
      { timeout: 30_000 },
    )
    .toBe(true);
  await expect(page.getByText('Ready').first()).toBeVisible();
  await page.goto('/catalog/default/resource/shop/environment');
  await expect(page.getByRole('heading', { name: 'Topology' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Open environment' }).click();
  await expect(page).toHaveURL(/\/hetzner\/environments\/shop$/);

  await portal.removeAll();
  await expect
    .poll(
      async () => {
        await page.goto('/catalog/default/resource/shop');
        const gone = page.getByText(/no entity|not found/i).first();
        return gone.waitFor({ timeout: 3_000 }).then(
          () => true,
          () => false,
        );
      },
      { timeout: 30_000 },
    )
    .toBe(true);
});
