import fc from 'fast-check';
import type { CallInput, CallResult, DograhClient } from '@dograh/shared';
import { startSimulator, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { HeldClock } from '../../support/clocks';
import { placeCall } from '../../support/place-call';

/** What comes along with text from web pages, chats, address books and spreadsheets. */
const MARKS = [
  ...['\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u202a', '\u202c', '\u2060', '\u2066'],
  ...['\u2069', '\ufeff', '\u00ad', '\u061c', '\ufe0f', '\u034f', '\u3164', '\u180e'],
];
const SPACES = [
  ...[' ', '\t', '\u00a0', '\u2002', '\u2007', '\u2009', '\u202f', '\u205f', '\u3000'],
];
const marks = fc.string({ unit: fc.constantFrom(...MARKS), maxLength: 2 });
const edge = fc.string({ unit: fc.constantFrom(...MARKS, ...SPACES, '\n'), maxLength: 3 });

/** The same text for a reader: with marks anywhere, other spaces, and more space around it. */
function pasted(text: string): fc.Arbitrary<string> {
  const signs = Array.from(text, (sign) =>
    fc
      .tuple(marks, sign === ' ' ? fc.constantFrom(...SPACES) : fc.constant(sign))
      .map((parts) => parts.join('')),
  );
  return fc.tuple(edge, ...signs, edge).map((parts) => parts.join(''));
}

const NUMBERS = [
  ['+1 415 555 0123', '(415) 555 0123', 'US'],
  ['+49 30 123456', '030 123456', 'DE'],
  ['+33 1 42 68 53 00', '01 42 68 53 00', 'FR'],
  ['+44 20 7946 0018', '020 7946 0018', 'GB'],
] as const;

interface Named {
  readonly phoneNumber: unknown;
  readonly phoneNumberRules: { readonly format?: string; readonly defaultCountry?: string };
}

/** One number in two ways, each as it may be pasted. */
const sameNumberTwice = fc.constantFrom(...NUMBERS).chain(([international, national, country]) => {
  const inFull = pasted(international).map((phoneNumber): Named => {
    return { phoneNumber, phoneNumberRules: {} };
  });
  const nationally = fc
    .tuple(pasted(national), pasted(country))
    .map(([phoneNumber, defaultCountry]): Named => {
      return { phoneNumber, phoneNumberRules: { defaultCountry } };
    });
  return fc.tuple(fc.oneof(inFull, nationally), fc.oneof(inFull, nationally));
});
/** A destination that Number Format passes unchanged. */
const sameDestinationTwice = fc
  .constantFrom(
    'sip:ann@example.com',
    'sip:a%_n@example.com',
    'sip:a\\n@example.com',
    '204',
    '+1 415 555 0123',
  )
  .chain((destination) => fc.tuple(pasted(destination), pasted(destination)))
  .map((both) =>
    both.map((phoneNumber): Named => {
      return { phoneNumber, phoneNumberRules: { format: 'any' } };
    }),
  )
  .map(([one, other]) => [one, other] as [Named, Named]);
const sameTextTwice = (...texts: string[]): fc.Arbitrary<[string, string]> =>
  fc.constantFrom(...texts).chain((text) => fc.tuple(pasted(text), pasted(text)));

const story = fc.record({
  number: fc.oneof(sameNumberTwice, sameDestinationTwice),
  reference: sameTextTwice('lead-42', 'Zo\u00eb 7', 'Zoe\u0308 7', '\u5c71\u7530-1'),
  trigger: pasted('lead-qualifier'),
  name: pasted('customer_name'),
  hours: pasted('24'),
});

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ dialMs: 1, ringMs: 1, callDurationMs: 1 });
});
afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
});
afterAll(() => simulator.stop());

it('a call from pasted texts is placed once, and found again by texts that look the same', async () => {
  const { apiKey } = simulator.world.acme;
  const clock = new HeldClock();
  await fc.assert(
    fc.asyncProperty(story, pasted(apiKey), async (told, pastedKey) => {
      simulator.reset();
      // Another call that must not be found.
      simulator.addRun({
        phoneNumber: '+14155550199',
        initialContext: { call_reference: 'other' },
      });
      const client = clientTo(simulator.url, { apiKey: pastedKey, clock });
      const {
        number: [dialed, searched],
        reference: [given, wanted],
      } = told;
      const call = (number: Named, callReference: string): CallInput => ({
        ...number,
        callReference,
        agent: { by: 'trigger', value: told.trigger },
        context: { pairs: [{ name: told.name, value: 'Ann\u200b' }] },
        skipIfCalledWithin: told.hours,
      });
      const placed = await placeCall(client, call(dialed, given));
      const again = await placeCall(client, call(searched, wanted));
      const together = await Promise.all([
        placeCall(client, call(dialed, wanted)),
        placeCall(client, call(searched, given)),
      ]);

      expect(simulator.calls).toHaveLength(1);
      expect(simulator.calls[0]?.initialContext).toMatchObject({ customer_name: 'Ann\u200b' });
      expect(simulator.requests.every(({ headers }) => headers['x-api-key'] === apiKey)).toBe(true);
      const { workflow_run_id } = placed;
      expect([again, ...together].map(idAndSkipped)).toEqual(
        Array.from({ length: 3 }, () => [workflow_run_id, true]),
      );
      expect(await idsOf(client, { ...searched })).toEqual([workflow_run_id, [workflow_run_id]]);
      expect(await idsOf(client, { callReference: wanted })).toContain(workflow_run_id);
      expect(await idsOf(client, { ...searched, callReference: wanted })).toContain(
        workflow_run_id,
      );
    }),
    { numRuns: 40 },
  );
});

function idAndSkipped({ workflow_run_id, skipped }: CallResult): unknown[] {
  return [workflow_run_id, skipped];
}

type Search = Partial<Named> & { readonly callReference?: string };

/** What Find Call and Get Many find. */
async function idsOf(client: DograhClient, search: Search): Promise<[unknown, unknown[]]> {
  const found = await client.findCall(search);
  const listed: unknown[] = [];
  for await (const { workflow_run_id } of client.listRuns(search)) listed.push(workflow_run_id);
  return [found?.workflow_run_id, listed];
}
