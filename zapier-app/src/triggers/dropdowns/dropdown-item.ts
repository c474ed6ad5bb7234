import type { Choice } from '@dograh/shared';

export interface DropdownItem {
  readonly id: string;
  readonly name: string;
}

/** Zapier shows only one line for each choice, so the remark is part of the name. */
export function dropdownItem({ value, label, remark }: Choice): DropdownItem {
  return { id: String(value), name: remark === null ? label : `${label}: ${remark}` };
}
