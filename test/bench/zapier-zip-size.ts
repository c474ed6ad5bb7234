import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildZip, withBench, type Bench } from '../zapier-app/cli-bench';
import type { Benchmark } from './figure';

const WHAT = 'Zapier: size of the zip';

/** What Zapier's cloud has to fetch and unpack; most of it is the core, which a bare app has to bring, too. */
export const zapierZipSize: Benchmark = {
  name: WHAT,
  about:
    "What Zapier's cloud has to fetch and unpack; most of it is the core, which a bare app has to bring, too.",
  async measure() {
    const ours = await withBench({}, buildZip);
    const bare = await withBench({}, async (bench) => {
      await makeBare(bench);
      return buildZip(bench);
    });
    return [
      {
        what: WHAT,
        unit: 'MB',
        ours,
        rival: { name: 'a bare app with the same core', value: bare },
        ratio: ours / bare,
        goal: { of: 'ours', is: 'at most', limit: 1_000_000 },
        note: `${ours} and ${bare} bytes of build.zip, both built by Zapier's command line. The bare app has a version and nothing else.`,
      },
    ];
  },
};

async function makeBare({ app }: Bench): Promise<void> {
  await rm(join(app, 'dist'), { recursive: true });
  await writeFile(
    join(app, 'index.js'),
    `module.exports = {
      version: require('./package.json').version,
      platformVersion: require('zapier-platform-core').version,
    };`,
  );
}
