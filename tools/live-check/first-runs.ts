import type { RunResult, DograhClient, RunSearchInput } from '@dograh/shared';

/** The runs of a search as a list. Without a limit, at most 50. */
export async function firstRuns(
  client: DograhClient,
  search: RunSearchInput,
): Promise<readonly RunResult[]> {
  const runs: RunResult[] = [];
  for await (const run of client.listRuns(search)) runs.push(run);
  return runs;
}
