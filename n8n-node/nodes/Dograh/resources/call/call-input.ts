import {
  parseMaxWait,
  type CallInput,
  type ContextSources,
  type GreetingInput,
  type VariablePair,
} from '@dograh/shared';
import { chosenId } from '../../pickers/default-choice';
import { DEFAULT_MAX_WAIT_MINUTES } from './call-options';
import {
  NodeOperationError,
  type IDataObject,
  type IExecuteFunctions,
  type ResourceMapperValue,
} from 'n8n-workflow';
import type { Item } from '../../execution/each-item';
import { hasExpression, type Read } from '../../execution/parameters';
import { toAgent, valueOf } from '../agent/choose-agent';

/** The call of one item as input for the client, not validated. */
export function readCall({ context, node, itemIndex, read }: Item): CallInput {
  try {
    const { json } = context.getInputData()[itemIndex] ?? { json: {} };
    return toCallInput(read, json, node.parameters['agent']);
  } catch (error) {
    throw unreadable(context, itemIndex, error);
  }
}

/** The maximum queue time of this item in milliseconds. */
export function readMaxWait(read: Read): number {
  // Each option by itself, because n8n would evaluate the expressions of all options again.
  if (read('options.onConcurrencyLimit', 'wait') === 'fail') return 0;
  return parseMaxWait(read('options.maxWaitMinutes', DEFAULT_MAX_WAIT_MINUTES));
}

function toCallInput(read: Read, item: IDataObject, storedAgent: unknown): CallInput {
  const options = read('options', {}) as IDataObject;
  // Only the value counts, not the name that the editor stores beside it.
  const isAnyAgent = hasExpression(valueOf(storedAgent));
  return {
    agent: toAgent(read('agent'), storedAgent),
    environment: read('environment'),
    phoneNumber: read('phoneNumber'),
    phoneNumberRules: { format: options.numberFormat, defaultCountry: options.defaultCountry },
    context: toContext(read, item, isAnyAgent),
    greeting: toGreeting(options.greeting),
    callReference: options.callReference,
    requireVariables: options.requireVariables,
    skipIfCalledWithin: options.skipIfCalledWithin,
    telephonyConfigurationId: chosenId(options.telephonyConfigurationId),
    fromPhoneNumberId: chosenId(options.fromPhoneNumberId),
  };
}

function toContext(read: Read, item: IDataObject, isAnyAgent: boolean): ContextSources {
  switch (read('contextMode')) {
    case 'json':
      return { json: read('contextJson') };
    case 'mapped':
      return toMapped(read('contextMapping', {}) as Partial<ResourceMapperValue>, item, isAnyAgent);
    default:
      return { pairs: toPairs(read('contextPairs', {})) };
  }
}

/** n8n stores null for an empty field, so null is left out. */
function toMapped(
  { mappingMode, value, schema }: Partial<ResourceMapperValue>,
  item: IDataObject,
  isAnyAgent: boolean,
): ContextSources {
  if (mappingMode === 'autoMapInputData') {
    // If an expression chooses the agent, the form does not know its variables.
    const names = isAnyAgent ? [] : (schema ?? []).map(({ id }) => id);
    return { record: { names: names.length === 0 ? 'ofAgent' : names, values: item } };
  }
  const given = Object.entries(value ?? {}).filter(([, one]) => one !== null);
  return { mapped: Object.fromEntries(given) };
}

function toGreeting(collection: unknown): GreetingInput | undefined {
  const { values } = (collection ?? {}) as { values?: IDataObject };
  if (values === undefined) return undefined;
  return { type: values.type ?? 'text', text: values.text, recordingId: values.recordingId };
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
