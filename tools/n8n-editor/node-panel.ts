import type { Locator, Page } from 'playwright-core';
import { NodeForm } from './node-form';

/** Where nodes are searched for and added. */
export class NodePanel {
  readonly self: Locator;

  constructor(private readonly page: Page) {
    this.self = page.getByTestId('node-creator');
  }

  async isOpen(): Promise<void> {
    await this.#searchBar.waitFor();
  }

  /** @returns the names of what is found, once the node is among it */
  async search(words: string, node: string): Promise<readonly string[]> {
    await this.#searchBar.fill(words);
    await this.entry(node).waitFor();
    return await this.self.getByTestId('node-creator-item-name').allInnerTexts();
  }

  /** The page of a community node, with what starts workflows and what can be done. */
  async choose(node: string): Promise<void> {
    await this.entry(node).click();
    await this.#heading('Triggers').waitFor();
    await this.#heading('Actions').click();
    await this.self.getByTestId('actions-panel-activation-callout').waitFor();
  }

  /** What the chosen node has on offer, triggers first. */
  async offers(): Promise<readonly string[]> {
    return await this.self.getByTestId('node-creator-item-name').allInnerTexts();
  }

  entry(name: string): Locator {
    return this.self.getByTestId('node-creator-item-name').getByText(name, { exact: true });
  }

  /** Adds a node that does this to the workflow, which opens its form. */
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
