import { write, writeGoal, writeRatio, type Judged } from './figure';

const HEAD = ['what', 'ours', 'rival', 'ratio', 'goal', 'met?'];

/** The figures of one benchmark. */
export interface Section {
  readonly name: string;
  readonly about: string;
  readonly figures: readonly Judged[];
}

/** The figures as a table to read, with what is to be known of them below, and a numbered note for each row. */
export function formatTable(sections: readonly Section[]): string {
  const figures = sections.flatMap((section) => section.figures);
  const rows = figures.map((figure, index) => {
    const [what, ...others] = cellsOf(figure);
    return [`${what} [${index + 1}]`, ...others];
  });
  const notes = figures.map(({ note }, index) => `[${index + 1}] ${note}`);
  const abouts = sections.map(({ name, about }) => `${capitalized(name)}: ${about}`);
  return [...aligned([HEAD, ...rows]), '', ...abouts, '', ...notes, ''].join('\n');
}

/** The same as a page of documentation. */
export function formatPage(sections: readonly Section[], machine: readonly string[]): string {
  return [
    '# Benchmarks',
    '`npm run bench` measures this, and writes this page. Ours and the rival are measured in turn in one run, so that what slows the machine slows both, and the figures are medians, where a row does not say otherwise. Times depend on the machine, ratios much less.',
    machine.map((line) => `- ${line}`).join('\n'),
    ...sections.flatMap(({ name, about, figures }) => [
      `## ${capitalized(name)}`,
      about,
      [HEAD, HEAD.map(() => '---'), ...figures.map((figure) => cellsOf(figure))]
        .map((cells) => `| ${cells.join(' | ')} |`)
        .join('\n'),
      notesOf(figures),
    ]),
    '',
  ].join('\n\n');
}

function capitalized(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

function notesOf(figures: readonly Judged[]): string {
  const notes = figures.map(({ what, note }) => `- **${what}**: ${note}`);
  return `<details>\n<summary>Row by row</summary>\n\n${notes.join('\n')}\n\n</details>`;
}

function cellsOf(figure: Judged): [what: string, ...string[]] {
  const { what, unit, ours, rival, ratio, isMet } = figure;
  return [
    what,
    write(ours, unit),
    rival === undefined ? '' : `${write(rival.value, unit)} (${rival.name})`,
    ratio === undefined ? '' : writeRatio(ratio),
    writeGoal(figure),
    isMet === undefined ? '' : isMet ? 'yes' : 'NO',
  ];
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
