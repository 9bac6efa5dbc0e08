import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../portal/test';

/** More stops than any page has. */
const STOPS = 80;

/** Presses Tab until something has the focus. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeVisible();
  for (let stop = 0; stop < STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    if (await wanted.evaluate(node => node === document.activeElement)) return;
  }
  throw new Error(`${wanted} is not reached by keyboard.`);
}

test('creates, watches and cancels by keyboard alone', async ({
  page,
  sandbox,
}) => {
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const press = async (target: Locator) => {
    await tabTo(page, target);
    await page.keyboard.press('Enter');
  };
  await page.goto('/');
  await press(button('Enter'));
  await press(page.getByRole('link', { name: 'Create environment' }));
  await expect(page).toHaveURL(/\/hetzner\/create/);

  await expect(page.getByRole('textbox', { name: 'Name' })).toBeVisible();
  const presets = page.getByRole('radio');
  await tabTo(page, presets.first());
  for (let number = 0; number < 3; number += 1) {
    await page.keyboard.press('ArrowRight');
  }
  await expect(page.getByRole('radio', { name: /^Preview/ })).toBeChecked();
  const name = page.getByRole('textbox', { name: 'Name', exact: true });
  await expect(name).toHaveValue('xpeditis-preview');
  await tabTo(page, name);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('by-keyboard');
  await press(button('Next'));
  await expect(
    page.getByRole('textbox', { name: 'Workers at least' }),
  ).toBeVisible();
  await press(button('Next'));
  await expect(page.getByRole('textbox', { name: 'Bucket' })).toBeVisible();
  await press(button('Review'));
  await expect(button('Create by-keyboard')).toBeEnabled();
  await sandbox.change({ speed: 0.5 });
  await press(button('Create by-keyboard'));
  await expect(page).toHaveURL(/\/hetzner\/operations\/.+/);

  const step = button(/Create server .*web-1.*Running/);
  await press(step);
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText('web-1');
  // The focus goes into the drawer when it has come, and back when it leaves.
  await expect
    .poll(() => drawer.evaluate(node => node.contains(document.activeElement)))
    .toBe(true);
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await expect(step).toBeFocused();

  await press(button('Cancel operation'));
  await expect(drawer).toContainText('Cancel the creation of by-keyboard?');
  const confirm = button('Cancel and remove by-keyboard');
  await expect(confirm).toBeEnabled();
  await press(confirm);
  await sandbox.change({ speed: 100 });
  await expect(page.getByRole('status').first()).toContainText('Cancelled', {
    timeout: 60_000,
  });
});
