import { readJson } from '../connection/read';
import type { Session } from '../connection/session';
import type { CampaignRunList } from '../contract/types.gen';
import { contractError } from '../errors/contract-error';
import { normalizedNumber } from '../input/same-number';
import { isNeverDialed } from '../runs/failed-before-dialing';
import { pagesOfRuns, parseDate } from '../runs/list-runs';
import { parseListedRun, type ListedRun } from '../runs/listed-run';
import { byCampaign } from '../runs/run-filters';
import { isRecord, type Fields } from '../transport/answer';
import { campaignUrl } from './campaign';

/** A million runs. */
const MAX_PAGES = 10_000;
const RUNS_PER_PAGE = 100;
/** Far longer than any call. A run that is still open then counts as over. */
const MAX_CALL_MS = 24 * 60 * 60_000;

/** The runs of one contact. */
export interface ContactRuns<Kept = unknown> {
  /** What is kept of the last one. */
  readonly last: Kept;
  readonly calls: number;
  /** Whether a phone was dialed, or may have been. */
  readonly isCalled: boolean;
}

/** All runs of a campaign. */
export interface CampaignRuns<Kept = unknown> {
  /** By the row of the contact in the file. */
  readonly byRow: ReadonlyMap<number, ContactRuns<Kept>>;
  /** Those that do not name their row, by phone number. */
  readonly byNumber: ReadonlyMap<string, ContactRuns<Kept>>;
  readonly runs: number;
  /** When the newest one began, in milliseconds since 1970, by Dograh's clock. */
  readonly lastAt: number | null;
  /** By Dograh's clock. */
  readonly now: number;
}

/**
 * Reads pages of 100 runs.
 * @param keep what to remember of the last run of each contact. There may be 10,000 contacts with large contexts.
 * @throws DograhError
 */
export async function readCampaignRuns<Kept>(
  id: number,
  keep: (run: ListedRun) => Kept,
  session: Session,
): Promise<CampaignRuns<Kept>> {
  const byRow = new Map<number, ContactRuns<Kept>>();
  const byNumber = new Map<string, ContactRuns<Kept>>();
  const seen = new Set<number>();
  let lastAt: number | null = null;
  let now: number | undefined;
  for await (const page of pagesOfRuns({ filters: [byCampaign(id)] }, MAX_PAGES, session)) {
    now ??= page.now;
    const fresh = page.runs.filter((run) => !seen.has(run.id));
    // Stops if a server repeats the same page forever.
    if (page.runs.length > 0 && fresh.length === 0) throw contractError('list of runs', session);
    for (const run of fresh) {
      seen.add(run.id);
      // A version ignores the filters that it lacks.
      if (run.initialContext?.['campaign_id'] !== id) continue;
      lastAt ??= run.createdAt;
      const row = rowOf(run);
      if (row === undefined) addTo(byNumber, normalizedNumber(run.calledNumber ?? ''), run, keep);
      else addTo(byRow, row, run, keep);
    }
  }
  const all = [...byRow.values(), ...byNumber.values()];
  const runs = all.reduce((sum, { calls }) => sum + calls, 0);
  return { byRow, byNumber, runs, lastAt, now: now ?? session.clock.now() };
}

/** The list begins with the newest run. */
function addTo<Key, Kept>(
  contacts: Map<Key, ContactRuns<Kept>>,
  key: Key,
  run: ListedRun,
  keep: (run: ListedRun) => Kept,
): void {
  const { calls, isCalled, last } = contacts.get(key) ?? {
    calls: 0,
    isCalled: false,
    last: keep(run),
  };
  contacts.set(key, { last, calls: calls + 1, isCalled: isCalled || !isNeverDialed(run) });
}

/** Each retry adds its number. */
const SOURCE = /^csv_[^_]+_row_(\d+)(?:_retry_\d+)*$/;

/** The row of the called contact, as Dograh counts. */
function rowOf({ initialContext }: ListedRun): number | undefined {
  const source = initialContext?.['source_uuid'];
  const [, row] = SOURCE.exec(typeof source === 'string' ? source : '') ?? [];
  return row === undefined ? undefined : Number(row);
}

export interface RunPageOfCampaign {
  /** Newest first. */
  readonly runs: readonly { readonly run: ListedRun; readonly isOpen: boolean }[];
  /** On all pages together. */
  readonly total: number;
  readonly totalPages: number;
  /** Dograh's time, in milliseconds since 1970. */
  readonly now: number;
}

/** Runs in the campaign's own list, which shows whether they are over. @param which `open`: only those that are not */
export async function readRunPageOfCampaign(
  id: number,
  { which, page = 1 }: { readonly which: 'all' | 'open'; readonly page?: number },
  session: Session,
): Promise<RunPageOfCampaign> {
  const query = new URLSearchParams({
    page: String(page),
    limit: String(RUNS_PER_PAGE),
    ...(which === 'open' ? { filters: JSON.stringify([OPEN]) } : {}),
  });
  const url = `${campaignUrl(id, '/runs', session)}?${query.toString()}`;
  const { body, headers } = await readJson({ url, credential: 'api-key' }, session);
  const now = parseDate(headers['date']) ?? session.clock.now();
  const list: Fields<CampaignRunList> = isRecord(body) ? body : {};
  const { total_count: total, total_pages: totalPages } = list;
  const listed: unknown[] = Array.isArray(list.runs) ? list.runs : [undefined];
  const runs = listed.map((run) => parseRun(run, session)).filter((run) => run !== undefined);
  const isWhole = runs.length === listed.length;
  if (!isWhole || typeof total !== 'number' || typeof totalPages !== 'number') {
    throw contractError(`list of the runs of campaign ${id}`, session);
  }
  return {
    runs: which === 'open' ? runs.filter(({ isOpen }) => isOpen) : runs,
    total,
    totalPages,
    now,
  };
}

const OPEN = { attribute: 'status', type: 'radio', value: { status: 'in_progress' } };

function parseRun(
  value: unknown,
  { baseUrl }: Session,
): RunPageOfCampaign['runs'][number] | undefined {
  if (!isRecord(value) || typeof value['is_completed'] !== 'boolean') return undefined;
  const cost = isRecord(value['cost_info']) ? value['cost_info'] : {};
  const duration = cost['call_duration_seconds'];
  const run = parseListedRun({ ...value, call_duration_seconds: duration }, baseUrl);
  return run && { run, isOpen: !value['is_completed'] };
}

/** The IDs of the runs that are not over. */
export async function readOpenRuns(id: number, session: Session): Promise<ReadonlySet<number>> {
  const open = new Set<number>();
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { runs, totalPages, now } = await readRunPageOfCampaign(
      id,
      { which: 'open', page },
      session,
    );
    const recent = runs.filter(({ run }) => isRecent(run, now));
    for (const { run } of recent) open.add(run.id);
    if (page >= totalPages || recent.length === 0) break;
  }
  return open;
}

/** Whether its call may continue. */
export function isRecent({ createdAt }: ListedRun, now: number): boolean {
  return createdAt === null || now - createdAt < MAX_CALL_MS;
}
