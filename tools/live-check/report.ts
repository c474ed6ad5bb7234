import { DograhError } from '@dograh/shared';
import { differs, notTried, type Finding } from './finding';

export interface Check<T> {
  /** What is checked, in one or two words. */
  readonly name: string;
  /** The expected result, in case the check throws an error. */
  readonly expected: string;
  readonly run: () => Promise<Finding<T>>;
}

/** Runs checks one after the other, and prints one line for each. */
export class Report {
  readonly #print: (line: string) => void;
  #hasDifference = false;

  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  get hasDifference(): boolean {
    return this.#hasDifference;
  }

  /**
   * @param obstacle why the check cannot be tried; undefined if it can
   * @returns what the check found; undefined if there is nothing
   */
  async check<T>({ name, expected, run }: Check<T>, obstacle?: string): Promise<T | undefined> {
    if (obstacle !== undefined) {
      this.skip(name, obstacle);
      return undefined;
    }
    const finding = await run().catch((error: unknown) => differs(expected, reasonOf(error)));
    this.#add(name, finding);
    return 'found' in finding ? finding.found : undefined;
  }

  /** Prints the line of a check that is not tried. */
  skip(name: string, why: string): void {
    this.#add(name, notTried(why));
  }

  /** Prints one line, also if the text has several. */
  say(text: string): void {
    this.#print(text.replace(/\s*[\r\n]+\s*/g, ' '));
  }

  #add(name: string, finding: Finding<unknown>): void {
    if (finding.verdict === 'differs') this.#hasDifference = true;
    this.say(`${finding.verdict.padEnd(9)}  ${name}: ${textOf(finding)}`);
  }
}

function textOf(finding: Finding<unknown>): string {
  switch (finding.verdict) {
    case 'works':
      return finding.facts;
    case 'differs':
      return `Expected ${finding.expected}. Came: ${finding.came}`;
    case 'not tried':
      return finding.why;
  }
}

export function reasonOf(error: unknown): string {
  if (error instanceof DograhError) return error.fullMessage;
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `an error of this program. Please report it: ${what}`;
}
