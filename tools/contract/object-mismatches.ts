import { isRecord, recordAt, type JsonRecord } from './json';
import type { Direction, Mismatch } from './mismatch';

/** The position of two objects, and the comparison of their fields. */
interface Place {
  /** The object's own name, empty for the whole body. */
  field: string;
  direction: Direction;
  inside(written: unknown, read: unknown, field: string): Mismatch[];
}

/** Finds the mismatches between an object as one side writes it and as the other side reads it. */
export function findObjectMismatches(
  written: JsonRecord,
  read: JsonRecord,
  place: Place,
): Mismatch[] {
  const names = new Set([
    ...Object.keys(recordAt(written, 'properties')),
    ...Object.keys(recordAt(read, 'properties')),
    ...namesIn(read['required']),
  ]);
  return [
    ...[...names].flatMap((name) => compareField(name, written, read, place)),
    ...compareOtherFields(written, read, place),
  ];
}

function compareField(
  name: string,
  written: JsonRecord,
  read: JsonRecord,
  place: Place,
): Mismatch[] {
  const writes = recordAt(written, 'properties');
  const reads = recordAt(read, 'properties');
  const isNeeded = namesIn(read['required']).has(name);
  const field = below(place.field, name);
  if (!(name in writes)) {
    // A response must have each field that we read, required or not. A request may have fewer fields.
    return isNeeded || place.direction === 'answer' ? [{ field, kind: 'missing' }] : [];
  }
  if (!(name in reads) && !isNeeded) {
    const others = takesOthers(read, place.direction);
    if (others === false) return [{ field, kind: 'unknown' }];
    return place.inside(writes[name], others, field);
  }
  const isSure = namesIn(written['required']).has(name);
  return [
    ...(isNeeded && !isSure ? [{ field, kind: 'may-be-missing' as const }] : []),
    ...place.inside(writes[name], reads[name], field),
  ];
}

/** Further fields of any name that the writer may write. */
function compareOtherFields(written: JsonRecord, read: JsonRecord, place: Place): Mismatch[] {
  if (!writesOthers(written)) return [];
  const taken = takesOthers(read, place.direction);
  if (taken === false) return [{ field: place.field, kind: 'closed' }];
  return place.inside(written['additionalProperties'] ?? true, taken, below(place.field, '*'));
}

/** An object with named fields writes only those, unless it allows others. */
function writesOthers(written: JsonRecord): boolean {
  const others = written['additionalProperties'];
  return others === undefined ? !hasNames(written) : others !== false;
}

/**
 * The schema of the fields that a reader accepts without naming them. False if it accepts none. A server ignores
 * fields that its model does not name. If we send such a field, that is as bad as a refusal.
 */
function takesOthers(read: JsonRecord, direction: Direction): unknown {
  const others = read['additionalProperties'];
  if (others !== undefined) return others;
  return direction === 'answer' || !hasNames(read);
}

function hasNames(schema: JsonRecord): boolean {
  return isRecord(schema['properties']) && Object.keys(schema['properties']).length > 0;
}

function namesIn(required: unknown): Set<string> {
  return new Set(Array.isArray(required) ? required.map(String) : []);
}

function below(field: string, name: string): string {
  return field === '' ? name : `${field}.${name}`;
}
