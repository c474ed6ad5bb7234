import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from '../zapier-check/cli-bench';

/** The minimum of any Zapier app: the core, and a version. */
export const BARE_APP = 'bare app';

/** Removes our app from the bench, and keeps its dependencies. */
export async function makeBare({ app }: Bench): Promise<void> {
  await rm(join(app, 'dist'), { recursive: true });
  await writeFile(
    join(app, 'index.js'),
    `module.exports = {
      version: require('./package.json').version,
      platformVersion: require('zapier-platform-core').version,
    };`,
  );
}
