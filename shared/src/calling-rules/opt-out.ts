import { ContractError } from '../errors/dograh-error';
import { inputError } from '../errors/input-error';
import { quote } from '../errors/quote';
import { parseList } from '../input/list';
import { namesDisposition } from '../runs/has-disposition';
import type { ListedRun } from '../runs/listed-run';
import type { EarlierCall } from './call-history';
import type { Decision } from './decision';

const LABEL = 'Do Not Call If They Asked';

/** What Dograh's agents write by default if a person does not want to be called. */
export const DEFAULT_OPT_OUTS: readonly string[] = ['do_not_call'];

/** @throws InvalidInputError */
export function parseOptOuts(value: unknown): readonly string[] {
  const dispositions = parseList(value, LABEL);
  if (dispositions.length > 0) return dispositions;
  throw inputError(
    `${LABEL} contains no disposition.`,
    `Enter one, e.g. ${DEFAULT_OPT_OUTS.join()}, or leave the field out.`,
  );
}

/** @param calls all earlier calls to the number */
export function decideByOptOut(
  dispositions: readonly string[],
  calls: readonly EarlierCall[],
): Decision {
  const call = findOptOut(dispositions, calls);
  if (call === undefined) {
    const explanation = `No earlier call ended with one of the dispositions. ${searched(calls)}`;
    return { rule: LABEL, allows: true, explanation };
  }
  const explanation = `The call of ${dayOf(call.run)} to this number (run ${call.run.id}) ended as ${quote(call.run.disposition)}.`;
  return { rule: LABEL, allows: false, reason: 'do_not_call', until: null, explanation };
}

/** The newest call with one of the dispositions. */
export function findOptOut(
  dispositions: readonly string[],
  calls: readonly EarlierCall[],
): EarlierCall | undefined {
  return calls.find(({ run }) => namesDisposition(dispositions, run));
}

/** @throws ContractError if the list does not show how a call ended, so that an opt-out would stay unnoticed */
export function assertShowsResult({ run }: EarlierCall): void {
  const { id, initialContext, gatheredContext } = run;
  if (initialContext !== null || gatheredContext !== null) return;
  throw new ContractError({
    message: `Dograh lists run ${id} to this number without its results, so it is not known how the call ended.`,
    hint: `Check that run in the Dograh dashboard. To call anyway, remove ${LABEL}.`,
  });
}

/** How far back a search went. */
export function searched(calls: readonly EarlierCall[]): string {
  const oldest = calls.at(-1);
  if (oldest === undefined) return 'Dograh lists no earlier call to this number.';
  if (calls.length === 1) {
    return `Searched the only call to this number that Dograh lists, of ${dayOf(oldest.run)}.`;
  }
  return `Searched all ${calls.length} calls to this number that Dograh lists, back to ${dayOf(oldest.run)}.`;
}

/** `2026-12-01`, in UTC */
function dayOf({ createdAt }: ListedRun): string {
  return createdAt === null ? 'an unknown day' : new Date(createdAt).toISOString().slice(0, 10);
}
