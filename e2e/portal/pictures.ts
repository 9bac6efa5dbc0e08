import path from 'node:path';
import type { Page } from '@playwright/test';
import { root } from './portalUnderTest';

/** Takes the picture of a page for the documentation when UPDATE_SCREENSHOTS is 1, and does nothing otherwise. */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (process.env.UPDATE_SCREENSHOTS !== '1') return;
  await page.screenshot({
    path: path.join(root, 'docs', 'images', `${name}.png`),
    animations: 'disabled',
  });
}
