/**
 * The labels that a section of a README lists as parameters: its list items that begin with labels in bold and a
 * colon. Sorted, and with every repetition.
 */
export function parametersIn(readme: string, section: string): string[] {
  const text = `\n${readme}`.split('\n## ').find((one) => one.startsWith(`${section}\n`)) ?? '';
  const rows = [...text.matchAll(/^- (\*\*[^*]+\*\*(?:, \*\*[^*]+\*\*)*):/gm)];
  return rows
    .flatMap(([, labels = '']) => [...labels.matchAll(/\*\*([^*]+)\*\*/g)])
    .map(([, label = '']) => label)
    .toSorted();
}
