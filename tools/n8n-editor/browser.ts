import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  chromium,
  selectors,
  type Browser,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import { CHROMIUM } from './chromium';

/** How long n8n's editor may take to show an element on a busy machine. */
const TIMEOUT_MS = 30_000;

/** A browser with one page. */
export class Person {
  private constructor(
    private readonly browser: Browser,
    readonly page: Page,
  ) {}

  static async open(screen: BrowserContextOptions = {}): Promise<Person> {
    selectors.setTestIdAttribute('data-test-id');
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
    const page = await browser.newPage({
      viewport: { width: 1280, height: 800 },
      colorScheme: 'light',
      locale: 'en-US',
      reducedMotion: 'reduce',
      ...screen,
    });
    page.setDefaultTimeout(TIMEOUT_MS);
    return new Person(browser, page);
  }

  /** Takes a picture of the page when the action fails, and prints its path. */
  async run<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      const path = join(await mkdtemp(join(tmpdir(), 'dograh-editor-')), 'failed.png');
      await this.page.screenshot({ path });
      process.stderr.write(`A picture of the page when this failed: ${path}\n`);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}

const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
