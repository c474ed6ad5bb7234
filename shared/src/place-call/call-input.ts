import type { ApiKey } from '../connection/api-key';
import type { BaseUrl } from '../connection/base-url';
import { buildContext, type ContextSources } from '../variables/build-context';
import { withGreeting, type GreetingInput } from '../variables/greeting';
import type { JsonObject } from '../variables/json-value';
import { isBlank } from '../input/blank';
import { idIn } from '../input/id';
import type { CallRequestBody } from '../contract/types.gen';
import { InvalidInputError } from '../errors/dograh-error';
import { quote } from '../errors/quote';
import { parsePhoneNumber, type PhoneNumberRules } from '../input/phone-number';
import { callRoute } from '../agents/call-route';
import { parseEnvironment, type Environment } from '../agents/environment';
import { parseTarget, type AgentReference, type TriggerTarget } from '../agents/agent-reference';
import { withCallReference } from '../variables/call-reference';
import { parseSkipRule, type SkipRule } from './skip-if-called';
import { parseYesOrNo } from '../input/yes-or-no';

/** A call as a user asked for it; nothing in it has been checked. */
export interface CallInput {
  readonly agent: AgentReference;
  readonly environment?: unknown;
  readonly phoneNumber: unknown;
  readonly phoneNumberRules?: PhoneNumberRules | undefined;
  readonly context?: ContextSources | undefined;
  /** What the agent says first, instead of its own greeting. */
  readonly greeting?: GreetingInput | undefined;
  /** The user's own ID of the call, e.g. of the record in a CRM. */
  readonly callReference?: unknown;
  /** Hours: within them, a number is called once for one reference. Nothing or 0: however often it is asked for. */
  readonly skipIfCalledWithin?: unknown;
  readonly telephonyConfigurationId?: unknown;
  readonly fromPhoneNumberId?: unknown;
  /** Whether to refuse while the agent would leave a gap where a variable is missing. */
  readonly requireVariables?: unknown;
}

/** A call that can be placed: every part is checked. */
export interface CallRequest {
  /** Of the client that prepared it, which alone may send it. */
  readonly baseUrl: BaseUrl;
  readonly target: TriggerTarget;
  readonly environment: Environment;
  readonly phoneNumber: string;
  readonly initialContext: JsonObject;
  readonly url: string;
  /** What will be sent, but for the ID of the request in the context, which every request has of its own. */
  readonly body: CallRequestBody;
  readonly skip: SkipRule | undefined;
  readonly requireVariables: boolean;
}

/** @throws InvalidInputError that says what to change; no request has been made then */
export function parseCallInput(input: CallInput, baseUrl: BaseUrl, apiKey: ApiKey): CallRequest {
  const environment = parseEnvironment(input.environment);
  const target = parseTarget(input.agent, environment, baseUrl);
  const phoneNumber = parsePhoneNumber(input.phoneNumber, input.phoneNumberRules);
  const context = withGreeting(buildContext(input.context ?? {}), input.greeting);
  const initialContext = withCallReference(context, input.callReference);
  const request: CallRequest = {
    baseUrl,
    target,
    environment,
    phoneNumber,
    initialContext,
    url: baseUrl.resolve(callRoute(target, environment)),
    body: {
      phone_number: phoneNumber,
      ...(Object.keys(initialContext).length === 0 ? {} : { initial_context: initialContext }),
      ...idField('telephony_configuration_id', input.telephonyConfigurationId),
      ...idField('from_phone_number_id', input.fromPhoneNumberId),
    },
    skip: parseSkipRule(input.skipIfCalledWithin, initialContext),
    requireVariables: parseYesOrNo(input.requireVariables, 'Require Variables'),
  };
  refuseKeyInside(request, apiKey);
  return request;
}

/** In a URL or a body the key would end up in access logs, in the run, and in the output. */
function refuseKeyInside({ url, body }: CallRequest, apiKey: ApiKey): void {
  if (!apiKey.isIn(url) && !apiKey.isIn(JSON.stringify(body))) return;
  throw new InvalidInputError({
    message: 'A field of the call contains the API key.',
    hint: 'Remove it there; the key is sent by itself, in a header.',
  });
}

function idField(
  name: 'telephony_configuration_id' | 'from_phone_number_id',
  value: unknown,
): Partial<CallRequestBody> {
  if (isBlank(value)) return {};
  const id = idIn(value);
  if (id !== undefined) return { [name]: id };
  throw new InvalidInputError({
    message: `${quote(value)} is not a ${name.replaceAll('_', ' ').replace(/ id$/, ' ID')}.`,
    hint: 'Use the whole number that the Dograh dashboard shows, or leave the field empty for the default.',
  });
}
