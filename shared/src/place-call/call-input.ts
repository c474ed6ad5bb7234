import type { ApiKey } from '../connection/api-key';
import type { BaseUrl } from '../connection/base-url';
import type { Dashboard } from '../connection/dashboard';
import { buildContext } from '../variables/build-context';
import { fitFields, type FormSources, type NamesOfAgent } from '../variables/form-fields';
import { GREETING_OVERRIDE, withGreeting, type GreetingInput } from '../variables/greeting';
import type { JsonObject } from '../variables/json-value';
import {
  parseCallingRules,
  type CallingRules,
  type CallingRulesInput,
} from '../calling-rules/calling-rules';
import type { DoNotCallLists } from '../calling-rules/do-not-call-list';
import { isBlank } from '../input/blank';
import { parseId } from '../input/id';
import type { CallRequestBody } from '../contract/types.gen';
import { inputError } from '../errors/input-error';
import { parsePhoneNumber, type PhoneNumberRules } from '../input/phone-number';
import { callRoute } from '../agents/call-route';
import { parseEnvironment, type Environment } from '../agents/environment';
import { parseTarget, type AgentReference, type TriggerTarget } from '../agents/agent-reference';
import { CALL_REFERENCE, withCallReference } from '../variables/call-reference';
import { assertTexts } from './assert-texts';
import { parseSkipRule, type SkipRule } from './skip-rule';
import { parseYesOrNo } from '../input/yes-or-no';

/** A call from a host's form, not yet checked. */
export interface CallInput {
  readonly agent: AgentReference;
  readonly environment?: unknown;
  readonly phoneNumber: unknown;
  readonly phoneNumberRules?: PhoneNumberRules | undefined;
  readonly context?: FormSources | undefined;
  /** Replaces the agent's own greeting. */
  readonly greeting?: GreetingInput | undefined;
  /** The user's own ID of the call, for example the ID of a record in a CRM. */
  readonly callReference?: unknown;
  /** Hours in which a number is called only once with the same reference. Blank or 0: no such rule. */
  readonly skipIfCalledWithin?: unknown;
  readonly callingRules?: CallingRulesInput | undefined;
  readonly telephonyConfigurationId?: unknown;
  readonly fromPhoneNumberId?: unknown;
  /** Whether to refuse the call while a variable without a fallback is missing. Blank: see {@link VariableCheck}. */
  readonly requireVariables?: unknown;
}

/**
 * What happens before a call if a variable without a fallback is missing: `required` and `ifKnown` refuse it. If the
 * agent cannot be read, `required` refuses the call, too, and `ifKnown` places it. `off` does not check.
 */
export type VariableCheck = 'required' | 'ifKnown' | 'off';

/** A call that can be placed. Every part is checked. */
export interface CallRequest {
  readonly target: TriggerTarget;
  readonly environment: Environment;
  readonly phoneNumber: string;
  readonly initialContext: JsonObject;
  readonly url: string;
  /** The body without the request ID in its context: each request gets an ID of its own. */
  readonly body: CallRequestBody;
  readonly skip: SkipRule | undefined;
  readonly callingRules: CallingRules;
  readonly variableCheck: VariableCheck;
  /** Remarks about the input, in sentences. */
  readonly notes: readonly string[];
  /** Undefined if no value depends on the agent's variables. */
  readonly fields: FieldsOfForm | undefined;
}

/** The form has fields for the variables of an agent, which may be another one by now. */
export interface FieldsOfForm {
  /** The same call, with the values of fields that this agent has. */
  readonly fitTo: (agent: NamesOfAgent) => CallRequest;
  /** Whether no value can be taken before the agent's names are known. */
  readonly needNames: boolean;
}

/**
 * Checks the input of a call without a request.
 * @param lists parses the Do Not Call List
 * @throws InvalidInputError that says what to change
 */
export function parseCallInput(
  input: CallInput,
  baseUrl: BaseUrl,
  apiKey: ApiKey,
  lists: DoNotCallLists,
  dashboard?: Dashboard,
): CallRequest {
  const environment = parseEnvironment(input.environment);
  const target = parseTarget(input.agent, environment, baseUrl, dashboard);
  const phoneNumber = parsePhoneNumber(input.phoneNumber, input.phoneNumberRules);
  const url = baseUrl.resolve(callRoute(target, environment));

  const skipRule = (context: JsonObject): SkipRule | undefined =>
    parseSkipRule(input.skipIfCalledWithin, context);
  const variableCheck = parseVariableCheck(input.requireVariables);
  const { callingRules: rulesInput = {}, phoneNumberRules = {} } = input;
  const callingRules = parseCallingRules(rulesInput, phoneNumberRules, lists);

  const { context: sources = {} } = input;
  const requestFor = (agent?: NamesOfAgent): CallRequest => {
    const notes: string[] = [];
    const note = (text: string): void => void notes.push(text);
    const context = withGreeting(
      buildContext(fitFields(sources, agent, note), note),
      input.greeting,
    );
    const initialContext = withCallReference(context, input.callReference);
    const body = {
      phone_number: phoneNumber,
      ...(Object.keys(initialContext).length === 0 ? {} : { initial_context: initialContext }),
      ...idField('telephony_configuration_id', input.telephonyConfigurationId),
      ...idField('from_phone_number_id', input.fromPhoneNumberId),
    };
    assertNoKeyIn(url, body, apiKey);
    assertTexts(body, labelsOf(input));
    const call = { target, environment, phoneNumber, initialContext, url, body, notes };
    const fields = fieldsOf(sources, requestFor);
    return { ...call, skip: skipRule(initialContext), callingRules, variableCheck, fields };
  };
  return requestFor();
}

/** Blank means on, as far as the agent can be read. @throws InvalidInputError */
function parseVariableCheck(value: unknown): VariableCheck {
  if (isBlank(value)) return 'ifKnown';
  return parseYesOrNo(value, 'Require Variables', true) ? 'required' : 'off';
}

function fieldsOf(
  { mapped = {}, record, formNames }: FormSources,
  fitTo: FieldsOfForm['fitTo'],
): FieldsOfForm | undefined {
  if (record === undefined && Object.keys(mapped).length === 0) return undefined;
  return { fitTo, needNames: record !== undefined && formNames === undefined };
}

/** The variables that the form has fields for, if those are filled in. */
function labelsOf({ greeting, callReference }: CallInput): Record<string, string | undefined> {
  return {
    [GREETING_OVERRIDE]: greeting === undefined ? undefined : 'Greeting',
    [CALL_REFERENCE]: isBlank(callReference) ? undefined : 'Call Reference',
  };
}

/** In a URL or a body, the key would get into access logs, into the run, and into the output. */
function assertNoKeyIn(url: string, body: CallRequestBody, apiKey: ApiKey): void {
  if (!apiKey.isIn(url) && !apiKey.isIn(JSON.stringify(body))) return;
  throw inputError(
    'A field of the call contains the API key.',
    'Remove the key from that field. It is sent in a header automatically.',
  );
}

/** Labels and hints. The labels are those of both hosts. */
const ID_FIELDS = {
  telephony_configuration_id: [
    'Telephony Configuration',
    'Choose it from the list, or leave the field empty for the default.',
  ],
  from_phone_number_id: [
    'Caller ID (From Phone Number)',
    'Choose it from the list, or leave the field empty for the default. The ID is not the phone number.',
  ],
} as const;

function idField(name: keyof typeof ID_FIELDS, value: unknown): Partial<CallRequestBody> {
  if (isBlank(value)) return {};
  const [label, hint] = ID_FIELDS[name];
  return { [name]: parseId(value, label, hint) };
}
