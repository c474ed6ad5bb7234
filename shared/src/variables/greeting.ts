import { InvalidInputError } from '../errors/dograh-error';
import { inputError } from '../errors/input-error';
import { isJsonObject, type JsonObject } from './json-value';

/** What an agent says first. */
export type Greeting =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'audio'; readonly recording_id: string };

/** Where a call brings a greeting of its own. */
export const GREETING_OVERRIDE = 'greeting_override';

/** As a form has it. Nothing in it has been checked. */
export interface GreetingInput {
  /** `text` or `audio` */
  readonly type: unknown;
  readonly text?: unknown;
  readonly recordingId?: unknown;
}

/**
 * Puts a greeting into the context of a call.
 * @throws InvalidInputError when it is empty, or when the context has another one already
 */
export function withGreeting(context: JsonObject, greeting: GreetingInput | undefined): JsonObject {
  if (greeting === undefined) return context;
  if (Object.hasOwn(context, GREETING_OVERRIDE)) {
    throw inputError(
      `The context has a ${GREETING_OVERRIDE} already, beside the greeting.`,
      'Keep one of the two.',
    );
  }
  const { type, text, recordingId } = greeting;
  if (type === 'text' && isText(text)) {
    return { ...context, [GREETING_OVERRIDE]: { type, text } };
  }
  if (type === 'audio' && isText(recordingId)) {
    return { ...context, [GREETING_OVERRIDE]: { type, recording_id: recordingId.trim() } };
  }
  throw inputError(
    'The greeting is empty.',
    'Give its text or the ID of a recording, or remove the greeting to have the agent say its own.',
  );
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

/** The greeting that a context of ours brings along. */
export function greetingIn(context: JsonObject): Greeting | undefined {
  return context[GREETING_OVERRIDE] as Greeting | undefined;
}

/** Dograh ignores a greeting of another shape without a word, and the caller hears the usual one. */
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
