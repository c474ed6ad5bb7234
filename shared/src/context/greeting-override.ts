import { InvalidInputError } from '../errors/dograh-error';
import { isJsonObject, type JsonObject } from './json-value';

/** Where a call brings a greeting of its own. */
export const GREETING_OVERRIDE = 'greeting_override';

/** Dograh ignores a greeting of another shape without a word, and the caller hears the usual one. */
export function refuseInvalidGreeting(context: JsonObject): void {
  const greeting = context[GREETING_OVERRIDE];
  if (greeting === undefined || isGreeting(greeting)) return;
  throw new InvalidInputError({
    message: 'The variable "greeting_override" has a shape that Dograh ignores.',
    hint: 'Use {"type": "text", "text": "Hello {{customer_name}}"} or {"type": "audio", "recording_id": "…"}.',
  });
}

function isGreeting(greeting: JsonObject[string]): boolean {
  if (!isJsonObject(greeting)) return false;
  const { type, text, recording_id: recordingId } = greeting;
  if (type === 'text') return typeof text === 'string' && text.trim() !== '';
  return type === 'audio' && typeof recordingId === 'string' && recordingId !== '';
}
