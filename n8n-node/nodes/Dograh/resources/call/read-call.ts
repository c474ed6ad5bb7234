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

/** The form of one item, in the client's words. Nothing is judged here. */
export function readCall({ context, node, itemIndex, read }: Item): CallInput {
  try {
    const { json } = context.getInputData()[itemIndex] ?? { json: {} };
    // The name that the editor shows beside the value does not count.
    return toCallInput(read, json, hasExpression(valueOf(node.parameters['agent'])));
  } catch (error) {
    throw unreadable(context, itemIndex, error);
  }
}

/**
 * The same with the names of the variables to take from the item, where the editor could not know them: the agent is
 * chosen by an expression. This asks Dograh, and so comes after the look for an earlier call of the item.
 */
export async function withVariables(
  call: CallInput,
  { context, client }: Item,
): Promise<CallInput> {
  const { record } = call.context ?? {};
  if (record === undefined || record.names.length > 0) return call;
  const names = await client.variableNames(call, context.getExecutionCancelSignal());
  return { ...call, context: { record: { ...record, names } } };
}

/** How long this item may wait for a running call to end, in milliseconds. */
export function readMaxWait(read: Read): number {
  // One by one: n8n would evaluate the expressions of all options once more.
  if (read('options.onConcurrencyLimit', 'wait') === 'fail') return 0;
  return parseMaxWait(read('options.maxWaitMinutes', DEFAULT_MAX_WAIT_MINUTES));
}

function toCallInput(read: Read, item: IDataObject, isAnyAgent: boolean): CallInput {
  const options = read('options', {}) as IDataObject;
  return {
    agent: toAgent(read('agent')),
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

/** n8n keeps null for a field that was left alone. */
function toMapped(
  { mappingMode, value, schema }: Partial<ResourceMapperValue>,
  item: IDataObject,
  isAnyAgent: boolean,
): ContextSources {
  if (mappingMode === 'autoMapInputData') {
    // The form knows the variables of the one agent that it was filled in with.
    const known = isAnyAgent ? [] : (schema ?? []);
    return { record: { names: known.map(({ id }) => id), values: item } };
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

/** An expression that cannot be worked out. Its context tells the editor what to point at. */
function unreadable(context: IExecuteFunctions, itemIndex: number, cause: unknown) {
  const error = cause instanceof Error ? cause : new Error(String(cause));
  return new NodeOperationError(context.getNode(), error, { itemIndex });
}
