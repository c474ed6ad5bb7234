import type { ITaskData } from 'n8n-workflow';
import { digitsOf, INVALID } from './numbers';
import type { ResultRecord } from './family-record';
import type { AttemptPlan, RowsPlan } from './plan';

/** What the node returned in one attempt. */
export interface NodeResults {
  readonly results: readonly ResultRecord[];
  readonly refused: readonly string[];
}

/** @param runs the runs of the tool in this attempt */
export function readToolRuns(runs: readonly ITaskData[]): NodeResults {
  const results: ResultRecord[] = [];
  const refused: string[] = [];
  for (const run of runs) {
    const asked = run.inputOverride?.['ai_tool']?.[0]?.[0]?.json['phone_number'];
    const output = run.data?.['ai_tool']?.[0]?.map(({ json }) => json);
    const found = runsIn(output);
    // If two agents use the tool at the same time, n8n does not complete the records of all its runs.
    const isComplete = run.executionStatus !== 'running';
    if (found.length === 0 && isComplete) {
      refused.push(run.error?.message ?? JSON.stringify(output ?? null));
    }
    results.push(...found.map((one) => ({ ...one, phone: digitsOf(asked), by: 'node' as const })));
  }
  return { results, refused };
}

/**
 * @param runs all runs of the node in this execution, with those of earlier attempts
 * @param isNew whether a run is of this attempt
 */
export function readRowRuns(
  runs: readonly ITaskData[],
  isNew: (run: ITaskData) => boolean,
  { subject, attempt }: { readonly subject: RowsPlan; readonly attempt: AttemptPlan },
): NodeResults {
  const results: ResultRecord[] = [];
  const refused: string[] = [];
  // A run that failed, or during which n8n was killed, has no output. The pass of the loop comes again.
  let passes = 0;
  for (const run of runs.filter((one) => !isArtificial(one))) {
    const pass = passes;
    if (run.data?.['main'] !== undefined) passes += 1;
    if (!isNew(run)) continue;
    if (run.error !== undefined) refused.push(run.error.message);
    for (const { json, pairedItem } of run.data?.['main']?.[0] ?? []) {
      const item = typeof pairedItem === 'object' && 'item' in pairedItem ? pairedItem.item : 0;
      const row = pass * subject.loopSize + item;
      const phone = digitsOf(phonesOf(subject, attempt)[row]);
      const found = runsIn(json);
      if (found.length === 0) refused.push(JSON.stringify(json));
      results.push(...found.map((one) => ({ ...one, phone, row, by: 'node' as const })));
    }
  }
  return { results, refused };
}

/** n8n adds such a run after a crash, if a log tells that the node ran. Then the loop starts again. */
function isArtificial({ data }: ITaskData): boolean {
  return data?.['main']?.[0]?.[0]?.json['isArtificialRecoveredEventItem'] === true;
}

/** The number of each row in this attempt. */
export function phonesOf({ phones }: RowsPlan, { changed }: AttemptPlan): string[] {
  return phones.map((phone) => changed[phone] ?? phone);
}

export function validPhonesOf(subject: RowsPlan, attempt: AttemptPlan): string[] {
  return phonesOf(subject, attempt)
    .filter((phone) => phone !== INVALID)
    .map(digitsOf);
}

/** Results with a run, however deep they are. Errors name their run in `details`, which is no result. */
export function runsIn(value: unknown): { runId: number; isMarked: boolean }[] {
  if (Array.isArray(value)) return value.flatMap(runsIn);
  if (typeof value !== 'object' || value === null) return [];
  const {
    workflow_run_id: runId,
    skipped,
    skip_reason: reason,
  } = value as {
    readonly workflow_run_id?: unknown;
    readonly skipped?: unknown;
    readonly skip_reason?: unknown;
  };
  if (typeof runId === 'number') {
    return [{ runId, isMarked: skipped === true && reason === 'called_before' }];
  }
  return Object.values(value).flatMap(runsIn);
}
