import type { Run, Simulator } from '../../../tools/simulator';
import { act, launch } from '../../../tools/simulator/campaigns/campaign-caller';
import { choicesIn, openDropdown } from '../dropdown';
import { fieldsIn, type Field, type Located } from '../../../tools/hosts/zapier/submission';
import { runInZapier, type ZapierRun } from '../../../tools/hosts/zapier/runtime';
import { connectionTo, outputOf } from '../../../tools/hosts/zapier/step';

type Input = Readonly<Record<string, unknown>>;

const HOUR_MS = 3_600_000;

/** A simulator with a finished call, a finished campaign, and a paused one with nobody left to call. */
export interface Surroundings {
  readonly simulator: Simulator;
  readonly run: Run;
  /** The ID of the paused campaign. */
  readonly campaign: number;
}

export async function withHistory(simulator: Simulator): Promise<Surroundings> {
  // Campaigns can use this agent.
  const agent = simulator.world.agents.triggerOnlyInDraft;
  const csv = `phone_number,customer_name\n+14155550150,Ann`;
  const list = { csv, body: { workflow_id: agent.id } };
  simulator.runBatch(await launch(simulator, list));
  simulator.advance(3 * HOUR_MS);
  const campaign = await launch(simulator, list);
  simulator.runBatch(campaign);
  await act(simulator, campaign, 'pause');
  const createdAt = new Date(Date.now() - HOUR_MS).toISOString();
  return { simulator, run: simulator.addRun({ agent, createdAt }), campaign };
}

type Known = Readonly<Record<string, string | number>>;

/** Values that exist in the simulator, by the keys of fields. */
function knownValues({ simulator: { world }, run, campaign }: Surroundings): Known {
  return {
    agent: run.agentUuid,
    phone_number: run.phoneNumber,
    run_id: run.runId,
    campaign,
    disposition: run.disposition ?? '',
    telephony_configuration_id: world.telephony.acmeMain.id,
    file: `phone_number,customer_name\n${run.phoneNumber},Ann`,
    from_phone_number_id: world.phoneNumbers.acmeReception.id,
  };
}

/** Values that do not exist in the simulator, by the keys of fields. */
const ABSENT: Input = { run_id: 987_654, campaign: 987_654, phone_number: '+14155550199' };

const BY_TYPE: Input = { integer: 3, number: 2.5, boolean: true, datetime: '2026-03-01T09:30:00Z' };

/**
 * Fills in the fields of a step: values that exist in the simulator, the first of fixed choices, and any value
 * for the agent's variables and for other required fields.
 */
export async function inputFor(step: Located, surroundings: Surroundings): Promise<Input> {
  const { simulator } = surroundings;
  const known = knownValues(surroundings);
  const input: Record<string, unknown> = {};
  const connected = (): ZapierRun => ({ authData: connectionTo(simulator), inputData: input });
  // Dynamic fields may depend on the values of the fields before them.
  for (const field of fieldsIn(step.operation.inputFields)) {
    Object.assign(input, await filled(field, known, connected()));
  }
  const fields = outputOf(await runInZapier(`${step.path}.operation.inputFields`, connected()));
  for (const field of fieldsIn(fields as unknown as Field[])) {
    if (!(field.key in input)) Object.assign(input, await filled(field, known, connected()));
  }
  return input;
}

/** Changes the input of a search so that it finds nothing. */
export function toMiss(input: Input): Input {
  const absent = Object.entries(ABSENT).filter(([key]) => key in input);
  if (absent.length === 0) throw new Error('Add a value to ABSENT that this search cannot find.');
  return { ...input, ...Object.fromEntries(absent) };
}

async function filled({ key, ...field }: Field, known: Known, run: ZapierRun): Promise<Input> {
  if (field.dynamic !== undefined) {
    const value = await choose(field.dynamic, known[key], run);
    return value === undefined ? {} : { [key]: value };
  }
  if (key in known) return { [key]: known[key] };
  if (key.startsWith('variable$')) return { [key]: 'Ann' };
  if (field.required !== true) return {};
  const [choice]: unknown[] = Object.values(field.choices ?? {});
  if (typeof choice === 'object' && choice !== null && 'value' in choice) {
    return { [key]: choice.value };
  }
  return { [key]: choice ?? BY_TYPE[field.type ?? 'string'] ?? 'Ann' };
}

/** @throws Error when the dropdown does not offer the wanted value */
async function choose(
  dynamic: string,
  wanted: string | number | undefined,
  run: ZapierRun,
): Promise<unknown> {
  const values = choicesIn(dynamic, await openDropdown(dynamic, run)).map(({ value }) => value);
  if (wanted === undefined) return values[0];
  const chosen = values.find((value) => String(value) === String(wanted));
  if (chosen === undefined) throw new Error(`${dynamic} does not offer ${wanted}.`);
  return chosen;
}
