import type { Locator, Page } from 'playwright-core';
import { NodeForm } from './node-form';

/** The panel in which a person searches for nodes and adds them. */
export class NodePanel {
  readonly self: Locator;

  constructor(private readonly page: Page) {
    this.self = page.getByTestId('node-creator');
  }

  async isOpen(): Promise<void> {
    await this.#searchBar.waitFor();
  }

  /** @returns the names of the found nodes, once this node is one of them */
  async search(text: string, node: string): Promise<readonly string[]> {
    await this.#searchBar.fill(text);
    await this.entry(node).waitFor();
    return await this.self.getByTestId('node-creator-item-name').allInnerTexts();
  }

  /** Opens the page of a community node, with its triggers and actions. */
  async choose(node: string): Promise<void> {
    await this.entry(node).click();
    await this.#heading('Triggers').waitFor();
    await this.#heading('Actions').click();
    await this.self.getByTestId('actions-panel-activation-callout').waitFor();
  }

  /** The triggers of the chosen node, then its actions. */
  async triggersAndActions(): Promise<readonly string[]> {
    return await this.self.getByTestId('node-creator-item-name').allInnerTexts();
  }

  entry(name: string): Locator {
    return this.self.getByTestId('node-creator-item-name').getByText(name, { exact: true });
  }

  /** Adds a node with this action to the workflow. n8n opens its form. */
  async add(action: string): Promise<NodeForm> {
    await this.entry(action).click();
    const form = new NodeForm(this.page);
    await form.isOpen();
    return form;
  }

  get #searchBar(): Locator {
    return this.self.getByTestId('node-creator-search-bar');
  }

  #heading(name: string): Locator {
    return this.self.getByTestId('node-creator-category-item').filter({ hasText: name });
  }
}
