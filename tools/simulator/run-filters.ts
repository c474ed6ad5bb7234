import { isRecord, type JsonRecord } from '../contract/json';
import { Refusal } from './answer';
import { assertComparable, assertId } from './database';
import { readTime } from './read-time';
import { isOver, type Run } from './run';
import { agentsOf, type World } from './world';

/** One condition of the query `filters`. */
export interface RunFilter {
  attribute: unknown;
  type: unknown;
  value: JsonRecord;
}

type Condition = (run: Run, value: JsonRecord, world: World) => boolean;

const webModes = ['webrtc', 'smallwebrtc'];
const chatModes = ['textchat', 'CHAT'];
const channels = new Map<unknown, (mode: string) => boolean>([
  ['telephony', (mode) => !webModes.includes(mode) && !chatModes.includes(mode)],
  ['web', (mode) => webModes.includes(mode)],
  ['chat', (mode) => chatModes.includes(mode)],
]);

/** By attribute and type. Without a value to compare with, a condition accepts all runs. */
const conditions = new Map<string, Condition>([
  ['runId number', (run, { value }) => isNone(value) || run.runId === value],
  [
    'workflowId number',
    ({ agentUuid }, { value }, world) =>
      isNone(value) || agentsOf(world).some(({ id, uuid }) => uuid === agentUuid && id === value),
  ],
  [
    'campaignId number',
    ({ campaignRow }, { value }) => isNone(value) || campaignRow?.campaignId === value,
  ],
  ['calledNumber text', (run, { value }) => contains(run.initialContext['called_number'], value)],
  ['callerNumber text', (run, { value }) => contains(run.initialContext['caller_number'], value)],
  [
    'dispositionCode multiSelect',
    ({ gatheredContext }, { codes }) =>
      !Array.isArray(codes) ||
      codes.length === 0 ||
      codes.includes(gatheredContext['mapped_call_disposition']),
  ],
  ['duration numberRange', isAsLong],
  [
    'callDirection radio',
    ({ direction }, { status }) =>
      (status !== 'inbound' && status !== 'outbound') || direction === status,
  ],
  [
    'callChannel radio',
    ({ mode }, { status }) => !channels.has(status) || channels.get(status)?.(mode) === true,
  ],
  ['dateRange dateRange', isOfTime],
  [
    'status radio',
    (run, { status }) =>
      (status !== 'completed' && status !== 'in_progress') ||
      isOver(run) === (status === 'completed'),
  ],
]);

/** The attributes of the list of all runs. It ignores other attributes. */
export const attributesOfAllRuns: ReadonlySet<unknown> = new Set([
  'duration',
  'dispositionCode',
  'callerNumber',
  'calledNumber',
  'runId',
  'workflowId',
  'campaignId',
  'callDirection',
  'callChannel',
]);

/** The attributes of the list of one agent's runs. It refuses other attributes. */
export const attributesOfAgentRuns: ReadonlySet<unknown> = new Set([
  'dateRange',
  'dispositionCode',
  'duration',
  'status',
  'tokenUsage',
]);

/** Throws Dograh's response to a text that is not JSON, with `notJson` as message, or that is not a list of filters. */
export function parseFilters(text: string | undefined, notJson: string): RunFilter[] {
  if (text === undefined || text === '') return [];
  const parsed = parseJson(text, notJson);
  if (!Array.isArray(parsed)) throw internalError();
  return parsed.map((filter: unknown) => {
    if (!isRecord(filter)) throw internalError();
    const { attribute, type, value = {} } = filter;
    if (!isRecord(value)) throw internalError();
    return { attribute, type, value };
  });
}

/** Whether Dograh looks into the contexts of runs for this filter. */
export function readsContexts({ attribute, type, value }: RunFilter): boolean {
  const isByNumber = attribute === 'calledNumber' || attribute === 'callerNumber';
  const { value: wanted } = value;
  return isByNumber && type === 'text' && typeof wanted === 'string' && wanted.trim() !== '';
}

/** Throws Dograh's response to a filter with a value that its database cannot compare. */
export function assertComparableValue({ attribute, value }: RunFilter): void {
  if (attribute === 'runId' || attribute === 'workflowId' || attribute === 'campaignId')
    assertId(value['value'], 'workflow_runs');
  else assertComparable(value);
}

/** Dograh ignores an unknown attribute, and a type that does not belong to the attribute. */
export function passes(run: Run, { attribute, type, value }: RunFilter, world: World): boolean {
  if (world.unknownFilters.some((unknown) => unknown === attribute)) return true;
  const condition = conditions.get(`${String(attribute)} ${String(type)}`);
  return condition?.(run, value, world) ?? true;
}

/** A run has no duration until its results are written, so it is in no range. */
function isAsLong(run: Run, { min, max }: JsonRecord): boolean {
  const isBounded = !isNone(min) || !isNone(max);
  if (isBounded && run.resultsAt === null) return false;
  return (
    (isNone(min) || run.durationSeconds >= Number(min)) &&
    (isNone(max) || run.durationSeconds <= Number(max))
  );
}

function isOfTime({ createdAt }: Run, { from, to }: JsonRecord): boolean {
  const time = Date.parse(createdAt);
  return (readTime(from) ?? -Infinity) <= time && time <= (readTime(to) ?? Infinity);
}

/** Like Dograh's database, which gives `%`, `_` and `\` in the searched text a meaning. */
function contains(text: unknown, part: unknown): boolean {
  const wanted = typeof part === 'string' ? part.trim() : '';
  return wanted === '' || (typeof text === 'string' && likePattern(`%${wanted}%`).test(text));
}

function likePattern(like: string): RegExp {
  const parts = like.match(/\\?[^]/gu) ?? [];
  const source = parts.map((part) => {
    if (part === '%') return '[^]*';
    return part === '_' ? '[^]' : part.slice(-1).replace(/[.*+?^${}()|[\]\\/]/, '\\$&');
  });
  return new RegExp(`^${source.join('')}$`, 'u');
}

function isNone(value: unknown): boolean {
  return value === undefined || value === null;
}

function parseJson(text: string, notJson: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, notJson);
  }
}

function internalError(): Refusal {
  return new Refusal(500, 'Internal Server Error');
}
