import { expect, test as base, type Page } from '@playwright/test';
import { CrowdedPortal } from './CrowdedPortal';
import { PortalApi } from './PortalApi';
import { NOTHING, Sandbox } from './Sandbox';

interface Fixtures {
  sandbox: Sandbox;
  portal: PortalApi;
  /** A page on which the local guest is signed in, who may do everything. */
  guestPage: Page;
  /** A page of the crowded portal, on which somebody is signed in who may only read. */
  visitorPage: Page;
}

interface WorkerFixtures {
  /** Starts when a test asks for it, and serves all that do. */
  crowdedPortal: CrowdedPortal;
}

/** Enters by the only door of the local portal. */
export async function signIn(page: Page, url = '/'): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: 'Enter' }).click();
  await expect(
    page.getByRole('link', { name: 'Environments' }).first(),
  ).toBeVisible();
}

/** A test with an empty project, a fast cloud without faults, and a page that must not throw. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  sandbox: [
    async ({ portal }, use) => {
      const sandbox = new Sandbox();
      await sandbox.restore();
      // A run that was ended in the middle may have left something.
      await portal.removeAll();
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
    await signIn(page);
    await use(page);
  },
  crowdedPortal: [
    async ({}, use) => {
      const crowded = new CrowdedPortal();
      try {
        await crowded.start();
        await use(crowded);
      } finally {
        await crowded.stop();
      }
    },
    { scope: 'worker', timeout: 4 * 60_000 },
  ],
  visitorPage: async (
    { browser, crowdedPortal, contextOptions, colorScheme },
    use,
  ) => {
    const context = await browser.newContext({
      ...contextOptions,
      colorScheme,
      baseURL: crowdedPortal.url,
    });
    const page = await context.newPage();
    await signIn(page);
    await use(page);
    await context.close();
  },
});

export { expect };
