import { expect, test as base, type Page } from '@playwright/test';
import { PortalApi } from './PortalApi';
import { NOTHING, Sandbox } from './Sandbox';

interface Fixtures {
  sandbox: Sandbox;
  portal: PortalApi;
  /** A page on which the local guest is signed in. */
  guestPage: Page;
}

/** A test with an empty project, a fast cloud without faults, and a page that must not throw. */
export const test = base.extend<Fixtures>({
  sandbox: [
    async ({ portal }, use) => {
      const sandbox = new Sandbox();
      await sandbox.restore();
      expect(await sandbox.counts()).toEqual(NOTHING);
      await use(sandbox);
      await sandbox.restore();
      await portal.removeAll();
    },
    { auto: true },
  ],
  portal: async ({}, use) => use(new PortalApi()),
  page: async ({ page }, use) => {
    const thrown: Error[] = [];
    page.on('pageerror', error => thrown.push(error));
    await use(page);
    expect(thrown, 'errors that the pages threw').toEqual([]);
  },
  guestPage: async ({ page }, use) => {
    await page.goto('/');
    await page.getByRole('button', { name: 'Enter' }).click();
    await expect(
      page.getByRole('link', { name: 'Environments' }).first(),
    ).toBeVisible();
    await use(page);
  },
});

export { expect };
