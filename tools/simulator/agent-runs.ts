import { randomUUID } from 'node:crypto';
import { Refusal } from './answer';
import { artifactNames, hasArtifact, publicUrls, storageKeys } from './artifacts';
import { assertId } from './database';
import { isOver, type Run } from './run';
import { attributesOfAgentRuns, parseFilters, passes } from './run-filters';
import type { Runs } from './runs';
import { agentsOf, type Organization, type World } from './world';

/** A run as Dograh returns it. */
type RunOfAgent = Record<string, unknown> & { id: number; workflow_id: number | undefined };

const usualPageSize = 50;

/** Dograh's list of one agent's runs. It is empty for an agent of another organization. */
export function listAgentRuns(
  agentId: string,
  query: Record<string, string>,
  organization: Organization,
  world: World,
  runs: Runs,
): unknown {
  const { filters, ...page } = pageOf(
    query,
    ({ organizationId, agentUuid }) =>
      organizationId === organization.id && agentIdOf({ agentUuid }, world) === Number(agentId),
    world,
    runs,
  );
  return { ...page, applied_filters: filters.length > 0 ? filters : null };
}

/** Dograh's list of one campaign's runs. */
export function listCampaignRuns(
  campaignId: number,
  query: Record<string, string>,
  world: World,
  runs: Runs,
): unknown {
  const isMeant = ({ campaignRow }: Run): boolean => campaignRow?.campaignId === campaignId;
  const {
    runs: onPage,
    total_count,
    page,
    limit,
    total_pages,
  } = pageOf(query, isMeant, world, runs);
  return { runs: onPage, total_count, page, limit, total_pages };
}

function pageOf(
  query: Record<string, string>,
  isMeant: (run: Run) => boolean,
  world: World,
  runs: Runs,
) {
  const page = Number(query['page'] ?? 1);
  const limit = Number(query['limit'] ?? usualPageSize);
  const filters = parseFilters(query['filters'], 'Invalid filter format');
  for (const { attribute } of filters) {
    if (!isNothing(attribute) && !attributesOfAgentRuns.has(attribute)) {
      throw new Refusal(403, `Invalid attribute '${String(attribute)}'`);
    }
  }
  const found = runs.all
    .filter(isMeant)
    .filter((run) => filters.every((filter) => passes(run, filter, world)))
    .toSorted(inOrder(query['sort_by'], query['sort_order']));
  const onPage = found.slice((page - 1) * limit, page * limit);
  return {
    runs: onPage.map((run) => ({
      ...common(run, world),
      // Dograh returns these only for a single run.
      ...Object.fromEntries(artifactNames.map((name) => [`${name}_public_url`, null])),
      public_access_token: null,
      usage_info: null,
      logs: null,
      annotations: null,
    })),
    total_count: found.length,
    page,
    limit,
    total_pages: Math.ceil(found.length / limit),
    filters,
  };
}

/** All data of one run. If the run has a file to download, it gets its public access token now. */
export function getRun(
  runId: string,
  organization: Organization,
  world: World,
  runs: Runs,
  url: string,
): RunOfAgent {
  assertId(Number(runId), 'workflow_runs');
  const run = runs.all.find(
    (candidate) =>
      candidate.runId === Number(runId) && candidate.organizationId === organization.id,
  );
  if (!run) throw new Refusal(404, 'Workflow run not found');
  if (hasArtifact(run)) run.publicAccessToken ??= randomUUID();
  return {
    ...common(run, world),
    ...publicUrls(run, world.assumedUrl ?? url),
    public_access_token: run.publicAccessToken,
    usage_info: hasResults(run)
      ? { llm: {}, tts: {}, stt: {}, call_duration_seconds: run.durationSeconds }
      : null,
    logs: { telephony_status_callbacks: run.callbacks },
    annotations: run.annotations,
  };
}

function agentIdOf(run: Pick<Run, 'agentUuid'>, world: World): number | undefined {
  return agentsOf(world).find(({ uuid }) => uuid === run.agentUuid)?.id;
}

function common(run: Run, world: World): RunOfAgent {
  return {
    id: run.runId,
    workflow_id: agentIdOf(run, world),
    name: run.runName,
    mode: run.mode,
    // Pydantic's format of a time. The list of all runs has another one.
    created_at: run.createdAt.replace('Z', '000Z'),
    is_completed: isOver(run),
    ...storageKeys(run),
    cost_info: hasResults(run)
      ? { dograh_token_usage: 0, call_duration_seconds: run.durationSeconds }
      : null,
    definition_id: null,
    initial_context: run.initialContext,
    gathered_context: run.gatheredContext,
    call_type: run.direction,
  };
}

function hasResults(run: Run): boolean {
  return run.resultsAt !== null;
}

/** Descending by default. Runs without a duration come last in both orders. */
function inOrder(sortBy = 'created_at', sortOrder = 'desc'): (a: Run, b: Run) => number {
  const sign = sortOrder === 'asc' ? 1 : -1;
  if (sortBy !== 'duration') {
    return (a, b) => sign * (Date.parse(a.createdAt) - Date.parse(b.createdAt));
  }
  return (a, b) =>
    Number(hasResults(b)) - Number(hasResults(a)) || sign * (a.durationSeconds - b.durationSeconds);
}

function isNothing(attribute: unknown): boolean {
  return attribute === undefined || attribute === null || attribute === '';
}
