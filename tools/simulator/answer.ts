/** The response of a simulated server. */
export interface Answer {
  status: number;
  /** Sent as JSON. Bytes are sent unchanged, and undefined sends no body. */
  body: unknown;
  headers?: Record<string, string>;
}

/** Dograh redirects the client. A route returns this instead of a body. */
export class Redirect {
  constructor(readonly location: string) {}

  answer(): Answer {
    return { status: 302, body: undefined, headers: { location: this.location } };
  }
}

/** Dograh sends a file. A route returns this instead of a body. */
export class FileBody {
  constructor(
    private readonly text: string,
    private readonly headers: Record<string, string>,
  ) {}

  answer(): Answer {
    return { status: 200, body: Buffer.from(this.text), headers: this.headers };
  }
}

/** Dograh refuses the request. The rules throw it. One place turns it into `{"detail": …}`. */
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
