import { write, writeGoal, writeRatio, type Judged, type Unit } from './figure';

const HEAD = ['what', 'ours', 'rival', 'ratio', 'goal', 'met?'];

/** The figures of one benchmark. */
export interface Section {
  readonly name: string;
  readonly about: string;
  readonly figures: readonly Judged[];
}

/** The figures as a table for the terminal. @param details adds how each benchmark and each row was measured */
export function formatTable(sections: readonly Section[], details: boolean): string {
  const figures = sections.flatMap((section) => section.figures);
  if (!details) return `${aligned([HEAD, ...figures.map(cellsOf)]).join('\n')}\n`;
  const rows = figures.map((figure, index) => {
    const [what, ...others] = cellsOf(figure);
    return [`${what} [${index + 1}]`, ...others];
  });
  const notes = figures.map(({ note }, index) => `[${index + 1}] ${note}`);
  const descriptions = sections.map(({ name, about }) => `${capitalized(name)}: ${about}`);
  return [...aligned([HEAD, ...rows]), '', ...descriptions, '', ...notes, ''].join('\n');
}

/** The figures as a page of documentation. */
export function formatPage(sections: readonly Section[], machine: readonly string[]): string {
  return [
    '# Benchmarks',
    INTRODUCTION,
    machine.map((line) => `- ${line}`).join('\n'),
    ...sections.flatMap(({ name, about, figures }) => [
      `## ${capitalized(name)}`,
      about,
      pageTable(figures),
    ]),
    '',
  ].join('\n\n');
}

const INTRODUCTION = [
  '`npm run bench` writes this page. `npm run bench -- --details` also prints all rows and how each was measured.',
  'Ours and the other program run alternately. Values are medians. Times depend on the machine, ratios much less.',
].join('\n\n');

/** Four columns. The head contains what all rows share: unit, goal and alternative. */
function pageTable(figures: readonly Judged[]): string {
  const shown = figures.filter(({ isDetail }) => isDetail !== true);
  const goal = onlyOne(shown.map(writeGoal));
  const unit = onlyOne(shown.map((figure) => figure.unit));
  const rival = onlyOne(shown.flatMap((figure) => figure.rival?.name ?? []));
  const rows = shown.map((figure) => [
    figure.what,
    valueOf(figure.ours, figure.unit, unit),
    rivalOf(figure, rival, unit),
    resultOf(figure, goal !== undefined),
  ]);
  const head = [
    '',
    unit === undefined ? 'Ours' : `Ours (${unit})`,
    rival ?? 'Other',
    ratioHead(goal),
  ];
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** @param goal the goal of all rows. Empty if there is none, undefined if goals differ */
function ratioHead(goal: string | undefined): string {
  if (goal === undefined) return 'Ratio, goal';
  return goal === '' ? 'Ratio' : `Ratio, goal: ${goal}`;
}

function onlyOne<T>(values: readonly T[]): T | undefined {
  return new Set(values).size === 1 ? values[0] : undefined;
}

function valueOf(value: number, unit: Unit, unitInHead: Unit | undefined): string {
  const written = write(value, unit);
  return unit === unitInHead ? written.slice(0, -unit.length).trim() : written;
}

function rivalOf(
  { rival, unit }: Judged,
  rivalInHead: string | undefined,
  unitInHead: Unit | undefined,
): string {
  if (rival === undefined) return '';
  const value = valueOf(rival.value, unit, unitInHead);
  return rival.name === rivalInHead ? value : `${value} (${rival.name})`;
}

function resultOf(figure: Judged, isGoalInHead: boolean): string {
  const { ratio, isMet } = figure;
  const goal = isGoalInHead ? '' : writeGoal(figure);
  const parts = [
    ratio === undefined ? '' : writeRatio(ratio),
    goal,
    isMet === false ? '**missed**' : '',
  ];
  return parts.filter(Boolean).join(', ');
}

function capitalized(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
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
