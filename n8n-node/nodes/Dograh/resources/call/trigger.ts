import { SIMPLIFIED_RESULT, type CallResult, type PreparedCall } from '@dograh/shared';
import type { Item } from '../../execution/each-item';
import { resultOutput } from '../../execution/output';
import type { Operation } from '../operation';
import { readCall, readCallAgain, readMaxWait } from './call-input';

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

/** Places this item's call, unless an earlier attempt placed it or a calling rule does not allow it. */
export async function place(item: Item): Promise<CallResult> {
  const { client, itemIndex, read, placedCalls, whileWaiting } = item;
  return await placedCalls().once({
    itemIndex,
    call: client.prepare(readCall(item)),
    identify: () => client.identity(),
    ...readMaxWait(read),
    mayCallAgain: readCallAgain(item),
    callOf: (index) => prepareIfValid(item.at(index)),
    whileWaiting,
  });
}

function prepareIfValid(item: Item): PreparedCall | undefined {
  try {
    return item.client.prepare(readCall(item));
  } catch {
    return undefined;
  }
}
