import type { CallingRulesInput } from '@dograh/shared';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PACKAGE_DIR } from '../hosts/n8n/n8n-host';
import { startSimulator } from '../simulator';
import { clientTo } from '../support/client-to';
import { writeRange, type Benchmark, type Figure } from './figure';
import { inTurn, median } from './in-turn';

/** Rules that allow every call, and need the earlier calls. */
const ALL_RULES: CallingRulesInput = {
  doNotCall: ['+14155550100'],
  doNotCallIfAsked: 'do_not_call',
  attempts: { maximumCalls: 100, withinHours: 24, minimumHoursBetween: 0.000_001 },
  callingHours: {
    days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
    from: '00:00',
    to: '24:00',
  },
};

/** Loads a file of the built node twice, and prints the bytes of heap that the first time took. */
const PROGRAM = `
  const used = () => {
    for (let turn = 0; turn < 5; turn += 1) gc();
    return process.memoryUsage().heapUsed;
  };
  new Intl.DateTimeFormat('en', { timeZone: 'Europe/Berlin' }).format();
  const before = used();
  globalThis.loaded = require(process.argv[1]);
  console.log(used() - before);
`;

/** What the calling rules cost a call that they allow. */
export const callingRules: Benchmark = {
  name: 'the calling rules',
  about:
    'All rules allow the call. The time zones are loaded at the first call with Calling Hours.',
  async measure() {
    return [await requests(), await memory()];
  },
};

async function requests(): Promise<Figure> {
  const simulator = await startSimulator();
  try {
    const { apiKey } = simulator.world.acme;
    const client = clientTo(simulator.url, { apiKey });
    const call = client.prepare({
      agent: { by: 'triggerId', value: 'lead-qualifier' },
      phoneNumber: '+14155550123',
      requireVariables: false,
      callReference: 'lead-42',
      skipIfCalledWithin: 24,
      callingRules: ALL_RULES,
    });
    const { skipped } = await call.place();
    if (skipped) throw new Error('A rule did not allow the call.');
    const lists = simulator.requests.filter(({ method }) => method === 'GET');
    return {
      what: 'List requests per call',
      unit: 'requests',
      ours: lists.length,
      goal: { of: 'ours', is: 'at most', limit: 1 },
      note: 'One call with all rules and Skip If Called Within, counted by the simulated Dograh.',
    };
  } finally {
    await simulator.stop();
  }
}

async function memory(): Promise<Figure> {
  const heapOf = (file: string) => async (): Promise<number> => {
    const args = ['--expose-gc', '-e', PROGRAM, join(PACKAGE_DIR, 'dist', file)];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    return Number(stdout);
  };
  const { ours, rival } = await inTurn({
    ours: heapOf('zone-table.js'),
    rival: heapOf('libphonenumber-js.js'),
  });
  return {
    what: 'Table of time zones',
    unit: 'kB',
    ours: median(ours),
    rival: { name: 'libphonenumber-js', value: median(rival) },
    ratio: median(ours) / median(rival),
    goal: { of: 'ours', is: 'under', limit: 500_000 },
    note: `Live heap after the file was loaded: medians of ${ours.length} new processes (${writeRange(ours, 'kB')}; ${writeRange(rival, 'kB')}).`,
  };
}
