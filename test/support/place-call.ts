import type { CallInput, CallResult, DograhClient, RunResult } from '@dograh/shared';
import type { PlaceCallOptions } from '../../shared/src/place-call/prepared-call';

/** Prepares and places a call that does not require its variables. Rejects also if the input is refused. */
export async function placeCall(
  client: DograhClient,
  input: CallInput,
  options?: PlaceCallOptions,
): Promise<RunResult> {
  return withRun(await client.prepare({ requireVariables: false, ...input }).place(options));
}

/** @throws Error if a calling rule did not allow the call */
export function withRun(result: CallResult): RunResult {
  const { workflow_run_id: id } = result;
  if (id === null) throw new Error(`There is no run: ${result.notes.join(' ')}`);
  return { ...result, workflow_run_id: id };
}
