// The words of real responses. cspell:ignore sqlalchemy asyncpg
import { isRecord } from '../contract/json';
import { Refusal, type Answer } from './answer';
import type { Run } from './run';

/** Dograh's IDs are 32-bit integers in PostgreSQL. Dograh does not check them first. */
const maxId = 2 ** 31 - 1;
/** Lone surrogates and NUL. */
const unreadable = /[\p{Cs}\0]/u;

/** Throws Dograh's response to a GET whose ID PostgreSQL cannot compare. It contains the SQL. */
export function assertId(id: unknown, table: string): void {
  if (!isTooLarge(id)) return;
  throw databaseError('invalid input for query argument $1: value out of int32 range', table);
}

/** The same for a POST. Its response is plain text. */
export function assertIdsToInsert(ids: readonly unknown[]): void {
  if (ids.some(isTooLarge)) throw new PlainTextFailure();
}

/** Throws Dograh's response to a GET with a text that PostgreSQL cannot compare. */
export function assertComparable(text: unknown): void {
  if (isComparable(text)) return;
  throw databaseError('invalid byte sequence for encoding "UTF8"', 'workflow_runs');
}

/**
 * Throws Dograh's response to a search in the contexts of these runs, if one of them has a lone surrogate or NUL.
 * PostgreSQL stores such JSON, but cannot read a value of it. So no run of the organization is found anymore.
 */
export function assertReadable(runs: readonly Run[]): void {
  if (runs.every(({ initialContext }) => isComparable(initialContext))) return;
  throw databaseError('unsupported Unicode escape sequence', 'workflow_runs');
}

function isComparable(value: unknown): boolean {
  if (typeof value === 'string') return !unreadable.test(value);
  if (Array.isArray(value)) return value.every(isComparable);
  return !isRecord(value) || Object.entries(value).every((entry) => entry.every(isComparable));
}

function isTooLarge(id: unknown): boolean {
  return typeof id === 'number' && id > maxId;
}

function databaseError(problem: string, table: string): Refusal {
  return new Refusal(
    500,
    `(sqlalchemy.dialects.postgresql.asyncpg.Error) ${problem} [SQL: SELECT ${table}.id FROM ${table} WHERE ${table}.organization_id = $1]`,
  );
}

class PlainTextFailure extends Refusal {
  constructor() {
    super(500, 'Internal Server Error');
  }

  override answer(): Answer {
    const body = Buffer.from('Internal Server Error');
    return { status: 500, body, headers: { 'content-type': 'text/plain; charset=utf-8' } };
  }
}
