import { inspect } from 'node:util';
import type { LaunchedCampaign } from '@dograh/shared';
import { startSimulator, type FaultTarget, type Simulator } from '../../tools/simulator';
import { startOtherOrigin, type OtherOrigin } from '../../tools/support/servers';
import { launchInput } from '../support/campaigns';
import { DrivenClock } from '../support/clocks';
import { timeLimits } from '../support/host-time';
import type { Adapter } from './adapters';
import { faultCases, TIME_LIMIT_MS, type FaultCase } from './faults';
import { actInHost, type ClientOutcome } from './in-host';

/**
 * Applies each fault of the simulator to each request of a launch, through each transport, and launches the same
 * reference again afterwards: at once, and when the first launch has certainly ended.
 */

/** Each test replaces it by the URL of a server that listens. */
const ELSEWHERE = 'http://elsewhere.invalid/';
const REFERENCE = 'spring-2026';
/** Longer than any launch. */
const LATER_MS = 10 * 60_000;

const REQUESTS: readonly (readonly [string, FaultTarget])[] = [
  ['the request for an upload address', 'presign'],
  ['the upload', 'upload'],
  ['the request to create', 'createCampaign'],
  ['the request to start', 'startCampaign'],
];

type Outcome = ClientOutcome<readonly LaunchedCampaign[]>;

export function launchesOnceDespiteEveryFault(host: Adapter): void {
  let simulator: Simulator;
  let elsewhere: OtherOrigin;
  let clock: DrivenClock;

  beforeAll(async () => {
    simulator = await startSimulator({ clockOffsetMs: () => clock.now() - Date.now() });
    // Zapier's core does not notice the end of half an answer, and waits for the rest.
    simulator.onRequest(({ status }) => {
      if (host.name === 'Zapier' && status === 'fault:cut-off') timeLimits.pass();
    });
    elsewhere = await startOtherOrigin();
  });
  beforeEach(() => {
    clock = new DrivenClock(0, undefined, Date.now());
    simulator.reset();
    timeLimits.passWhileWaitingFor(simulator);
  });
  afterAll(async () => {
    await simulator.stop();
    await elsewhere.stop();
  });

  const launch = (): Promise<Outcome> => {
    const { url, world } = simulator;
    const setting = { apiKey: world.acme.apiKey, baseUrl: url, clock, timeoutMs: TIME_LIMIT_MS };
    return actInHost(host, setting, (client) =>
      client.launchCampaign(launchInput(simulator, { reference: REFERENCE })),
    );
  };

  describe.each(REQUESTS)('%s', (_request, on) => {
    it.each(faultCases(ELSEWHERE).map((fault) => [fault.name, fault] as const))(
      'with %s starts one campaign, and names every one',
      async (_name, faultCase) => {
        const { fault } = faultCase;
        simulator.faults.add({
          on,
          fault: fault.kind === 'redirect' ? { ...fault, location: elsewhere.url } : fault,
        });
        const first = await launch();
        expectTruth(first, simulator);
        if (mustSucceed(faultCase, on)) expect(first.error).toBeUndefined();

        const second = await launch();
        expectTruth(second, simulator);
        clock.advance(LATER_MS);
        const third = await launch();
        expectTruth(third, simulator);

        expect(third.error).toBeUndefined();
        expect(startedTimes(simulator)).toEqual([1]);
        const texts = [first, second, third].map((one) =>
          inspect(one, { depth: Infinity, showHidden: true }),
        );
        const unnamed = simulator.campaigns.filter(
          ({ id }) => !isNamed(id, [first, second, third]),
        );
        expect(unnamed).toEqual([]);
        expectNoKey([...texts, ...simulator.storageRequests.map((one) => inspect(one))], simulator);
        expect(elsewhere.received).toEqual([]);
      },
    );
  });
}

/** Whether the first launch must succeed: a request that does not dial is repeated, and a lost start is found. */
function mustSucceed({ answer, passes }: FaultCase, on: FaultTarget): boolean {
  if (answer === 'accepted') return true;
  return answer === 'lost' && (passes || on === 'startCampaign');
}

function startedTimes({ campaigns }: Simulator): number[] {
  return campaigns.map(({ startedTimes: times }) => times).filter((times) => times > 0);
}

/** At most one campaign runs, and the user was told of it. No contact is in two campaigns that run. */
function expectTruth({ result, error }: Outcome, simulator: Simulator): void {
  const started = simulator.campaigns.filter(({ startedTimes: times }) => times > 0);
  expect(started.map(({ startedTimes: times }) => times)).toEqual(started.length === 0 ? [] : [1]);
  if (result !== undefined) {
    expect(result.map(({ campaign_id: id }) => id)).toEqual(started.map(({ id }) => id));
    return;
  }
  expect(error?.message).toMatch(/\S/);
  expect(error?.hint).toMatch(/\S/);
  expect(error?.retryable === true && error.callPlaced === 'unknown').toBe(false);
  if (started.length > 0) expect(error?.callPlaced).toBe('unknown');
  for (const { id } of started) expect(error?.fullMessage).toContain(`campaign ${String(id)}`);
}

function isNamed(id: number, outcomes: readonly Outcome[]): boolean {
  return outcomes.some(
    ({ result, error }) =>
      result?.some(
        ({ campaign_id: own, never_started_campaigns: others }) =>
          own === id || others.includes(id),
      ) === true || error?.fullMessage.includes(String(id)) === true,
  );
}

function expectNoKey(texts: readonly string[], { world }: Simulator): void {
  for (const text of texts) expect(text).not.toContain(world.acme.apiKey);
}
