import { readFileSync } from 'node:fs';
import { ICON_FILE, renderIcon } from '../../tools/zapier-icon/render-icon';

it('the icon matches n8n’s drawing; if not, run "npm run icon"', async () => {
  const rendered = await renderIcon();

  expect(readFileSync(ICON_FILE).equals(rendered)).toBe(true);
});
