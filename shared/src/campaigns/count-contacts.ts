import type { Session } from '../connection/session';
import { isGeneralError } from '../finished-runs/is-general-error';
import type { Campaign } from './campaign';
import { campaignResult, type CampaignResult, type ContactCounts } from './campaign-result';
import { readCampaignRuns, readOpenRuns, type CampaignRuns } from './campaign-runs';
import { readCampaign } from './list-campaigns';
import { certainAt, isEnded, lastBatchNote, mayStillDial } from './may-still-dial';
import { readSourceFile } from './source-file';

/** A campaign with accurate counts. Reads all its runs. @throws NotFoundError; DograhError */
export async function readCountedCampaign(id: number, session: Session): Promise<CampaignResult> {
  const { campaign, runs, counts } = await countContacts(await readCampaign(id, session), session);
  return campaignResult(campaign, session, counts, notesOn(campaign, runs, counts));
}

export interface CountedCampaign {
  /** With the contacts in its file, even if Dograh did not read it yet. */
  readonly campaign: Campaign;
  readonly runs: CampaignRuns;
  readonly counts: ContactCounts;
}

/** @param read the campaign as it was before its runs are read: a contact without a run was not called then */
export async function countContacts(read: Campaign, session: Session): Promise<CountedCampaign> {
  const contacts = read.contacts ?? (await countInFile(read, session));
  const runs = await readCampaignRuns(read.id, () => undefined, session);
  const campaign = { ...read, contacts, executedRows: executedRows(read, runs) };
  const open = runs.runs === 0 ? 0 : (await readOpenRuns(read.id, session)).size;
  return { campaign, runs, counts: { ...countsOf(campaign, runs), running: open } };
}

/** Dograh does not count a row that the telephony provider refused, although it has a run. */
function executedRows({ executedRows: counted, queuedRows }: Campaign, { runs }: CampaignRuns) {
  return queuedRows === null ? counted : Math.min(queuedRows, Math.max(counted ?? 0, runs));
}

/** Called, pending and never called add up to the contacts. */
function countsOf(campaign: Campaign, runs: CampaignRuns): Omit<ContactCounts, 'running'> {
  const all = [...runs.byRow.values(), ...runs.byNumber.values()];
  const withCall = all.filter(({ isCalled }) => isCalled).length;
  const { contacts } = campaign;
  if (contacts === null) return { called: withCall, pending: null, never_called: null };
  const called = Math.min(contacts, withCall);
  const notDialed = Math.min(contacts - called, all.length - withCall);
  const rest = contacts - called - notDialed;
  return mayStillDial(campaign, runs)
    ? { called, pending: rest, never_called: notDialed }
    : { called, pending: 0, never_called: notDialed + rest };
}

/** Null if the file cannot be read. The other values of the campaign are known all the same. */
async function countInFile(campaign: Campaign, session: Session): Promise<number | null> {
  try {
    return (await readSourceFile(campaign, session)).contacts.length;
  } catch (error) {
    if (isGeneralError(error)) throw error;
    return null;
  }
}

export function notesOn(campaign: Campaign, runs: CampaignRuns, counts: ContactCounts): string[] {
  if (campaign.contacts === null) {
    return [
      'It is not known how many contacts the campaign has. Dograh did not read its file yet, and the file could not be read from here.',
    ];
  }
  const at = isEnded(campaign) && counts.pending !== 0 ? certainAt(campaign, runs) : null;
  return at === null ? [] : [lastBatchNote(at)];
}
