import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { APP_DIR } from '../hosts/zapier/runtime';

export const ICON_FILE = join(APP_DIR, 'icon.png');

/** Zapier requires at least 256 pixels. Twice as many keep the icon sharp on dense screens. */
const PIXELS = 512;
/** The drawing for a light background, because Zapier has no dark one. */
const DRAWING = join(APP_DIR, '../n8n-node/icons/dograh.svg');

let renderer: Promise<void> | undefined;

/** Renders the icon of the Zapier app as a PNG from the drawing that n8n shows. */
export async function renderIcon(): Promise<Buffer> {
  const wasm = createRequire(__filename).resolve('@resvg/resvg-wasm/index_bg.wasm');
  renderer ??= readFile(wasm).then(initWasm);
  await renderer;
  const drawing = new Resvg(await readFile(DRAWING, 'utf8'), {
    fitTo: { mode: 'width', value: PIXELS },
  });
  return Buffer.from(drawing.render().asPng());
}
