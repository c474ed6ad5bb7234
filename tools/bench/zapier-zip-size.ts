import { buildZip, withBench } from '../zapier-check/cli-bench';
import { BARE_APP, makeBare } from './bare-zapier-app';
import type { Benchmark } from './figure';
import { MIN_SAMPLES, inTurn, median, range } from './in-turn';

const WHAT = 'Zapier: size of the zip';

/** The zip that Zapier's cloud fetches and unpacks. Most of it is the core, which a bare app also contains. */
export const zapierZipSize: Benchmark = {
  name: WHAT,
  about:
    "The zip that Zapier's cloud fetches and unpacks. Most of it is the core, which every app contains.",
  async measure() {
    const { ours, rival } = await inTurn(
      {
        ours: () => withBench({}, buildZip),
        rival: () =>
          withBench({}, async (bench) => {
            await makeBare(bench);
            return buildZip(bench);
          }),
      },
      { samples: MIN_SAMPLES, warmUps: 0 },
    );
    const [bytes, bare] = [median(ours), median(rival)];
    return [
      {
        what: 'build.zip',
        unit: 'MB',
        ours: bytes,
        rival: { name: BARE_APP, value: bare },
        ratio: bytes / bare,
        goal: { of: 'ours', is: 'at most', limit: 1_000_000 },
        note: `Bytes of build.zip, as Zapier's command line builds it: medians of ${ours.length} (${range(ours).join(' to ')}; ${range(rival).join(' to ')}). The bare app has only a version.`,
      },
    ];
  },
};
