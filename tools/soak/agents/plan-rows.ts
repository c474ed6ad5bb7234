import type { Dice } from './dice';
import { INVALID, numbersOf } from './numbers';
import type { AttemptOfSubject, RowsPlan } from './plan';

/** Rows that are called one by one, and how their numbers change from attempt to attempt. */
export function planRows(
  dice: Dice,
  family: number,
  count: number,
): { subject: RowsPlan; attempts: AttemptOfSubject[] } {
  const [first, ...others] = numbersOf(family);
  const pool: [string, ...string[]] = [first, ...others.slice(0, dice.between(0, 3))];
  const phones = dice.times(dice.between(1, 6), () => dice.pick(pool));
  const failsAtRow = dice.chance(0.6);
  if (failsAtRow) phones[dice.chance(0.7) ? phones.length - 1 : 0] = INVALID;
  const loopSize = dice.chance(0.25) ? dice.between(1, 2) : 0;
  const isEdited = loopSize === 0 && dice.chance(0.4);
  const corrected = dice.pick(pool);
  const attempts = dice.times(count, (index): AttemptOfSubject => {
    const isCorrected = index === count - 1 && dice.chance(0.8);
    const changes = isEdited && index > 0 && dice.chance(0.5);
    return {
      turns: {},
      mayCallAgain: false,
      nextFails: !failsAtRow && index < count - 1 ? dice.chance(0.6) : dice.chance(0.1),
      changed: {
        ...(changes && { [dice.pick(pool)]: dice.pick([first, ...others]) }),
        ...(isCorrected && { [INVALID]: corrected }),
      },
    };
  });
  const subject: RowsPlan = {
    kind: 'rows',
    phones,
    concurrency: dice.between(1, 3),
    loopSize,
    waits: dice.chance(0.15),
    retries: dice.chance(0.2),
    onError: dice.chance(0.2) ? 'continueRegularOutput' : 'stopWorkflow',
  };
  return { subject, attempts };
}
