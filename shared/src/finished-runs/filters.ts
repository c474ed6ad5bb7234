import { NUMBER_IN_DASHBOARD } from '../agents/agent-reference';
import { listAgentIds } from '../agents/list-agents';
import { isAgentPage } from '../connection/dashboard-page';
import type { Session } from '../connection/session';
import { inputError } from '../errors/input-error';
import { quote } from '../errors/quote';
import { isBlank } from '../input/blank';
import { parseChoice } from '../input/choice';
import { parseList } from '../input/list';
import type { RunResult } from '../runs/call-result';
import { isChannelWanted } from '../runs/channel';
import { hasDisposition } from '../runs/has-disposition';
import { resultOfListedRun, type ListedRun } from '../runs/listed-run';
import { CALL_OUTCOMES, isOutcome, type CallOutcome } from '../runs/outcome';
import { parseDirection, parseIncludeWebAndChat } from '../runs/run-search';
import { isRecord, type Fields } from '../transport/answer';

/** The filters as the user entered them. An empty one matches every run. */
export interface FinishedRunFilters {
  /** Agent UUIDs: a list, or a text with commas. */
  readonly agents?: unknown;
  /** `inbound` or `outbound`. */
  readonly direction?: unknown;
  /** A list, or a text with commas. Case does not count. */
  readonly dispositions?: unknown;
  /** Values of {@link CALL_OUTCOMES}: a list, or a text with commas. */
  readonly outcomes?: unknown;
  /** `completed` or `failed`, as in the result. */
  readonly status?: unknown;
  /** Whether to include tests in a browser and text chats. Default: no. */
  readonly includeWebAndChat?: unknown;
  /** The labels of the form, if they differ from {@link DEFAULT_LABELS}. */
  readonly labels?: Partial<typeof DEFAULT_LABELS>;
}

const DEFAULT_LABELS = { agents: 'Agent', dispositions: 'Disposition', outcomes: 'Outcome' };

/** The parsed filters. A run must match all of them. Hosts store them: the keys must never change. */
export interface RunCriteria {
  /** Dograh's numbers of agents by Agent UUID. Empty means all agents. */
  readonly agents: Readonly<Record<string, number>>;
  readonly direction: 'inbound' | 'outbound' | null;
  readonly dispositions: readonly string[];
  readonly outcomes: readonly CallOutcome[];
  readonly status: 'completed' | 'failed' | null;
  /** Without tests in a browser and text chats. */
  readonly onlyPhoneCalls: boolean;
}

const OUTCOMES = CALL_OUTCOMES.map(({ value }) => value);

/**
 * @param known agents of an earlier poll, which need no request
 * @throws InvalidInputError; DograhError if the agents cannot be read
 */
export async function readCriteria(
  filters: FinishedRunFilters,
  known: RunCriteria['agents'],
  session: Session,
): Promise<RunCriteria> {
  const direction = isBlank(filters.direction) ? null : parseDirection(filters.direction);
  const status = isBlank(filters.status)
    ? null
    : parseChoice('Status', filters.status, ['completed', 'failed']);
  const labels = { ...DEFAULT_LABELS, ...filters.labels };
  const dispositions = parseList(filters.dispositions, labels.dispositions);
  const outcomes = parseList(filters.outcomes, labels.outcomes).map((text) =>
    parseChoice(labels.outcomes, text, OUTCOMES),
  );
  const agents = await readAgentIds(parseList(filters.agents, labels.agents), known, session);
  const onlyPhoneCalls = !parseIncludeWebAndChat(filters.includeWebAndChat);
  return { agents, direction, dispositions, outcomes, status, onlyPhoneCalls };
}

/** The stored criteria; undefined for anything else. */
export function parseCriteria(value: unknown): RunCriteria | undefined {
  const criteria: Fields<RunCriteria> = isRecord(value) ? value : {};
  const { agents, direction, dispositions, outcomes, status, onlyPhoneCalls = false } = criteria;
  const isValid =
    isRecord(agents) &&
    Object.values(agents).every((id) => typeof id === 'number') &&
    (direction === null || direction === 'inbound' || direction === 'outbound') &&
    Array.isArray(dispositions) &&
    dispositions.every((disposition) => typeof disposition === 'string') &&
    Array.isArray(outcomes) &&
    outcomes.every(isOutcome) &&
    (status === null || status === 'completed' || status === 'failed') &&
    typeof onlyPhoneCalls === 'boolean';
  if (!isValid) return undefined;
  return {
    agents: { ...(agents as Record<string, number>) },
    direction,
    dispositions: [...dispositions],
    outcomes: [...outcomes],
    status,
    onlyPhoneCalls,
  };
}

/** Whether a finished run matches the criteria. */
export function matches(
  criteria: RunCriteria,
  run: ListedRun,
  result: RunResult = resultOfListedRun(run),
): boolean {
  const { agents, direction, dispositions, outcomes, status } = criteria;
  const agentIds = Object.values(agents);
  return (
    (agentIds.length === 0 || (run.workflowId !== null && agentIds.includes(run.workflowId))) &&
    isChannelWanted(criteria, run) &&
    (direction === null || (direction === 'inbound') === run.isInbound) &&
    hasDisposition(dispositions, run) &&
    (outcomes.length === 0 || (result.outcome !== null && outcomes.includes(result.outcome))) &&
    (status === null || status === result.status)
  );
}

async function readAgentIds(
  uuids: readonly string[],
  known: RunCriteria['agents'],
  session: Session,
): Promise<Record<string, number>> {
  const isKnown = uuids.every((uuid) => Object.hasOwn(known, uuid));
  const listed = isKnown ? [] : await listAgentIds(session);
  const ids = new Map([...Object.entries(known), ...listed]);
  return Object.fromEntries(
    uuids.map((uuid) => {
      const id = ids.get(uuid);
      if (id !== undefined) return [uuid, id];
      const isFromDashboard = /^\d+$/.test(uuid) || isAgentPage(uuid);
      throw inputError(
        `There is no agent with the Agent UUID ${quote(uuid)} in the organization of this API key.`,
        `Choose the agents again.${isFromDashboard ? ` ${NUMBER_IN_DASHBOARD}` : ''}`,
      );
    }),
  );
}
