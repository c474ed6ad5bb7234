import type { Greeting } from '../variables/greeting';
import { isJsonObject, type JsonObject, type JsonValue } from '../variables/json-value';
import type { AgentVersion as VersionInContract } from '../contract/types.gen';
import { isRecord, textOrNull, type Fields } from '../transport/answer';

/** A text of an agent, which may contain variables. */
export interface AgentText {
  /** `greeting` and `transition` are spoken as they are. The others are instructions for the agent. */
  readonly kind: 'greeting' | 'prompt' | 'transition' | 'extraction';
  /** The name of the node in the Dograh editor, or the label of the transition. */
  readonly where: string;
  readonly text: string;
}

/** A version of an agent: its texts and its API Triggers. */
export interface AgentVersion {
  readonly status: 'draft' | 'published' | 'archived';
  readonly texts: readonly AgentText[];
  readonly greeting: Greeting | null;
  /** The IDs of its API Triggers. */
  readonly triggers: readonly string[];
  /** Its default values of variables. Dograh uses them only in test calls. */
  readonly defaults: JsonObject;
  /** Whether Dograh asks a server of the user for variables before an outbound call (Pre-Call Data Fetch). */
  readonly fetchesVariables: boolean;
}

const STATUSES = ['draft', 'published', 'archived'] as const;
const WITH_PROMPT: ReadonlySet<unknown> = new Set([
  'startCall',
  'agentNode',
  'endCall',
  'globalNode',
]);

/** Undefined if the value is not a version. */
export function parseAgentVersion(value: unknown): AgentVersion | undefined {
  const version: Fields<VersionInContract> = isRecord(value) ? value : {};
  const status = STATUSES.find((known) => known === version.status);
  if (status === undefined || !isRecord(version.workflow_json)) return undefined;
  const nodes = listIn(version.workflow_json['nodes']);
  const edges = listIn(version.workflow_json['edges']);
  const start = nodes.find(({ type }) => type === 'startCall');
  const defaults = version.template_context_variables as JsonValue | undefined;
  return {
    status,
    texts: [...nodes.flatMap(textsOfNode), ...edges.flatMap(textsOfEdge)],
    greeting: start === undefined ? null : greetingOf(start.data),
    triggers: nodes.flatMap(({ type, data }) =>
      type === 'trigger' ? (textOrNull(data['trigger_path']) ?? []) : [],
    ),
    defaults: isJsonObject(defaults) ? defaults : {},
    fetchesVariables: start !== undefined && fetchesVariables(start.data),
  };
}

/** Dograh before 1.43 wrote only whether it fetches. */
function fetchesVariables(start: Part['data']): boolean {
  const mode =
    start['pre_call_fetch_mode'] ?? (start['pre_call_fetch_enabled'] === true && 'always');
  const hasAddress = textOrNull(start['pre_call_fetch_url']) !== null;
  return hasAddress && (mode === 'always' || mode === 'outbound');
}

/** The texts of a call, which may replace the greeting. */
export function textsSaid(
  { texts }: AgentVersion,
  override: Greeting | undefined,
): readonly AgentText[] {
  if (override === undefined) return texts;
  const others = texts.filter(({ kind }) => kind !== 'greeting');
  return [...(override.type === 'text' ? textOf('greeting', '', override.text) : []), ...others];
}

interface Part {
  readonly type: unknown;
  readonly data: Readonly<Record<string, unknown>>;
}

function listIn(value: unknown): Part[] {
  const parts: unknown[] = Array.isArray(value) ? value : [];
  return parts.flatMap((part) =>
    isRecord(part) && isRecord(part['data']) ? [{ type: part['type'], data: part['data'] }] : [],
  );
}

function textsOfNode({ type, data }: Part): AgentText[] {
  if (!WITH_PROMPT.has(type)) return [];
  const where = textOrNull(data['name']) ?? String(type);
  const greeting = type === 'startCall' ? greetingOf(data) : null;
  const said = greeting?.type === 'text' ? textOf('greeting', where, greeting.text) : [];
  return [...said, ...textOf('prompt', where, data['prompt']), ...extractionOf(data, where)];
}

/** The instructions for extracting values may contain variables too. */
function extractionOf(data: Part['data'], where: string): AgentText[] {
  if (data['extraction_enabled'] !== true) return [];
  const wanted: unknown[] = Array.isArray(data['extraction_variables'])
    ? data['extraction_variables']
    : [];
  return [
    ...textOf('extraction', where, data['extraction_prompt']),
    ...wanted.flatMap((one) => textOf('extraction', where, isRecord(one) ? one['prompt'] : null)),
  ];
}

function textsOfEdge({ data }: Part): AgentText[] {
  return textOf('transition', textOrNull(data['label']) ?? '', data['transition_speech']);
}

function textOf(kind: AgentText['kind'], where: string, text: unknown): AgentText[] {
  const own = textOrNull(text);
  return own === null ? [] : [{ kind, where, text: own }];
}

function greetingOf(data: Part['data']): Greeting | null {
  const recording = data['greeting_recording_id'];
  const isNamed = typeof recording === 'string' || typeof recording === 'number';
  if (data['greeting_type'] === 'audio' && isNamed) {
    return { type: 'audio', recording_id: String(recording) };
  }
  const text = textOrNull(data['greeting']);
  return text === null ? null : { type: 'text', text };
}
