import { write, writeGoal, writeRatio, type Judged } from './figure';

const HEAD = ['what', 'ours', 'rival', 'ratio', 'goal', 'met?'];

/** The figures as a table to read, with a numbered note below it for each row. */
export function formatTable(figures: readonly Judged[]): string {
  const rows = figures.map((figure, index) => [
    `${figure.what} [${index + 1}]`,
    write(figure.ours, figure.unit),
    `${write(figure.rival.value, figure.unit)} (${figure.rival.name})`,
    writeRatio(figure.ratio),
    writeGoal(figure),
    figure.isMet ? 'yes' : 'NO',
  ]);
  const notes = figures.map(({ note }, index) => `[${index + 1}] ${note}`);
  return [...aligned([HEAD, ...rows]), '', ...notes, ''].join('\n');
}

function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = HEAD.map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)];
}
