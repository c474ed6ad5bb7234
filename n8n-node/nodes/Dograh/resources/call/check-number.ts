import { NUMBER_CHECK_LABELS, SIMPLIFIED_NUMBER_CHECK, type NumberCheck } from '@dograh/shared';
import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { outputOf } from '../../execution/output';
import { callingRuleOptions } from '../calling-rules/calling-rule-options';
import { readCallingRules } from '../calling-rules/read-calling-rules';
import { inOrder } from '../in-order';
import { defaultCountryField, numberFormatField } from '../number-fields';
import type { Operation } from '../operation';
import { readPhoneNumberRules } from './call-input';
import { concurrencyField, timeoutField } from './call-options';

const show = { resource: ['call'], operation: ['checkNumber'] };

/** All values: the time zones and the rules make a table long, but they are what a person checks. */
const output = outputOf<NumberCheck>({
  labels: NUMBER_CHECK_LABELS,
  id: 'phone_number',
  simplified: SIMPLIFIED_NUMBER_CHECK,
  answers: ['callable_now', 'opted_out'],
  simplify: false,
});

const options: INodeProperties = {
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add Option',
  default: {},
  displayOptions: { show },
  options: inOrder([
    ...callingRuleOptions.filter(({ name }) => name !== 'onRule'),
    ...[concurrencyField, defaultCountryField, numberFormatField, timeoutField],
  ]),
};

/** Shows what is known about a number, and what the calling rules say. It places no call. */
export const checkNumber: Operation = {
  option: {
    name: 'Check Number',
    value: 'checkNumber',
    action: 'Check number',
    description:
      'Show whether a number may be called now, its time zones and its earlier calls, without placing a call',
  },
  fields: [...output.fields(show), options],
  execute: async (item) => {
    const { client, context, node, read } = item;
    const toItem = output.read(item);
    const given = read('options', {}) as IDataObject;
    const signal = context.getExecutionCancelSignal();
    const check = await client.checkNumber(
      {
        phoneNumber: read('phoneNumber'),
        phoneNumberRules: readPhoneNumberRules(given),
        callingRules: readCallingRules(given, node),
      },
      signal,
    );
    return [toItem(check)];
  },
};
