import { inputError } from '../errors/input-error';

const SAVE_AS = 'Save the list as “CSV UTF-8” or download it as CSV, and use that file.';

/**
 * The text of a CSV file.
 * @param label the form's field
 * @throws InvalidInputError for another kind of file, or another encoding: letters would be lost
 */
export function decodeCsv(bytes: Uint8Array, label: string): string {
  const kind = KINDS.find(({ start }) => start.every((byte, index) => bytes[index] === byte));
  if (kind !== undefined) throw inputError(`${label} is ${kind.name}.`, SAVE_AS);
  const text = decodedOrUndefined(bytes);
  if (text === undefined) {
    throw inputError(
      `${label} is not in UTF-8, so its special letters cannot be read. It may be in Windows-1252.`,
      SAVE_AS,
    );
  }
  assertCsvText(text, label);
  return text;
}

/** @throws InvalidInputError for a text that certainly is no CSV */
export function assertCsvText(text: string, label: string): void {
  if (text.includes('\0')) throw inputError(`${label} is in UTF-16, not in UTF-8.`, SAVE_AS);
  if (!/^\ufeff?\s*<(!doctype|html|\?xml)/i.test(text)) return;
  throw inputError(
    `${label} is a web page, not a CSV file.`,
    'A link to a file must work without a login, and must open the file itself.',
  );
}

const KINDS: readonly { readonly name: string; readonly start: readonly number[] }[] = [
  { name: 'in UTF-16, not in UTF-8', start: [0xff, 0xfe] },
  { name: 'in UTF-16, not in UTF-8', start: [0xfe, 0xff] },
  { name: 'a workbook or a ZIP file, not a CSV file', start: [0x50, 0x4b, 3, 4] },
  { name: 'an old workbook, not a CSV file', start: [0xd0, 0xcf, 0x11, 0xe0] },
  { name: 'a compressed file, not a CSV file', start: [0x1f, 0x8b] },
  { name: 'a PDF, not a CSV file', start: [0x25, 0x50, 0x44, 0x46] },
];

function decodedOrUndefined(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
