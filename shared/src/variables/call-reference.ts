import type { JsonObject, JsonValue } from './json-value';
import { quote } from '../errors/quote';
import { inputError } from '../errors/input-error';

/** Where the reference stands in the run's context, for prompts, webhooks and later searches. */
export const CALL_REFERENCE = 'call_reference';
const MAX_LENGTH = 200;

/**
 * Puts the user's own ID of a call into its context.
 * @throws InvalidInputError when it is no short text or number, or when the context has another one already
 */
export function withCallReference(context: JsonObject, reference: unknown): JsonObject {
  if (reference === undefined || reference === null || reference === '') return context;
  const text = parseCallReference(reference);
  if (Object.hasOwn(context, CALL_REFERENCE)) {
    throw inputError(
      `The context has a ${CALL_REFERENCE} already, beside the call reference ${quote(text)}.`,
      'Keep one of the two.',
    );
  }
  return { ...context, [CALL_REFERENCE]: text };
}

/** @throws InvalidInputError for what is no short text or whole number */
export function parseCallReference(reference: unknown): string {
  const text =
    typeof reference === 'string' || Number.isSafeInteger(reference)
      ? String(reference).trim().normalize('NFC')
      : '';
  if (text !== '' && text.length <= MAX_LENGTH) return text;
  throw inputError(
    `${quote(reference)} is not a call reference.`,
    `Use a text or a whole number of at most ${MAX_LENGTH} characters, e.g. the ID of the record in your CRM.`,
  );
}

/** The reference of a call by its context; undefined where it has none. */
export function referenceIn(context: JsonObject): string | undefined {
  const value: JsonValue | undefined = context[CALL_REFERENCE];
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value).trim().normalize('NFC');
  return text === '' ? undefined : text;
}
