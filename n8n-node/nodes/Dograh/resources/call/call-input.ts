import {
  DograhError,
  InvalidInputError,
  parseMaxWait,
  parseYesOrNo,
  type CallInput,
  type PhoneNumberRules,
} from '@dograh/shared';
import type { IDataObject, INode } from 'n8n-workflow';
import { chosenId } from '../../pickers/default-choice';
import type { Item } from '../../execution/each-item';
import type { CallOfItem } from '../../execution/placed-calls/placed-calls';
import { chosenOption, readChoice } from '../../execution/choice';
import { hasExpression, type Read } from '../../execution/parameters';
import { isTool } from '../../execution/tool';
import { unreadableError } from '../../execution/unreadable';
import { locatorValue } from '../../../locator-value';
import { readAgentVersion, toAgent } from '../agent/choose-agent';
import { readCallingRules } from '../calling-rules/read-calling-rules';
import { toGreeting } from '../greeting-field';
import { readVariables } from '../read-variables';

/** The call of one item as input for the client, not validated. */
export function readCall({ context, node, itemIndex, read }: Item): CallInput {
  try {
    const { json } = context.getInputData()[itemIndex] ?? { json: {} };
    return toCallInput(read, json, node);
  } catch (error) {
    throw error instanceof DograhError ? error : unreadableError(context, itemIndex, error);
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
    context: readVariables(read, item, isAnyAgent),
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
