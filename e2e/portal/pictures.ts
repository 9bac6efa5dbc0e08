import path from 'node:path';
import { test, type Page } from '@playwright/test';
import { root } from './portalUnderTest';

/** Takes the picture of a page for the documentation, in light, when UPDATE_SCREENSHOTS is 1, and does nothing otherwise. */
export async function takePicture(page: Page, name: string): Promise<void> {
  const isWanted = process.env.UPDATE_SCREENSHOTS === '1';
  if (!isWanted || test.info().project.name !== 'light') return;
  await page.screenshot({
    path: path.join(root, 'docs', 'images', `${name}.png`),
    animations: 'disabled',
  });
}
