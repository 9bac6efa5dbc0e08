import type { Page } from '@playwright/test';
import { small } from '../portal/documents';
import { expect, signIn, test } from '../portal/test';

/** A little longer than a page waits before it asks again where no signals come. */
const POLL_MILLISECONDS = 31_000;

/** Together with the time between pulses less than the silence after which a page asks whether the portal is there. */
const BETWEEN_PULSES_MILLISECONDS = 2_000;

/** Pulses that come, with the time between them, in more than the slow poll waits. */
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

/** Waits for the next signal that comes to a page. Its sockets count from now on. */
function listen(page: Page): () => Promise<void> {
  let heard = 0;
  page.on('websocket', socket => {
    socket.on('framereceived', () => {
      heard += 1;
    });
  });
  return () => {
    const before = heard;
    return expect.poll(() => heard).toBeGreaterThan(before);
  };
}

test('asks for nothing while signals come, and knows of changes at once', async ({
  page,
  portal,
}) => {
  await page.clock.install();
  const nextSignal = listen(page);
  await signIn(page);
  await page.goto('/hetzner');
  await expect(page.getByText('Create your first environment')).toBeVisible();
  await nextSignal();
  const reads = countReads(page);
  for (let pulse = 0; pulse < PULSES; pulse += 1) {
    await page.clock.fastForward(BETWEEN_PULSES_MILLISECONDS);
    await nextSignal();
  }
  await expect(page.getByText('Create your first environment')).toBeVisible();
  expect(reads()).toBe(0);
  await portal.order(small('shop'));
  await expect(page.getByRole('row', { name: 'shop' })).toBeVisible();
  expect(reads()).toBeGreaterThan(0);
});

test('asks every 30 s where no signals come', async ({ page }) => {
  await page.routeWebSocket(/.*/, socket => socket.close());
  await page.clock.install();
  await signIn(page);
  await page.goto('/hetzner');
  await expect(page.getByText('Create your first environment')).toBeVisible();
  const reads = countReads(page);
  // One of them may be the read by which a page finds out why it hears nothing; the others are polls.
  for (let poll = 0; poll < 3; poll += 1) {
    const before = reads();
    await page.clock.runFor(POLL_MILLISECONDS);
    await expect.poll(reads).toBeGreaterThan(before);
  }
});
