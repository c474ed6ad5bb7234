/** In a request, we write and Dograh reads. In an answer, Dograh writes and we read. */
export type Direction = 'request' | 'answer';

/** One reason why the reader may not understand the writer. `field` is empty for the whole body. */
export type Mismatch = { field: string } & (
  | { kind: 'missing' }
  | { kind: 'may-be-missing' }
  /** The writer writes a field that the reader does not know. */
  | { kind: 'unknown' }
  /** The writer writes fields of any name. The reader knows only some of them. */
  | { kind: 'closed' }
  | { kind: 'type'; written: string; read: string }
  | { kind: 'constraint'; constraint: string }
);
