import type { AgentDetails } from '../agents/agent-details';
import { textsSaid, type AgentText, type AgentVersion } from '../agents/agent-version';
import type { VariablesOfAgent } from '../agents/agent-variables';
import { greetingIn, type Greeting } from '../variables/greeting';
import { type JsonObject } from '../variables/json-value';
import { pathsIn } from '../variables/paths';
import { CALL_REQUEST_ID } from '../variables/reserved-names';
import type { CallRequestBody } from '../contract/types.gen';
import { summaryOf, type RulesCheck } from '../calling-rules/check-rules';
import type { NumberCheck } from '../calling-rules/check-number';
import type { DograhError } from '../errors/dograh-error';
import { quote } from '../errors/quote';
import type { Environment } from '../agents/environment';
import { unknownZone } from '../variables/template/built-in';
import { placeholdersIn } from '../variables/template/placeholder';
import { render, valueAt, variableName } from '../variables/template/render';
import { CALL_REFERENCE } from '../variables/call-reference';
import type { CallRequest } from './call-input';
import {
  agentNames,
  isMissing,
  leavesGap,
  variablesOfCall,
  withDefaults,
  uncertaintyOf,
} from './require-variables';

/**
 * What a call would do, without a call. The fields are in the order in which a person reads them.
 * Values are null if the agent could not be read, or has no such text.
 */
export interface CallPreview {
  readonly agent_name: string | null;
  readonly phone_number: string;
  readonly greeting: Greeting | null;
  /** The rendered prompt of each node. */
  readonly prompts: readonly { readonly node: string; readonly text: string }[] | null;
  /** What the calling rules say. Null if there are none, or if they could not be checked. */
  readonly calling_rules: PreviewedRules | null;
  /** Things to know before the call is placed. If there are none, a sentence says so. */
  readonly notes: readonly string[];
  readonly variables: PreviewedVariables | null;
  /** The version that would run. */
  readonly agent_version: AgentVersion['status'] | null;
  readonly environment: Environment;
  readonly workflow_id: number | null;
  readonly method: 'POST';
  readonly url: string;
  /** Exactly what would be sent, except that each request has its own `call_request_id`. */
  readonly body: CallRequestBody;
}

/** What the calling rules say about the call at the time of the preview. */
export type PreviewedRules = Pick<
  NumberCheck,
  'callable_now' | 'callable_at' | 'skip_reason' | 'rules'
>;

/** An empty group is left out, because n8n shows an empty list in red, like a failure. */
export interface PreviewedVariables {
  /** Names and values. */
  readonly filled?: JsonObject;
  /** Names without a value, and their fallbacks. */
  readonly fallback?: JsonObject;
  /** Names without a value and without a fallback: they leave a gap in the agent's texts. */
  readonly missing?: readonly string[];
  /** Names without a value that Dograh may fetch before the call. */
  readonly may_be_fetched?: readonly string[];
  /** Names that no text of the agent uses. */
  readonly unused?: readonly string[];
  /** Times, and names whose values Dograh knows only during the call. */
  readonly set_by_dograh?: readonly string[];
}

/**
 * @param found the agent, or the error if it could not be read
 * @param rules the check of the calling rules, or the error if the earlier calls could not be read
 * @param now for the times in the agent's texts, in milliseconds since 1970
 */
export function previewCall(
  call: CallRequest,
  body: CallRequestBody,
  found: AgentDetails | DograhError,
  rules: RulesCheck | DograhError | undefined,
  now: number,
): CallPreview {
  const { phoneNumber, environment, url } = call;
  const request = { method: 'POST', url, body } as const;
  if (found instanceof Error) {
    return {
      agent_name: null,
      phone_number: phoneNumber,
      greeting: null,
      prompts: null,
      calling_rules: previewRules(rules),
      notes: [
        ...ruleNotes(rules),
        `The agent's texts are not known. ${found.fullMessage}`,
        ...(call.variableCheck === 'required' ? [NOT_PLACED] : []),
        ...call.notes,
        ...skipNotes(call),
      ],
      variables: null,
      agent_version: null,
      environment,
      workflow_id: null,
      ...request,
    };
  }
  const { agent, version } = found;
  const override = greetingIn(call.initialContext);
  const greeting = override ?? version.greeting;
  const texts = textsSaid(version, override);
  const ofAgent = variablesOfCall(version, call.initialContext);
  const given = withDefaults(call.initialContext, version, call.environment);
  const context = contextOfRun(call, given);
  const later = new Set(ofAgent.setByDograh);
  const variables = previewVariables(ofAgent, call, given, texts);
  const said = (text: string): string => render(text, context, now, later);
  const prompts = texts
    .filter(({ kind }) => kind === 'prompt')
    .map(({ where, text }) => ({ node: where, text: said(text) }));
  const notes = [
    ...ruleNotes(rules),
    ...agentNotes(call, found, ofAgent, texts, now),
    ...variableNotes(variables, call, found),
    ...call.notes,
    ...skipNotes(call),
  ];
  return {
    agent_name: agent.name,
    phone_number: phoneNumber,
    greeting: greeting?.type === 'text' ? { text: said(greeting.text), type: 'text' } : greeting,
    prompts: prompts.length === 0 ? null : prompts,
    calling_rules: previewRules(rules),
    notes: notes.length === 0 ? [nothingToNote(ofAgent)] : notes,
    variables: Object.keys(variables).length === 0 ? null : variables,
    agent_version: version.status,
    environment,
    workflow_id: agent.id,
    ...request,
  };
}

