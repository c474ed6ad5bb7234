import type { TransportResponse } from './transport';
import { cut } from '../errors/quote';
import { humanSentence } from './human-sentence';

const MAX_DETAIL_LENGTH = 2_000;

/**
 * Dograh's own text in a response: FastAPI's `detail` as a text, a list of messages about fields, or an object with a
 * message. An object of another shape is returned as JSON. A proxy's HTML page has none. The text of a 5xx is never
 * shown: it may contain SQL with data of other people.
 */
export function detailOf(response: TransportResponse): string | undefined {
  if (response.status >= 500) return undefined;
  const detail = isRecord(response.body) ? response.body['detail'] : undefined;
  const isUnknownObject = isRecord(detail) && Object.keys(detail).length > 0;
  const text = describe(detail) || (isUnknownObject ? JSON.stringify(detail) : '');
  return text === '' ? undefined : cut(text, MAX_DETAIL_LENGTH);
}

/** Dograh's own text as the end of a sentence, before the period. Empty if it has no words for people. */
export function said(detail: string | undefined): string {
  const sentence = inUsersWords(detail ?? '').replace(/[.\s]+$/, '');
  return sentence === '' ? '' : `: ${sentence}`;
}

/**
 * The words for people in Dograh's own text. Dograh's API calls an agent a workflow, but in n8n, a workflow is the
 * user's own. The original text stays in the `detail` of the error.
 */
function inUsersWords(detail: string): string {
  // A name in quotes may contain the word.
  const parts = humanSentence(detail).split(/("[^"]*")/);
  return parts.map((part) => (part.startsWith('"') ? part : withAgent(part))).join('');
}

function withAgent(text: string): string {
  return text
    .replace(/\b(a) (?=workflows?(?![\w/-]))/gi, '$1n ')
    .replace(/(?<![\w/-])workflow(s?)(?![\w/-])/gi, (word, plural: string) =>
      word.startsWith('W') ? `Agent${plural}` : `agent${plural}`,
    );
}

/** A response that should be a `T` of the contract. Its values are not checked yet. */
export type Fields<T> = { readonly [name in keyof T]?: unknown };

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Null if the value is empty or not a text. */
export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Describes an unexpected response, for a sentence about it. */
export function describeBody(response: TransportResponse): string {
  const { body } = response;
  if (body === undefined || body === null || body === '') return 'an empty response';
  if (typeof body !== 'string') return 'JSON of another shape';
  return /<html|<!doctype/i.test(body) ? 'a web page' : 'text that is not JSON';
}

/** Deeper than any real response. */
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

/** `{loc: ["body", "phone_number"], msg: "Field required"}` becomes `phone_number: Field required`. */
function describeEntry(entry: unknown, depth: number): string {
  if (!isRecord(entry) || typeof entry['msg'] !== 'string') return describe(entry, depth + 1);
  const location = Array.isArray(entry['loc']) ? entry['loc'].slice(1).join('.') : '';
  return location === '' ? entry['msg'] : `${location}: ${entry['msg']}`;
}
