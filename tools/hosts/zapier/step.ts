import type { Simulator } from '../../simulator';
import { runInZapier, type ZapierOutcome } from './runtime';

/** Changes to a step that calls with the simulator's Lead Qualifier agent, and does not require its variables. */
export interface Step {
  readonly authData?: Readonly<Record<string, string>>;
  readonly inputData?: Readonly<Record<string, unknown>>;
  readonly inputDataRaw?: Readonly<Record<string, unknown>>;
}

export function runStep(simulator: Simulator, changes: Step = {}): Promise<ZapierOutcome> {
  return runInZapier('creates.trigger_call.operation.perform', {
    authData: { ...connectionTo(simulator), ...changes.authData },
    inputData: {
      api_trigger: 'lead-qualifier',
      phone_number: '+14155550123',
      require_variables: 'no',
      ...changes.inputData,
    },
    inputDataRaw: changes.inputDataRaw ?? {},
  });
}

export function connectionTo(simulator: Simulator): { api_key: string; base_url: string } {
  return { api_key: simulator.world.acme.apiKey, base_url: simulator.url };
}

export function outputOf(outcome: ZapierOutcome): Record<string, unknown> {
  if (!outcome.ok) throw outcome.error;
  return outcome.output;
}

export function errorOf(outcome: ZapierOutcome): Error {
  if (!outcome.ok) return outcome.error;
  throw new Error(`The step succeeded with ${JSON.stringify(outcome.output)}`);
}

/** The runs that a trigger or a search returns. */
export function runsOf(outcome: ZapierOutcome): readonly Record<string, unknown>[] {
  return outputOf(outcome) as unknown as readonly Record<string, unknown>[];
}
