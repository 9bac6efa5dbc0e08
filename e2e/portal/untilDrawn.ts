import { type Page } from '@playwright/test';

/** Layout follows the window, and colours follow the theme, within two frames and their transitions. */
export async function untilDrawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let frame = 0; frame < 2; frame += 1) {
      await new Promise(resolve => {
        requestAnimationFrame(resolve);
      });
    }
    const passing = document.getAnimations().filter(
      // Shadows of cards follow scrolling instead of time: they never finish.
      ({ effect, timeline }) =>
        timeline instanceof DocumentTimeline &&
        effect?.getComputedTiming().endTime !== Infinity,
    );
    await Promise.allSettled(passing.map(({ finished }) => finished));
  });
}
