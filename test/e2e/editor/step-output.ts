import type { Locator, Page } from 'playwright-core';

/** What came of a step. */
export class StepOutput {
  readonly self: Locator;

  constructor(page: Page) {
    this.self = page.getByTestId('output-panel');
  }

  async isThere(): Promise<void> {
    await this.#succeeded.or(this.#failed).waitFor();
  }

  /** Instead of the table that n8n shows first. */
  async asSchema(): Promise<void> {
    await this.self.getByTestId('radio-button-schema').click();
    await this.#items.first().waitFor();
  }

  /** The first value of this name. */
  async value(name: string): Promise<string> {
    const named = this.self
      .page()
      .getByTestId('run-data-schema-node-name')
      .getByText(name, { exact: true });
    const item = this.#items.filter({ has: named }).first();
    return await item.getByTestId('run-data-schema-item-value').innerText();
  }

  /** What it says when it did not go well, and what to do. */
  async refusal(): Promise<readonly string[]> {
    return await Promise.all([
      this.self.getByTestId('node-error-message').innerText(),
      this.self.getByTestId('node-error-description').innerText(),
    ]);
  }

  get #items(): Locator {
    return this.self.getByTestId('run-data-schema-item');
  }

  get #succeeded(): Locator {
    return this.self.getByTestId('node-run-status-success');
  }

  get #failed(): Locator {
    return this.self.getByTestId('node-error-message');
  }
}
