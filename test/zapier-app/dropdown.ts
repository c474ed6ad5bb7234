import { inputFieldsOf, operationsOf, type Definition } from '../../tools/hosts/zapier/submission';
import {
  builtApp,
  runInZapier,
  type ZapierOutcome,
  type ZapierRun,
} from '../../tools/hosts/zapier/runtime';
import { runsOf } from '../../tools/hosts/zapier/step';

/** One line of a dropdown: what the Zap then holds, and what its owner reads. */
export interface Choice {
  readonly value: unknown;
  readonly label: unknown;
}

/** What fills each dropdown of the app, by the path of its field, as in `creates.trigger_call.agent`. */
export function dropdowns(): ReadonlyMap<string, string> {
  const definition = builtApp() as unknown as Definition;
  const fields = operationsOf({ definition }).flatMap(inputFieldsOf);
  return new Map(
    fields.flatMap(({ path, dynamic }) => (dynamic === undefined ? [] : [[path, dynamic]])),
  );
}

/** Asks for what fills a dropdown, as Zapier's editor does: for its first page unless `run` says otherwise. */
export function openDropdown(dynamic: string, run: ZapierRun): Promise<ZapierOutcome> {
  const [trigger = ''] = dynamic.split('.');
  const meta = { isFillingDynamicDropdown: true, page: 0 };
  return runInZapier(`triggers.${trigger}.operation.perform`, { meta, ...run });
}

/** The lines that Zapier makes of what it was given, by the keys that the field names. */
export function choicesIn(dynamic: string, outcome: ZapierOutcome): readonly Choice[] {
  const [, value = '', label = ''] = dynamic.split('.');
  return runsOf(outcome).map((item) => ({ value: item[value], label: item[label] }));
}
