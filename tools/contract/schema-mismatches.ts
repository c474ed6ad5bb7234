import type { Direction, Mismatch } from './mismatch';
import { findObjectMismatches } from './object-mismatches';
import { brokenConstraints } from './schema-constraints';
import { describeVariants, fits, variantsOf, type Variant } from './schema-variants';

/** Two schemas of one value, each with the document of its references. */
export interface Sides {
  direction: Direction;
  writer: { schema: unknown; document: unknown };
  reader: { schema: unknown; document: unknown };
}

/** The maximum depth, because schemas may contain themselves. */
const maxDepth = 12;

/** The reader must accept each value that the writer may write. Lists the mismatches. */
export function findMismatches(sides: Sides, field = '', depth = 0): Mismatch[] {
  if (depth > maxDepth) return [];
  const writes = variantsOf(sides.writer.schema, sides.writer.document);
  const reads = variantsOf(sides.reader.schema, sides.reader.document);
  if (reads.some((variant) => variant.type === 'any')) return [];

  const inside = (written: unknown, read: unknown, innerField: string): Mismatch[] =>
    findMismatches(
      {
        direction: sides.direction,
        writer: { ...sides.writer, schema: written },
        reader: { ...sides.reader, schema: read },
      },
      innerField,
      depth + 1,
    );
  const found = writes.map((written) => {
    const candidates = reads.filter((read) => isOfKind(written, read));
    return fewest(candidates.map((read) => mismatchesOf(written, read, sides, field, inside)));
  });
  if (!found.includes(undefined)) return found.flatMap((mismatches) => mismatches ?? []);
  const wrongType = { written: describeVariants(writes), read: describeVariants(reads) };
  return [{ field, kind: 'type', ...wrongType }];
}

function isOfKind(written: Variant, read: Variant): boolean {
  return fits(written.type, read.type) && hasOnlyValuesOf(written, read);
}

function hasOnlyValuesOf(written: Variant, read: Variant): boolean {
  if (!read.values) return true;
  const allowed = new Set(read.values.map((value) => JSON.stringify(value)));
  return written.values?.every((value) => allowed.has(JSON.stringify(value))) ?? false;
}

/** If several variants of the reader fit, the one with the fewest mismatches counts. */
function fewest(candidates: Mismatch[][]): Mismatch[] | undefined {
  return candidates.toSorted((a, b) => a.length - b.length)[0];
}

function mismatchesOf(
  written: Variant,
  read: Variant,
  { direction }: Sides,
  field: string,
  inside: (written: unknown, read: unknown, field: string) => Mismatch[],
): Mismatch[] {
  // Listed values are compared one by one, so other keywords add nothing.
  if (written.values) return [];
  const constraints = brokenConstraints(written.schema, read.schema, written.type).map(
    (constraint): Mismatch => ({ field, kind: 'constraint', constraint }),
  );
  switch (written.type) {
    case 'array':
      return [
        ...constraints,
        ...inside(written.schema['items'], read.schema['items'], `${field}[]`),
      ];
    case 'object':
      return [
        ...constraints,
        ...findObjectMismatches(written.schema, read.schema, { field, direction, inside }),
      ];
    default:
      return constraints;
  }
}
