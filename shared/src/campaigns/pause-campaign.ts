import { pause, timeLeft, type Session } from '../connection/session';
import { isGeneralError } from '../finished-runs/is-general-error';
import type { Campaign } from './campaign';
import { campaignResult, type CampaignResult } from './campaign-result';
import { changeCampaign, wrongStateError } from './change-campaign';
import { countContacts, notesOn } from './count-contacts';
import { readCampaign } from './list-campaigns';
import { isEnded, MAX_BATCH, maxStillDialed, rowsWithoutRun } from './may-still-dial';

/** A campaign after a pause. */
export interface PausedCampaign extends CampaignResult {
  /** How many numbers Dograh may still dial, because it does not stop the batch that is under way. */
  readonly may_still_be_dialed: number;
}

const CHECK_INTERVAL_MS = 2_000;
/** Dograh reads 10,000 contacts in some seconds. */
const MAX_SYNC_MS = 60_000;
/** Time for the rest of the operation. */
const MIN_LEFT_MS = 5_000;

/**
 * Pauses a campaign, also while Dograh reads its file. A paused campaign is returned as it is.
 * @throws InvalidInputError if it was never started or has ended; OutcomeUnknownError; DograhError
 */
export async function pauseCampaign(id: number, session: Session): Promise<PausedCampaign> {
  const before = await readCampaign(id, session);
  if (before.state === 'created') {
    throw wrongStateError(before, 'pause', 'It was never started, so it calls nobody.');
  }
  if (isEnded(before)) {
    throw wrongStateError(
      before,
      'pause',
      'It begins no more calls, so there is nothing to pause.',
    );
  }
  const wasPaused = before.state === 'paused';
  const paused = wasPaused ? before : await changeCampaign(id, 'pause', session);
  const after = await staysPaused(paused, session);
  return report(after, wasPaused && after.state === 'paused', session);
}

/** Dograh undoes a pause when it has read the file of the campaign. So the campaign is paused again then. */
async function staysPaused(paused: Campaign, session: Session): Promise<Campaign> {
  let campaign = paused;
  const until = session.clock.now() + Math.min(MAX_SYNC_MS, timeLeft(session) - MIN_LEFT_MS);
  // Dograh writes the number of contacts a moment before it undoes the pause.
  let checksAfterSync = paused.contacts === null ? 2 : 0;
  while (checksAfterSync > 0 && session.clock.now() < until) {
    await pause(CHECK_INTERVAL_MS, session);
    campaign = await readCampaign(paused.id, session);
    if (campaign.state === 'running') return changeCampaign(paused.id, 'pause', session);
    if (isEnded(campaign)) return campaign;
    if (campaign.contacts !== null) checksAfterSync -= 1;
  }
  return campaign;
}

/** The pause happened. So an error of reading must not hide it. */
async function report(
  paused: Campaign,
  wasPaused: boolean,
  session: Session,
): Promise<PausedCampaign> {
  const isUndone = paused.state === 'paused' && paused.contacts === null;
  const first = wasPaused ? ['The campaign was paused already.'] : [];
  try {
    const { campaign, runs, counts } = await countContacts(paused, session);
    // Only of an earlier pause, time may have shown that no batch is under way.
    const batch =
      wasPaused || isEnded(paused)
        ? maxStillDialed(campaign, runs)
        : Math.min(MAX_BATCH, rowsWithoutRun(campaign, runs));
    const stillDialed = isUndone ? (counts.pending ?? MAX_BATCH) : batch;
    const notes = [...first, noteOn(stillDialed, isUndone), ...notesOn(campaign, runs, counts)];
    return {
      ...campaignResult(campaign, session, counts, notes),
      may_still_be_dialed: stillDialed,
    };
  } catch (error) {
    if (isGeneralError(error)) throw error;
    const notes = [...first, noteOn(MAX_BATCH, isUndone), 'The contacts could not be counted.'];
    return { ...campaignResult(paused, session, undefined, notes), may_still_be_dialed: MAX_BATCH };
  }
}

function noteOn(stillDialed: number, isUndone: boolean): string {
  if (isUndone) {
    return 'Dograh is still reading the file of the campaign. When it has read it, it calls in spite of the pause. Pause the campaign again in a minute.';
  }
  return stillDialed === 0
    ? 'No more numbers are dialed.'
    : `Dograh finishes the batch that is under way. It may still dial ${stillDialed === 1 ? '1 number' : `up to ${stillDialed} numbers`}.`;
}
