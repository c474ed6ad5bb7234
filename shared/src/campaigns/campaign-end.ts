import type { Session } from '../connection/session';
import type { ListedRun } from '../runs/listed-run';
import type { Campaign } from './campaign';
import { isRecent, readRunPageOfCampaign, type RunPageOfCampaign } from './campaign-runs';
import { certainAt, isEnded, rowsWithoutRun } from './may-still-dial';
import { MAX_CHECKS, mayBeUnwritten, readWritten } from './unwritten-results';

/** Far longer than the last batch and its calls together. */
const MAX_END_MS = 2 * 60 * 60_000;
/** Dograh adds the retry of a call a moment after its end. */
const QUIET_MS = 60_000;
/** A phone rings for at most about so long. Dograh does not say when an unanswered call ended. */
const RINGING_MS = 60_000;

/** Whether the state allows that the campaign is finished. */
export function mayBeFinished({ state, queuedRows }: Campaign): boolean {
  if (state === 'completed' || state === 'failed') return true;
  return (state === 'running' || state === 'paused') && queuedRows !== null && queuedRows > 0;
}

/** Whether the campaign ended so long ago that it is certainly finished. This needs no request. */
export function isLongEnded(campaign: Campaign, now: number): boolean {
  return isEnded(campaign) && now - endOf(campaign, now) > MAX_END_MS;
}

/** When Dograh ended it, in milliseconds since 1970. Now, if Dograh did not say it yet. */
export function endOf(campaign: Campaign, now: number): number {
  const { completedAt, problemAt, startedAt, createdAt } = campaign;
  if (!isEnded(campaign)) return now;
  return completedAt ?? problemAt ?? startedAt ?? createdAt ?? now;
}

/**
 * Whether no contact is pending and every call is over, also if Dograh 1.45 will say `completed` only an hour later. A
 * paused campaign is finished if nobody is left to call. Takes one or two requests, rarely more.
 * @throws DograhError
 */
export async function isFinished(campaign: Campaign, session: Session): Promise<boolean> {
  if (!mayBeFinished(campaign)) return false;
  const page = await readRunPageOfCampaign(campaign.id, { which: 'all' }, session);
  if (mayStillBeCalled(campaign, page)) return false;
  if (await hasOpenRun(campaign.id, page, session)) return false;
  const runs = page.runs.map(({ run }) => run);
  if (!isEnded(campaign) && runs.some((run) => mayBeRetried(run, page.now))) return false;
  return areResultsWritten(runs, page.now, session);
}

/** Whether a contact is left to call. */
function mayStillBeCalled(campaign: Campaign, { runs, total, now }: RunPageOfCampaign): boolean {
  const known = { runs: total, lastAt: runs[0]?.run.createdAt ?? null, now };
  return isEnded(campaign)
    ? certainAt(campaign, known) !== null
    : rowsWithoutRun(campaign, known) > 0;
}

async function hasOpenRun(id: number, page: RunPageOfCampaign, session: Session): Promise<boolean> {
  const isOnlyPage = page.runs.length >= page.total;
  const open = isOnlyPage ? page : await readRunPageOfCampaign(id, { which: 'open' }, session);
  return open.runs.some(({ run, isOpen }) => isOpen && isRecent(run, page.now));
}

function mayBeRetried({ createdAt, durationSeconds }: ListedRun, now: number): boolean {
  if (createdAt === null) return false;
  const lastedMs = (durationSeconds ?? 0) > 0 ? (durationSeconds ?? 0) * 1_000 : RINGING_MS;
  return now - (createdAt + lastedMs) < QUIET_MS;
}

async function areResultsWritten(
  runs: readonly ListedRun[],
  now: number,
  session: Session,
): Promise<boolean> {
  const unclear = runs.filter((run) => mayBeUnwritten(run, now));
  if (unclear.length > MAX_CHECKS) return false;
  for (const run of unclear) {
    if ((await readWritten(run, now, session)) === undefined) return false;
  }
  return true;
}
