import type { JsonObject, JsonValue } from './json-value';
import { quote } from '../errors/quote';
import { inputError } from '../errors/input-error';
import { cleanText, withPlainSigns } from '../input/text';

/** Name of the reference in the run's context, where prompts, webhooks and later searches find it. */
export const CALL_REFERENCE = 'call_reference';
const MAX_LENGTH = 200;
const CALL_REFERENCE_FIELD = {
  label: 'Call Reference',
  hint: 'Use for example the ID of the record in your CRM.',
};

/**
 * Adds the user's own ID of a call to its context.
 * @throws InvalidInputError if it is not a short text or number, or if the context already has one
 */
export function withCallReference(context: JsonObject, reference: unknown): JsonObject {
  if (reference === undefined || reference === null || reference === '') return context;
  const text = parseCallReference(reference);
  if (Object.hasOwn(context, CALL_REFERENCE)) {
    throw inputError(
      `Call Reference is given twice: in its own field and as the variable ${CALL_REFERENCE}.`,
      'Keep one of the two.',
    );
  }
  return { ...context, [CALL_REFERENCE]: text };
}

/** @throws InvalidInputError if it is not a short text or a whole number */
export function parseCallReference(
  reference: unknown,
  { label, hint }: { readonly label: string; readonly hint: string } = CALL_REFERENCE_FIELD,
): string {
  const text =
    typeof reference === 'string' || Number.isSafeInteger(reference)
      ? cleanText(String(reference))
      : '';
  if (text !== '' && text.length <= MAX_LENGTH) return text;
  throw inputError(
    `${label} must be a text or a whole number of at most ${MAX_LENGTH} characters, not ${quote(reference)}.`,
    hint,
  );
}

/**
 * The call reference in a run's context, to compare it with others. Undefined if there is none. It is normalized,
 * because another program may have stored it as it was pasted.
 */
export function referenceIn(context: JsonObject): string | undefined {
  const value: JsonValue | undefined = context[CALL_REFERENCE];
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  return normalizedReference(String(value)) || undefined;
}

/** The same text for all references that look alike. */
export function normalizedReference(reference: string): string {
  return withPlainSigns(cleanText(reference));
}
