import type { ElementHandle, Locator, Page } from 'playwright-core';

const NAME = 'run-data-schema-node-name';

/** What came of a step. */
export class StepOutput {
  readonly self: Locator;

  constructor(page: Page) {
    this.self = page.getByTestId('output-panel');
  }

  async isThere(): Promise<void> {
    await this.#signs.waitFor();
  }

  /** That it is there, until the step is executed again. */
  async signs(): Promise<readonly ElementHandle[]> {
    return await this.#signs.elementHandles();
  }

  /** Instead of the table that n8n shows first. */
  async asSchema(): Promise<void> {
    await this.self.getByTestId('radio-button-schema').click();
    await this.#items.first().waitFor();
  }

  /** In the schema, the first of this name. */
  name(name: string): Locator {
    return this.#item(name).getByTestId(NAME);
  }

  async value(name: string): Promise<string> {
    return await this.#item(name).getByTestId('run-data-schema-item-value').innerText();
  }

  /** What it says when it did not go well, and what to do. */
  async refusal(): Promise<readonly string[]> {
    return await Promise.all([
      this.self.getByTestId('node-error-message').innerText(),
      this.self.getByTestId('node-error-description').innerText(),
    ]);
  }

  #item(name: string): Locator {
    const named = this.self.page().getByTestId(NAME).getByText(name, { exact: true });
    return this.#items.filter({ has: named }).first();
  }

  get #items(): Locator {
    return this.self.getByTestId('run-data-schema-item');
  }

  get #signs(): Locator {
    const succeeded = this.self.getByTestId('node-run-status-success');
    return succeeded.or(this.self.getByTestId('node-error-message'));
  }
}
