import type { Direction, Mismatch } from './mismatch';

/** Describes a mismatch from our point of view. `whole` names the compared value, `part` the owner of its fields. */
export function describeMismatch(
  mismatch: Mismatch,
  direction: Direction,
  { whole, part }: { whole: string; part: string },
): string {
  const what = mismatch.field === '' ? whole : `${part} field "${mismatch.field}"`;
  return `${what} ${direction === 'request' ? ofRequest(mismatch) : ofAnswer(mismatch)}`;
}

/** We write, they read. */
function ofRequest(mismatch: Mismatch): string {
  switch (mismatch.kind) {
    case 'missing':
      return 'is required now; we do not send it';
    case 'may-be-missing':
      return 'is required now; we may leave it out';
    case 'unknown':
      return 'is gone; we send it';
    case 'closed':
      return 'takes only fields of certain names now; we send others too';
    case 'type':
      return `takes ${mismatch.read} now; we send ${mismatch.written}`;
    case 'constraint':
      return `must have ${mismatch.constraint} now; what we send may not`;
  }
}

/** They write, we read. */
function ofAnswer(mismatch: Mismatch): string {
  switch (mismatch.kind) {
    case 'missing':
      return 'is gone; we read it';
    case 'may-be-missing':
      return 'may be missing now; we rely on it';
    case 'unknown':
      return 'is new; our contract allows only its own fields';
    case 'closed':
      return 'may have fields of any name now; our contract allows certain ones only';
    case 'type':
      return `is ${mismatch.written} now; we read ${mismatch.read}`;
    case 'constraint':
      return `may be without ${mismatch.constraint} now; we rely on it`;
  }
}
