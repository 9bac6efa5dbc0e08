import { expect, type Locator, type Page } from '@playwright/test';

/** Where the form can start from, with the name that each gives to the environment. */
export const PRESETS = {
  production: 'xpeditis-prod',
  mvp: 'xpeditis-mvp',
  staging: 'xpeditis-staging',
  preview: 'xpeditis-preview',
} as const;

export type Preset = keyof typeof PRESETS;

/** The page *Create environment*, from its first step to the operation. */
export class CreatePage {
  constructor(readonly page: Page) {}

  /** Opens the page; what a preset fills in is there. */
  async open(preset: Preset = 'production'): Promise<void> {
    await this.page.goto(`/hetzner/create?preset=${preset}`);
    await expect(this.field('Name')).toHaveValue(PRESETS[preset]);
  }

  /** A text field by its label, on the step in view. */
  field(label: string): Locator {
    return this.page.getByRole('textbox', { name: label, exact: true });
  }

  /** Price, drawing and quota, beside the form all the time. */
  get panel(): Locator {
    return this.page.getByRole('complementary', { name: 'Price and plan' });
  }

  async next(): Promise<void> {
    await this.page.getByRole('button', { name: 'Next' }).click();
  }

  async goToSize(): Promise<void> {
    await this.next();
    await expect(this.field('Workers at least')).toBeVisible();
  }

  async goToData(): Promise<void> {
    await this.next();
    await expect(this.field('Bucket')).toBeVisible();
  }

  /** Goes from the first step to the review, with what each step holds by itself. */
  async goToReview(): Promise<void> {
    await this.goToSize();
    await this.goToData();
    await this.review();
  }

  /** Goes from the last step of the form to the review. */
  async review(): Promise<void> {
    await this.page.getByRole('button', { name: 'Review' }).click();
    await expect(this.confirm).toBeVisible();
  }

  /** The button that orders; it repeats the name. */
  get confirm(): Locator {
    return this.page.getByRole('button', { name: /^Create \S+$/ });
  }

  /** Orders what was reviewed; ends on the page of the operation. */
  async create(): Promise<void> {
    await this.confirm.click();
    await expect(this.page).toHaveURL(/\/hetzner\/operations\/.+/, {
      timeout: 30_000,
    });
  }
}
