import {
  DograhClient,
  DograhError,
  parseCredentials,
  type CallResult,
  type Transport,
} from '@dograh/shared';
import { HeldClock } from '../../support/clocks';
import { placeCall } from '../../support/place-call';
import { randomFrom } from '../../../tools/support/random';

const WORLDS = 150;
const BASE_URL = 'http://127.0.0.1:1';
const REFUSED = { status: 429, headers: {}, body: { detail: 'Concurrent call limit reached' } };
/** A request that is open for longer does not block the queue. */
const MAX_BLOCKED_MS = 200;
const LAST_NUMBER = '+14155550999';

interface Caller {
  readonly phoneNumber: string;
  readonly arrivesAt: number;
  readonly maxWaitMs: number;
  /** Undefined if the call is not stopped. */
  readonly stopsAt: number | undefined;
  readonly requestsAt: number[];
  error?: unknown;
  settledAt: number;
}

/** Random calls to a Dograh with few call slots and with fast or slow responses. */
async function world(seed: number): Promise<Caller[]> {
  const clock = new HeldClock(randomFrom(seed));
  const upTo = (most: number): number => Math.floor(clock.random() * most);
  const oneOf = (values: readonly number[]): number => values[upTo(values.length)] ?? 0;
  const lastsMs = oneOf([200, 3_000, 60_000]);
  const slowestMs = oneOf([30, 30, 400, 20_000]);
  let [places, running, runs] = [upTo(5), 0, 1000];
  const callers: Caller[] = Array.from({ length: 5 + upTo(35) }, (_, index) => ({
    phoneNumber: `+14155550${100 + index}`,
    arrivesAt: oneOf([0, 0, upTo(30_000)]),
    maxWaitMs: oneOf([0, 500, 5_000, 60_000, 600_000]),
    stopsAt: clock.random() < 0.2 ? upTo(60_000) : undefined,
    requestsAt: [],
    settledAt: NaN,
  }));

  const called: string[] = [];
  const requests: { readonly number: string; readonly at: number }[] = [];
  const send: Transport['send'] = async ({ body }) => {
    const { phone_number: number } = body as { phone_number: string };
    requests.push({ number, at: clock.now() });
    callers.find(({ phoneNumber }) => phoneNumber === number)?.requestsAt.push(clock.now());
    const isFree = running < places;
    if (isFree) {
      called.push(number);
      running += 1;
      runs += 1;
      void clock.sleep(lastsMs * (0.5 + clock.random())).then(() => (running -= 1));
    }
    const answer = isFree
      ? { status: 200, headers: {}, body: { workflow_run_id: runs, workflow_run_name: 'WR' } }
      : REFUSED;
    await clock.sleep(upTo(slowestMs));
    return answer;
  };
  const credentials = parseCredentials(
    { apiKey: `dg_world_${seed}`, baseUrl: BASE_URL },
    'private',
  );
  const client = new DograhClient({ ...credentials, clock, transport: { send } });

  const place = (
    phoneNumber: string,
    maxWaitMs: number,
    signal?: AbortSignal,
  ): Promise<CallResult> =>
    placeCall(
      client,
      { agent: { by: 'triggerId', value: 'lead' }, phoneNumber },
      { maxWaitMs, signal },
    );
  const calls = callers.map(async (caller) => {
    const stop = new AbortController();
    await clock.sleep(caller.arrivesAt);
    if (caller.stopsAt !== undefined) {
      void clock.sleep(caller.stopsAt).then(() => {
        stop.abort();
      });
    }
    await place(caller.phoneNumber, caller.maxWaitMs, stop.signal).catch((error: unknown) => {
      caller.error = error;
    });
    caller.settledAt = clock.now();
  });
  // In the end there is a slot for every call that waits long enough.
  void clock.sleep(100_000).then(() => (places = callers.length));
  await clock.runUntilSettled(calls);
  // The queue is empty again, so the next call makes its attempt at once.
  const before = clock.now();
  places = Infinity;
  await clock.runUntilSettled([place(LAST_NUMBER, 1_000)]);
  expect(requests.filter(({ number }) => number === LAST_NUMBER)).toEqual([
    { number: LAST_NUMBER, at: before },
  ]);
  expect(new Set(called).size).toBe(called.length);
  return callers;
}

it('each call in a random queue makes its attempts in time and ends with the right outcome', async () => {
  let waited = 0;
  for (let seed = 1; seed <= WORLDS; seed += 1) {
    for (const caller of await world(seed)) {
      const { arrivesAt, maxWaitMs, stopsAt, requestsAt, error, settledAt } = caller;
      const until = arrivesAt + maxWaitMs;
      const stopped = stopsAt === undefined ? Infinity : arrivesAt + stopsAt;
      const isAtLimit = error instanceof DograhError && error.kind === 'ConcurrencyLimit';
      const lastRequest = requestsAt.at(-1) ?? -Infinity;
      const facts = {
        hasOutcome: error === undefined ? requestsAt.length > 0 : error instanceof DograhError,
        failsEarly: isAtLimit && (settledAt < until || requestsAt.length === 0),
        attemptsLate: lastRequest > until + MAX_BLOCKED_MS && lastRequest > arrivesAt,
        attemptsAfterStop: lastRequest > stopped,
      };
      expect({ seed, until, requestsAt, settledAt, ...facts }).toMatchObject({
        hasOutcome: true,
        failsEarly: false,
        attemptsLate: false,
        attemptsAfterStop: false,
      });
      waited += isAtLimit ? 1 : 0;
    }
  }
  expect(waited).toBeGreaterThan(WORLDS);
});
