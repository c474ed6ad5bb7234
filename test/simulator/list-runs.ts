import { Refusal } from './answer';
import type { Run } from './run';
import { parseFilters, passes } from './run-filters';
import type { Runs } from './runs';
import { agentsOf, type Organization, type World } from './world';

const usualPageSize = 50;

/** Dograh's list of an organisation's runs: the newest first, running ones and failed ones too. */
export function listRuns(
  query: Record<string, string>,
  organization: Organization,
  world: World,
  runs: Runs,
): unknown {
  const page = Number(query['page'] ?? 1);
  const limit = Number(query['limit'] ?? usualPageSize);
  const filters = parseFilters(query['filters']);
  const from = timeOf(query['start_date']) ?? -Infinity;
  const until = timeOf(query['end_date']) ?? Infinity;
  const found = runs.all
    .filter((run) => run.organizationId === organization.id)
    .filter(({ createdAt }) => from <= Date.parse(createdAt) && Date.parse(createdAt) <= until)
    .filter((run) => filters.every((filter) => passes(run, filter, world)))
    .toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt) || b.runId - a.runId);
  const onPage = found.slice((page - 1) * limit, page * limit);
  return {
    runs: onPage.map((run) => listed(run, world)),
    total_dograh_tokens: 0,
    // Of this page only, whatever the name says; Dograh does the same.
    total_duration_seconds: onPage.reduce((sum, run) => sum + run.durationSeconds, 0),
    total_count: found.length,
    page,
    limit,
    total_pages: Math.ceil(found.length / limit),
  };
}

function listed(run: Run, world: World): unknown {
  const agent = agentsOf(world).find(({ uuid }) => uuid === run.agentUuid);
  return {
    id: run.runId,
    workflow_id: agent?.id,
    workflow_name: agent?.name ?? null,
    name: run.runName,
    created_at: asPythonWrites(run.createdAt),
    dograh_token_usage: 0,
    call_duration_seconds: run.durationSeconds,
    recording_url: null,
    transcript_url: null,
    user_recording_url: null,
    bot_recording_url: null,
    recording_public_url: null,
    transcript_public_url: null,
    user_recording_public_url: null,
    bot_recording_public_url: null,
    public_access_token: null,
    phone_number: run.initialContext['phone_number'],
    caller_number: run.initialContext['caller_number'] ?? null,
    called_number: run.phoneNumber,
    call_type: 'outbound',
    mode: run.initialContext['provider'],
    disposition: run.disposition,
    initial_context: run.initialContext,
    gathered_context: run.gatheredContext,
    charge_usd: run.chargeUsd,
  };
}

/** `2026-08-01T10:00:00.123000+00:00` */
function asPythonWrites(iso: string): string {
  return iso.replace('Z', '000+00:00');
}

/** Milliseconds since 1970. Dograh stumbles over what is no time, and over a time without a zone. */
function timeOf(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const time = /(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(time)) throw new Refusal(500, 'Internal Server Error');
  return time;
}
