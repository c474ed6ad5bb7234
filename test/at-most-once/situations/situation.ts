import type { TransportRequest } from '@dograh/shared';
import type { NetworkFault } from '../../../shared/src/transport/transport';
import type { Adapter } from '../adapters';
import type { Destination, Read } from '../wire/destination';

/** Something that goes wrong between sending a request and reading its answer. */
export interface Situation {
  readonly name: string;
  /** @param cancel of the request */
  start(cancel: AbortController): Promise<Destination>;
  readonly request?: Partial<TransportRequest>;
  readonly outcome: Outcome;
  /** Where one host's HTTP library sees less than the others. */
  readonly except?: Partial<Record<Adapter['name'], Partial<Outcome>>>;
}

export interface Outcome {
  /** What the transport says. */
  readonly fault: NetworkFault;
  readonly sent: 'no' | 'maybe';
  /** The system's code, where it is the proof that nothing was sent. */
  readonly code?: RegExp;
  /** What the other side knows: how much of the request it ever read, be it after the transport gave up. */
  readonly read: Read;
}

export const INTERRUPTED = { fault: 'interrupted', sent: 'maybe' } as const;
export const TIMED_OUT = { fault: 'timeout', sent: 'maybe' } as const;
export const CANCELLED = { fault: 'cancelled', sent: 'maybe' } as const;

/** More than the systems' buffers hold, so that it does not arrive where it is not read. */
export const LARGE = { body: { note: 'x'.repeat(16 * 1024 * 1024) } };
