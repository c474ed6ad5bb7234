import { publicUrls, storageKeys } from './artifacts';
import { assertReadable } from './database';
import { readTime } from './read-time';
import type { Run } from './run';
import {
  assertComparableValue,
  attributesOfAllRuns,
  parseFilters,
  passes,
  readsContexts,
} from './run-filters';
import type { Runs } from './runs';
import { agentsOf, type Organization, type World } from './world';

const usualPageSize = 50;

/** Dograh's list of an organization's runs, the newest first. It includes running and failed runs. */
export function listRuns(
  query: Record<string, string>,
  organization: Organization,
  world: World,
  runs: Runs,
  url: string,
): unknown {
  const page = Number(query['page'] ?? 1);
  const limit = Number(query['limit'] ?? usualPageSize);
  const filters = parseFilters(query['filters'], 'Invalid filters format').filter(({ attribute }) =>
    attributesOfAllRuns.has(attribute),
  );
  const ofOrganization = runs.all.filter((run) => run.organizationId === organization.id);
  for (const filter of filters) assertComparableValue(filter);
  if (filters.some(readsContexts)) assertReadable(ofOrganization);
  const from = readTime(query['start_date']) ?? -Infinity;
  const until = readTime(query['end_date']) ?? Infinity;
  const found = ofOrganization
    // Parsed once, not in each comparison, because there may be thousands of runs.
    .map((run) => ({ run, time: Date.parse(run.createdAt) }))
    .filter(({ time }) => from <= time && time <= until)
    .filter(({ run }) => filters.every((filter) => passes(run, filter, world)))
    .toSorted((a, b) => b.time - a.time || b.run.runId - a.run.runId)
    .map(({ run }) => run);
  const onPage = found.slice((page - 1) * limit, page * limit);
  return {
    runs: onPage.map((run) => listed(run, world, url)),
    total_dograh_tokens: 0,
    // The total of this page only, as in Dograh.
    total_duration_seconds: onPage.reduce((sum, run) => sum + run.durationSeconds, 0),
    total_count: found.length,
    page,
    limit,
    total_pages: Math.ceil(found.length / limit),
  };
}

function listed(run: Run, world: World, url: string): unknown {
  const { initialContext, gatheredContext } = run;
  const called = initialContext['called_number'] ?? initialContext['phone_number'] ?? null;
  const caller = initialContext['caller_number'] ?? null;
  const agent = agentsOf(world).find(({ uuid }) => uuid === run.agentUuid);
  return {
    id: run.runId,
    workflow_id: agent?.id,
    workflow_name: agent?.name ?? null,
    name: run.runName,
    created_at: asPythonWrites(run.createdAt),
    dograh_token_usage: 0,
    call_duration_seconds: run.durationSeconds,
    ...storageKeys(run),
    ...publicUrls(run, world.assumedUrl ?? url),
    public_access_token: run.publicAccessToken,
    phone_number: run.direction === 'inbound' ? caller : (initialContext['phone_number'] ?? null),
    caller_number: caller,
    called_number: called,
    call_type: run.direction,
    mode: run.mode,
    disposition: gatheredContext['mapped_call_disposition'] ?? null,
    initial_context: initialContext,
    gathered_context: gatheredContext,
    charge_usd: run.chargeUsd,
  };
}

/** `2026-08-01T10:00:00.123000+00:00` */
function asPythonWrites(iso: string): string {
  return new Date(iso).toISOString().replace('Z', '000+00:00');
}
