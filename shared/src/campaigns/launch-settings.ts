import type { CircuitBreakerRequest, RetryRequest } from '../contract/types.gen';
import { inputError } from '../errors/input-error';
import { isBlank } from '../input/blank';
import { parseId } from '../input/id';
import { parseNumber } from '../input/number';
import { parseYesOrNo } from '../input/yes-or-no';
import type { LaunchSettings } from './campaign';

/** How a campaign dials, from a host's form, not yet checked. A blank value leaves the choice to Dograh. */
export interface LaunchSettingsInput {
  readonly telephonyConfigurationId?: unknown;
  /** Maximum number of calls at the same time. */
  readonly concurrency?: unknown;
  readonly retries?: RetriesInput | undefined;
  readonly circuitBreaker?: CircuitBreakerInput | undefined;
}

/** Which unanswered contacts Dograh calls again. It never calls again after a voicemail. */
export interface RetriesInput {
  /** 0 to 10. 0: no contact is called again. */
  readonly maximum?: unknown;
  /** 30 to 3600. */
  readonly delaySeconds?: unknown;
  readonly onBusy?: unknown;
  readonly onNoAnswer?: unknown;
}

/** When Dograh pauses a campaign because too many calls fail. */
export interface CircuitBreakerInput {
  readonly enabled?: unknown;
  /** 1 to 100. */
  readonly failurePercent?: unknown;
  /** 30 to 600. */
  readonly windowSeconds?: unknown;
  /** 1 to 100. Fewer calls in the window never pause the campaign. */
  readonly minimumCalls?: unknown;
}

const MAX_CONCURRENCY = 100;

/** @throws InvalidInputError that names the field by its label */
export function parseLaunchSettings(input: LaunchSettingsInput): LaunchSettings {
  const { telephonyConfigurationId, concurrency, retries, circuitBreaker } = input;
  return {
    ...(isBlank(telephonyConfigurationId)
      ? {}
      : {
          telephony_configuration_id: parseId(
            telephonyConfigurationId,
            'Telephony Configuration',
            'Choose it from the list, or leave the field empty for the default.',
          ),
        }),
    ...(isBlank(concurrency)
      ? {}
      : { max_concurrency: parseWhole(concurrency, 'Concurrency', [1, MAX_CONCURRENCY], 1) }),
    ...(retries === undefined ? {} : { retry_config: parseRetries(retries) }),
    ...(circuitBreaker === undefined ? {} : { circuit_breaker: parseBreaker(circuitBreaker) }),
  };
}

/** @throws InvalidInputError if Dograh would refuse so many calls at the same time */
export function assertConcurrency(
  { max_concurrency: wanted }: LaunchSettings,
  limit: number,
): void {
  if (wanted === undefined || wanted === null || wanted <= limit) return;
  throw inputError(
    `Concurrency is ${wanted}, but this organization can have ${limit} calls at the same time.`,
    `Use at most ${limit}, or raise the limit in Dograh.`,
  );
}

function parseRetries(input: RetriesInput): RetryRequest {
  const maximum = parseWhole(input.maximum, 'Maximum Retries', [0, 10], 1);
  const onBusy = parseYesOrNo(input.onBusy, 'Retry If Busy', true);
  const onNoAnswer = parseYesOrNo(input.onNoAnswer, 'Retry If Not Answered', true);
  return {
    enabled: maximum > 0 && (onBusy || onNoAnswer),
    max_retries: maximum,
    retry_delay_seconds: parseWhole(input.delaySeconds, 'Retry After', [30, 3_600], 120),
    retry_on_busy: onBusy,
    retry_on_no_answer: onNoAnswer,
    retry_on_voicemail: false,
  };
}

function parseBreaker(input: CircuitBreakerInput): CircuitBreakerRequest {
  const percent = parseNumber(input.failurePercent, {
    label: 'Failed Calls',
    must: 'a percentage from 1 to 100',
    accepts: (given) => given >= 1 && given <= 100,
    hint: 'Use 1 to 100.',
    whenBlank: 50,
  });
  return {
    enabled: parseYesOrNo(input.enabled, 'Pause on Failures', true),
    failure_threshold: percent / 100,
    window_seconds: parseWhole(input.windowSeconds, 'Failures Within', [30, 600], 120),
    min_calls_in_window: parseWhole(input.minimumCalls, 'Minimum Calls', [1, 100], 5),
  };
}

function parseWhole(
  value: unknown,
  label: string,
  [from, to]: readonly [number, number],
  whenBlank: number,
): number {
  return parseNumber(value, {
    label,
    must: `a whole number from ${from} to ${to}`,
    accepts: (given) => Number.isInteger(given) && given >= from && given <= to,
    hint: `Use ${from} to ${to}.`,
    whenBlank,
  });
}
