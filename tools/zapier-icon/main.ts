/** Renders the icon of the Zapier app. Run it after a change of the drawing: `npm run icon`. */
import { writeFile } from 'node:fs/promises';
import { ICON_FILE, renderIcon } from './render-icon';

renderIcon()
  .then((png) => writeFile(ICON_FILE, png))
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  });
