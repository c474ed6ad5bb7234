import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

/** Below what a picture ends with. */
const MARGIN = 8;

/** Takes pictures of the page that are the same each time. */
export class Camera {
  constructor(
    private readonly page: Page,
    private readonly folder: string,
  ) {}

  /** @param shown side by side @param last the picture ends below it; with what is shown unless given */
  async take(name: string, shown: readonly Locator[], last?: Locator): Promise<void> {
    await this.#stepBack();
    const boxes = await Promise.all(shown.map(boxOf));
    const x = Math.min(...boxes.map(({ left }) => left));
    const y = Math.min(...boxes.map(({ top }) => top));
    // Without the line at the edge of n8n's window.
    const right = Math.floor(Math.max(...boxes.map((box) => box.right))) - 1;
    const bottom = Math.max(...boxes.map((box) => box.bottom));
    const end = last === undefined ? bottom : Math.min(bottom, (await boxOf(last)).bottom + MARGIN);
    await this.page.screenshot({
      path: join(this.folder, `${name}.png`),
      clip: { x, y, width: right - x, height: end - y },
      animations: 'disabled',
      style: WITHOUT_NEWS,
    });
  }

  /** Takes pointer and cursor out of the picture, with what n8n shows around them. */
  async #stepBack(): Promise<void> {
    await this.page.mouse.move(0, 0);
    const focused = this.page.locator(':focus');
    if ((await focused.count()) > 0) await focused.blur();
  }
}

/** Messages that pass by, and hints beside buttons. */
const WITHOUT_NEWS =
  '.el-notification, [data-reka-popper-content-wrapper] { display: none !important; }';

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

async function boxOf(shown: Locator): Promise<Box> {
  const box = await shown.boundingBox();
  assert.ok(box, `${String(shown)} is not on the page`);
  const { x, y, width, height } = box;
  return { left: x, top: y, right: x + width, bottom: y + height };
}
