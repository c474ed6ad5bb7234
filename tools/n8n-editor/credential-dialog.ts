import type { Locator, Page } from 'playwright-core';

type Parameter = 'apiKey' | 'baseUrl' | 'dashboardUrl';

/** The dialog of a credential. Saving it also tests it. */
export class CredentialDialog {
  readonly self: Locator;
  readonly #passed: Locator;

  constructor(page: Page) {
    this.self = page.getByTestId('editCredential-modal');
    this.#passed = this.self.getByTestId('credentials-config-container-test-success');
  }

  async isOpen(): Promise<void> {
    await this.field('apiKey').waitFor();
  }

  field(parameter: Parameter): Locator {
    return this.self.getByTestId(`parameter-input-${parameter}`).locator('input');
  }

  async fill(parameter: Parameter, text: string): Promise<void> {
    await this.field(parameter).fill(text);
  }

  /** @returns the error, with the reason under "More details" */
  async saveExpectingError(): Promise<string> {
    await this.#save();
    await this.self.getByText('More details').click();
    return await this.self.locator('.el-tag__content').filter({ visible: true }).innerText();
  }

  /** n8n closes the dialog when a new credential passes its test. */
  async saveNew(): Promise<void> {
    await this.#save();
    await this.self.waitFor({ state: 'hidden' });
  }

  /** @returns the message of a credential that passes its test */
  async passedMessage(): Promise<string> {
    await this.#passed.waitFor();
    return await this.#passed.innerText();
  }

  /** Shows another text in a field of a picture; the stored value stays. */
  async showInstead(parameter: Parameter, text: string): Promise<void> {
    await this.field(parameter).evaluate((field, shown) => {
      Object.assign(field, { value: shown });
    }, text);
  }

  async close(): Promise<void> {
    await this.self.getByRole('button', { name: 'Close' }).click();
    await this.self.waitFor({ state: 'hidden' });
  }

  async #save(): Promise<void> {
    await this.self.getByTestId('credential-save-button').getByRole('button').click();
  }
}
