import type { Page } from '@playwright/test';
import { small } from '../portal/documents';
import { expect, signIn, test } from '../portal/test';

/** Longer than any poll of the pages waits. */
const LATER_MILLISECONDS = 5 * 60_000;

/** Less than the silence after which a page asks whether the portal is there. */
const BETWEEN_PULSES_MILLISECONDS = 5_000;

/** Pulses that come in more time than the slow poll waits. */
const PULSES = 8;

/** Reads of the list that a page sends from now on. */
function countReads(page: Page): () => number {
  let reads = 0;
  page.on('request', request => {
    const { pathname } = new URL(request.url());
    if (pathname === '/api/hetzner-infra/environments') reads += 1;
  });
  return () => reads;
}

test('asks for nothing while signals come, and knows of changes at once', async ({
  page,
  portal,
}) => {
  await page.clock.install();
  await signIn(page);
  const signals = page.waitForEvent('websocket');
  await page.goto('/hetzner');
  const socket = await signals;
  await expect(page.getByText('Create your first environment')).toBeVisible();
  await socket.waitForEvent('framereceived');
  const reads = countReads(page);
  for (let pulse = 0; pulse < PULSES; pulse += 1) {
    await page.clock.fastForward(BETWEEN_PULSES_MILLISECONDS);
    await socket.waitForEvent('framereceived');
  }
  await expect(page.getByText('Create your first environment')).toBeVisible();
  expect(reads()).toBe(0);
  await portal.order(small('shop'));
  await page.clock.resume();
  await expect(page.getByRole('row', { name: 'shop' })).toBeVisible();
  expect(reads()).toBeGreaterThan(0);
});

test('asks now and then where no signals come', async ({ page }) => {
  await page.routeWebSocket(/.*/, socket => socket.close());
  await page.clock.install();
  await signIn(page);
  await page.goto('/hetzner');
  await expect(page.getByText('Create your first environment')).toBeVisible();
  const reads = countReads(page);
  await expect
    .poll(async () => {
      await page.clock.fastForward(LATER_MILLISECONDS);
      return reads();
    })
    .toBeGreaterThan(0);
});
