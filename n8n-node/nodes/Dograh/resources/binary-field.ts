import { cleanText, InvalidInputError } from '@dograh/shared';
import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import type { Read } from '../execution/parameters';

const LABEL = 'Put Output File in Field';

/** Where the output has its file. @param show for which operation */
export function binaryField(show: NonNullable<IDisplayOptions['show']>): INodeProperties {
  return {
    displayName: LABEL,
    name: 'binaryPropertyName',
    type: 'string',
    default: 'data',
    required: true,
    displayOptions: { show },
    placeholder: 'e.g. data',
    hint: 'The name of the output binary field to put the file in',
  };
}

/** @throws InvalidInputError */
export function readBinaryField(read: Read): string {
  const value = read('binaryPropertyName');
  const name = typeof value === 'string' ? cleanText(value) : '';
  if (name !== '') return name;
  throw new InvalidInputError({
    message: `${LABEL} must be the name of a field.`,
    hint: 'Enter a name for the binary field with the file, e.g. data.',
  });
}
