import type { Page } from 'playwright-core';
import type { Owner } from '../n8n-server/n8n-rest';
import { NodePanel } from './node-panel';

/** n8n's editor, in the words of whoever sits before it. */
export class Editor {
  constructor(
    private readonly page: Page,
    private readonly url: string,
  ) {}

  async signIn({ email, password }: Owner): Promise<void> {
    await this.page.goto(`${this.url}/signin`);
    await this.page.getByTestId('emailOrLdapLoginId').getByRole('textbox').fill(email);
    await this.page.getByTestId('password').locator('input').fill(password);
    await this.page.getByTestId('form-submit-button').click();
    await this.page.waitForURL(/\/home\//);
  }

  async newWorkflow(): Promise<void> {
    await this.page.goto(`${this.url}/workflow/new`);
    await this.page.getByTestId('canvas-add-button').waitFor();
  }

  /** Where the first node of a workflow is chosen. */
  async openPanel(): Promise<NodePanel> {
    await this.page.getByTestId('canvas-plus-button').click();
    const panel = new NodePanel(this.page);
    await panel.isOpen();
    return panel;
  }
}
