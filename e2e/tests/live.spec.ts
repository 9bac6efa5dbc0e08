import type { Page } from '@playwright/test';
import { small } from '../portal/documents';
import { expect, signIn, test } from '../portal/test';

/** Longer than any poll of the pages waits. */
const LATER_MILLISECONDS = 5 * 60_000;

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
  const signals = page.waitForEvent('websocket');
  await signIn(page);
  await signals;
  await page.goto('/hetzner');
  await expect(page.getByText('Create your first environment')).toBeVisible();
  const reads = countReads(page);
  await page.clock.fastForward(LATER_MILLISECONDS);
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
