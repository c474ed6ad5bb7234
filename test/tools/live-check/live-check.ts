import { checkDograh } from '../../../tools/live-check/check-dograh';
import { readOptions } from '../../../tools/live-check/options';
import type { Simulator } from '../../../tools/simulator';

export const NUMBER = '+14155550123';
/** The lines in their order. The last three need a call. */
export const READING = [
  'contract',
  'connection',
  'agents',
  'variables',
  'telephony',
  'runs',
  'transcript',
  'recording',
] as const;
export const CALLING = ['call', 'by reference', 'by number'] as const;
export type LineName = (typeof READING)[number] | (typeof CALLING)[number];

/** What the command printed and returned. */
export interface Checked {
  readonly lines: readonly string[];
  /** Without the announcement of a call, in the order of the lines. */
  readonly verdicts: readonly (readonly [name: string, verdict: string])[];
  readonly worksAll: boolean;
}

/** Runs the command in this process. @param onLine happens after a line was printed, before the next check begins */
export async function check(
  { url, world }: Simulator,
  args: readonly string[] = [],
  onLine: (line: string) => void = () => undefined,
): Promise<Checked> {
  const options = readOptions(['--base-url', url, ...args], {
    DOGRAH_API_KEY: world.acme.apiKey,
  });
  if (options === undefined) throw new Error('No options.');
  const lines: string[] = [];
  const worksAll = await checkDograh(options, (line) => {
    lines.push(line);
    onLine(line);
  });
  return { lines, verdicts: lines.flatMap(verdictIn), worksAll };
}

export function lineOf({ lines }: Pick<Checked, 'lines'>, name: LineName): string {
  return lines.find((line) => nameIn(line) === name) ?? '';
}

const LINE = /^(works|differs|not tried) +([a-z ]+): /;

export function nameIn(line: string): string | undefined {
  return LINE.exec(line)?.[2];
}

function verdictIn(line: string): [name: string, verdict: string][] {
  const [, verdict, name] = LINE.exec(line) ?? [];
  return verdict === undefined || name === undefined ? [] : [[name, verdict]];
}
