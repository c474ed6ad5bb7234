import { agentNumbers } from '../agents/list-agents';
import { isBlank } from '../input/blank';
import { quote } from '../errors/quote';
import { isRecord, type Fields } from '../transport/answer';
import { inputError } from '../errors/input-error';
import type { Session } from '../connection/session';
import type { CallResult } from '../runs/call-result';
import { CALL_OUTCOMES, isOutcome, type CallOutcome } from '../runs/outcome';
import { resultOfListedRun, type ListedRun } from '../runs/listed-run';

/** As a user gives them; what is left out or empty lets every run through. */
export interface FinishedRunFilters {
  /** Agent UUIDs. */
  readonly agents?: unknown;
  /** `inbound` or `outbound`. */
  readonly direction?: unknown;
  /** A list, or a text with commas in between. Case does not count. */
  readonly dispositions?: unknown;
  /** As in the result: a list, or a text with commas in between. */
  readonly outcomes?: unknown;
  /** `completed` or `failed`, as in the result. */
  readonly status?: unknown;
}

/** The same, checked. All of them hold. */
export interface RunCriteria {
  /** By Agent UUID the agent's number, by which a run names it. None stands for all agents. */
  readonly agents: Readonly<Record<string, number>>;
  readonly direction: 'inbound' | 'outbound' | null;
  readonly dispositions: readonly string[];
  readonly outcomes: readonly CallOutcome[];
  readonly status: 'completed' | 'failed' | null;
}

/**
 * @param known agents that were asked for before: one that was archived meanwhile is in no list any more
 * @throws InvalidInputError, or DograhError where the agents cannot be read
 */
export async function readCriteria(
  filters: FinishedRunFilters,
  known: RunCriteria['agents'],
  session: Session,
): Promise<RunCriteria> {
  const direction = oneOf(['inbound', 'outbound'] as const, filters.direction, 'direction');
  const status = oneOf(['completed', 'failed'] as const, filters.status, 'status');
  const dispositions = textsIn(filters.dispositions, 'dispositions');
  const outcomes = textsIn(filters.outcomes, 'outcomes').map(parseOutcome);
  const uuids = textsIn(filters.agents, 'agents');
  const agents = await numbersOf(uuids, known, session);
  return { agents, direction, dispositions, outcomes, status };
}

/** The criteria as they were stored; undefined for anything else. */
export function parseCriteria(value: unknown): RunCriteria | undefined {
  const criteria: Fields<RunCriteria> = isRecord(value) ? value : {};
  const { agents, direction, dispositions, outcomes, status } = criteria;
  const isRight =
    isRecord(agents) &&
    Object.values(agents).every((id) => typeof id === 'number') &&
    (direction === null || direction === 'inbound' || direction === 'outbound') &&
    Array.isArray(dispositions) &&
    dispositions.every((disposition) => typeof disposition === 'string') &&
    Array.isArray(outcomes) &&
    outcomes.every(isOutcome) &&
    (status === null || status === 'completed' || status === 'failed');
  if (!isRight) return undefined;
  return {
    agents: { ...(agents as Record<string, number>) },
    direction,
    dispositions: [...dispositions],
    outcomes: [...outcomes],
    status,
  };
}

/** Whether the criteria let a finished run through. */
export function letsThrough(
  { agents, direction, dispositions, outcomes, status }: RunCriteria,
  run: ListedRun,
  result: CallResult = resultOfListedRun(run),
): boolean {
  const numbers = Object.values(agents);
  const disposition = result.disposition?.toLowerCase() ?? '';
  return (
    (numbers.length === 0 || (run.workflowId !== null && numbers.includes(run.workflowId))) &&
    (direction === null || (direction === 'inbound') === run.isInbound) &&
    (dispositions.length === 0 || dispositions.includes(disposition)) &&
    (outcomes.length === 0 || (result.outcome !== null && outcomes.includes(result.outcome))) &&
    (status === null || status === result.status)
  );
}

async function numbersOf(
  uuids: readonly string[],
  known: RunCriteria['agents'],
  session: Session,
): Promise<Record<string, number>> {
  const isKnown = uuids.every((uuid) => Object.hasOwn(known, uuid));
  const listed = isKnown ? [] : await agentNumbers(session);
  const numbers = new Map([...Object.entries(known), ...listed]);
  return Object.fromEntries(
    uuids.map((uuid) => {
      const number = numbers.get(uuid);
      if (number !== undefined) return [uuid, number];
      throw inputError(
        `There is no agent with the Agent UUID ${quote(uuid)} in the organization of this API key.`,
        'Choose the agents again.',
      );
    }),
  );
}

function oneOf<T extends string>(allowed: readonly T[], value: unknown, name: string): T | null {
  if (isBlank(value)) return null;
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  throw inputError(`${quote(value)} is not a ${name} of a call.`, `Use ${allowed.join(' or ')}.`);
}

function parseOutcome(text: string): CallOutcome {
  if (isOutcome(text)) return text;
  throw inputError(
    `${quote(text)} is not an outcome of a call.`,
    `Use ${CALL_OUTCOMES.map(({ value }) => value).join(', ')}.`,
  );
}

/** Trimmed, in small letters, each once. */
function textsIn(value: unknown, name: string): string[] {
  if (isBlank(value)) return [];
  const listed: unknown[] | undefined =
    typeof value === 'string' ? value.split(/[,;\n]/) : undefined;
  const given = Array.isArray(value) ? (value as unknown[]) : listed;
  if (given?.every((text) => typeof text === 'string') !== true) {
    throw inputError(`The ${name} are not a list of texts.`, 'Separate them by commas.');
  }
  const texts = given.map((text) => text.trim().toLowerCase());
  return [...new Set(texts)].filter((text) => text !== '');
}
