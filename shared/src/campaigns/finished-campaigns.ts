import { limitedTo, timeLeft, type Session } from '../connection/session';
import type { FinishedRunFilters } from '../finished-runs/filters';
import { isGeneralError } from '../finished-runs/is-general-error';
import type { Campaign } from './campaign';
import { isFinished, mayBeFinished } from './campaign-end';
import { campaignResult, type CampaignResult } from './campaign-result';
import { countContacts, notesOn } from './count-contacts';
import { isEnded } from './may-still-dial';

/** The filters as the user entered them. An empty one matches every campaign. */
export type FinishedCampaignFilters = Pick<FinishedRunFilters, 'agents' | 'labels'>;

/** Dograh's numbers of the wanted agents by Agent UUID. Empty means all agents. */
export type Agents = Readonly<Record<string, number>>;

/** @throws AuthenticationError, PermissionDeniedError, CancelledError. After any other error, it counts as unfinished. */
export async function isFinishedNow(campaign: Campaign, session: Session): Promise<boolean> {
  try {
    return await isFinished(campaign, session);
  } catch (error) {
    if (isGeneralError(error)) throw error;
    return false;
  }
}

/**
 * Those that may be finished, the most probable ones first. Dograh never counts a row as dialed that the telephony
 * provider refused. So a finished campaign may seem to have rows left.
 */
export function probablyFinishedFirst(campaigns: readonly Campaign[]): readonly Campaign[] {
  const mayBe = campaigns.filter(mayBeFinished);
  // People leave campaigns paused for a long time.
  const waiting = new Set(mayBe.filter((one) => one.state === 'paused' && rowsLeft(one) > 0));
  const byRows = [...mayBe].sort((one, other) => rowsLeft(one) - rowsLeft(other));
  return [...byRows.filter((one) => !waiting.has(one)), ...waiting];
}

function rowsLeft(campaign: Campaign): number {
  const { executedRows, queuedRows } = campaign;
  return isEnded(campaign) ? 0 : (queuedRows ?? 0) - (executedRows ?? 0);
}

/** With its counts, if they can be read in half of the time that is left. */
export async function resultOf(read: Campaign, session: Session): Promise<CampaignResult> {
  try {
    const half = limitedTo(timeLeft(session) / 2, session);
    const { campaign, runs, counts } = await countContacts(read, half);
    return campaignResult(campaign, session, counts, notesOn(campaign, runs, counts));
  } catch (error) {
    if (isGeneralError(error)) throw error;
    return campaignResult(read, session, undefined, ['The contacts could not be counted.']);
  }
}

export function isWanted(agents: Agents, { workflowId }: Campaign): boolean {
  const wanted = Object.values(agents);
  return wanted.length === 0 || wanted.includes(workflowId);
}
