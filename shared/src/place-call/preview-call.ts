import type { AgentDetails } from '../agents/agent-details';
import type { AgentText, AgentVersion, Greeting } from '../agents/agent-version';
import { GREETING_OVERRIDE } from '../context/greeting-override';
import { isJsonObject, type JsonObject, type JsonValue } from '../context/json-value';
import { CALL_REQUEST_ID } from '../context/reserved-keys';
import type { CallRequestBody } from '../contract/types.gen';
import type { DograhError } from '../errors/dograh-error';
import { quote } from '../errors/quote';
import type { Environment } from '../target/environment';
import { unknownZone } from '../template/built-in';
import { placeholdersIn } from '../template/placeholder';
import { render, valueAt, variableName } from '../template/render';
import { CALL_REFERENCE } from './call-reference';
import type { CallRequest } from './call-input';
import { isMissing, missingVariables } from './require-variables';

/** What placing a call would do. Nobody is dialled for it. Null where the agent could not be read. */
export interface CallPreview {
  readonly method: 'POST';
  readonly url: string;
  /** Every request has a `call_request_id` of its own; the rest is exactly what would be sent. */
  readonly body: CallRequestBody;
  readonly phone_number: string;
  readonly environment: Environment;
  readonly workflow_id: number | null;
  readonly agent_name: string | null;
  /** Which version would run. */
  readonly agent_version: AgentVersion['status'] | null;
  readonly variables: PreviewedVariables | null;
  /** What the agent would say first. */
  readonly greeting: Greeting | null;
  /** What the agent would be told, node by node. */
  readonly prompts: readonly { readonly node: string; readonly text: string }[] | null;
  /** What to know before the call is placed. */
  readonly notes: readonly string[];
}

export interface PreviewedVariables {
  /** With their values. */
  readonly filled: JsonObject;
  /** Without a value, with what is said instead. */
  readonly fallback: JsonObject;
  /** Without either: there is a gap in what the agent says. */
  readonly missing: readonly string[];
  /** Given, but in none of the agent's texts. */
  readonly unused: readonly string[];
  /** Known to Dograh only when the call runs, or times. */
  readonly set_by_dograh: readonly string[];
}

/**
 * @param body as it would be sent now
 * @param found the agent, or why it could not be read
 * @param now for the times in its texts, in milliseconds since 1970
 */
export function previewCall(
  call: CallRequest,
  body: CallRequestBody,
  found: AgentDetails | DograhError,
  now: number,
): CallPreview {
  const request = {
    method: 'POST',
    url: call.url,
    body,
    phone_number: call.phoneNumber,
    environment: call.environment,
  } as const;
  if (found instanceof Error) {
    return {
      ...request,
      workflow_id: null,
      agent_name: null,
      agent_version: null,
      variables: null,
      greeting: null,
      prompts: null,
      notes: [`What the agent says is not known. ${found.fullMessage}`],
    };
  }
  const { agent, version, setByDograh } = found;
  const override = call.initialContext[GREETING_OVERRIDE] as Greeting | undefined;
  const texts = [
    ...version.texts.filter(({ kind }) => kind !== 'greeting' || override === undefined),
    ...(override?.type === 'text' ? [{ kind: 'greeting', where: '', text: override.text }] : []),
  ] as readonly AgentText[];
  const context = contextOfRun(call, found);
  const greeting = override ?? version.greeting;
  return {
    ...request,
    workflow_id: agent.id,
    agent_name: agent.name,
    agent_version: version.status,
    variables: { ...variables(call, found, texts), set_by_dograh: setByDograh },
    greeting:
      greeting?.type === 'text'
        ? { type: 'text', text: render(greeting.text, context, now) }
        : greeting,
    prompts: texts
      .filter(({ kind }) => kind === 'prompt')
      .map(({ where, text }) => ({ node: where, text: render(text, context, now) })),
    notes: notesOn(call, found, texts, now),
  };
}

/** What Dograh knows only later stands for itself: `{{caller_number}}`. */
function contextOfRun(
  { phoneNumber, environment, initialContext }: CallRequest,
  { setByDograh, version }: AgentDetails,
): JsonObject {
  const later = setByDograh.map((name) => [name, `{{${name}}}`] as const);
  return {
    ...Object.fromEntries(later),
    ...(environment === 'test' ? version.defaults : {}),
    direction: 'outbound',
    trigger_mode: environment,
    ...initialContext,
    phone_number: phoneNumber,
    called_number: phoneNumber,
  };
}

function variables(
  { initialContext }: CallRequest,
  details: AgentDetails,
  texts: readonly AgentText[],
): Omit<PreviewedVariables, 'set_by_dograh'> {
  const without = details.variables.filter(({ name }) => isMissing(name, initialContext));
  const filled = details.variables.filter((variable) => !without.includes(variable));
  const used = texts
    .flatMap(({ text }) => placeholdersIn(text))
    .map(({ path }) => variableName(path));
  return {
    filled: Object.fromEntries(filled.map(({ name }) => [name, valueAt(name, initialContext)])),
    fallback: Object.fromEntries(
      without.filter(({ required }) => !required).map(({ name, fallback }) => [name, fallback]),
    ),
    missing: missingVariables(details, initialContext),
    unused: leaves(initialContext).filter(
      (leaf) => !FOR_OTHERS.has(leaf) && !used.some((name) => covers(name, leaf)),
    ),
  };
}

/** Not meant for the agent's texts. */
const FOR_OTHERS: ReadonlySet<string> = new Set([CALL_REFERENCE, CALL_REQUEST_ID]);

function covers(name: string, leaf: string): boolean {
  return leaf === name || leaf.startsWith(`${name}.`);
}

function leaves(context: JsonObject): string[] {
  return Object.entries(context)
    .filter(([name]) => name !== GREETING_OVERRIDE)
    .flatMap(([name, value]) => leavesBelow(name, value));
}

function leavesBelow(path: string, value: JsonValue): string[] {
  if (!isJsonObject(value)) return [path];
  return Object.entries(value).flatMap(([name, below]) => leavesBelow(`${path}.${name}`, below));
}

function notesOn(
  { environment, target }: CallRequest,
  { version, unusable }: AgentDetails,
  texts: readonly AgentText[],
  now: number,
): string[] {
  const zones = texts
    .map(({ text }) => unknownZone(text, now))
    .filter((zone) => zone !== undefined);
  return [
    ...(environment === 'test' && version.status === 'published'
      ? ['The agent has no draft, so its published version runs.']
      : []),
    ...(target.kind === 'trigger' && !version.triggers.includes(target.trigger)
      ? [
          `The API Trigger ${quote(target.trigger)} is not in the ${version.status} version, so Dograh refuses the call.`,
        ]
      : []),
    ...unusable.map((path) => `Nothing can fill {{${path}}}; it is left out.`),
    ...[...new Set(zones)].map((zone) => `There is no time zone ${quote(zone)}.`),
  ];
}
