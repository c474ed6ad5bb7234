import { DograhClient, parseCredentials, type CallInput, type VariablePair } from '@dograh/shared';
import { parsePhoneNumber } from '../../shared/src/input/phone-number';
import { buildContext } from '../../shared/src/variables/build-context';
import { systemClock } from '@dograh/shared/system-clock';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Benchmark, Figure } from './figure';
import { inTurn, median } from './in-turn';

/** The duration of a sample. */
const SAMPLE_MS = 150;
const WARM_UPS = 4;
/** Enough calls until all code of a call is compiled, which takes several seconds. */
const WARM_UP_CALLS = 30_000;
const PHONE_NUMBER = '+1 415 555 0123';

const credentials = parseCredentials(
  { apiKey: 'dg_0123456789abcdef0123456789abcdef', baseUrl: 'https://dograh.example' },
  'private',
);
/** A Dograh that responds at once, so that only our own work takes time. */
const client = new DograhClient({
  ...credentials,
  clock: systemClock,
  transport: {
    send: () =>
      Promise.resolve({
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: { status: 'initiated', workflow_run_id: 1001, workflow_run_name: 'WR-API-1001' },
      }),
  },
});
const call: CallInput = {
  agent: { by: 'triggerId', value: 'lead-qualifier' },
  environment: 'production',
  phoneNumber: PHONE_NUMBER,
  context: { pairs: pairs(10) },
  callReference: 'lead-4711',
  // Otherwise the client first reads the agent, once for all calls.
  requireVariables: false,
};
const prepared = client.prepare(call);

/** The processor time of a call in the client itself. */
export const sharedOverhead: Benchmark = {
  name: 'what the shared client costs a call',
  about:
    'Processor time in the client, with a transport that responds at once, beside a minimal task of the same kind.',
  async measure() {
    const body = JSON.stringify(prepared.request.body);
    const plainly = { name: 'JSON.parse of the body', run: () => JSON.parse(body) as unknown };
    for (let turn = 0; turn < WARM_UP_CALLS; turn += 1) await client.prepare(call).place();
    return [
      await figure('The whole call', () => client.prepare(call).place(), plainly, ALL),
      await figure('Validation', () => client.prepare(call), plainly, VALIDATION),
      await figure('Validation: phone number', () => parsePhoneNumber(PHONE_NUMBER), {
        name: 'libphonenumber-js alone',
        run: () => parsePhoneNumberFromString(PHONE_NUMBER)?.isValid(),
      }),
      {
        ...(await figure(
          'Sending and reading the response',
          () => prepared.place(),
          plainly,
          CLASSIFICATION,
        )),
        isDetail: true,
      },
      await contextOf(10),
      await contextOf(100),
      await contextOf(1000),
    ];
  },
};

const ALL = 'With 10 variables and a call reference, and a transport that answers at once.';
const VALIDATION =
  'Validates agent, version, phone number, context, reference and IDs, and that none of them contains the API key.';
const CLASSIFICATION =
  'From the validated call to the result: request ID, limits, meaning of the answer, and that it does not contain the key.';

async function contextOf(fields: number): Promise<Figure> {
  const given = { pairs: pairs(fields) };
  const built = buildContext(given);
  const measured = await figure(
    `Context of ${fields} fields`,
    () => buildContext(given),
    { name: 'structuredClone of it', run: () => structuredClone(built) },
    'Rows with dotted names, nested two deep.',
  );
  return { ...measured, isDetail: fields < 1000 };
}

function pairs(count: number): VariablePair[] {
  return Array.from({ length: count }, (_, index) => ({
    name: index % 2 === 0 ? `field_${index}` : `group_${index % 7}.field_${index}`,
    value: `value ${index}`,
  }));
}

async function figure(
  what: string,
  run: () => unknown,
  rival: { readonly name: string; readonly run: () => unknown },
  note = '',
): Promise<Figure> {
  const { ours, rival: theirs } = await inTurn(
    { ours: () => each(run), rival: () => each(rival.run) },
    { warmUps: WARM_UPS },
  );
  return {
    what,
    unit: 'µs',
    ours: median(ours),
    rival: { name: rival.name, value: median(theirs) },
    ratio: median(ours) / median(theirs),
    note: `${note} Medians of ${ours.length} samples of ${SAMPLE_MS} ms.`.trim(),
  };
}

/** Milliseconds of processor time for one run, with garbage collection. */
async function each(run: () => unknown): Promise<number> {
  const begin = process.cpuUsage();
  let [count, elapsed] = [0, 0];
  while (elapsed < SAMPLE_MS) {
    for (let turn = 0; turn < 20; turn += 1) await run();
    count += 20;
    const { user, system } = process.cpuUsage(begin);
    elapsed = (user + system) / 1000;
  }
  return elapsed / count;
}
