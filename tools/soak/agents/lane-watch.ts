import type { PlannedFault, RequestRecord } from '../../simulator';
import type { DialedCall } from './family-record';
import type { Lane } from './lane';
import { digitsOf, numbersOf } from './numbers';

/** Plans the faults of a family at both servers of Dograh, and reads what they received from it. */
export class LaneWatch {
  readonly #phones: ReadonlySet<string>;
  readonly #calls: DialedCall[] = [];
  #attempt = 0;
  /** How many requests and calls came before this attempt, by server. */
  #before: readonly { readonly requests: number; readonly calls: number }[] = [];

  constructor(
    private readonly lane: Lane,
    family: number,
  ) {
    this.#phones = new Set(numbersOf(family).map(digitsOf));
  }

  begin(attempt: number, faults: readonly PlannedFault[]): void {
    this.#attempt = attempt;
    this.#before = this.lane.servers.map(({ simulator }) => ({
      requests: simulator.callRequests.length,
      calls: simulator.calls.length,
    }));
    for (const { simulator } of this.lane.servers) {
      for (const fault of faults) simulator.faults.add(fault);
    }
  }

  /** @returns the numbers whose calls got no clear response, once per request */
  end(): string[] {
    const unclear: string[] = [];
    for (const [dograh, { simulator }] of this.lane.servers.entries()) {
      simulator.faults.clear();
      const lost = this.#requests(dograh).filter(isUnclear);
      unclear.push(...lost.map(({ body }) => phoneIn(body)));
      const ids = new Set(lost.map(({ body }) => idIn(body)));
      for (const run of simulator.calls.slice(this.#before[dograh]?.calls)) {
        const phone = digitsOf(run.phoneNumber);
        if (!this.#phones.has(phone)) continue;
        const { runId } = run;
        const isLost = ids.has(String(run.initialContext['call_request_id']));
        this.#calls.push({ dograh, runId, phone, attempt: this.#attempt, isUnclear: isLost });
      }
    }
    return unclear;
  }

  hasSilentCall(): boolean {
    return this.lane.servers.some((_, dograh) =>
      this.#requests(dograh).some(({ status }) => status === 'fault:silence'),
    );
  }

  calls(): readonly DialedCall[] {
    return this.#calls;
  }

  #requests(dograh: number): RequestRecord[] {
    const { simulator } = this.lane.servers[dograh === 0 ? 0 : 1];
    return simulator.callRequests
      .slice(this.#before[dograh]?.requests)
      .filter(({ body }) => body === undefined || this.#phones.has(phoneIn(body)));
  }
}

/** Whether the client got no response that says whether the call was placed. A late response says it. */
function isUnclear({ status }: RequestRecord): boolean {
  if (status === 'unanswered') return true;
  return String(status).startsWith('fault:') && status !== 'fault:latency';
}

function phoneIn(body: unknown): string {
  return digitsOf((body as { phone_number?: unknown } | undefined)?.phone_number);
}

function idIn(body: unknown): string {
  const { initial_context: context } = (body ?? {}) as {
    initial_context?: { call_request_id?: unknown };
  };
  return String(context?.call_request_id);
}
