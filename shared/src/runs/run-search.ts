import { isBlank } from '../input/blank';
import { quote } from '../errors/quote';
import { inputError } from '../errors/input-error';
import { parseCallReference } from '../variables/call-reference';
import { parseRunId } from './read-run';
import { parseLimit } from '../input/limit';
import { parseAgentUuid } from '../agents/agent-reference';

/** Which runs a user wants, as it was typed or mapped. What is empty lets every run through. */
export interface RunSearchInput {
  /** Of the one run that is wanted, if the rest fits it, too. */
  readonly runId?: unknown;
  readonly agentUuid?: unknown;
  /** Of the other party: who was called, and of an inbound call who called. */
  readonly phoneNumber?: unknown;
  /** The user's own ID of the call. Looked for among the newest 2,000 runs that the rest lets through. */
  readonly callReference?: unknown;
  /** On the creation of the run. A text without a zone is in UTC. */
  readonly startDate?: unknown;
  readonly endDate?: unknown;
  readonly disposition?: unknown;
  readonly direction?: unknown;
  /** All of them where it is left out. */
  readonly limit?: unknown;
}

export interface RunSearch {
  readonly runId: number | undefined;
  readonly agentUuid: string | undefined;
  readonly phoneNumber: string | undefined;
  readonly callReference: string | undefined;
  /** Milliseconds since 1970. */
  readonly since: number | undefined;
  readonly until: number | undefined;
  /** One of them, in lower case; none lets every run through. */
  readonly dispositions: readonly string[];
  readonly direction: 'inbound' | 'outbound' | undefined;
  readonly limit: number;
}

/** @throws InvalidInputError */
export function parseRunSearch(input: RunSearchInput): RunSearch {
  const agentUuid = textOf(input.agentUuid);
  const since = parseTime(input.startDate, 'start');
  const until = parseTime(input.endDate, 'end');
  if (since !== undefined && until !== undefined && since > until) {
    throw inputError(
      'The start date is after the end date.',
      'They are reversed, or one of them is wrong: give the earlier one as the start.',
    );
  }
  const runId = textOf(input.runId);
  const callReference = textOf(input.callReference);
  return {
    runId: runId === undefined ? undefined : parseRunId(runId),
    agentUuid: agentUuid === undefined ? undefined : parseAgentUuid(agentUuid),
    phoneNumber: plainNumber(textOf(input.phoneNumber)),
    callReference: callReference === undefined ? undefined : parseCallReference(callReference),
    since,
    until,
    dispositions: (textOf(input.disposition) ?? '')
      .toLowerCase()
      .split(/[,;\n]/)
      .map((text) => text.trim())
      .filter((text) => text !== ''),
    direction: parseDirection(textOf(input.direction)),
    limit: parseLimit(input.limit),
  };
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') {
    throw inputError(
      `${quote(value)} is nothing to look for runs by.`,
      'Give a text in each filter.',
    );
  }
  return text.trim() === '' ? undefined : text.trim();
}

/** What people paste: with marks that nobody sees, dashes of all lengths, `tel:`, `00` for `+`, and `(0)`. */
function plainNumber(text: string | undefined): string | undefined {
  return text
    ?.replace(/[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, '')
    .replace(/[\u2010-\u2015\u2212/]/g, '-')
    .replace(/^tel:/i, '')
    .replace(/^(\+[^(]*)\(0\)/, '$1')
    .replace(/^00/, '+')
    .trim();
}

/** A year of four digits, for other ones Dograh cannot read. */
const TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d:?\d\d)?)?$/i;

function parseTime(value: unknown, which: 'start' | 'end'): number | undefined {
  const text =
    value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value;
  if (isBlank(text)) return undefined;
  const wholeDay = which === 'start' ? '00:00' : '23:59:59.999';
  const [, date = '', time = wholeDay, zone = 'Z'] =
    TIME.exec(typeof text === 'string' ? text.trim() : '') ?? [];
  const parsed = Date.parse(`${date}T${time}${zone.toUpperCase()}`);
  if (!Number.isNaN(parsed) && isRealDay(date)) return parsed;
  throw inputError(
    `${quote(value)} is not a date to ${which} at.`,
    'Use a date, e.g. 2026-08-31, or a time, e.g. 2026-08-31T09:30:00Z.',
  );
}

/** JavaScript takes 30 February for a day in March. */
function isRealDay(date: string): boolean {
  const day = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
}

function parseDirection(text: string | undefined): RunSearch['direction'] {
  if (text === undefined || text === 'inbound' || text === 'outbound') return text;
  throw inputError(`${quote(text)} is not a direction of calls.`, 'Use inbound or outbound.');
}
