import type { TransportRequest } from '@dograh/shared';
import type { NetworkFault } from '../../../shared/src/transport/transport';
import type { Adapter } from '../adapters';
import type { Destination, Read } from '../wire/destination';

/** A failure between sending a request and reading its answer. */
export interface Situation {
  readonly name: string;
  /** @param cancel of the request */
  start(cancel: AbortController): Promise<Destination>;
  readonly request?: Partial<TransportRequest>;
  readonly outcome: Outcome;
  /** The outcome of a host whose HTTP library notices less than the others. */
  readonly except?: Partial<Record<Adapter['name'], Partial<Outcome>>>;
}

export interface Outcome {
  /** The transport's report. */
  readonly fault: NetworkFault;
  readonly sent: 'no' | 'maybe';
  /** The system's error code, if it proves that nothing was sent. */
  readonly code?: RegExp;
  /** How much of the request the server read, even after the transport gave up. */
  readonly read: Read;
}

export const INTERRUPTED = { fault: 'interrupted', sent: 'maybe' } as const;
export const TIMED_OUT = { fault: 'timeout', sent: 'maybe' } as const;
export const CANCELED = { fault: 'cancelled', sent: 'maybe' } as const;

/** More than the systems' buffers hold, so that it does not arrive where it is not read. */
export const LARGE = { body: { note: 'x'.repeat(16 * 1024 * 1024) } };
