import type { Locator, Page } from 'playwright-core';
import { CredentialDialog } from './credential-dialog';
import { StepOutput } from './step-output';

/** The form of one node, between its input and its output. */
export class NodeForm {
  readonly output: StepOutput;
  /** The form itself, with its tabs. */
  readonly middle: Locator;
  readonly #self: Locator;

  constructor(private readonly page: Page) {
    this.#self = page.getByTestId('ndv');
    this.output = new StepOutput(page);
    this.middle = this.#self.locator('.node-settings');
  }

  async isOpen(): Promise<void> {
    await this.#self.getByTestId('node-parameters').waitFor();
  }

  /** Of a node without a credential. */
  async newCredential(): Promise<CredentialDialog> {
    await this.#self.getByTestId('node-credentials-empty-state').getByRole('button').click();
    return await this.#credentialDialog();
  }

  async openCredential(): Promise<CredentialDialog> {
    await this.#self.getByTestId('credential-edit-button').click();
    return await this.#credentialDialog();
  }

  parameter(name: string): Locator {
    return this.#self.getByTestId(`parameter-input-${name}`);
  }

  async fill(parameter: string, text: string): Promise<void> {
    await this.parameter(parameter).locator('input').fill(text);
  }

  async choose(parameter: string, option: string): Promise<void> {
    await this.parameter(parameter).click();
    const options = this.page.getByTestId('parameter-input-item').filter({ visible: true });
    await options.filter({ has: this.page.getByText(option, { exact: true }) }).click();
  }

  /** @returns the agents that the list shows for these words */
  async searchAgents(words: string): Promise<readonly string[]> {
    await this.parameter('agent').getByTestId('rlc-input').click();
    await this.#agents.first().waitFor();
    await this.page.getByTestId('rlc-search').fill(words);
    await this.#agents.filter({ hasNotText: words }).first().waitFor({ state: 'hidden' });
    await this.#agents.first().waitFor();
    return await this.#agents.allInnerTexts();
  }

  /** One that the list shows. */
  async chooseAgent(name: string): Promise<void> {
    await this.#agents.getByText(name, { exact: true }).click();
    await this.#agents.first().waitFor({ state: 'hidden' });
  }

  /** The labels of the fields for the agent's variables. */
  async variables(): Promise<readonly string[]> {
    const labels = this.#self
      .getByTestId('mapping-fields-container')
      .locator('label[for^="value["]');
    await labels.first().waitFor();
    return await labels.locator('.n8n-text').allInnerTexts();
  }

  /** Runs this step, and waits for what comes of it; what came of it before is taken away first. */
  async execute(): Promise<StepOutput> {
    const earlier = await this.output.signs();
    await this.#self.getByTestId('node-execute-button').click();
    for (const sign of earlier) await sign.waitForElementState('hidden');
    await this.output.isThere();
    return this.output;
  }

  async #credentialDialog(): Promise<CredentialDialog> {
    const dialog = new CredentialDialog(this.page);
    await dialog.isOpen();
    return dialog;
  }

  get #agents(): Locator {
    return this.page.getByTestId('rlc-item');
  }
}
