/** Who writes and who reads. In a request we write and Dograh reads; in an answer, the other way round. */
export type Direction = 'request' | 'answer';

/** One reason why the reader may not understand what the writer writes. `field` is empty for the whole. */
export type Mismatch = { field: string } & (
  | { kind: 'missing' }
  | { kind: 'may-be-missing' }
  /** The writer writes a field that the reader does not know. */
  | { kind: 'unknown' }
  /** The writer writes fields of any name; the reader knows some only. */
  | { kind: 'closed' }
  | { kind: 'type'; written: string; read: string }
  | { kind: 'constraint'; constraint: string }
);
