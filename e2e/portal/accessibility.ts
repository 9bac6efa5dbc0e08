import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What keeps somebody from using a page; the milder findings are style. */
const SERIOUS = ['serious', 'critical'];

/** Findings in parts that are not the portal's own, each with its reason. */
const UPSTREAM = [
  {
    // The tabs of Header and PluginHeader of @backstage/ui are links; react-aria names panels that they do not have.
    rule: 'aria-valid-attr-value',
    target: /-tab-/,
  },
];

const isUpstream = (rule: string, target: string) =>
  UPSTREAM.some(known => known.rule === rule && known.target.test(target));

/**
 * Checks a page as it stands. What keeps somebody from using it fails the
 * test, at its end: the story goes on.
 */
export async function expectAccessible(page: Page): Promise<void> {
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
  expect.soft(serious, page.url()).toEqual([]);
}
