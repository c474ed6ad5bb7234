import type { Choice } from '@dograh/shared';

export interface DropdownItem {
  readonly id: string;
  readonly name: string;
}

/** Zapier shows one line for each choice, so a remark stands in it. */
export function dropdownItem({ value, label, remark }: Choice): DropdownItem {
  return { id: String(value), name: remark === null ? label : `${label}: ${remark}` };
}
