import {
  DograhError,
  InvalidInputError,
  isBlank,
  type ContactInput,
  type LaunchInput,
} from '@dograh/shared';
import type { IDataObject, INode, INodeProperties } from 'n8n-workflow';
import type { AllItems } from '../../execution/all-items';
import { labelInMessages } from '../../execution/option-names';
import { hasExpression } from '../../execution/parameters';
import { unreadableError } from '../../execution/unreadable';
import { chosenId } from '../../pickers/default-choice';
import { locatorValue } from '../../../locator-value';
import { toAgent } from '../agent/choose-agent';
import { readCallingRules } from '../calling-rules/read-calling-rules';
import { toGreeting } from '../greeting-field';
import { CONTEXT_MODE, readVariables } from '../read-variables';
import { launchOptions } from './launch-options';

/**
 * The campaign as input for the client, not validated. Its contacts are read only when the client needs them.
 * @throws InvalidInputError if a field of the campaign has different values for different items
 */
export function readLaunch(items: AllItems): LaunchInput {
  const { node, read } = items;
  const options = readOptions(items);
  const phoneNumberRules = { defaultCountry: options['defaultCountry'] };
  const isAnyAgent = hasExpression(locatorValue(node.parameters['agent']));
  return {
    name: read('campaignName', 'Campaign Name'),
    reference: read('campaignReference', 'Campaign Reference'),
    agent: toAgent(read('agent', 'Agent'), node.parameters['agent']),
    contacts: { [Symbol.iterator]: () => contactsOf(items, phoneNumberRules, isAnyAgent) },
    nameOfContact: (index) => `Item ${index}`,
    phoneNumberRules,
    callingRules: readCallingRules(options, node),
    telephonyConfigurationId: chosenId(options['telephonyConfigurationId']),
    concurrency: options['concurrency'],
    retries: valuesOf(options['retries']),
    circuitBreaker: valuesOf(options['circuitBreaker']),
    startNow: options['startNow'],
    onInvalidContact: options['onInvalidContact'],
  };
}

/** One after the other, so that the contacts are not in memory beside the items. */
function* contactsOf(
  { context, count, read, at }: AllItems,
  phoneNumberRules: ContactInput['phoneNumberRules'],
  isAnyAgent: boolean,
): Generator<ContactInput> {
  read('contextMode', CONTEXT_MODE);
  const items = context.getInputData();
  for (let index = 0; index < count; index += 1) {
    const own = at(index);
    try {
      yield {
        phoneNumber: own('phoneNumber'),
        phoneNumberRules,
        context: readVariables(own, items[index]?.json ?? {}, isAnyAgent),
        greeting: toGreeting(own('options.greeting', null)),
        callReference: own('options.callReference', ''),
      };
    } catch (error) {
      throw error instanceof DograhError ? error : unreadableError(context, index, error);
    }
  }
}

/** Options with a value of its own for each contact. */
const OF_CONTACT: ReadonlySet<string> = new Set(['callReference', 'greeting']);

/** The options of the whole campaign that the user has added. */
function readOptions({ node, read }: AllItems): IDataObject {
  const stored = storedOptions(node);
  const added = (launchOptions.options as INodeProperties[]).filter(
    ({ name }) => Object.hasOwn(stored, name) && !OF_CONTACT.has(name),
  );
  const values = added.map(({ name, displayName }) => {
    const label = labelInMessages(displayName);
    const value = read(`options.${name}`, label);
    if (hasExpression(stored[name])) assertHasValue(value, label);
    return [name, value] as const;
  });
  return Object.fromEntries(values) as IDataObject;
}

function storedOptions({ parameters }: INode): IDataObject {
  const { options = {} } = parameters;
  if (typeof options === 'object' && options !== null) return options as IDataObject;
  throw new InvalidInputError({
    message: 'Options must not be one expression.',
    hint: 'Add each option, and use an expression in it.',
  });
}

/**
 * An expression without a result must not become the default, which may start calls.
 * @throws InvalidInputError
 */
export function assertHasValue(value: unknown, label: string): void {
  if (!isBlank(value)) return;
  throw new InvalidInputError({
    message: `${label} is empty.`,
    hint: 'No campaign was created. Fill it in, or remove the option. If it is an expression, check its result.',
  });
}

/** The fields of an option with several fields. Undefined if the user has not added them. */
function valuesOf(group: unknown): IDataObject | undefined {
  return (group as { readonly values?: IDataObject } | null | undefined)?.values;
}
