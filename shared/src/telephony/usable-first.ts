interface Choosable {
  readonly isDefault: boolean;
  readonly unusable: string | null;
}

/** First the usable ones, then the others. In each part, the default one comes first, then the others by name. */
export function usableFirst<T extends Choosable>(
  choices: readonly T[],
  nameOf: (choice: T) => string,
): readonly T[] {
  const rank = ({ isDefault, unusable }: T): number =>
    (unusable === null ? 0 : 2) + (isDefault ? 0 : 1);
  return [...choices].sort(
    (one, other) => rank(one) - rank(other) || nameOf(one).localeCompare(nameOf(other)),
  );
}
