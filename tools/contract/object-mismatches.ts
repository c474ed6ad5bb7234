import { isRecord, recordAt, type JsonRecord } from './json';
import type { Direction, Mismatch } from './mismatch';

/** Where two objects stand, and how what is in them is compared. */
interface Place {
  /** The object's own name, empty for the whole body. */
  field: string;
  direction: Direction;
  inside(written: unknown, read: unknown, field: string): Mismatch[];
}

/** What stands between an object as one side writes it and as the other reads it. */
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
    // Whoever answers must have what we read, needed or not; whoever is asked may offer more.
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

/** Fields of any name that the writer may write beside those it names. */
function compareOtherFields(written: JsonRecord, read: JsonRecord, place: Place): Mismatch[] {
  if (!writesOthers(written)) return [];
  const taken = takesOthers(read, place.direction);
  if (taken === false) return [{ field: place.field, kind: 'closed' }];
  return place.inside(written['additionalProperties'] ?? true, taken, below(place.field, '*'));
}

/** An object with named fields writes those only, unless it says otherwise. */
function writesOthers(written: JsonRecord): boolean {
  const others = written['additionalProperties'];
  return others === undefined ? !hasNames(written) : others !== false;
}

/**
 * The schema of the fields that a reader takes without naming them, or false when it takes none. A server
 * skips over fields that its model does not name: for us who send one that is as good as a refusal.
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
