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

  /** For a node without a credential. */
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

  /** Chooses one of the values of a field that can have several. */
  async chooseAlso(parameter: string, option: string): Promise<void> {
    await this.parameter(parameter).click();
    const options = this.page.getByRole('option').filter({ visible: true });
    await options.filter({ has: this.page.getByText(option, { exact: true }) }).click();
  }

  /** Chooses one of the options under Add Option. */
  async addOption(label: string): Promise<void> {
    await this.#self.getByPlaceholder('Add Option').click();
    const options = this.page.getByTestId('collection-parameter-option').filter({ visible: true });
    await options.getByText(label, { exact: true }).click();
  }

  /** Adds the only filter that there is. */
  async addFilter(): Promise<void> {
    await this.#self.getByRole('button', { name: 'Add Filter' }).click();
  }

  /** Chooses the first entry of the list of a resource, e.g. of campaigns. @returns its text */
  async chooseFirst(parameter: string): Promise<string> {
    await this.parameter(parameter).getByTestId('rlc-input').click();
    const first = this.#entries.first();
    await first.waitFor();
    const text = await first.innerText();
    await first.click();
    await first.waitFor({ state: 'hidden' });
    return text;
  }

  /** @returns the agents that the list shows for this search text */
  async searchAgents(text: string): Promise<readonly string[]> {
    await this.parameter('agent').getByTestId('rlc-input').click();
    await this.#entries.first().waitFor();
    await this.page.getByTestId('rlc-search').fill(text);
    await this.#entries.filter({ hasNotText: text }).first().waitFor({ state: 'hidden' });
    await this.#entries.first().waitFor();
    return await this.#entries.allInnerTexts();
  }

  /** Chooses one of the agents in the open list. */
  async chooseAgent(name: string): Promise<void> {
    await this.#entries.getByText(name, { exact: true }).click();
    await this.#entries.first().waitFor({ state: 'hidden' });
  }

  /** The labels of the fields for the agent's variables. */
  async variables(): Promise<readonly string[]> {
    const labels = this.#variableLabels;
    await labels.first().waitFor();
    return await labels.allInnerTexts();
  }

  /** Those labels of variables of which n8n shows only the beginning. */
  async cutVariables(): Promise<readonly string[]> {
    return await cutTexts(this.#variableLabels);
  }

  /** The same for all labels of the form. */
  async cutLabels(): Promise<readonly string[]> {
    return await cutTexts(this.#self.locator('label .n8n-text'));
  }

  /** All texts of the form in place of the fields for the agent's variables, if there are no fields. */
  async withoutVariables(): Promise<readonly string[]> {
    await this.#self.getByTestId('empty-fields-notice').waitFor();
    const text = await this.#self.getByTestId('resource-mapper-container').innerText();
    return text.split(/\n+/).filter((line) => line.trim() !== '');
  }

  /** Takes away the field of a variable that may be empty. */
  async removeVariable(name: string): Promise<void> {
    await this.parameter(name).hover();
    await this.page.getByTestId(`remove-field-button-${name}`).click();
    await this.parameter(name).waitFor({ state: 'hidden' });
  }

  /** Clicks Execute step and waits until n8n has replaced the earlier output. */
  async execute(): Promise<StepOutput> {
    const earlier = await this.output.statusMarks();
    await this.#self.getByTestId('node-execute-button').click();
    for (const mark of earlier) await mark.waitForElementState('hidden');
    await this.output.isShown();
    await this.#self.locator(BUSY_BUTTON).first().waitFor({ state: 'hidden' });
    return this.output;
  }

  async #credentialDialog(): Promise<CredentialDialog> {
    const dialog = new CredentialDialog(this.page);
    await dialog.isOpen();
    return dialog;
  }

  get #variableLabels(): Locator {
    return this.#self
      .getByTestId('mapping-fields-container')
      .locator('label[for^="value["] .n8n-text');
  }

  get #entries(): Locator {
    return this.page.getByTestId('rlc-item');
  }
}

async function cutTexts(labels: Locator): Promise<readonly string[]> {
  return await labels.evaluateAll((shown: readonly ShownLabel[]) =>
    shown
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map(({ textContent }) => textContent.trim()),
  );
}

/** A button that shows a spinner, or whose spinner fades away. */
const BUSY_BUTTON = '[aria-busy="true"], [class*="n8n-button-fade"]';

/** The part of a browser's element that shows whether its text is cut off. */
interface ShownLabel {
  readonly textContent: string;
  readonly scrollWidth: number;
  readonly clientWidth: number;
}
