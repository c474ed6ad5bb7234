import { inputError } from '../errors/input-error';
import { quote } from '../errors/quote';
import { CALL_REFERENCE } from '../variables/call-reference';
import { GREETING_OVERRIDE, greetingIn } from '../variables/greeting';
import type { JsonObject, JsonValue } from '../variables/json-value';
import { toPythonText } from '../variables/template/python-text';

const PHONE_NUMBER = 'phone_number';
const GREETING = {
  type: 'greeting_override_type',
  text: 'greeting_override_text',
  recording: 'greeting_override_recording_id',
} as const;

/** Columns that Dograh reads as a greeting, or overwrites in the run. */
const RESERVED: ReadonlySet<string> = new Set([
  ...Object.values(GREETING),
  ...['campaign_id', 'source_uuid', 'is_retry', 'retry_attempt', 'retry_reason'],
]);

/** The longest value that Dograh's CSV reader accepts. */
const MAX_LENGTH = 131_072;

/** The values of one contact, in the order of the columns. A missing value is empty. */
export type ContactRow = readonly (string | undefined)[];

/** The columns of a file with contacts. A contact can add columns. */
export class ContactColumns {
  readonly #indexes = new Map<string, number>([[PHONE_NUMBER, 0]]);

  get names(): readonly string[] {
    return [...this.#indexes.keys()];
  }

  /**
   * The variables of a call as a row. Dograh's campaigns carry only texts, and column names in lower case.
   * @throws InvalidInputError that names the variable
   */
  rowOf(phoneNumber: string, context: JsonObject): ContactRow {
    const greeting = greetingIn(context);
    const row: (string | undefined)[] = [phoneNumber];
    const set = (name: string, value: string): void => {
      row[this.#indexOf(name)] = value;
    };
    for (const [name, value] of Object.entries(context)) {
      if (name === GREETING_OVERRIDE) continue;
      assertColumnName(name);
      set(name, textOf(name, value));
    }
    if (greeting?.type === 'text') {
      set(GREETING.type, 'text');
      set(GREETING.text, greeting.text);
    } else if (greeting !== undefined) {
      set(GREETING.type, 'audio');
      set(GREETING.recording, greeting.recording_id);
    }
    return row;
  }

  /** The row of a contact of another campaign, with its columns. */
  copyOf(phoneNumber: string, values: Readonly<Record<string, string>>): ContactRow {
    const row: (string | undefined)[] = [phoneNumber];
    for (const [name, value] of Object.entries(values)) row[this.#indexOf(name)] = value;
    return row;
  }

  /** The value of a column in a row. Empty if it has none. */
  valueIn(row: ContactRow, name: string): string {
    const index = this.#indexes.get(name);
    return (index === undefined ? undefined : row[index]) ?? '';
  }

  #indexOf(name: string): number {
    const known = this.#indexes.get(name);
    if (known !== undefined) return known;
    const index = this.#indexes.size;
    this.#indexes.set(name, index);
    return index;
  }
}

/** Whether a column is no variable of the agent. */
export function isOwnColumn(name: string): boolean {
  return name === PHONE_NUMBER || name === CALL_REFERENCE || RESERVED.has(name);
}

/** Whether a campaign can carry a variable of this name. */
export function isColumnName(name: string): boolean {
  return name === name.toLowerCase() && !name.includes('.');
}

function assertColumnName(name: string): void {
  if (name !== name.toLowerCase()) {
    throw inputError(
      `A campaign cannot carry the variable ${quote(name)}, because Dograh writes its name in lower case.`,
      `Name it ${quote(name.toLowerCase())}, here and in the agent.`,
    );
  }
  if (!RESERVED.has(name)) return;
  throw inputError(
    `A campaign cannot carry the variable ${quote(name)}, because Dograh uses this name itself.`,
    `Use another name, e.g. ${quote(`customer_${name}`)}, or the field Greeting for a greeting.`,
  );
}

function textOf(name: string, value: JsonValue): string {
  if (typeof value === 'object' && value !== null) {
    const kind = Array.isArray(value) ? 'a list' : 'an object';
    throw inputError(
      `A campaign cannot carry the variable ${quote(name)}, because it is ${kind}. A campaign carries only texts.`,
      'Give each value a variable of its own, without dots in its name, here and in the agent.',
    );
  }
  const text = toPythonText(value);
  if (text.length <= MAX_LENGTH) return text;
  throw inputError(
    `The variable ${quote(name)} has more than ${MAX_LENGTH} characters, which Dograh's campaigns cannot read.`,
    'Shorten it.',
  );
}
