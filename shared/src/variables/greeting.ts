import { InvalidInputError } from '../errors/dograh-error';
import { inputError } from '../errors/input-error';
import { isBlank } from '../input/blank';
import { parseChoice } from '../input/choice';
import { cleanText } from '../input/text';
import { isJsonObject, type JsonObject } from './json-value';

/** What an agent says first. */
export type Greeting =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'audio'; readonly recording_id: string };

/** Variable that replaces the agent's own greeting in a call. */
export const GREETING_OVERRIDE = 'greeting_override';

/** A greeting from a form, not yet checked. */
export interface GreetingInput {
  /** `text` or `audio` */
  readonly type: unknown;
  readonly text?: unknown;
  readonly recordingId?: unknown;
}

/**
 * Adds a greeting to the context of a call.
 * @throws InvalidInputError if it is empty, or if the context already has one
 */
export function withGreeting(context: JsonObject, greeting: GreetingInput | undefined): JsonObject {
  if (greeting === undefined) return context;
  if (Object.hasOwn(context, GREETING_OVERRIDE)) {
    throw inputError(
      `Greeting is given twice: in its own field and as the variable ${GREETING_OVERRIDE}.`,
      'Keep one of the two.',
    );
  }
  const { text, recordingId } = greeting;
  const type = parseChoice('Greeting Type', greeting.type, ['text', 'audio']);
  if (type === 'text' && isText(text)) {
    return { ...context, [GREETING_OVERRIDE]: { type, text } };
  }
  if (type === 'audio' && isText(recordingId)) {
    return { ...context, [GREETING_OVERRIDE]: { type, recording_id: cleanText(recordingId) } };
  }
  throw inputError(
    'Greeting is empty.',
    "Enter a text or the ID of a recording, or remove Greeting to use the agent's own.",
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && !isBlank(value);
}

/** The greeting in a context that was checked. */
export function greetingIn(context: JsonObject): Greeting | undefined {
  return context[GREETING_OVERRIDE] as Greeting | undefined;
}

/** Dograh silently ignores a greeting of another shape and uses the agent's own. */
export function assertGreetingShape(context: JsonObject): void {
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
  return (type === 'text' && isText(text)) || (type === 'audio' && isText(recordingId));
}
