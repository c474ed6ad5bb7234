import { setImmediate } from 'node:timers/promises';
import {
  DograhClient,
  DograhError,
  parseCredentials,
  type Clock,
  type LaunchedCampaign,
  type Transport,
  type TransportRequest,
} from '@dograh/shared';
import { axiosTransport } from '@dograh/shared/axios-transport';
import { startSimulator, type Simulator } from '../../../tools/simulator';
import { launchInput } from '../../support/campaigns';
import { TUESDAY } from '../../support/rules';

/**
 * Two programs launch the same reference. Their requests reach Dograh in every possible order, and time passes only when
 * the test lets it pass. Each request is one transaction of Dograh, and no transaction lasts longer than a sleep.
 */

/** A step of a launch that waits until the test lets it happen. */
interface Step {
  readonly name: string;
  /** When a sleep ends, or when a request happens at the latest, in milliseconds since 1970. */
  readonly until: number;
  readonly happen: () => void;
}

let simulator: Simulator;
let time = TUESDAY;

beforeAll(async () => {
  simulator = await startSimulator({ clockOffsetMs: () => time - Date.now() });
});
afterAll(() => simulator.stop());

/** A request reaches Dograh within this time. */
const TIME_LIMIT_MS = 10_000;

/** One program that launches. */
class Program {
  step: Step | undefined;
  outcome: readonly LaunchedCampaign[] | DograhError | undefined;

  /** @param loses the names of requests whose first response is lost */
  constructor(private readonly loses: readonly string[]) {}

  launch(reference: string): void {
    const credentials = parseCredentials(
      { apiKey: simulator.world.acme.apiKey, baseUrl: simulator.url },
      'private',
    );
    const transport = this.gated(axiosTransport(credentials.apiKey));
    const client = new DograhClient({ ...credentials, transport, clock: this.clock() });
    client.launchCampaign(launchInput(simulator, { reference, contacts: 2 })).then(
      (result) => (this.outcome = result),
      (error: unknown) => {
        if (!(error instanceof DograhError)) throw error;
        this.outcome = error;
      },
    );
  }

  private gated(transport: Transport): Transport {
    const lost = new Set(this.loses);
    // Nothing is decided by the first look at the list, and by the search for a campaign whose response was lost.
    let looks = 1;
    return {
      send: async (request) => {
        const name = nameOf(request);
        if (name === 'list' && looks > 0) {
          looks -= 1;
          return transport.send(request);
        }
        if (name !== undefined) await this.until({ name, until: time + TIME_LIMIT_MS });
        if (name !== undefined && lost.delete(name)) {
          if (name === 'create') looks += 1;
          simulator.faults.add({
            on: name === 'create' ? 'createCampaign' : 'startCampaign',
            fault: { kind: 'reset', callPlaced: true, moment: 'after-placing' },
          });
        }
        return transport.send(request);
      },
    };
  }

  private clock(): Clock {
    return {
      now: () => time,
      random: () => 0,
      uuid: () => crypto.randomUUID(),
      sleep: (ms) => this.until({ name: 'sleep', until: time + ms }),
    };
  }

  private until(step: Omit<Step, 'happen'>): Promise<void> {
    return new Promise((resolve) => {
      this.step = {
        ...step,
        happen: () => {
          this.step = undefined;
          if (step.name === 'sleep') time = Math.max(time, step.until);
          resolve();
        },
      };
    });
  }

  /** Resolves when this program waits for the test, or is done. */
  async isStill(): Promise<void> {
    while (this.step === undefined && this.outcome === undefined) await setImmediate();
  }
}

/** The requests whose order matters. */
function nameOf({ method, url }: TransportRequest): string | undefined {
  const { pathname } = new URL(url);
  if (method === 'GET') return pathname.endsWith('/campaign/') ? 'list' : undefined;
  if (pathname.endsWith('/create')) return 'create';
  return pathname.endsWith('/start') ? 'start' : undefined;
}

/** Lets the programs happen in one order. @returns the number of possible steps at each point */
async function run(programs: readonly Program[], order: readonly number[]): Promise<number[]> {
  const widths: number[] = [];
  for (const program of programs) program.launch('spring');
  for (let at = 0; ; at += 1) {
    for (const program of programs) await program.isStill();
    const steps = programs.flatMap(({ step }) => step ?? []);
    if (steps.length === 0) return widths;
    const first = Math.min(...steps.map(({ until }) => until));
    // A sleep ends only when nothing else had to happen before.
    const possible = steps.filter(({ name, until }) => name !== 'sleep' || until === first);
    possible[order[at] ?? 0]?.happen();
    widths.push(possible.length);
  }
}

/** The next order of a search through all orders. Undefined after the last one. */
function nextOrder(order: readonly number[], widths: readonly number[]): number[] | undefined {
  const full = widths.map((_, at) => order[at] ?? 0);
  for (let at = full.length - 1; at >= 0; at -= 1) {
    const choice = full[at] ?? 0;
    if (choice + 1 < (widths[at] ?? 0)) return [...full.slice(0, at), choice + 1];
  }
  return undefined;
}

function expectOneLaunch(programs: readonly Program[], order: string): void {
  const started = simulator.campaigns.filter(({ startedTimes }) => startedTimes > 0);
  const told = programs.flatMap(({ outcome }) => {
    if (outcome === undefined || outcome instanceof DograhError) return [String(outcome)];
    return outcome.map(({ campaign_id: id }) => `campaign ${String(id)}`);
  });
  const named = JSON.stringify(programs.map(({ outcome }) => outcome));
  const unused = simulator.campaigns.filter(({ startedTimes }) => startedTimes === 0);
  expect({
    order,
    started: started.map(({ startedTimes }) => startedTimes),
    told,
    unnamed: unused.filter(({ id }) => !named.includes(String(id))).map(({ id }) => id),
  }).toEqual({
    order,
    started: [1],
    told: programs.map(() => `campaign ${String(started[0]?.id)}`),
    unnamed: [],
  });
}

describe('two launches of the same reference at once', () => {
  it.each([
    ['no response is lost', [], []],
    ['one response to create is lost', ['create'], []],
    ['one response to start is lost', ['start'], []],
    ['both responses to start are lost', ['start'], ['start']],
  ])('start one campaign in every order if %s', async (_name, first, second) => {
    let order: number[] | undefined = [];
    let orders = 0;
    while (order !== undefined) {
      simulator.reset();
      time = TUESDAY;
      const programs = [new Program(first), new Program(second)];
      const widths = await run(programs, order);
      expectOneLaunch(programs, order.join(''));
      order = nextOrder(order, widths);
      orders += 1;
    }
    expect(orders).toBeGreaterThan(100);
  });
});
