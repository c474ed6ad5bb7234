import type { ElementHandle, Locator, Page } from 'playwright-core';

const NAME = 'run-data-schema-node-name';

/** The output panel of a step. */
export class StepOutput {
  readonly self: Locator;

  constructor(page: Page) {
    this.self = page.getByTestId('output-panel');
  }

  async isShown(): Promise<void> {
    await this.#marks.waitFor();
  }

  /** n8n removes them when the step is executed again. */
  async statusMarks(): Promise<readonly ElementHandle[]> {
    return await this.#marks.elementHandles();
  }

  /** Switches from the table to the schema. */
  async asSchema(): Promise<void> {
    await this.self.getByTestId('radio-button-schema').click();
    await this.#items.first().waitFor();
  }

  /** Switches to the table. */
  async asTable(): Promise<void> {
    await this.self.getByTestId('radio-button-table').click();
    await this.self.locator('td').first().waitFor();
  }

  /** The first field of this name in the schema. */
  name(name: string): Locator {
    return this.#item(name).getByTestId(NAME);
  }

  async value(name: string): Promise<string> {
    return await this.#item(name).getByTestId('run-data-schema-item-value').innerText();
  }

  /** The values that the table shows in red, because they are empty. Then the schema is shown again. */
  async redValues(): Promise<readonly string[]> {
    await this.asTable();
    const values = await this.self.locator('td').locator('[class*="_empty_"]').allInnerTexts();
    await this.asSchema();
    return values;
  }

  /** @returns the message of a failed step, and its hint */
  async error(): Promise<readonly string[]> {
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

  get #marks(): Locator {
    const succeeded = this.self.getByTestId('node-run-status-success');
    return succeeded.or(this.self.getByTestId('node-error-message'));
  }
}
