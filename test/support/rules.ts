import type {
  CallInput,
  CallResult,
  CallingRulesInput,
  DograhClient,
  NumberCheck,
  NumberCheckInput,
} from '@dograh/shared';
import type { PlaceCallOptions } from '../../shared/src/place-call/prepared-call';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { clientTo } from '../../tools/support/client-to';
import { DrivenClock } from './clocks';

/** In Berlin. */
export const NUMBER = '+4930123456';
/** A Tuesday, 11:00 in Berlin. */
export const TUESDAY = Date.parse('2026-12-01T10:00:00Z');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const OFFICE_HOURS = { from: '09:00', to: '20:00' };

/** A clock with which no call gives up waiting for another call. */
class PatientClock extends DrivenClock {
  override sleep(ms: number): Promise<void> {
    return ms > MINUTE ? new Promise(() => undefined) : super.sleep(ms);
  }
}

export interface RuledCall extends PlaceCallOptions {
  readonly input?: Partial<CallInput>;
  /** Runs after each response. */
  readonly onAnswer?: (() => void) | undefined;
}

/** A simulated Dograh and a client that have the same clock, which a test sets. */
export interface World {
  readonly simulator: Simulator;
  readonly clock: DrivenClock;
  /** Begins again with an empty Dograh. @param onSleep happens during a sleep */
  reset(time?: number, onSleep?: () => void | Promise<void>): void;
  place(rules: CallingRulesInput, call?: RuledCall): Promise<CallResult>;
  /** What Check Number says. */
  check(rules: CallingRulesInput, input?: Partial<NumberCheckInput>): Promise<NumberCheck>;
  /** `GET` for the list of runs and `POST` for a call, in order. */
  requests(): string[];
  /** Adds an earlier call to a number. */
  called(hoursAgo: number, past?: Parameters<Simulator['addRun']>[0]): void;
}

export async function startWorld(): Promise<World> {
  let clock = new PatientClock(0, undefined, TUESDAY);
  const clockOffsetMs = (): number => clock.now() - Date.now();
  const simulator = await startSimulator({
    clockOffsetMs,
    dialMs: 1,
    ringMs: 1,
    callDurationMs: 1,
  });
  const connect = (onAnswer?: () => void): DograhClient => {
    const { apiKey } = simulator.world.acme;
    return clientTo(simulator.url, { apiKey, clock, timeoutMs: 5 * MINUTE, onAnswer });
  };
  return {
    simulator,
    get clock() {
      return clock;
    },
    reset(time = TUESDAY, onSleep) {
      simulator.reset();
      clock = new PatientClock(0, onSleep, time);
    },
    // Also wrong input makes the promise reject.
    async place(callingRules, { input = {}, onAnswer, ...options } = {}) {
      const call = connect(onAnswer).prepare({
        agent: { by: 'triggerId', value: 'lead-qualifier' },
        phoneNumber: NUMBER,
        requireVariables: false,
        callingRules,
        ...input,
      });
      return call.place(options);
    },
    check: async (callingRules, input = {}) =>
      connect().checkNumber({ phoneNumber: NUMBER, callingRules, ...input }),
    requests: () => simulator.requests.map(({ method }) => method),
    called(hoursAgo, past = {}) {
      const createdAt = new Date(clock.now() - hoursAgo * HOUR).toISOString();
      simulator.addRun({ phoneNumber: NUMBER, createdAt, ...past });
    },
  };
}
