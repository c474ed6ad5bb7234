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

/** How long n8n's editor may take to show what is waited for, on a busy machine. */
const PATIENCE_MS = 30_000;

/** A person's browser, with one page open. */
export class Person {
  private constructor(
    private readonly browser: Browser,
    readonly page: Page,
  ) {}

  static async sitsDown(screen: BrowserContextOptions = {}): Promise<Person> {
    selectors.setTestIdAttribute('data-test-id');
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
    const page = await browser.newPage({
      viewport: { width: 1280, height: 800 },
      colorScheme: 'light',
      locale: 'en-US',
      reducedMotion: 'reduce',
      ...screen,
    });
    page.setDefaultTimeout(PATIENCE_MS);
    return new Person(browser, page);
  }

  /** Does it; where that fails, says in which file the page can be seen as it was then. */
  async does<T>(what: () => Promise<T>): Promise<T> {
    try {
      return await what();
    } catch (error) {
      const path = join(await mkdtemp(join(tmpdir(), 'dograh-editor-')), 'failed.png');
      await this.page.screenshot({ path });
      process.stderr.write(`The page as it was when this failed: ${path}\n`);
      throw error;
    }
  }

  async leaves(): Promise<void> {
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