/** The run's context, as far as it is known before the call. */
function contextOfRun({ phoneNumber, environment }: CallRequest, given: JsonObject): JsonObject {
  return {
    direction: 'outbound',
    trigger_mode: environment,
    ...given,
    phone_number: phoneNumber,
    called_number: phoneNumber,
  };
}

const NOT_PLACED = 'Require Variables is on, so the call would not be placed.';

function nothingToNote({ variables }: VariablesOfAgent): string {
  return variables.length === 0
    ? 'Nothing is missing. This agent uses no variables.'
    : 'Nothing is missing. Each variable of the agent has a value or a fallback.';
}

function variableNotes(
  { missing = [], may_be_fetched: fetched = [], unused = [] }: PreviewedVariables,
  call: CallRequest,
  found: AgentDetails,
): string[] {
  const isRefused =
    call.variableCheck === 'required' ||
    (call.variableCheck === 'ifKnown' && uncertaintyOf(found, call) === undefined);
  const consequence = isRefused ? ` ${NOT_PLACED}` : '';
  return [
    ...(missing.length === 0
      ? []
      : [`Variables without a value and without a fallback: ${missing.join(', ')}.${consequence}`]),
    ...(fetched.length === 0
      ? []
      : [
          `Variables that may be fetched before the call (Pre-Call Data Fetch of the agent): ${fetched.join(', ')}.`,
        ]),
    ...(unused.length === 0
      ? []
      : [`Variables that the agent does not use: ${unused.join(', ')}.`]),
  ];
}

function skipNotes({ skip }: CallRequest): string[] {
  return skip === undefined
    ? []
    : [
        'The preview does not check for earlier calls. Because of Skip If Called Within, the call may be skipped.',
      ];
}

function previewRules(rules: RulesCheck | DograhError | undefined): PreviewedRules | null {
  return rules === undefined || rules instanceof Error ? null : summaryOf(rules);
}

function ruleNotes(rules: RulesCheck | DograhError | undefined): string[] {
  if (rules === undefined) return [];
  if (rules instanceof Error) {
    return [
      `The calling rules could not be checked, so the call would not be placed now. ${rules.fullMessage}`,
    ];
  }
  const { refusal, callableAt: at } = rules;
  if (refusal === undefined) return [];
  const from = at === null ? '' : ` The calling rules allow the call from ${at}.`;
  return [`The rule ${refusal.rule} does not allow this call now. ${refusal.explanation}${from}`];
}

function previewVariables(
  { variables, setByDograh }: VariablesOfAgent,
  { initialContext }: CallRequest,
  given: JsonObject,
  texts: readonly AgentText[],
): PreviewedVariables {
  const missing = variables.filter((variable) => leavesGap(variable, given));
  const others = variables.filter((variable) => !leavesGap(variable, given));
  const empty = others.filter((variable) => isMissing(variable, given));
  const withFallback = empty.filter(({ may_be_fetched }) => !may_be_fetched);
  const filled = others.filter((variable) => !isMissing(variable, given));
  const paths = texts.flatMap(({ text }) => placeholdersIn(text)).map(({ path }) => path);
  const used = new Set(paths.map(variableName));
  return withoutEmpty({
    filled: Object.fromEntries(filled.map(({ name }) => [name, valueAt(name, given)])),
    fallback: Object.fromEntries(withFallback.map(({ name, fallback }) => [name, fallback])),
    missing: missing.map(({ name }) => name),
    may_be_fetched: empty.filter((one) => one.may_be_fetched).map(({ name }) => name),
    unused: pathsIn(initialContext).filter(
      (path) => !NOT_FOR_TEXTS.has(path) && !prefixesOf(path).some((name) => used.has(name)),
    ),
    set_by_dograh: setByDograh,
  });
}

function withoutEmpty(groups: PreviewedVariables): PreviewedVariables {
  return Object.fromEntries(
    Object.entries(groups).filter(([, group]) => Object.keys(group as object).length > 0),
  );
}

/** Variables that are not meant for the agent's texts. */
const NOT_FOR_TEXTS: ReadonlySet<string> = new Set([CALL_REFERENCE, CALL_REQUEST_ID]);

/** `a`, `a.b` and `a.b.c` of `a.b.c` */
function prefixesOf(path: string): string[] {
  const parts = path.split('.');
  return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}

function agentNotes(
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
          `The API Trigger ${quote(target.trigger)} is not in the ${version.status} version, so Dograh rejects the call.`,
        ]
      : []),
    ...(target.kind === 'trigger' && otherAgents.length > 0
      ? [
          `The agents ${agentNames(found)} have the API Trigger ${quote(target.trigger)}, and Dograh runs one of them. This is ${quote(agent.name)}.`,
        ]
      : []),
    ...unusable.map((path) => `No variable can fill {{${path}}}, so it is left out.`),
    ...[...new Set(zones)].map(
      (zone) =>
        `There is no time zone ${quote(zone)}, so Dograh uses a variable of the call there.`,
    ),
  ];
}
