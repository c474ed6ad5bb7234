import type { BaseUrl } from '../connection/base-url';
import { parseUrl } from '../connection/web-address';
import { quote } from '../errors/quote';
import { inputError } from '../errors/input-error';
import { ENVIRONMENT_LABELS, type Environment } from './environment';

/**
 * How a user names the agent to call. `trigger` takes an API Trigger's URL or its ID, for hosts with a single
 * field for both.
 */
export interface AgentReference {
  readonly by: 'triggerUrl' | 'triggerId' | 'trigger' | 'agentUuid';
  readonly value: unknown;
}

/** An agent that can be called: checked, and safe to stand in a path. */
export type TriggerTarget =
  | { readonly kind: 'trigger'; readonly trigger: string }
  | { readonly kind: 'agent'; readonly agentUuid: string };

/** Dograh's rule for the path of an API Trigger: one segment. */
const TRIGGER = /^[A-Za-z0-9_-]{1,36}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const CALL_PATH = /^\/public\/agent\/(test\/)?(workflow\/)?([A-Za-z0-9_-]+)\/?$/;
/** The last segment of a URL that was cut off before its ID. */
const ROUTE_WORDS = new Set(['test', 'workflow']);

/**
 * @throws InvalidInputError when the reference names no agent of this Dograh, or when a pasted URL belongs to
 * the version that was not chosen.
 */
export function parseTarget(
  reference: AgentReference,
  environment: Environment,
  baseUrl: BaseUrl,
): TriggerTarget {
  const text = textOf(reference.value);
  switch (reference.by) {
    case 'triggerUrl':
      return fromUrl(text, environment, baseUrl);
    case 'triggerId':
      return fromTriggerId(text);
    case 'trigger':
      return text.includes('/') ? fromUrl(text, environment, baseUrl) : fromTriggerId(text);
    case 'agentUuid':
      return fromAgentUuid(text);
    default:
      // A workflow written by hand or by a later release may hold any word here.
      throw inputError(
        `${quote(reference.by)} is not a way to name an agent.`,
        'Choose the agent again.',
      );
  }
}

function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value.trim() : '';
  if (text !== '') return text;
  throw inputError('No agent was chosen.', 'Choose the agent that should make the call.');
}

function fromTriggerId(text: string): TriggerTarget {
  if (TRIGGER.test(text)) return { kind: 'trigger', trigger: text };
  if (parseUrl(text) !== undefined) {
    throw inputError(
      'The API Trigger ID is a whole URL.',
      'Give the URL where the API Trigger URL is asked for, or only its last part here.',
    );
  }
  throw inputError(
    `${quote(text)} is not an API Trigger ID.`,
    'It is the last part of the API Trigger URL: at most 36 letters, digits, - and _, without slashes or dots.',
  );
}

function fromAgentUuid(text: string): TriggerTarget {
  return { kind: 'agent', agentUuid: parseAgentUuid(text) };
}

/** @throws InvalidInputError for what is no Agent UUID */
export function parseAgentUuid(text: string): string {
  if (UUID.test(text)) return text.toLowerCase();
  throw inputError(
    `${quote(text)} is not an Agent UUID.`,
    'An Agent UUID looks like 3f2b8c1e-4d5a-4b6c-8d7e-9f0a1b2c3d4e. The number in the dashboard address is not it.',
  );
}

function fromUrl(text: string, environment: Environment, baseUrl: BaseUrl): TriggerTarget {
  const url = parseUrl(text);
  if (url === undefined) {
    throw inputError(
      `${quote(text)} is not an API Trigger URL.`,
      `Copy it from the API Trigger in the Dograh dashboard; it starts with ${baseUrl.origin}. Where it is the ID alone, give it as API Trigger ID.`,
    );
  }
  if (!baseUrl.isSameService(url)) {
    throw inputError(
      `The API Trigger URL points to ${url.origin}, but the API key is for ${baseUrl.origin}.`,
      `Give only the last part of the URL, as API Trigger ID, if it is the same Dograh under another name; otherwise change the base URL that is set beside the API key. The key is sent nowhere else.`,
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
      `The URL ${quote(`${url.host}${url.pathname}`)} is not that of an API Trigger.`,
      `Copy it whole from the API Trigger in the Dograh dashboard; it looks like ${baseUrl.resolve('/public/agent/…')}.`,
    );
  }
  assertSameEnvironment(test === undefined ? 'production' : 'test', environment);
  return byAgent === undefined ? fromTriggerId(id) : fromAgentUuid(id);
}

/** Dialling the draft when production was meant, or the reverse, is found out by the person who is called. */
function assertSameEnvironment(pasted: Environment, chosen: Environment): void {
  if (pasted === chosen) return;
  throw inputError(
    `The pasted URL is the ${pasted} URL, but ${ENVIRONMENT_LABELS[chosen]} is chosen.`,
    `Choose ${ENVIRONMENT_LABELS[pasted]}, or paste the ${chosen} URL.`,
  );
}
