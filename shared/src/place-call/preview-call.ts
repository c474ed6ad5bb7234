import type { AgentDetails } from '../agents/agent-details';
import { textsSaid, type AgentText, type AgentVersion } from '../agents/agent-version';
import type { VariablesOfAgent } from '../agents/agent-variables';
import { GREETING_OVERRIDE, greetingIn, type Greeting } from '../variables/greeting';
import { isJsonObject, type JsonObject, type JsonValue } from '../variables/json-value';
import { CALL_REQUEST_ID } from '../variables/reserved-names';
import type { CallRequestBody } from '../contract/types.gen';
import type { DograhError } from '../errors/dograh-error';
import { quote } from '../errors/quote';
import type { Environment } from '../agents/environment';
import { unknownZone } from '../variables/template/built-in';
import { placeholdersIn } from '../variables/template/placeholder';
import { render, valueAt, variableName } from '../variables/template/render';
import { CALL_REFERENCE } from '../variables/call-reference';
import type { CallRequest } from './call-input';
import { isMissing, leavesGap, namesOf, variablesAsked, withDefaults } from './require-variables';

/** What placing a call would do. Nobody is dialled for it. Null where the agent could not be read. */
export interface CallPreview {
  readonly agent_name: string | null;
  /** Which version would run. */
  readonly agent_version: AgentVersion['status'] | null;
  readonly phone_number: string;
  /** What to know before the call is placed. */
  readonly notes: readonly string[];
  /** What the agent would say first. */
  readonly greeting: Greeting | null;
  readonly variables: PreviewedVariables | null;
  /** What the agent would be told, node by node. */
  readonly prompts: readonly { readonly node: string; readonly text: string }[] | null;
  readonly environment: Environment;
  readonly workflow_id: number | null;
  readonly method: 'POST';
  readonly url: string;
  /** Every request has a `call_request_id` of its own; the rest is exactly what would be sent. */
  readonly body: CallRequestBody;
}

export interface PreviewedVariables {
  /** With their values. */
  readonly filled: JsonObject;
  /** Without a value, with what is said instead. */
  readonly fallback: JsonObject;
  /** Without either, or nothing but spaces where there is no fallback: there is a gap in what the agent says. */
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
  const { phoneNumber, environment, url } = call;
  const request = { method: 'POST', url, body } as const;
  if (found instanceof Error) {
    return {
      agent_name: null,
      agent_version: null,
      phone_number: phoneNumber,
      notes: [`What the agent says is not known. ${found.fullMessage}`, ...notLookedUp(call)],
      greeting: null,
      variables: null,
      prompts: null,
      environment,
      workflow_id: null,
      ...request,
    };
  }
  const { agent, version } = found;
  const override = greetingIn(call.initialContext);
  const greeting = override ?? version.greeting;
  const texts = textsSaid(version, override);
  const asked = variablesAsked(version, call.initialContext);
  const given = withDefaults(call.initialContext, version, call.environment);
  const context = contextOfRun(call, given);
  const later = new Set(asked.setByDograh);
  const variables = previewed(asked, call, given, texts);
  return {
    agent_name: agent.name,
    agent_version: version.status,
    phone_number: phoneNumber,
    notes: [
      ...notesOn(call, found, asked, texts, now),
      ...gapsIn(variables, call),
      ...notLookedUp(call),
    ],
    greeting:
      greeting?.type === 'text'
        ? { type: 'text', text: render(greeting.text, context, now, later) }
        : greeting,
    variables,
    prompts: texts
      .filter(({ kind }) => kind === 'prompt')
      .map(({ where, text }) => ({ node: where, text: render(text, context, now, later) })),
    environment,
    workflow_id: agent.id,
    ...request,
  };
}

/** As far as it is known before the call. */
function contextOfRun({ phoneNumber, environment }: CallRequest, given: JsonObject): JsonObject {
  return {
    direction: 'outbound',
    trigger_mode: environment,
    ...given,
    phone_number: phoneNumber,
    called_number: phoneNumber,
  };
}

function gapsIn(
  { missing, unused }: PreviewedVariables,
  { requireVariables }: CallRequest,
): string[] {
  const consequence = requireVariables
    ? ' Require Variables is on, so nobody would be called.'
    : '';
  return [
    ...(missing.length === 0
      ? []
      : [`Without a value and without a fallback: ${missing.join(', ')}.${consequence}`]),
    ...(unused.length === 0 ? [] : [`Given, but used nowhere: ${unused.join(', ')}.`]),
  ];
}

function notLookedUp({ skip }: CallRequest): string[] {
  return skip === undefined
    ? []
    : [
        'Whether this number was called before is not looked up here; with Skip If Called Within it may be skipped.',
      ];
}

function previewed(
  { variables, setByDograh }: VariablesOfAgent,
  { initialContext }: CallRequest,
  given: JsonObject,
  texts: readonly AgentText[],
): PreviewedVariables {
  const missing = variables.filter((variable) => leavesGap(variable, given));
  const others = variables.filter((variable) => !leavesGap(variable, given));
  const replaced = others.filter((variable) => isMissing(variable, given));
  const filled = others.filter((variable) => !isMissing(variable, given));
  const paths = texts.flatMap(({ text }) => placeholdersIn(text)).map(({ path }) => path);
  const used = new Set(paths.map(variableName));
  return {
    filled: Object.fromEntries(filled.map(({ name }) => [name, valueAt(name, given)])),
    fallback: Object.fromEntries(replaced.map(({ name, fallback }) => [name, fallback])),
    missing: missing.map(({ name }) => name),
    unused: leaves(initialContext).filter(
      (leaf) => !FOR_OTHERS.has(leaf) && !namesAround(leaf).some((name) => used.has(name)),
    ),
    set_by_dograh: setByDograh,
  };
}

/** Not meant for the agent's texts. */
const FOR_OTHERS: ReadonlySet<string> = new Set([CALL_REFERENCE, CALL_REQUEST_ID]);

/** `a`, `a.b` and `a.b.c` of `a.b.c` */
function namesAround(leaf: string): string[] {
  const parts = leaf.split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
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
  found: AgentDetails,
  { unusable }: VariablesOfAgent,
  texts: readonly AgentText[],
  now: number,
): string[] {
  const { agent, version, otherAgents } = found;
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
    ...(target.kind === 'trigger' && otherAgents.length > 0
      ? [
          `The agents ${namesOf(found)} have the API Trigger ${quote(target.trigger)}, and Dograh calls with one of them. This is ${quote(agent.name)}.`,
        ]
      : []),
    ...unusable.map((path) => `Nothing can fill {{${path}}}; it is left out.`),
    ...[...new Set(zones)].map(
      (zone) =>
        `There is no time zone ${quote(zone)}; where a text names it, Dograh looks for a variable of the call.`,
    ),
  ];
}
