import { defineInputFields, defineSearch, type Bundle, type ZObject } from 'zapier-platform-core';
import type { InferInputData } from 'zapier-platform-core';
import { callingRuleFields, callingRuleGroup } from '../calling-rule-fields';
import { toCallingRules } from '../calling-rules-input';
import { dograhClient } from '../host/client';
import { inZap } from '../host/errors';
import { MAX_REQUEST_MS } from '../host/time-limits';
import { numberFields } from '../number-fields';
import { checkedNumber } from '../outputs/number-check-output.sample';
import {
  numberCheckOutputFields,
  toNumberCheckOutput,
  type NumberCheckOutput,
} from '../outputs/number-check-output';

const inputFields = defineInputFields([
  {
    key: 'phone_number',
    label: 'Phone Number',
    type: 'string',
    required: true,
    placeholder: '+14155550123',
    helpText:
      'Number to check, with + and the country code. No number is dialed. The step uses the rules that you fill in below. Fill them in as in **Trigger Call**.',
  },
  ...callingRuleFields,
  ...numberFields,
]);

type Input = Partial<InferInputData<typeof inputFields>>;

async function perform(z: ZObject, bundle: Bundle<Input>): Promise<NumberCheckOutput[]> {
  return inZap(z, async () => {
    const { phone_number, number_format, default_country } = bundle.inputData;
    const check = await dograhClient(z, bundle, MAX_REQUEST_MS.findCall).checkNumber({
      phoneNumber: phone_number,
      phoneNumberRules: { format: number_format, defaultCountry: default_country },
      callingRules: toCallingRules(bundle),
    });
    return [toNumberCheckOutput(check)];
  });
}

export const checkNumber = defineSearch({
  key: 'check_number',
  noun: 'Number Check',
  display: {
    label: 'Check Number',
    description:
      'Finds out whether a phone number may be called now, its time zones and its earlier calls. Dials no number.',
  },
  operation: {
    inputFields,
    inputFieldGroups: [callingRuleGroup],
    perform,
    sample: { ...checkedNumber },
    outputFields: numberCheckOutputFields,
  },
});
