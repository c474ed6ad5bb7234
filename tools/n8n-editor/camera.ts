import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';

/** Takes pictures of parts of the page, without anything that changes from time to time. */
export class Camera {
  constructor(
    private readonly page: Page,
    private readonly folder: string,
  ) {}

  /**
   * @param shown elements side by side
   * @param last the element at the bottom of the picture
   * @param margin below that element, in pixels
   */
  async take(name: string, shown: readonly Locator[], last: Locator, margin = 8): Promise<void> {
    await this.#hidePointer();
    const boxes = await Promise.all(shown.map(boxOf));
    const x = Math.min(...boxes.map(({ left }) => left));
    const y = Math.min(...boxes.map(({ top }) => top));
    // Without the border of n8n's window.
    const right = Math.floor(Math.max(...boxes.map((box) => box.right))) - 1;
    const bottom = Math.max(...boxes.map((box) => box.bottom));
    const end = Math.min(bottom, (await boxOf(last)).bottom + margin);
    await this.page.screenshot({
      path: join(this.folder, `${name}.png`),
      clip: { x, y, width: right - x, height: end - y },
      animations: 'disabled',
      style: WITHOUT_NOTIFICATIONS,
    });
  }

  /** Moves the pointer and the cursor away, and with them n8n's hints. */
  async #hidePointer(): Promise<void> {
    await this.page.mouse.move(0, 0);
    const focused = this.page.locator(':focus');
    if ((await focused.count()) > 0) await focused.blur();
  }
}

const WITHOUT_NOTIFICATIONS =
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
