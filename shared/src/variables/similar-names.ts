import { quote } from '../errors/quote';
import { cleanText } from '../input/text';

const MAX_SENTENCES = 5;

/**
 * One sentence for each wanted name that is not among the given ones, but almost: with other capital letters, spaces
 * or signs, or inside another object. Such a value is never used for the other name, because it may mean something else.
 * @param given names with dots
 */
export function similarNames(wanted: readonly string[], given: readonly string[]): string[] {
  return wanted
    .flatMap((name) => {
      const similar = given.find((one) => one !== name && isSimilar(one, name));
      return similar === undefined
        ? []
        : [
            `${quote(similar)} is not used for the variable ${quote(name)}, because the names differ.`,
          ];
    })
    .slice(0, MAX_SENTENCES);
}

function isSimilar(given: string, wanted: string): boolean {
  const [one, other] = [lettersOf(given), lettersOf(wanted)];
  if (other === '') return false;
  return (
    one === other ||
    lettersOf(given.slice(given.indexOf('.') + 1)) === other ||
    given.endsWith(`.${wanted}`)
  );
}

function lettersOf(name: string): string {
  return cleanText(name)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
