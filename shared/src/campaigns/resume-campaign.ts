import type { Session } from '../connection/session';
import { isGeneralError } from '../finished-runs/is-general-error';
import type { Campaign } from './campaign';
import { campaignResult, type CampaignResult } from './campaign-result';
import { changeCampaign, wrongStateError } from './change-campaign';
import { countContacts, notesOn } from './count-contacts';
import { readCampaign } from './list-campaigns';
import { isEnded } from './may-still-dial';
import { startHeld } from './start-held';

/**
 * Resumes a paused campaign, or starts one that was never started. A running one is returned as it is.
 * @throws InvalidInputError if it has ended, or if its contacts could be called twice; TelephonyError; QuotaExceededError;
 * OutcomeUnknownError; DograhError
 */
export async function resumeCampaign(id: number, session: Session): Promise<CampaignResult> {
  const before = await readCampaign(id, session);
  if (before.state === 'created') return report(await startHeld(id, session), [], session);
  if (isEnded(before)) {
    throw wrongStateError(
      before,
      'resume',
      'Dograh continues no campaign that has ended. Read its contacts that were never called, and launch a new campaign with them.',
    );
  }
  const wasPaused = before.state === 'paused';
  const resumed = wasPaused ? await changeCampaign(id, 'resume', session) : before;
  return report(resumed, wasPaused ? [] : ['The campaign was not paused.'], session);
}

/** The campaign was resumed. So an error of reading must not hide it. */
async function report(
  resumed: Campaign,
  notes: readonly string[],
  session: Session,
): Promise<CampaignResult> {
  try {
    const { campaign, runs, counts } = await countContacts(resumed, session);
    return campaignResult(campaign, session, counts, [
      ...notes,
      ...notesOn(campaign, runs, counts),
    ]);
  } catch (error) {
    if (isGeneralError(error)) throw error;
    const uncounted = [...notes, 'The contacts could not be counted.'];
    return campaignResult(resumed, session, undefined, uncounted);
  }
}
