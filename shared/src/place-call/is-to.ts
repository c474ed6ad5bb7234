import { isSameNumber } from '../input/same-number';
import type { ListedRun } from '../runs/listed-run';

/** Whether a run is to this number. Where Dograh does not say to which it is, it may be to this one. */
export function mayBeTo(phoneNumber: string, { calledNumber }: ListedRun): boolean {
  return calledNumber === null || isSameNumber(calledNumber, phoneNumber);
}
