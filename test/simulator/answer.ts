/** What the simulated Dograh answers: a status and a JSON body. */
export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** Dograh says no. Thrown by the rules, turned into `{"detail": …}` in one place. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly detail: unknown,
    readonly headers: Record<string, string> = {},
  ) {
    super(`${String(status)} ${JSON.stringify(detail)}`);
  }

  answer(): Answer {
    return { status: this.status, body: { detail: this.detail }, headers: this.headers };
  }
}
