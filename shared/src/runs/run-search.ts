import { parseNameInForm } from '../agents/agent-name';
import { parseAgentUuid } from '../agents/agent-reference';
import { inputError } from '../errors/input-error';
import { isBlank } from '../input/blank';
import { parseChoice } from '../input/choice';
import { parseLimit, type LimitInput } from '../input/limit';
import { parseList } from '../input/list';
import { parsePhoneNumber, type PhoneNumberRules } from '../input/phone-number';
import { assertStorableText } from '../input/storable-text';
import { cleanValue } from '../input/text';
import { wrongValueError } from '../input/wrong-value';
import { parseYesOrNo } from '../input/yes-or-no';
import { parseCallReference } from '../variables/call-reference';
import { parseRunId } from './read-run';

/** The filters as the user entered them. An empty one matches every run. */
export interface RunSearchInput extends LimitInput {
  readonly runId?: unknown;
  readonly agentUuid?: unknown;
  /** The name of that agent in the form, for messages. */
  readonly agentName?: unknown;
  /** The number of the other party: the called number, or the caller's number of an inbound call. */
  readonly phoneNumber?: unknown;
  /** How to read `phoneNumber`, as for a call. */
  readonly phoneNumberRules?: PhoneNumberRules | undefined;
  /** The user's own ID of the call. It is searched in the newest 2,000 runs that match the other filters. */
  readonly callReference?: unknown;
  /** Start of the time in which the run was created. A text without a zone is in UTC. */
  readonly startDate?: unknown;
  readonly endDate?: unknown;
  /** A list, or a text with commas. Case does not count. */
  readonly disposition?: unknown;
  readonly direction?: unknown;
  /** Whether to include tests in a browser and text chats. Default: no. */
  readonly includeWebAndChat?: unknown;
}

export interface RunSearch {
  readonly runId: number | undefined;
  readonly agentUuid: string | undefined;
  readonly agentName: string | undefined;
  readonly phoneNumber: string | undefined;
  readonly callReference: string | undefined;
  /** Milliseconds since 1970. */
  readonly since: number | undefined;
  readonly until: number | undefined;
  /** Cleaned, in lower case. A run must have one of them. Empty means any disposition. */
  readonly dispositions: readonly string[];
  readonly direction: 'inbound' | 'outbound' | undefined;
  /** Without tests in a browser and text chats. A run that is searched by its ID may be one. */
  readonly onlyPhoneCalls: boolean;
  readonly limit: number;
}

/** @throws InvalidInputError */
export function parseRunSearch(input: RunSearchInput): RunSearch {
  assertTextsOf(input);
  const since = parseTime(input.startDate, 'Start Date');
  const until = parseTime(input.endDate, 'End Date');
  if (since !== undefined && until !== undefined && since > until) {
    throw inputError('Start Date is after End Date.', 'Enter the earlier date in Start Date.');
  }
  const runId = unlessBlank(input.runId, parseRunId);
  return {
    runId,
    agentUuid: unlessBlank(input.agentUuid, parseAgent),
    agentName: parseNameInForm(input.agentName),
    phoneNumber: unlessBlank(input.phoneNumber, (number) =>
      parsePhoneNumber(number, input.phoneNumberRules),
    ),
    callReference: unlessBlank(input.callReference, parseCallReference),
    since,
    until,
    dispositions: parseList(input.disposition, 'Disposition'),
    direction: unlessBlank(input.direction, parseDirection),
    onlyPhoneCalls: runId === undefined && !parseIncludeWebAndChat(input.includeWebAndChat),
    limit: parseLimit(input),
  };
}

/** Dograh fails if its database cannot compare a text, and no run has such a text. */
function assertTextsOf({ phoneNumber, callReference }: RunSearchInput): void {
  const texts = { 'Phone Number': phoneNumber, 'Call Reference': callReference };
  for (const [label, text] of Object.entries(texts)) {
    if (typeof text === 'string') assertStorableText(text, label);
  }
}

function unlessBlank<T>(value: unknown, parse: (value: unknown) => T): T | undefined {
  return isBlank(value) ? undefined : parse(value);
}

function parseAgent(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return parseAgentUuid(String(value));
  throw wrongValueError('Agent', 'one Agent UUID', value, 'Choose the agent from the list.');
}

/** A year has four digits: Dograh cannot read others. */
const TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d:?\d\d)?)?$/i;

function parseTime(value: unknown, label: 'Start Date' | 'End Date'): number | undefined {
  const text =
    value instanceof Date && !Number.isNaN(value.getTime())
      ? value.toISOString()
      : cleanValue(value);
  if (isBlank(text)) return undefined;
  const wholeDay = label === 'Start Date' ? '00:00' : '23:59:59.999';
  const [, date = '', time = wholeDay, zone = 'Z'] =
    TIME.exec(typeof text === 'string' ? text : '') ?? [];
  const parsed = Date.parse(`${date}T${time}${zone.toUpperCase()}`);
  if (!Number.isNaN(parsed) && isRealDay(date)) return parsed;
  const hint = 'Use e.g. 2026-08-31 or 2026-08-31T09:30:00Z.';
  throw wrongValueError(label, 'a date or a time', value, hint);
}

/** JavaScript reads February 30 as a day in March. */
function isRealDay(date: string): boolean {
  const day = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
}

/** @throws InvalidInputError */
export function parseIncludeWebAndChat(value: unknown): boolean {
  return parseYesOrNo(value, 'Include Web and Chat Runs');
}

/** @throws InvalidInputError */
export function parseDirection(value: unknown): 'inbound' | 'outbound' {
  return parseChoice('Direction', value, ['inbound', 'outbound']);
}
