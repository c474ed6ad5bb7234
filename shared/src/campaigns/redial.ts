import { inputError } from '../errors/input-error';
import { DograhError } from '../errors/dograh-error';
import type { PhoneNumberRules } from '../input/phone-number';
import { parsePhoneNumber } from '../input/phone-number';
import { isBlank } from '../input/blank';
import { parseChoices } from '../input/choice';
import { parseYesOrNo } from '../input/yes-or-no';
import type { Session } from '../connection/session';
import {
  parseCallingRules,
  type CallingRules,
  type CallingRulesInput,
} from '../calling-rules/calling-rules';
import { cut } from '../errors/quote';
import { CALL_OUTCOMES, type CallOutcome } from '../runs/outcome';
import {
  parseCampaignId,
  redialedBy,
  wasStarted,
  type Campaign,
  type CampaignState,
} from './campaign';
import { isFinished } from './campaign-end';
import { duplicateOf, SeenNumbers, type Contact, type RefusedContact } from './contact';
import { ContactColumns } from './contact-columns';
import { CONTACT_STATUSES, type ContactResult } from './contact-result';
import { applyRules } from './contact-rules';
import type { LaunchParts } from './launch';
import { findEarlierLaunch } from './launch-campaigns';
import { launchContacts } from './launch-contacts';
import { hashOfReference } from './launch-file-name';
import { parseCampaignName, parseCampaignReference } from './launch-input';
import { resultsOf, type LaunchedCampaign } from './launch-result';
import { listContacts } from './list-contacts';
import { readCampaign } from './list-campaigns';

/** Which contacts of a campaign to call again: by the outcome of their last call, or because nobody called them. */
export const REDIAL_CHOICES = [
  ...CALL_OUTCOMES,
  {
    value: 'never_called',
    label: 'Never Called',
    description: 'Dograh did not call the contact, and never will in that campaign',
  },
] as const;
export type RedialChoice = CallOutcome | 'never_called';

/** From a host's form, not yet checked. */
export interface RedialInput {
  readonly campaignId: unknown;
  /** Values of {@link REDIAL_CHOICES}: a list, or a text with commas. */
  readonly outcomes: unknown;
  /** Blank: the name of the campaign with ` (Redial)`. */
  readonly name?: unknown;
  /** The same reference is launched once. Blank: one for the first redial of this campaign. */
  readonly reference?: unknown;
  readonly startNow?: unknown;
  /** Checked once, at the launch. Without calling hours: the schedule of the campaign stays. */
  readonly callingRules?: CallingRulesInput | undefined;
  readonly phoneNumberRules?: PhoneNumberRules | undefined;
}

const CHOICES = REDIAL_CHOICES.map(({ value }) => value);
const MAX_NAME_LENGTH = 255;

/**
 * Launches a new campaign for some contacts of a finished one, with its agent, telephony configuration, variables and
 * schedule. Dograh's own redial would drop the telephony configuration, and knows only three outcomes.
 * @throws InvalidInputError if the campaign may still call someone; DograhError
 */
export async function redial(
  input: RedialInput,
  parts: LaunchParts,
  session: Session,
): Promise<readonly LaunchedCampaign[]> {
  const id = parseCampaignId(input.campaignId);
  const outcomes = parseOutcomes(input.outcomes);
  const rules = parseRules(input, parts);
  const startsNow = parseYesOrNo(input.startNow, 'Start Now', true);
  const text = isBlank(input.reference)
    ? `redial of campaign ${id}`
    : parseCampaignReference(input.reference);
  const reference = await hashOfReference(text);
  const parent = await readCampaign(id, session);
  if (isBlank(input.reference)) assertNoRedial(parent);
  const name = isBlank(input.name) ? nameOf(parent) : parseCampaignName(input.name, parts.apiKey);
  const summary = { reference: text, name, refused: [], nameOfContact, notes: [] };
  const earlier = await findEarlierLaunch(reference, session);
  if (earlier !== undefined) return resultsOf(earlier, [], summary, session);

  if (!(await isFinished(parent, session))) throw notFinishedError(parent);
  await assertNotRedialed(parent, outcomes, session);
  const chosen = await chooseContacts(id, outcomes, session);
  const { allowed, refused } = await applyRules(chosen.contacts, rules, session);
  return launchContacts(
    {
      reference,
      workflowId: parent.workflowId,
      settings: parent.settings,
      startsNow,
      redialOf: id,
      contacts: allowed,
      columns: chosen.columns,
      hours: undefined,
      scheduleOf: () => undefined,
    },
    { ...summary, refused: [...chosen.refused, ...refused] },
    session,
  );
}

