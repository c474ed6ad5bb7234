import type { Locator, Page } from 'playwright-core';

type Parameter = 'apiKey' | 'baseUrl' | 'dashboardUrl';

/** Where a credential is filled in; saving it tests it, too. */
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

  /** @returns what is said to be wrong, with the reason that "More details" shows */
  async saveInVain(): Promise<string> {
    await this.#save();
    await this.self.getByText('More details').click();
    return await this.self.locator('.el-tag__content').filter({ visible: true }).innerText();
  }

  /** A new credential that passes its test needs no dialog any more, and n8n closes it. */
  async saveNew(): Promise<void> {
    await this.#save();
    await this.self.waitFor({ state: 'hidden' });
  }

  /** @returns what is said of a credential that passes its test */
  async passes(): Promise<string> {
    await this.#passed.waitFor();
    return await this.#passed.innerText();
  }

  /** Shows other words in a field, for a picture, and changes nothing else. */
  async retouch(parameter: Parameter, text: string): Promise<void> {
    await this.field(parameter).evaluate((field, words) => {
      Object.assign(field, { value: words });
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
