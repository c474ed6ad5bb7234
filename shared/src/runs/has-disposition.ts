import { splitList } from '../input/list';
import type { ListedRun } from './listed-run';
import { asWord } from './outcome';

/**
 * Whether a run has one of these dispositions: in the agent's or the provider's own word, or in the organization's code
 * for it. Case does not count, and `-` is the same as `_`. A disposition with commas is the list of its parts, as in the
 * filter.
 * @param wanted empty for any run
 */
export function hasDisposition(wanted: readonly string[], run: ListedRun): boolean {
  if (wanted.length === 0) return true;
  const words = wanted.map(asWord);
  return dispositionsOf(run).some(
    (parts) => parts.length > 0 && parts.every((part) => words.includes(part)),
  );
}

/** Whether a run has one of these dispositions, alone or among others. Words may be divided by spaces. */
export function namesDisposition(wanted: readonly string[], run: ListedRun): boolean {
  const toOneWord = (text: string): string => asWord(text).replace(/\s+/g, '_');
  const words = wanted.map(toOneWord);
  return dispositionsOf(run).some((parts) => parts.some((part) => words.includes(toOneWord(part))));
}

/** The organization's code and the raw disposition, each as the list of its parts. */
function dispositionsOf({ disposition, end }: ListedRun): string[][] {
  return [disposition, end.disposition].map((own) => splitList(own ?? '').map(asWord));
}
