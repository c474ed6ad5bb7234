import type { ContactInput, DograhClient, LaunchedCampaign, LaunchInput } from '@dograh/shared';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { clientTo } from '../../tools/support/client-to';
import { DrivenClock } from './clocks';
import { TUESDAY } from './rules';

/** A launch with defaults that work. */
export type TestLaunch = Partial<Omit<LaunchInput, 'contacts'>> & {
  /** How many contacts, or which. Default: 3. */
  readonly contacts?: number | Iterable<ContactInput>;
};

interface ClientOptions {
  readonly operationMs?: number;
  /** Runs after each response. */
  readonly onAnswer?: () => void;
}

interface LaunchOptions extends ClientOptions {
  readonly signal?: AbortSignal;
}

/** A simulated Dograh and clients that have the same clock. Time passes only in sleeps. */
export interface CampaignWorld {
  readonly simulator: Simulator;
  readonly clock: DrivenClock;
  /** Begins again with an empty Dograh. @param onSleep happens during a sleep */
  reset(time?: number, onSleep?: () => void | Promise<void>): void;
  /** A client of its own, like another process. */
  connect(options?: ClientOptions): DograhClient;
  launch(launch?: TestLaunch, options?: LaunchOptions): Promise<readonly LaunchedCampaign[]>;
  /** The uploaded files, in order. */
  files(): unknown[];
  /** The requests to Dograh, e.g. `POST /campaign/create`, in order. */
  requests(): string[];
}

export async function startCampaignWorld(): Promise<CampaignWorld> {
  let clock = new DrivenClock(0, undefined, TUESDAY);
  const simulator = await startSimulator({
    clockOffsetMs: () => clock.now() - Date.now(),
    dialMs: 1,
    ringMs: 1,
    callDurationMs: 1,
  });
  const connect = (options: ClientOptions = {}): DograhClient =>
    clientTo(simulator.url, { apiKey: simulator.world.acme.apiKey, clock, ...options });
  return {
    simulator,
    get clock() {
      return clock;
    },
    reset(time = TUESDAY, onSleep) {
      simulator.reset();
      clock = new DrivenClock(0, onSleep, time);
    },
    connect,
    launch: async (launch = {}, { signal, ...options } = {}) =>
      connect(options).launchCampaign(launchInput(simulator, launch), signal),
    files: () =>
      simulator.storageRequests.filter(({ method }) => method === 'PUT').map(({ body }) => body),
    requests: () => simulator.requests.map(({ method, path }) => `${method} ${shortPath(path)}`),
  };
}

/** The input of a launch. Its agent needs `customer_name`. */
export function launchInput(simulator: Simulator, launch: TestLaunch = {}): LaunchInput {
  const { contacts = 3, ...input } = launch;
  return {
    name: 'Spring',
    reference: 'spring-2026',
    agent: { by: 'agentUuid', value: simulator.world.agents.triggerOnlyInDraft.uuid },
    nameOfContact: (index) => `Item ${index}`,
    ...input,
    contacts: typeof contacts === 'number' ? someContacts(contacts) : contacts,
  };
}

/** People in New York with different numbers. */
export function someContacts(count: number, from = 0): ContactInput[] {
  return Array.from({ length: count }, (_, index) => contact(numberOf(from + index)));
}

export function contact(
  phoneNumber: string,
  variables: Record<string, unknown> = {},
): ContactInput {
  return {
    phoneNumber,
    context: { mapped: { customer_name: 'Ada', ...variables } },
  };
}

/** A different valid number for each index below 79,000. */
export function numberOf(index: number): string {
  return `+1212${2_000_000 + index * 101}`;
}

function shortPath(path: string): string {
  return path.replace(/^\/api\/v1/, '').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…');
}
