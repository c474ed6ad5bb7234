import { inputFieldsOf, operationsOf, type Definition } from '../../tools/hosts/zapier/submission';
import {
  builtApp,
  runInZapier,
  type ZapierOutcome,
  type ZapierRun,
} from '../../tools/hosts/zapier/runtime';
import { runsOf } from '../../tools/hosts/zapier/step';

/** One choice of a dropdown: the value that the Zap stores and the label that the user reads. */
export interface Choice {
  readonly value: unknown;
  readonly label: unknown;
}

/** The trigger reference of each dropdown, by the path of its field, such as `creates.trigger_call.agent`. */
export function dropdowns(): ReadonlyMap<string, string> {
  const definition = builtApp() as unknown as Definition;
  const fields = operationsOf({ definition }).flatMap(inputFieldsOf);
  return new Map(
    fields.flatMap(({ path, dynamic }) => (dynamic === undefined ? [] : [[path, dynamic]])),
  );
}

/** Fills a dropdown as Zapier's editor does, with the first page unless `run` names another. */
export function openDropdown(dynamic: string, run: ZapierRun): Promise<ZapierOutcome> {
  const [trigger = ''] = dynamic.split('.');
  const meta = { isFillingDynamicDropdown: true, page: 0 };
  return runInZapier(`triggers.${trigger}.operation.perform`, { meta, ...run });
}

/** The choices that Zapier makes of a trigger's output, with the keys that the field names. */
export function choicesIn(dynamic: string, outcome: ZapierOutcome): readonly Choice[] {
  const [, value = '', label = ''] = dynamic.split('.');
  return runsOf(outcome).map((item) => ({ value: item[value], label: item[label] }));
}
