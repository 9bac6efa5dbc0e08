import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Page } from '@playwright/test';
import { root } from './portalUnderTest';
import { untilDrawn } from './untilDrawn';

const FOLDER = path.join(root, 'docs', 'images', 'pages');

/** A phone and a desk: width, least height, and where a long page is cut off. CSS pixels. */
const SIZES = {
  narrow: { width: 390, height: 844, tallest: 2000 },
  wide: { width: 1440, height: 900, tallest: 1500 },
} as const;

/**
 * Takes the pictures of a page: narrow and wide, light and dark. They are
 * `docs/images/pages/<name>-<wide|narrow>-<light|dark>.png`. The page is wide
 * and light afterwards.
 *
 * @param arrange opens the page and brings it into the state of the picture. It
 *   runs once for each of the four, because the app draws all anew in another
 *   theme and between desk and phone; no open dialog or step of a form outlives
 *   that.
 */
export async function takePictures(
  page: Page,
  name: string,
  arrange: () => Promise<unknown>,
): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  for (const [size, { width, height, tallest }] of Object.entries(SIZES)) {
    for (const colorScheme of ['dark', 'light'] as const) {
      // The app signs in again in another theme. To open a page meanwhile would
      // end that, and the person would be signed out.
      await page.goto('about:blank');
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await arrange();
      // Bars that stick to the edge of the window belong to the edge of the picture.
      const needed = await page.evaluate(
        () => document.documentElement.scrollHeight,
      );
      await page.setViewportSize({
        width,
        height: Math.min(tallest, Math.max(height, needed)),
      });
      await untilDrawn(page);
      await page.screenshot({
        path: path.join(FOLDER, `${name}-${size}-${colorScheme}.png`),
        animations: 'disabled',
      });
    }
  }
}
