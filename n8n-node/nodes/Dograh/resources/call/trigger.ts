import { SIMPLIFIED_RESULT, type CallResult } from '@dograh/shared';
import type { Item } from '../../execution/each-item';
import { resultOutput } from '../../execution/output';
import type { Operation } from '../operation';
import { readCall, readMaxWait } from './call-input';

/** All values, because nobody can see the others later without another call. */
const output = resultOutput(SIMPLIFIED_RESULT.placedCall, false);

/** Places one call per item, and returns when Dograh has accepted it. */
export const trigger: Operation = {
  option: {
    name: 'Trigger Call',
    value: 'trigger',
    action: 'Trigger call',
    description:
      'Have a voice agent call a phone number. To start a workflow when a call ends, use Dograh Trigger.',
  },
  fields: output.fields({ resource: ['call'], operation: ['trigger'] }),
  execute: async (item) => {
    const toItem = output.read(item);
    return [toItem(await place(item))];
  },
};

/** Places this item's call, unless an earlier attempt placed it, and returns its run. */
export async function place(item: Item): Promise<CallResult> {
  const { context, client, itemIndex, read, placed } = item;
  const call = client.prepare(readCall(item));
  const maxWaitMs = readMaxWait(read);
  const signal = context.getExecutionCancelSignal();
  return await placed.once(itemIndex, call.phoneNumber, {
    place: () => call.place({ maxWaitMs, signal }),
    recover: (lost) => call.recover(lost, signal),
  });
}
