import type { Session } from '../connection/session';
import { isBlank } from '../input/blank';
import { parseChoices } from '../input/choice';
import { normalizedNumber } from '../input/same-number';
import type { ListedRun } from '../runs/listed-run';
import type { Campaign } from './campaign';
import {
  readCampaignRuns,
  readOpenRuns,
  type CampaignRuns,
  type ContactRuns,
} from './campaign-runs';
import {
  CONTACT_STATUSES,
  contactResult,
  type ContactResult,
  type ContactRules,
  type ContactStatus,
  type KnownContact,
} from './contact-result';
import { readCampaign } from './list-campaigns';
import { certainAt, isEnded, lastBatchNote, mayStillDial } from './may-still-dial';
import { readMembers, type Members } from './members';
import { readSourceFile, variablesOf, type SourceContact, type SourceFile } from './source-file';
import { MAX_CHECKS, mayBeUnwritten, readWritten } from './unwritten-results';

export interface ContactFilter {
  /** Values of {@link CONTACT_STATUSES}: a list, or a text with commas. Blank means all. */
  readonly status?: unknown;
}

/** @throws InvalidInputError */
export function parseContactFilter({ status }: ContactFilter): readonly ContactStatus[] {
  return isBlank(status)
    ? CONTACT_STATUSES
    : parseChoices('Contact Status', status, CONTACT_STATUSES);
}

/**
 * The contacts of a campaign in the order of its file, each with its last run. A contact is given once.
 * @throws NotFoundError if there is no such campaign or no file; DograhError
 */
export async function* listContacts(
  id: number,
  wanted: readonly ContactStatus[],
  session: Session,
): AsyncGenerator<ContactResult, void, undefined> {
  // Before its runs: a contact without a run was not called when the campaign was in this state.
  const campaign = await readCampaign(id, session);
  const file = await readSourceFile(campaign, session);
  const runs = await readCampaignRuns(id, (run) => run, session);
  const members = await readMembers(campaign, file, runs, session);
  const over = await readOverRuns(id, runs, session);
  const rules = rulesFor(campaign, runs, members);
  for (const known of knownContacts(file, runs, members)) {
    const last = known.runs?.last;
    const run = last && (over.get(last.id) ?? last);
    const isOver = last !== undefined && over.has(last.id);
    const contactRuns = known.runs && run && { ...known.runs, last: run };
    const result = contactResult({ ...known, runs: contactRuns, isOver }, rules, session);
    if (wanted.includes(result.contact_status)) yield result;
  }
}

function rulesFor(campaign: Campaign, runs: CampaignRuns, { note }: Members): ContactRules {
  const at = isEnded(campaign) ? certainAt(campaign, runs) : null;
  return {
    campaign,
    mayDial: mayStillDial(campaign, runs),
    unknownNotes: note === null ? [] : [note],
    pendingNotes: at === null ? [] : [lastBatchNote(at)],
  };
}

type Joined = Omit<KnownContact, 'isOver'>;

function* knownContacts(
  file: SourceFile,
  { byRow, byNumber }: CampaignRuns<ListedRun>,
  { has, unknown }: Members,
): Generator<Joined, void, undefined> {
  const rows = new Map(byRow);
  const numbers = new Map(byNumber);
  for (const [index, source] of file.contacts.entries()) {
    const runs = takeRuns(source, rows, numbers);
    if (runs === undefined && !has(source.row)) continue;
    const { phoneNumber } = source;
    yield { contact: index + 1, phoneNumber, variables: variablesOf(source, file), runs };
  }
  // The file was replaced after Dograh had read it. A called person must not be missing.
  let contact = file.contacts.length;
  for (const runs of [...rows.values(), ...numbers.values()]) {
    contact += 1;
    yield { contact, phoneNumber: runs.last.calledNumber, variables: {}, runs };
  }
  for (let index = 0; index < unknown; index += 1) {
    yield { contact: null, phoneNumber: null, variables: {}, runs: undefined };
  }
}

/** Removes the runs of a contact. Those of its row only if they called its number. */
function takeRuns(
  { row, phoneNumber }: SourceContact,
  rows: Map<number, ContactRuns<ListedRun>>,
  numbers: Map<string, ContactRuns<ListedRun>>,
): ContactRuns<ListedRun> | undefined {
  const number = normalizedNumber(phoneNumber);
  const ofRow = rows.get(row);
  const called = ofRow?.last.calledNumber ?? phoneNumber;
  if (ofRow !== undefined && normalizedNumber(called) === number) {
    rows.delete(row);
    return ofRow;
  }
  const ofNumber = numbers.get(number);
  numbers.delete(number);
  return ofNumber;
}

/** The last runs that are over, by ID. */
async function readOverRuns(
  id: number,
  { byRow, byNumber, runs, now }: CampaignRuns<ListedRun>,
  session: Session,
): Promise<ReadonlyMap<number, ListedRun>> {
  if (runs === 0) return new Map();
  // After the list of runs, so that no run of that list began later.
  const open = await readOpenRuns(id, session);
  const lasts = [...byRow.values(), ...byNumber.values()].map(({ last }) => last);
  const over = new Map(lasts.filter((run) => !open.has(run.id)).map((run) => [run.id, run]));
  const unclear = [...over.values()].filter((run) => mayBeUnwritten(run, now));
  for (const [index, run] of unclear.entries()) {
    const checked = index < MAX_CHECKS ? await readWritten(run, now, session) : undefined;
    if (checked === undefined) over.delete(run.id);
    else over.set(run.id, checked);
  }
  return over;
}
