import type { BaseUrl } from '../connection/base-url';
import type { Dashboard } from '../connection/dashboard';
import { isAgentPage } from '../connection/dashboard-page';
import { parseUrl } from '../connection/web-address';
import { quote } from '../errors/quote';
import { inputError } from '../errors/input-error';
import { cleanText } from '../input/text';
import { parseNameInForm } from './agent-name';
import { ENVIRONMENT_LABELS, type Environment } from './environment';

/**
 * The agent to call, as the user entered it. `list` is the Agent UUID of an agent that was chosen from a list.
 * `trigger` is the URL or the ID of an API Trigger, for hosts with one field for both.
 */
export interface AgentReference {
  readonly by: 'list' | 'triggerUrl' | 'triggerId' | 'trigger' | 'agentUuid';
  readonly value: unknown;
  /** The name that the list showed. Messages use it; it decides nothing. */
  readonly name?: unknown;
}

/** A parsed agent, safe to use in a path. */
export type TriggerTarget =
  | { readonly kind: 'trigger'; readonly trigger: string }
  | {
      readonly kind: 'agent';
      readonly agentUuid: string;
      /** Present if the agent was chosen from a list: its name there. It may be old. */
      readonly inList?: { readonly name: string | undefined };
    };

/** Dograh's rule for an API Trigger ID: one segment of a path. */
const TRIGGER = /^[A-Za-z0-9_-]{1,36}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const CALL_PATH = /^\/public\/agent\/(test\/)?(workflow\/)?([A-Za-z0-9_-]+)\/?$/;
/** The last segment of a URL that is cut off before its ID. */
const ROUTE_WORDS = new Set(['test', 'workflow']);

/**
 * @throws InvalidInputError if the reference is not an agent of this Dograh, or if the pasted URL is not of the chosen
 * version
 */
export function parseTarget(
  reference: AgentReference,
  environment: Environment,
  baseUrl: BaseUrl,
  dashboard?: Dashboard,
): TriggerTarget {
  const text = textOf(reference.value);
  assertNotDashboard(text, dashboard);
  switch (reference.by) {
    case 'triggerUrl':
      return fromUrl(text, environment, baseUrl);
    case 'triggerId':
      return fromTriggerId(text);
    case 'trigger':
      return text.includes('/') ? fromUrl(text, environment, baseUrl) : fromTriggerId(text);
    case 'agentUuid':
      return fromAgentUuid(text);
    case 'list':
      return { ...fromAgentUuid(text), inList: { name: parseNameInForm(reference.name) } };
    default:
      // A workflow that was edited by hand or made by a later release may contain any word.
      throw inputError(
        `${quote(reference.by)} is not a way to choose an agent.`,
        'Choose the agent again.',
      );
  }
}

function textOf(value: unknown): string {
  const text = typeof value === 'string' ? cleanText(value) : '';
  if (text !== '') return text;
  const mistake = typeof value === 'number' ? ` ${NUMBER_IN_DASHBOARD}` : '';
  throw inputError('No agent was chosen.', `Choose the agent that should make the call.${mistake}`);
}

/** People copy the address of the agent's page from the browser. */
function assertNotDashboard(text: string, dashboard?: Dashboard): void {
  const url = parseUrl(text);
  if (!isAgentPage(text) && (url === undefined || dashboard?.includes(url) !== true)) return;
  const what = isAgentPage(text) ? "the address of the agent's page in" : 'an address of';
  const address = url === undefined ? text : `${url.host}${url.pathname}`;
  throw inputError(`${quote(address)} is ${what} the Dograh dashboard.`, HOW_TO_CHOOSE);
}

const HOW_TO_CHOOSE =
  'Choose the agent from the list. Or open the agent in the dashboard. Copy the whole URL from its API Trigger, or the Agent UUID from its settings.';

function fromTriggerId(text: string): TriggerTarget {
  if (TRIGGER.test(text)) return { kind: 'trigger', trigger: text };
  if (parseUrl(text) !== undefined) {
    throw inputError(
      'The API Trigger ID is a URL.',
      'Enter only the last part of the URL, or choose to enter the agent by URL.',
    );
  }
  throw inputError(
    `${quote(text)} is not an API Trigger ID.`,
    'Use the last part of the API Trigger URL: at most 36 letters, digits, - and _.',
  );
}

function fromAgentUuid(text: string): Extract<TriggerTarget, { kind: 'agent' }> {
  return { kind: 'agent', agentUuid: parseAgentUuid(text) };
}

/** For a bare number as the ID of an agent or of an API Trigger. */
export const NUMBER_IN_DASHBOARD =
  'The number in the address of the dashboard is neither an Agent UUID nor an API Trigger ID.';

/** @throws InvalidInputError */
export function parseAgentUuid(value: string): string {
  const text = cleanText(value);
  if (UUID.test(text)) return text.toLowerCase();
  assertNotDashboard(text);
  throw inputError(
    `${quote(text)} is not an Agent UUID.`,
    `Choose the agent from the list. An Agent UUID looks like 3f2b8c1e-4d5a-4b6c-8d7e-9f0a1b2c3d4e. ${NUMBER_IN_DASHBOARD}`,
  );
}

function fromUrl(text: string, environment: Environment, baseUrl: BaseUrl): TriggerTarget {
  const url = parseUrl(text);
  if (url === undefined) {
    throw inputError(
      `${quote(text)} is not an API Trigger URL.`,
      `Copy it from the API Trigger in the Dograh dashboard. It starts with ${baseUrl.origin}. If you have only the ID, enter it as API Trigger ID.`,
    );
  }
  if (!baseUrl.isSameService(url)) {
    throw inputError(
      `The API Trigger URL points to ${url.origin}, but the API key is for ${baseUrl.origin}.`,
      'If both are the same Dograh, enter only the last part of the URL as API Trigger ID. Otherwise change Base URL, next to API Key. The key is sent to no other address.',
    );
  }
  return fromCallPath(baseUrl.pathWithin(url), url, environment, baseUrl);
}

function fromCallPath(
  path: string | undefined,
  url: URL,
  environment: Environment,
  baseUrl: BaseUrl,
): TriggerTarget {
  const [, test, byAgent, id = ''] = CALL_PATH.exec(path ?? '') ?? [];
  const hasExtras =
    url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '';
  if (id === '' || ROUTE_WORDS.has(id) || hasExtras) {
    throw inputError(
      `The URL ${quote(`${url.host}${url.pathname}`)} is not an API Trigger URL.`,
      `Copy the whole URL from the API Trigger in the Dograh dashboard. It looks like ${baseUrl.resolve('/public/agent/…')}.`,
    );
  }
  assertSameEnvironment(test === undefined ? 'production' : 'test', environment);
  return byAgent === undefined ? fromTriggerId(id) : fromAgentUuid(id);
}

/** Otherwise the person called would hear the wrong version. */
function assertSameEnvironment(pasted: Environment, chosen: Environment): void {
  if (pasted === chosen) return;
  throw inputError(
    `The pasted URL is the ${pasted} URL, but Agent Version is ${ENVIRONMENT_LABELS[chosen]}.`,
    `Choose ${ENVIRONMENT_LABELS[pasted]}, or paste the ${chosen} URL.`,
  );
}
