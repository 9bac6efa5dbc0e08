import path from 'node:path';
import { chromium } from 'playwright-core';

/** A page has all its scripts when none has come for so long. */
const QUIET_MILLISECONDS = 2_000;

/** The pages of hetzner-infra. */
export const PAGES = [
  { name: 'list of environments', path: '/hetzner/environments' },
  { name: 'one environment', path: '/hetzner/environments/team-0777' },
  { name: 'operations', path: '/hetzner/operations' },
  { name: 'connections', path: '/hetzner/connections' },
  { name: 'orphans', path: '/hetzner/orphans' },
  { name: 'create environment', path: '/hetzner/create' },
];

/** What a stock app loads for any page at all: this one does not exist. */
export const STOCK_SHELL = '/no-such-page';

/** The page with which a stock app begins. */
export const STOCK_HOME = '/catalog';

async function signIn(browser, portal) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(portal);
  await page.getByRole('button', { name: 'Enter' }).click();
  await page.getByRole('main').waitFor();
  const signedIn = await context.storageState();
  await context.close();
  return signedIn;
}

async function scriptsOfFirstLoad(browser, storageState, url) {
  const context = await browser.newContext({ storageState });
  try {
    const page = await context.newPage();
    const names = new Set();
    let latest = Date.now();
    page.on('requestfinished', request => {
      if (request.resourceType() !== 'script') return;
      names.add(path.basename(new URL(request.url()).pathname));
      latest = Date.now();
    });
    await page.goto(url);
    while (Date.now() - latest < QUIET_MILLISECONDS) {
      await page.waitForTimeout(QUIET_MILLISECONDS / 10);
    }
    return names;
  } finally {
    await context.close();
  }
}

/**
 * What a browser that has fetched nothing yet fetches to show pages.
 *
 * @param {string} portal where the app answers
 * @param {{ executablePath?: string, paths: string[], scripts: { name: string, bytes: number }[] }} options
 *   `scripts` are all of the built app
 * @returns {Promise<Map<string, number>>} bytes of compressed JavaScript by path
 */
export async function firstLoads(portal, { executablePath, paths, scripts }) {
  const sizes = new Map(scripts.map(({ name, bytes }) => [name, bytes]));
  const browser = await chromium.launch({
    executablePath,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const signedIn = await signIn(browser, portal);
    const loads = new Map();
    for (const wanted of paths) {
      const names = await scriptsOfFirstLoad(
        browser,
        signedIn,
        `${portal}${wanted}`,
      );
      loads.set(
        wanted,
        [...names].reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0),
      );
    }
    return loads;
  } finally {
    await browser.close();
  }
}
