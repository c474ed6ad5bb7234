import type { Locator, Page } from 'playwright-core';

/** The chat below a workflow in n8n's editor. */
export class Chat {
  readonly #self: Locator;

  constructor(page: Page) {
    this.#self = page.getByTestId('canvas-chat');
  }

  /** @returns the answer */
  async say(text: string): Promise<string> {
    const answers = this.#self.locator('.chat-message-from-bot:not(.chat-message-typing)');
    const before = await answers.count();
    const input = this.#self.locator('textarea');
    await input.fill(text);
    await input.press('Enter');
    const answer = answers.nth(before);
    await answer.waitFor();
    return (await answer.innerText()).trim();
  }
}
