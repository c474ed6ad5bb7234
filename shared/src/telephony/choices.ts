import type { TelephonyConfiguration } from './configurations';
import type { PhoneNumber } from './phone-numbers';

/** An entry of a dropdown list in both hosts. */
export interface Choice {
  readonly value: number;
  readonly label: string;
  /** A sentence about a problem, or null. */
  readonly remark: string | null;
}

export function configurationChoice(configuration: TelephonyConfiguration): Choice {
  const { id, name, provider, isDefault, unusable } = configuration;
  const label = provider === '' ? name : `${name}, ${provider}`;
  return {
    value: id,
    label: `${label}${marks(isDefault ? 'default' : null, unusable === null ? null : 'cannot place calls')}`,
    remark: unusable,
  };
}

export function phoneNumberChoice({
  id,
  address,
  label,
  isDefault,
  unusable,
}: PhoneNumber): Choice {
  return {
    value: id,
    label: `${label === null ? address : `${address}, ${label}`}${marks(
      isDefault ? 'default' : null,
      unusable === null ? null : 'cannot be used',
    )}`,
    remark: unusable,
  };
}

function marks(...all: readonly (string | null)[]): string {
  const given = all.filter((mark) => mark !== null);
  return given.length === 0 ? '' : ` (${given.join(', ')})`;
}
