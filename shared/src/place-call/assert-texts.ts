import type { CallRequestBody } from '../contract/types.gen';
import { quote } from '../errors/quote';
import { assertConvertedText, assertStorableText } from '../input/storable-text';

/**
 * Checks all texts of a request body: its values, and the names of variables.
 * @param labels of the variables that have a field of their own, by the name of the variable
 * @throws InvalidInputError that names the field or the variable
 */
export function assertTexts(
  body: CallRequestBody,
  labels: Readonly<Record<string, string | undefined>>,
): void {
  assertValue(body.phone_number, () => 'Phone Number');
  for (const [name, value] of Object.entries(body.initial_context ?? {})) {
    assertVariable(name, value, Object.hasOwn(labels, name) ? labels[name] : undefined);
  }
}

function assertVariable(path: string, value: unknown, label: string | undefined): void {
  assertStorableText(path, `The name of the variable ${quote(path)}`);
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      assertVariable(`${path}[${index}]`, item, label);
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      assertVariable(`${path}.${name}`, inner, label);
    }
  } else {
    assertValue(value, () => label ?? `The variable ${quote(path)}`);
  }
}

function assertValue(value: unknown, nameOf: () => string): void {
  if (typeof value !== 'string') return;
  const field = nameOf();
  assertStorableText(value, field);
  assertConvertedText(value, field);
}