/**
 * A redial finishes, too. So a workflow that redials every finished campaign would call the same people without end.
 * @throws InvalidInputError
 */
function assertNoRedial(campaign: Campaign): void {
  const first = redialedBy(campaign);
  if (first === null) return;
  throw inputError(
    `Campaign ${campaign.id} is itself a redial of campaign ${first}, so nobody was called.`,
    'To call a third time, fill in Campaign Reference. In a workflow or Zap that starts when campaigns finish, continue only if parent_campaign_id is empty.',
  );
}

function parseOutcomes(value: unknown): readonly RedialChoice[] {
  const outcomes = parseChoices('Outcomes', value, CHOICES);
  if (outcomes.length > 0) return outcomes;
  throw inputError('Outcomes is empty, so nobody would be called.', 'Choose at least one.');
}

function parseRules(
  { callingRules = {}, phoneNumberRules = {} }: RedialInput,
  { lists }: LaunchParts,
): CallingRules {
  const rules = parseCallingRules(callingRules, phoneNumberRules, lists);
  if (rules.hours === undefined) return rules;
  throw inputError(
    'Calling Hours cannot be changed when contacts are called again.',
    'Remove them. The new campaign has the schedule of the first one.',
  );
}

/** The outcomes that Dograh's own redial is about. */
const CHOICES_OF_DOGRAH: ReadonlySet<RedialChoice> = new Set(['busy', 'no_answer', 'voicemail']);

/** @throws InvalidInputError if a person has had Dograh call such contacts again */
async function assertNotRedialed(
  { id, redialId }: Campaign,
  outcomes: readonly RedialChoice[],
  session: Session,
): Promise<void> {
  if (redialId === null || !outcomes.some((outcome) => CHOICES_OF_DOGRAH.has(outcome))) return;
  if (!wasStarted(await readCampaign(redialId, session))) return;
  throw inputError(
    `Campaign ${redialId} calls contacts of campaign ${id} again, which a person started in Dograh. They would be called twice.`,
    `Redial campaign ${redialId} when it is finished. Of campaign ${id}, choose only other outcomes than busy, no answer and voicemail.`,
  );
}

function nameOfContact(index: number): string {
  return `Contact ${index + 1}`;
}

interface ChosenContacts {
  readonly contacts: readonly Contact[];
  readonly refused: readonly RefusedContact[];
  readonly columns: ContactColumns;
}

async function chooseContacts(
  id: number,
  outcomes: readonly RedialChoice[],
  session: Session,
): Promise<ChosenContacts> {
  const columns = new ContactColumns();
  const contacts: Contact[] = [];
  const refused: RefusedContact[] = [];
  const seen = new SeenNumbers();
  for await (const result of listContacts(id, CONTACT_STATUSES, session)) {
    if (!isChosen(result, outcomes)) continue;
    const index = (result.contact ?? 0) - 1;
    try {
      const phoneNumber = parsePhoneNumber(result.phone_number);
      const contact = { index, phoneNumber, row: columns.copyOf(phoneNumber, result.variables) };
      const earlier = seen.add(contact);
      if (earlier === undefined) contacts.push(contact);
      else
        refused.push({ index, phoneNumber, ...duplicateOf(contact, earlier, { nameOfContact }) });
    } catch (error) {
      if (!(error instanceof DograhError)) throw error;
      const { phone_number: phoneNumber } = result;
      const explanation = error.fullMessage;
      refused.push({ index, phoneNumber, reason: 'invalid_contact', explanation });
    }
  }
  return { contacts, refused, columns };
}

function isChosen(
  { contact_status: status, outcome }: ContactResult,
  outcomes: readonly RedialChoice[],
): boolean {
  if (status === 'never_called') return outcomes.includes('never_called');
  return status === 'called' && outcome !== null && outcomes.includes(outcome);
}

function nameOf({ name }: Campaign): string {
  const end = ' (Redial)';
  return `${cut(name, MAX_NAME_LENGTH - end.length - 1)}${end}`;
}

function notFinishedError({ id, state }: Campaign) {
  return inputError(
    `Campaign ${id} is not finished (state ${state}), so its contacts could be called twice.`,
    WHAT_TO_DO[state] ?? 'Wait until it is finished, e.g. with the trigger Campaign Finished.',
  );
}

const WHAT_TO_DO: Partial<Record<CampaignState, string>> = {
  created: 'It was never started. Resume it to start it.',
  paused:
    'A paused campaign does not finish by itself. Resume it, or launch the contacts that are pending with another Campaign Reference.',
};
