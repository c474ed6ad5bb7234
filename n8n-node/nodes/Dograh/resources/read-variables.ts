import { parseChoice, type FormSources, type VariablePair } from '@dograh/shared';
import type { IDataObject, ResourceMapperValue } from 'n8n-workflow';
import { readChoice } from '../execution/choice';
import type { Read } from '../execution/parameters';

/** The label of the field that says how variables are given. */
export const CONTEXT_MODE = 'Agent Variables (Initial Context)';

/**
 * The variables of an agent as the form gives them for one item, not validated.
 * @param item the input item, for Map Automatically
 * @param isAnyAgent whether an expression chooses the agent
 */
export function readVariables(read: Read, item: IDataObject, isAnyAgent: boolean): FormSources {
  switch (readChoice(read, 'contextMode', CONTEXT_MODE, ['mapped', 'pairs', 'json'])) {
    case 'mapped':
      return toMapped(read('contextMapping', {}) as Partial<ResourceMapperValue>, item, isAnyAgent);
    case 'pairs':
      return { pairs: toPairs(read('contextPairs', {})) };
    case 'json':
      return { json: read('contextJson'), jsonAdvice: JSON_ADVICE };
  }
}

const JSON_ADVICE =
  'Insert each value with JSON.stringify and without quotes: {"name": {{ JSON.stringify($json.name) }} }.';

/** n8n stores null for an empty field, so null is left out. */
function toMapped(
  mapping: Partial<ResourceMapperValue>,
  item: IDataObject,
  isAnyAgent: boolean,
): FormSources {
  const { value, schema } = mapping;
  // If an expression chooses the agent, the form does not know its variables.
  const names = isAnyAgent ? [] : (schema ?? []).map(({ id }) => id);
  const formNames = names.length === 0 ? undefined : names;
  const mode = 'mappingMode' in mapping ? mapping.mappingMode : 'defineBelow';
  const modes = ['defineBelow', 'autoMapInputData'] as const;
  if (parseChoice('Mapping Column Mode', mode, modes) === 'autoMapInputData') {
    return { record: item, formNames };
  }
  const given = Object.entries(value ?? {}).filter(([, one]) => one !== null);
  return { mapped: Object.fromEntries(given), formNames };
}

function toPairs(collection: unknown): VariablePair[] {
  const { pair = [] } = collection as { pair?: VariablePair[] };
  return pair;
}
