import AxeBuilder from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';
import { untilDrawn } from './untilDrawn';

/** What keeps somebody from using a page; the milder findings are style. */
const SERIOUS = ['serious', 'critical'];

/** Findings in parts that are not the portal's own, each with its reason. */
const UPSTREAM = [
  {
    // The tabs of Header and PluginHeader of @backstage/ui are links; react-aria names panels that they do not have.
    rule: 'aria-valid-attr-value',
    target: /-tab-/,
  },
  {
    // What react-aria has announced of a field stays in its log, and names a label that has left the page.
    rule: 'role-img-alt',
    target: /\[aria-labelledby="react-aria/,
  },
];

const isUpstream = (rule: string, target: string) =>
  UPSTREAM.some(known => known.rule === rule && known.target.test(target));

/**
 * Checks a page as it stands. What keeps somebody from using it fails the
 * test, at its end: the story goes on.
 */
export async function expectAccessible(page: Page): Promise<void> {
  // Colours that are on their way have the contrast of neither end.
  await untilDrawn(page);
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze();
  const serious = violations
    .filter(({ impact }) => impact && SERIOUS.includes(impact))
    .flatMap(({ id, help, nodes }) =>
      nodes
        .filter(({ target }) => !isUpstream(id, target.join(' ')))
        .map(
          ({ target, failureSummary }) =>
            `${id}: ${help}\n${target.join(' ')}\n${failureSummary}`,
        ),
    );
  const { width } = page.viewportSize()!;
  expect.soft(serious, `${page.url()}, ${width} px wide`).toEqual([]);
}

/** A window as wide as a phone. */
export const PHONE = { width: 390, height: 844 };

/**
 * Checks a page as it stands, and as it stands on a phone.
 *
 * @param shown what has to be seen on the phone as well, such as a dialog
 */
export async function expectAccessibleOnPhoneToo(
  page: Page,
  shown?: Locator,
): Promise<void> {
  await expectAccessible(page);
  const usual = page.viewportSize()!;
  await page.setViewportSize(PHONE);
  if (shown) await expect(shown).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize(usual);
}
