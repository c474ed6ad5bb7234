import { cleanText } from '../input/text';
import type { ListedRun } from './listed-run';

/**
 * Whether a run has one of these dispositions: in the agent's or the provider's own word, or in the organization's code
 * for it. Case does not count, and `-` is the same as `_`.
 * @param wanted empty for any run
 */
export function hasDisposition(
  wanted: readonly string[],
  { disposition, end }: ListedRun,
): boolean {
  if (wanted.length === 0) return true;
  const words = wanted.map(asWord);
  return [disposition, end.disposition].some((own) => own !== null && words.includes(asWord(own)));
}

function asWord(text: string): string {
  return cleanText(text).toLowerCase().replaceAll('-', '_');
}
