import { parseTarget, type AgentReference, type TriggerTarget } from '../agents/agent-reference';
import {
  parseCallingRules,
  type CallingRules,
  type CallingRulesInput,
} from '../calling-rules/calling-rules';
import type { DoNotCallLists } from '../calling-rules/do-not-call-list';
import type { ApiKey } from '../connection/api-key';
import type { Session } from '../connection/session';
import { inputError } from '../errors/input-error';
import { isBlank } from '../input/blank';
import { parseChoice } from '../input/choice';
import type { PhoneNumberRules } from '../input/phone-number';
import { assertConvertedText, assertStorableText } from '../input/storable-text';
import { cleanText } from '../input/text';
import { parseYesOrNo } from '../input/yes-or-no';
import { parseCallReference } from '../variables/call-reference';
import type { LaunchSettings } from './campaign';
import type { ContactInput } from './contact';
import { parseLaunchSettings, type LaunchSettingsInput } from './launch-settings';

/** A campaign from a host's form, not yet checked. */
export interface LaunchInput extends LaunchSettingsInput {
  /** Shown in Dograh, at most 255 characters. */
  readonly name: unknown;
  /** The user's own ID of the campaign. The same reference is launched once. */
  readonly reference: unknown;
  /** Dograh runs its published version. */
  readonly agent: AgentReference;
  /** The people to call. They are checked one after the other. */
  readonly contacts: Iterable<ContactInput>;
  /** Calling hours become the campaign's schedule. The other rules are checked once, at the launch. */
  readonly callingRules?: CallingRulesInput | undefined;
  /** How the numbers of the Do Not Call List are read. */
  readonly phoneNumberRules?: PhoneNumberRules | undefined;
  /** Whether to start it. Otherwise it stays `created`. Default: yes. */
  readonly startNow?: unknown;
  /** `fail` (default) or `skip`: what happens if a contact cannot be in the campaign. */
  readonly onInvalidContact?: unknown;
  /** How a host's user finds the contact with this index, for messages: `Item 4`. */
  readonly nameOfContact: (index: number) => string;
}

/** A campaign to launch. Its contacts are not yet checked. */
export interface LaunchRequest {
  readonly name: string;
  readonly reference: string;
  readonly target: TriggerTarget;
  readonly settings: LaunchSettings;
  readonly rules: CallingRules;
  readonly startsNow: boolean;
  readonly onInvalidContact: 'fail' | 'skip';
}

const MAX_NAME_LENGTH = 255;
const REFERENCE = {
  label: 'Campaign Reference',
  hint: 'Use your own name for this launch, e.g. the name of the list and the date. The same reference is launched once.',
};

/** @throws InvalidInputError that says what to change */
export function parseLaunchInput(
  input: LaunchInput,
  apiKey: ApiKey,
  { baseUrl, dashboard }: Pick<Session, 'baseUrl' | 'dashboard'>,
  lists: DoNotCallLists,
): LaunchRequest {
  const { phoneNumberRules = {}, callingRules = {}, onInvalidContact } = input;
  return {
    name: parseCampaignName(input.name, apiKey),
    reference: parseCampaignReference(input.reference),
    target: parseTarget(input.agent, 'production', baseUrl, dashboard),
    settings: parseLaunchSettings(input),
    rules: parseRules(callingRules, phoneNumberRules, lists),
    startsNow: parseYesOrNo(input.startNow, 'Start Now', true),
    onInvalidContact: isBlank(onInvalidContact)
      ? 'fail'
      : parseChoice('On Invalid Contact', onInvalidContact, ['fail', 'skip']),
  };
}

/** @throws InvalidInputError */
export function parseCampaignReference(value: unknown): string {
  if (isBlank(value)) throw inputError('Campaign Reference is empty.', REFERENCE.hint);
  const reference = parseCallReference(value, REFERENCE);
  assertConvertedText(reference, REFERENCE.label);
  return reference;
}

/** @throws InvalidInputError */
export function parseCampaignName(value: unknown, apiKey: ApiKey): string {
  const text =
    typeof value === 'string' || typeof value === 'number' ? cleanText(String(value)) : '';
  if (text === '' || text.length > MAX_NAME_LENGTH) {
    throw inputError(
      `Campaign Name must have 1 to ${MAX_NAME_LENGTH} characters, not ${text.length}.`,
      'Enter the name that Dograh shows.',
    );
  }
  if (apiKey.isIn(text)) {
    throw inputError(
      'Campaign Name contains the API key, which everybody would see in Dograh.',
      'Remove the key from that field. It is sent in a header automatically.',
    );
  }
  assertStorableText(text, 'Campaign Name');
  assertConvertedText(text, 'Campaign Name');
  return text;
}

function parseRules(
  input: CallingRulesInput,
  numberRules: PhoneNumberRules,
  lists: DoNotCallLists,
): CallingRules {
  const rules = parseCallingRules(input, numberRules, lists);
  if (rules.onRule !== 'wait') return rules;
  throw inputError(
    'On Calling Rule cannot be Wait for a campaign.',
    'Choose Skip or Fail. Dograh itself waits for the Calling Hours.',
  );
}
