import { chromium } from 'playwright-core';

/** Milliseconds from the last byte of the data until the list answers to a person. */
export const GOAL_MILLISECONDS = 1_000;

/**
 * How long the list of environments takes from its data to being of use: rows
 * are there, and what is typed into its search has narrowed them.
 *
 * @param {string} portal where the app answers
 * @param {{ executablePath?: string, repeat: number, wanted: string }} options
 *   `wanted` is the name of one environment
 * @returns {Promise<number[]>} milliseconds of each time
 */
export async function timeList(portal, { executablePath, repeat, wanted }) {
  const browser = await chromium.launch({
    executablePath,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    const page = await browser.newPage();
    await page.goto(portal);
    await page.getByRole('button', { name: 'Enter' }).click();
    await page.getByRole('searchbox').waitFor();
    const times = [];
    for (let i = 0; i < repeat; i += 1) {
      times.push(await timeOnce(page, portal, wanted));
    }
    return times;
  } finally {
    await browser.close();
  }
}

async function timeOnce(page, portal, wanted) {
  await page.goto(`${portal}/hetzner/environments`);
  // Measured in the page, so that the way to this program counts for nothing.
  return page.evaluate(async name => {
    const until = async check => {
      while (!check()) {
        await new Promise(resolve => requestAnimationFrame(resolve));
      }
    };
    const rows = () => document.querySelectorAll('[role="grid"] a').length;
    await until(() => rows() > 20);
    const drawn = performance.now();
    const field = document.querySelector('input[type="search"]');
    const set = Object.getOwnPropertyDescriptor(
      HTMLInputElement.prototype,
      'value',
    ).set;
    set.call(field, name);
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await until(() => rows() > 0 && rows() < 20);
    const narrowed = performance.now();
    const data = performance
      .getEntriesByType('resource')
      .filter(({ name: url }) => /hetzner-infra\/environments\?/.test(url))
      .map(({ responseEnd }) => responseEnd)
      .filter(end => end <= drawn);
    return narrowed - Math.max(...data);
  }, wanted);
}
