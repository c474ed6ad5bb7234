import type { Resource } from '../operation';
import { callFields } from './call-fields';
import { callOptions } from './call-options';
import { checkNumber } from './check-number';
import { preview } from './preview';
import { trigger } from './trigger';
import { triggerAndWait } from './trigger-and-wait';

export const call: Resource = {
  option: { name: 'Call', value: 'call' },
  operations: [checkNumber, preview, trigger, triggerAndWait],
  defaultOperation: trigger,
  fields: [
    ...callFields,
    ...preview.fields,
    ...trigger.fields,
    ...triggerAndWait.fields,
    callOptions,
    ...checkNumber.fields,
  ],
};
