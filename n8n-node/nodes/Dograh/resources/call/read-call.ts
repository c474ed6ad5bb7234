import {
  parseMaxWait,
  type AgentReference,
  type CallInput,
  type VariablePair,
} from '@dograh/shared';
import { DEFAULT_MAX_WAIT_MINUTES } from './call-fields';
import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

/** The form of one item, in the client's words. Nothing is judged here. */
export function readCall(context: IExecuteFunctions, itemIndex: number): CallInput {
  try {
    return toCallInput((name, fallback) => context.getNodeParameter(name, itemIndex, fallback));
  } catch (error) {
    throw unreadable(context, itemIndex, error);
  }
}

/** How long this item may wait for a running call to end, in milliseconds. */
export function readMaxWait(context: IExecuteFunctions, itemIndex: number): number {
  const { onConcurrencyLimit = 'wait', maxWaitMinutes = DEFAULT_MAX_WAIT_MINUTES } =
    context.getNodeParameter('options', itemIndex, {}) as IDataObject;
  return onConcurrencyLimit === 'fail' ? 0 : parseMaxWait(maxWaitMinutes);
}

type Read = (name: string, fallback?: unknown) => unknown;

function toCallInput(read: Read): CallInput {
  const options = read('options', {}) as IDataObject;
  return {
    agent: toAgent(read('agent')),
    environment: read('environment'),
    phoneNumber: read('phoneNumber'),
    phoneNumberRules: { format: options.numberFormat, defaultCountry: options.defaultCountry },
    context:
      read('contextMode') === 'json'
        ? { json: read('contextJson') }
        : { pairs: toPairs(read('contextPairs', {})) },
    callReference: options.callReference,
    skipIfCalledWithin: options.skipIfCalledWithin,
    telephonyConfigurationId: zeroAsNone(options.telephonyConfigurationId),
    fromPhoneNumberId: zeroAsNone(options.fromPhoneNumberId),
  };
}

/** n8n puts 0 into a number field that was added and left alone. */
function zeroAsNone(id: unknown): unknown {
  return id === 0 ? undefined : id;
}

const MODES: Readonly<Record<string, AgentReference['by']>> = {
  list: 'agentUuid',
  triggerUrl: 'triggerUrl',
  triggerId: 'triggerId',
  agentUuid: 'agentUuid',
};

/** A bare value comes from an expression over the whole field, another mode from a workflow made by hand. */
function toAgent(locator: unknown): AgentReference {
  if (typeof locator !== 'object' || locator === null) return { by: 'trigger', value: locator };
  const { mode, value } = locator as { mode?: string; value?: unknown };
  const known = mode !== undefined && Object.hasOwn(MODES, mode) ? MODES[mode] : undefined;
  return { by: known ?? 'trigger', value };
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
