import {
  DograhError,
  InvalidInputError,
  parseChoice,
  parseMaxWait,
  parseYesOrNo,
  type CallInput,
  type FormSources,
  type GreetingInput,
  type PhoneNumberRules,
  type VariablePair,
} from '@dograh/shared';
import { chosenId } from '../../pickers/default-choice';
import {
  NodeOperationError,
  type IDataObject,
  type IExecuteFunctions,
  type INode,
  type ResourceMapperValue,
} from 'n8n-workflow';
import type { Item } from '../../execution/each-item';
import type { CallOfItem } from '../../execution/placed-calls/placed-calls';
import { chosenOption, readChoice } from '../../execution/choice';
import { hasExpression, type Read } from '../../execution/parameters';
import { isTool } from '../../execution/tool';
import { locatorValue } from '../../../locator-value';
import { readCallingRules } from './read-calling-rules';
import { readAgentVersion, toAgent } from '../agent/choose-agent';

/** The call of one item as input for the client, not validated. */
export function readCall({ context, node, itemIndex, read }: Item): CallInput {
  try {
    const { json } = context.getInputData()[itemIndex] ?? { json: {} };
    return toCallInput(read, json, node);
  } catch (error) {
    throw error instanceof DograhError ? error : unreadable(context, itemIndex, error);
  }
}

/** How long this item may wait for a free call slot, and for the calling hours, in milliseconds. */
export function readMaxWait(read: Read): Pick<CallOfItem, 'maxWaitMs' | 'maxWaitForHoursMs'> {
  // Each option by itself, because n8n would evaluate the expressions of all options again.
  const name = 'options.onConcurrencyLimit';
  const onLimit = readChoice(read, name, 'On Concurrency Limit', ['wait', 'fail'], 'wait');
  const maxMs = parseMaxWait(read('options.maxWaitMinutes', ''));
  return { maxWaitMs: onLimit === 'fail' ? 0 : maxMs, maxWaitForHoursMs: maxMs };
}

/**
 * Whether a model may call a number again. A model chooses the values of expressions, and must not allow this itself.
 * @throws InvalidInputError if it is an expression
 */
export function readCallAgain({ node }: Item): boolean {
  if (!isTool(node)) return false;
  const options = node.parameters['options'] as IDataObject | string | undefined;
  const stored = typeof options === 'object' ? options['callAgain'] : undefined;
  // n8n takes the equals sign from an expression in this option.
  const isExpression = hasExpression(stored) || String(stored).includes('{{');
  if (!isExpression) return parseYesOrNo(stored ?? '', CALL_AGAIN);
  throw new InvalidInputError({
    message: `${CALL_AGAIN} must not be an expression, because the model of an AI agent could set it.`,
    hint: 'Turn the option on or off by hand.',
  });
}

const CALL_AGAIN = 'Allow Repeated Calls';

function toCallInput(read: Read, item: IDataObject, node: INode): CallInput {
  const storedAgent = node.parameters['agent'];
  const options = read('options', {}) as IDataObject;
  // Only the value counts, not the name that the editor stores beside it.
  const isAnyAgent = hasExpression(locatorValue(storedAgent));
  return {
    agent: toAgent(read('agent'), storedAgent),
    environment: readAgentVersion(read),
    phoneNumber: read('phoneNumber'),
    phoneNumberRules: readPhoneNumberRules(options),
    context: toContext(read, item, isAnyAgent),
    greeting: toGreeting(options.greeting),
    callReference: options.callReference,
    requireVariables: options.requireVariables,
    skipIfCalledWithin: options.skipIfCalledWithin,
    callingRules: readCallingRules(options, node),
    telephonyConfigurationId: chosenId(options.telephonyConfigurationId),
    fromPhoneNumberId: chosenId(options.fromPhoneNumberId),
  };
}

/** How to read a number, from the options of an item. */
export function readPhoneNumberRules(options: IDataObject): PhoneNumberRules {
  return {
    format: chosenOption(options, 'numberFormat', 'Number Format', ['e164', 'any']),
    defaultCountry: options.defaultCountry,
  };
}

function toContext(read: Read, item: IDataObject, isAnyAgent: boolean): FormSources {
  const label = 'Agent Variables (Initial Context)';
  switch (readChoice(read, 'contextMode', label, ['mapped', 'pairs', 'json'])) {
    case 'mapped':
      return toMapped(read('contextMapping', {}) as Partial<ResourceMapperValue>, item, isAnyAgent);
    case 'pairs':
      return { pairs: toPairs(read('contextPairs', {})) };
    case 'json':
      return { json: read('contextJson'), jsonAdvice: JSON_ADVICE };
  }
}

const JSON_ADVICE =
  'Insert each value with JSON.stringify and without quotes: {"name": {{ JSON.stringify($json.name) }} }.';

/** n8n stores null for an empty field, so null is left out. */
function toMapped(
  mapping: Partial<ResourceMapperValue>,
  item: IDataObject,
  isAnyAgent: boolean,
): FormSources {
  const { value, schema } = mapping;
  // If an expression chooses the agent, the form does not know its variables.
  const names = isAnyAgent ? [] : (schema ?? []).map(({ id }) => id);
  const formNames = names.length === 0 ? undefined : names;
  const mode = 'mappingMode' in mapping ? mapping.mappingMode : 'defineBelow';
  const modes = ['defineBelow', 'autoMapInputData'] as const;
  if (parseChoice('Mapping Column Mode', mode, modes) === 'autoMapInputData') {
    return { record: item, formNames };
  }
  const given = Object.entries(value ?? {}).filter(([, one]) => one !== null);
  return { mapped: Object.fromEntries(given), formNames };
}

function toGreeting(collection: unknown): GreetingInput | undefined {
  const { values } = (collection ?? {}) as { values?: IDataObject };
  if (values === undefined) return undefined;
  return {
    type: 'type' in values ? values.type : 'text',
    text: values.text,
    recordingId: values.recordingId,
  };
}

function toPairs(collection: unknown): VariablePair[] {
  const { pair = [] } = collection as { pair?: VariablePair[] };
  return pair;
}

/** For an expression that cannot be evaluated. The context of the error tells the editor which parameter it is. */
function unreadable(context: IExecuteFunctions, itemIndex: number, cause: unknown) {
  const error = cause instanceof Error ? cause : new Error(String(cause));
  return new NodeOperationError(context.getNode(), error, { itemIndex });
}
