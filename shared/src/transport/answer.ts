import type { TransportResponse } from './transport';
import { cut } from '../errors/quote';

const MAX_DETAIL_LENGTH = 500;

/**
 * Dograh's own words in an answer: FastAPI's `detail` as text, as a list of field messages, or as an object
 * that holds a message. A page of HTML, as a proxy answers, has none.
 */
export function detailOf(response: TransportResponse): string | undefined {
  const text = describe(isRecord(response.body) ? response.body['detail'] : undefined);
  return text === '' ? undefined : cut(text, MAX_DETAIL_LENGTH);
}

/** Dograh's own words as the end of a sentence, in front of its full stop; nothing where it said none. */
export function said(detail: string | undefined): string {
  return detail === undefined ? '' : `: ${detail.replace(/[.\s]+$/, '')}`;
}

/** An answer that ought to be a `T` of the contract: the names are known, the values have yet to be looked at. */
export type Fields<T> = { readonly [name in keyof T]?: unknown };

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What an answer that is no Dograh answer looks like, for a sentence about it. */
export function describeBody(response: TransportResponse): string {
  const { body } = response;
  if (body === undefined || body === null || body === '') return 'an empty answer';
  if (typeof body !== 'string') return 'JSON of another shape';
  return /<html|<!doctype/i.test(body) ? 'a web page' : 'text that is not JSON';
}

/** Deeper than any real answer. */
const MAX_DETAIL_DEPTH = 5;

function describe(detail: unknown, depth = 0): string {
  if (depth > MAX_DETAIL_DEPTH) return '';
  if (typeof detail === 'string') return detail.trim();
  if (Array.isArray(detail))
    return detail
      .map((entry) => describeEntry(entry, depth))
      .filter(Boolean)
      .join('; ');
  if (!isRecord(detail)) return '';
  const own = [detail['message'], detail['error'], detail['reason'], detail['detail']].find(
    (text) => typeof text === 'string',
  );
  const listed = Array.isArray(detail['errors']) ? describe(detail['errors'], depth + 1) : '';
  return [own, listed].filter((text) => typeof text === 'string' && text !== '').join(': ');
}

/** `{loc: ["body", "phone_number"], msg: "Field required"}` reads `phone_number: Field required`. */
function describeEntry(entry: unknown, depth: number): string {
  if (!isRecord(entry) || typeof entry['msg'] !== 'string') return describe(entry, depth + 1);
  const location = Array.isArray(entry['loc']) ? entry['loc'].slice(1).join('.') : '';
  return location === '' ? entry['msg'] : `${location}: ${entry['msg']}`;
}
