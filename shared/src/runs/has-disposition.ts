import { splitList } from '../input/list';
import type { ListedRun } from './listed-run';
import { asWord } from './outcome';

/**
 * Whether a run has one of these dispositions: in the agent's or the provider's own word, or in the organization's code
 * for it. Case does not count, and `-` is the same as `_`. A disposition with commas is the list of its parts, as in the
 * filter.
 * @param wanted empty for any run
 */
export function hasDisposition(
  wanted: readonly string[],
  { disposition, end }: ListedRun,
): boolean {
  if (wanted.length === 0) return true;
  const words = wanted.map(asWord);
  return [disposition, end.disposition].some((own) => {
    const parts = splitList(own ?? '').map(asWord);
    return parts.length > 0 && parts.every((part) => words.includes(part));
  });
}

/** Whether a run has one of these dispositions, alone or among others. Only letters and digits count. */
export function namesDisposition(
  wanted: readonly string[],
  { disposition, end }: ListedRun,
): boolean {
  const words = wanted.map(lettersOf);
  return [disposition, end.disposition]
    .flatMap((own) => (own ?? '').split(/[,;|/\r\n]/))
    .some((part) => words.includes(lettersOf(part)));
}

function lettersOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '');
}
