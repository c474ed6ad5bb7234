/** What a simulated server answers. */
export interface Answer {
  status: number;
  /** Goes out as JSON; bytes go out as they are, and undefined as nothing. */
  body: unknown;
  headers?: Record<string, string>;
}

/** Dograh sends the client elsewhere. Given by a route in the place of a body. */
export class Redirect {
  constructor(readonly location: string) {}

  answer(): Answer {
    return { status: 302, body: undefined, headers: { location: this.location } };
  }
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
