/** Prints events, each with the seconds since the start. */
export class Timeline {
  readonly #start = Date.now();

  constructor(private readonly write: (line: string) => void) {}

  heading(text: string): void {
    this.write(`\n${text}`);
  }

  event(text: string): void {
    const seconds = ((Date.now() - this.#start) / 1000).toFixed(2);
    this.write(`${seconds.padStart(7)} s  ${text}`);
  }

  detail(label: string, value: unknown): void {
    this.write(
      `${' '.repeat(11)}${label.padEnd(8)} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
    );
  }
}
