import { checkFamily, FINDINGS, type Finding } from './check-family';
import type { FamilyRecord } from './family-record';

/** The figures of the table, in its order. */
const MEANINGS = {
  executions: 'first executions',
  retries: 'retries by hand',
  crashes: 'of the first executions, those in which n8n was killed',
  asked: 'numbers that models and rows asked for',
  dialed: 'calls that were placed',
  unclear: 'of them, calls without a clear response',
  refused: 'requests and rows that got an error instead of a call',
  returned: 'results with a call',
  marked: 'of them, results with an earlier call, marked',
} as const;

export interface Report {
  readonly table: string;
  /** One story for each finding. */
  readonly stories: readonly string[];
}

export function reportOn(
  records: readonly FamilyRecord[],
  seed: number,
  others: readonly Finding[],
): Report {
  const found = records.map((record) => ({ record, findings: checkFamily(record) }));
  const all = [...found.flatMap(({ findings }) => findings), ...others];
  const figures = figuresOf(records);
  const lines = [
    ...Object.entries(MEANINGS).map(([name, meaning]) =>
      line(name, figures[name as keyof typeof MEANINGS], meaning),
    ),
    '',
    'These must be 0:',
    ...Object.entries(FINDINGS).map(([name, meaning]) =>
      line(name, all.filter(({ kind }) => kind === name).length, meaning),
    ),
  ];
  const stories = [
    ...found
      .filter(({ findings }) => findings.length > 0)
      .map(({ record, findings }) => storyOf(record, findings, seed)),
    ...others.map(({ kind, what }) => `${kind}: ${what}`),
  ];
  return { table: lines.join('\n'), stories };
}

function line(name: string, figure: number, meaning: string): string {
  return `${name.padEnd(11)} ${String(figure).padStart(6)}   ${meaning}`;
}

function figuresOf(records: readonly FamilyRecord[]): Record<keyof typeof MEANINGS, number> {
  const attempts = records.flatMap((record) => record.attempts);
  const calls = records.flatMap((record) => record.calls);
  const results = attempts.flatMap((attempt) => attempt.results).filter(({ by }) => by === 'node');
  return {
    executions: records.length,
    retries: attempts.length - records.length,
    crashes: attempts.filter(({ status }) => status === 'crashed').length,
    asked: attempts.flatMap(({ asked }) => asked).length,
    dialed: calls.length,
    unclear: calls.filter(({ isUnclear }) => isUnclear).length,
    refused: attempts.flatMap(({ refused }) => refused).length,
    returned: results.length,
    marked: results.filter(({ isMarked }) => isMarked).length,
  };
}

/** Everything that a person needs in order to reproduce the findings. */
function storyOf(
  { plan, attempts, calls }: FamilyRecord,
  findings: readonly Finding[],
  seed: number,
): string {
  const json = (value: unknown): string => JSON.stringify(value);
  return [
    ...findings.map(({ kind, what }) => `${kind}: ${what}`),
    `  npm run soak -- --agents --seed ${seed} --only ${plan.family}`,
    `  workflow: ${json(plan.subject)}`,
    ...attempts.flatMap(({ executionId, status, ...facts }, index) => [
      `  attempt ${index}: execution ${executionId}, ${status}, planned ${json(plan.attempts[index])}`,
      `    happened: ${json(facts)}`,
    ]),
    ...calls.map((call) => `  dialed: ${json(call)}`),
  ].join('\n');
}
