import type { CallResult, DograhClient, RunSearchInput } from '@dograh/shared';

/** The runs of a search as a list. Without a limit, at most 50. */
export async function firstRuns(
  client: DograhClient,
  search: RunSearchInput,
): Promise<readonly CallResult[]> {
  const runs: CallResult[] = [];
  for await (const run of client.listRuns(search)) runs.push(run);
  return runs;
}
