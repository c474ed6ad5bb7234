import { readFileSync } from 'node:fs';
import { ICON_FILE, renderIcon } from '../../tools/zapier-icon/render-icon';

it('the icon is what n8n’s drawing looks like; after a change of it, "npm run icon"', async () => {
  const rendered = await renderIcon();

  expect(readFileSync(ICON_FILE).equals(rendered)).toBe(true);
});
