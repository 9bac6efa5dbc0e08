import { expect, type Locator, type Page } from '@playwright/test';

/** The wizard of the template `create-environment`, from its first page to the task. */
export class CreateWizard {
  constructor(readonly page: Page) {}

  /** Opens the wizard at its first page. */
  async open(): Promise<void> {
    await this.page.goto('/create/templates/default/create-environment');
    await expect(this.field('Name')).toHaveValue('xpeditis-prod');
  }

  /** A field by its label, on the page of the wizard that is open. */
  field(label: string): Locator {
    return this.page.getByRole('textbox', { name: label, exact: true });
  }

  async next(): Promise<void> {
    await this.page.getByRole('button', { name: 'Next' }).click();
  }

  /** Goes on to the page that has this field. */
  async nextTo(label: string): Promise<void> {
    await this.next();
    await expect(this.field(label)).toBeVisible();
  }

  /** Goes from the first page to price and plan, with what each page holds by itself. */
  async goToQuote(): Promise<void> {
    await this.nextTo('Workers at least');
    await this.nextTo('Private network');
    await this.next();
    await expect(this.quote).toBeVisible();
  }

  /** Price and plan. */
  get quote(): Locator {
    return this.page.getByRole('region', { name: 'Price and plan' });
  }

  async review(): Promise<void> {
    // Nobody gets past it before the provider has answered.
    await expect(
      this.quote.getByText(/\/ month|could not be read|put right/).first(),
    ).toBeVisible();
    await this.page.getByRole('button', { name: 'Review environment' }).click();
  }

  /** Orders what was reviewed; ends on the page of the task. */
  async create(): Promise<void> {
    await this.page.getByRole('button', { name: 'Create environment' }).click();
    await expect(this.page).toHaveURL(/\/create\/tasks\//);
  }
}
