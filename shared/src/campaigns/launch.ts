import type { AgentCache } from '../agents/agent-cache';
import type { AgentDetails } from '../agents/agent-details';
import { placeholdersIn } from '../variables/template/placeholder';
import { variableName } from '../variables/template/render';
import { quote } from '../errors/quote';
import type { DoNotCallLists } from '../calling-rules/do-not-call-list';
import { clockOf } from '../calling-rules/parse-calling-hours';
import type { ApiKey } from '../connection/api-key';
import type { Session } from '../connection/session';
import type { ScheduleRequest } from '../contract/types.gen';
import { InvalidInputError, NotFoundError } from '../errors/dograh-error';
import { listPhoneNumbers } from '../telephony/phone-numbers';
import { requiredColumns } from './agent-columns';
import { readCampaignLimits } from './campaign-limits';
import { assertNoDates, scheduleFor } from './campaign-schedule';
import { checkContacts, type RefusedContact } from './contact';
import { isOwnColumn, type ContactColumns } from './contact-columns';
import type { ContactFile } from './contact-files';
import { applyRules } from './contact-rules';
import { findEarlierLaunch } from './launch-campaigns';
import { launchContacts } from './launch-contacts';
import { hashOfReference } from './launch-file-name';
import { parseLaunchInput, type LaunchInput, type LaunchRequest } from './launch-input';
import { resultsOf, type LaunchedCampaign, type LaunchSummary } from './launch-result';
import { assertConcurrency } from './launch-settings';

/** What a launch needs of the client. */
export interface LaunchParts {
  readonly apiKey: ApiKey;
  readonly agents: AgentCache;
  readonly lists: DoNotCallLists;
}

/**
 * Checks all contacts, uploads them, and creates and starts their campaigns: once per Campaign Reference. One set of
 * time zones is one campaign, and so is each 10 MB of data.
 * @returns one result per campaign. If no contact is left, one result without a campaign.
 * @throws InvalidInputError that names the contacts; DograhError
 */
export async function launch(
  input: LaunchInput,
  parts: LaunchParts,
  session: Session,
): Promise<readonly LaunchedCampaign[]> {
  const request = parseLaunchInput(input, parts.apiKey, session, parts.lists);
  const reference = await hashOfReference(request.reference);
  const earlier = await findEarlierLaunch(reference, session);
  const summary = summaryOf(request, input, [], []);
  if (earlier !== undefined) return resultsOf(earlier, [], summary, session);

  const agent = await readAgent(request, parts, session);
  const required = requiredColumns(agent);
  const concurrency = await readConcurrency(request, session);
  const { nameOfContact } = input;
  const checked = checkContacts(input.contacts, {
    ...parts,
    baseUrl: session.baseUrl,
    ...{ agent, required, nameOfContact },
  });
  if (request.onInvalidContact === 'fail') {
    assertNoneRefused(
      checked.refused,
      input,
      'To leave such contacts out, set On Invalid Contact to Skip.',
    );
  }
  const byRules = await applyRules(checked.contacts, request.rules, session);
  if (request.rules.onRule === 'fail') {
    assertNoneRefused(
      byRules.refused,
      input,
      'To leave such contacts out, set On Calling Rule to Skip.',
    );
  }
  const refused = [...checked.refused, ...byRules.refused].sort(
    (one, other) => one.index - other.index,
  );
  const { rules, settings, startsNow } = request;
  return launchContacts(
    {
      reference,
      workflowId: agent.agent.id,
      settings,
      startsNow,
      contacts: byRules.allowed,
      columns: checked.columns,
      hours: rules.hours,
      concurrency,
      scheduleOf: (file, share) => scheduleOf(file, request, share, session),
    },
    summaryOf(request, input, refused, [...checked.notes, ...unusedNote(checked.columns, agent)]),
    session,
  );
}

/** A misspelled name would silently leave the fallback in every call. */
function unusedNote({ names }: ContactColumns, { version, variables }: AgentDetails): string[] {
  const paths = version.texts.flatMap(({ text }) => placeholdersIn(text)).map(({ path }) => path);
  const used = new Set([...paths.map(variableName), ...variables.map(({ name }) => name)]);
  const unused = names.filter((name) => !isOwnColumn(name) && !used.has(name));
  if (unused.length === 0) return [];
  return [`Variables that the texts of the agent do not use: ${unused.map(quote).join(', ')}.`];
}

function summaryOf(
  { name, reference }: LaunchRequest,
  { nameOfContact }: LaunchInput,
  refused: readonly RefusedContact[],
  notes: readonly string[],
): LaunchSummary {
  return { name, reference, refused, nameOfContact, notes };
}

/** @throws NotFoundError; DograhError */
async function readAgent(
  { target }: LaunchRequest,
  { agents }: LaunchParts,
  session: Session,
): Promise<AgentDetails> {
  try {
    return await agents.read(target, 'production', session);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    throw new NotFoundError({
      message: error.message,
      hint: 'Choose an agent that is active, and publish it in the Dograh dashboard. Campaigns use only published versions.',
    });
  }
}

/** How many calls the campaigns can have at the same time. @throws InvalidInputError for more; DograhError */
async function readConcurrency(
  { settings, rules }: LaunchRequest,
  session: Session,
): Promise<number> {
  const { maxConcurrency, callerIds } = await readCampaignLimits(session);
  assertConcurrency(settings, maxConcurrency);
  const { max_concurrency: own, telephony_configuration_id: configuration } = settings;
  const isOther = rules.hours !== undefined && typeof configuration === 'number';
  const numbers = isOther ? await listPhoneNumbers(configuration, session) : [];
  const lines = isOther ? numbers.filter(({ unusable }) => unusable === null).length : callerIds;
  return Math.max(1, Math.min(own ?? maxConcurrency, maxConcurrency, lines));
}

function scheduleOf(
  { zones }: ContactFile,
  { rules: { hours } }: LaunchRequest,
  concurrency: number,
  { clock }: Session,
): ScheduleRequest | undefined {
  if (hours === undefined) return undefined;
  const now = clock.now();
  assertNoDates(hours, now);
  const clocks = zones.map(clockOf).filter((zone) => zone !== undefined);
  return scheduleFor(hours, clocks, concurrency, now);
}

/** How many contacts a message names. */
const MAX_NAMED = 10;

/** @throws InvalidInputError that names the contacts */
function assertNoneRefused(
  refused: readonly RefusedContact[],
  { nameOfContact }: LaunchInput,
  advice: string,
): void {
  if (refused.length === 0) return;
  const named = refused
    .slice(0, MAX_NAMED)
    .map(({ index, explanation }) => `${nameOfContact(index)}: ${explanation}`);
  const more = refused.length > MAX_NAMED ? [`And ${refused.length - MAX_NAMED} more.`] : [];
  const noun = refused.length === 1 ? 'contact' : 'contacts';
  throw new InvalidInputError({
    message: `${refused.length} ${noun} cannot be in the campaign. ${[...named, ...more].join(' ')}`,
    hint: `Nothing was sent, and no campaign was created. Correct the ${noun}. ${advice}`,
  });
}
