import type { Locator, Page } from 'playwright-core';
import type { Owner } from '../n8n-server/n8n-rest';
import { Chat } from './chat';
import { NodeForm } from './node-form';
import { NodePanel } from './node-panel';

/** n8n's editor, as a person uses it. */
export class Editor {
  constructor(
    private readonly page: Page,
    private readonly url: string,
  ) {}

  /** @param address any page of n8n; it shows the sign-in form first */
  async signIn(
    { email, password }: Pick<Owner, 'email' | 'password'>,
    address = `${this.url}/signin`,
  ): Promise<void> {
    await this.page.goto(address);
    await this.page.getByTestId('emailOrLdapLoginId').getByRole('textbox').fill(email);
    await this.page.getByTestId('password').locator('input').fill(password);
    await this.page.getByTestId('form-submit-button').click();
    await this.page.waitForURL(/\/home\//);
  }

  /**
   * The names in the list of workflows, from top to bottom.
   * @param count how many there are. The editor can load the list twice, and shows none in between.
   */
  async listedWorkflows(count: number): Promise<readonly string[]> {
    const names = this.page.getByTestId('workflow-card-name');
    for (;;) {
      await names.nth(count - 1).waitFor();
      const listed = await names.allInnerTexts();
      if (listed.length >= count) return listed;
    }
  }

  async openWorkflow(name: string): Promise<void> {
    await this.page.goto(`${this.url}/home/workflows`);
    await this.page.getByTestId('workflow-card-name').getByText(name, { exact: true }).click();
    await this.page.getByTestId('canvas').waitFor();
  }

  /** Clicks Execute workflow and waits until n8n reports success. */
  async executeWorkflow(): Promise<void> {
    await this.page.getByTestId('execute-workflow-button').click();
    await this.page.getByText('Workflow executed successfully').waitFor();
  }

  /** Executes the workflow from one of its triggers, and waits until n8n reports success. */
  async executeFrom(trigger: string): Promise<void> {
    await this.node(trigger).hover();
    await this.page.getByTestId(`execute-workflow-button-${trigger}`).click();
    await this.page.getByText('Workflow executed successfully').waitFor();
  }

  /** A node on the canvas. */
  node(name: string): Locator {
    return this.page
      .getByTestId('canvas')
      .locator(`[data-node-name=${JSON.stringify(name)}]`)
      .first();
  }

  async openNode(name: string): Promise<NodeForm> {
    await this.node(name).dblclick();
    const form = new NodeForm(this.page);
    await form.isOpen();
    return form;
  }

  async showWholeWorkflow(): Promise<void> {
    await this.page.getByTestId('zoom-to-fit').click();
  }

  /** The chat of a workflow that starts with a chat message. */
  async openChat(): Promise<Chat> {
    await this.page.getByTestId('workflow-chat-button').click();
    return new Chat(this.page);
  }

  async newWorkflow(): Promise<void> {
    await this.page.goto(`${this.url}/workflow/new`);
    await this.page.getByTestId('canvas-add-button').waitFor();
  }

  /** The panel in which a person chooses the first node. */
  async openPanel(): Promise<NodePanel> {
    await this.page.getByTestId('canvas-plus-button').click();
    const panel = new NodePanel(this.page);
    await panel.isOpen();
    return panel;
  }
}
