import fc from 'fast-check';
import { DograhError } from '@dograh/shared';
import { cleanText } from '../../../shared/src/input/text';
import { buildContext } from '../../../shared/src/variables/build-context';
import type { JsonObject } from '../../../shared/src/variables/json-value';
import { RESERVED_NAMES } from '../../../shared/src/variables/reserved-names';

const UNSAFE = ['__proto__', 'constructor', 'prototype'];
const taken = new Set([...RESERVED_NAMES, ...UNSAFE, 'greeting_override']);

const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
  .map(cleanText)
  .filter((text) => text !== '' && !/[\s|{}.]/.test(text) && !taken.has(text));
const value = fc.jsonValue({ maxDepth: 3 }).filter(hasSafeNames).map(withoutLongNumbers);
const safeObject = fc.dictionary(name, value, { maxKeys: 6 });

describe('the initial context of random input', () => {
  it('contains every value of a JSON object, unchanged', () => {
    fc.assert(
      fc.property(safeObject, (json) => {
        expect(leaves(buildContext({ json }))).toEqual(leaves(json));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is the same for JSON as text and as an object', () => {
    fc.assert(
      fc.property(safeObject, (json) => {
        expect(buildContext({ json: JSON.stringify(json) })).toEqual(
          buildContext({ json: JSON.parse(JSON.stringify(json)) as unknown }),
        );
      }),
    );
  });

  it('contains the last value of every name, or the call is refused', () => {
    fc.assert(
      fc.property(safeObject, safeObject, safeObject, (json, pairs, mapped) => {
        const context = unlessRefused(() =>
          buildContext({
            json,
            pairs: Object.entries(pairs).map(([name, value]) => ({ name, value })),
            mapped,
          }),
        );
        if (context === undefined) return;
        const expected = new Map([json, pairs, mapped].flatMap((source) => leaves(source)));
        const arrived = new Map(leaves(context));
        for (const [path, value] of expected) {
          // An empty object has nothing to lose once another source fills it.
          if (value === '{}' && !arrived.has(path)) continue;
          expect(arrived.get(path)).toBe(value);
        }
        expect(arrived.size).toBeLessThanOrEqual(expected.size);
      }),
      { numRuns: 2_000 },
    );
  });

  it('does not change the prototype of objects', () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    const anyName = fc.oneof(
      fc.string(),
      fc
        .array(fc.constantFrom(...UNSAFE, 'a', 'toString'), { minLength: 1, maxLength: 4 })
        .map((p) => p.join('.')),
    );
    fc.assert(
      fc.property(
        anyName,
        fc.anything({ withNullPrototype: true, withDate: true }),
        (key, value) => {
          unlessRefused(() => buildContext({ pairs: [{ name: key, value }] }));
          unlessRefused(() => buildContext({ json: `{${JSON.stringify(key)}: {"polluted": 1}}` }));
          expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
          expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

/** Path and JSON of every value that is not a filled object. Paths are JSON because a name may contain any text. */
function leaves(value: unknown, path: readonly string[] = []): [string, string][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return [[JSON.stringify(path), JSON.stringify(value)]];
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return path.length === 0 ? [] : [[JSON.stringify(path), '{}']];
  return entries.flatMap(([key, item]) => leaves(item, [...path, key])).sort();
}

function hasSafeNames(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(
    ([key, item]) => !UNSAFE.includes(key) && cleanText(key) === key && hasSafeNames(item),
  );
}

function withoutLongNumbers(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_name, item: unknown) =>
    typeof item === 'number' && Math.abs(item) > Number.MAX_SAFE_INTEGER ? 1 / item : item,
  );
}

function unlessRefused(build: () => JsonObject): JsonObject | undefined {
  try {
    return build();
  } catch (error) {
    if (error instanceof DograhError) return undefined;
    throw error;
  }
}
