import type {
  CampaignRequest,
  CircuitBreakerRequest,
  RetryRequest,
  ScheduleRequest,
} from '../../../shared/src/contract/types.gen';
import { Refusal } from '../answer';
import { valueError } from '../fastapi-problem';

/** Null means that the request did not contain it. */
export interface CampaignSettings {
  retry: Required<RetryRequest>;
  maxConcurrency: number | null;
  schedule: Required<ScheduleRequest> | null;
  circuitBreaker: Required<CircuitBreakerRequest> | null;
}

/** Without any retry settings, Dograh retries once. */
export const defaultRetry: Required<RetryRequest> = {
  enabled: true,
  max_retries: 1,
  retry_delay_seconds: 120,
  retry_on_busy: true,
  retry_on_no_answer: true,
  retry_on_voicemail: false,
};

/** Used although the campaign says that the circuit breaker is off. */
export const defaultCircuitBreaker: Required<CircuitBreakerRequest> = {
  enabled: true,
  failure_threshold: 0.5,
  window_seconds: 120,
  min_calls_in_window: 5,
};

/** The settings of a new campaign. Throws Dograh's response to a schedule that does not exist. */
export function campaignSettings(request: CampaignRequest): CampaignSettings {
  const { retry_config, schedule_config, circuit_breaker, max_concurrency = null } = request;
  if (schedule_config) assertSchedule(schedule_config);
  return {
    retry: retry_config ? withRetryDefaults(retry_config) : defaultRetry,
    maxConcurrency: max_concurrency,
    schedule: schedule_config ? { enabled: true, timezone: 'UTC', ...schedule_config } : null,
    circuitBreaker: circuit_breaker ? { ...defaultCircuitBreaker, ...circuit_breaker } : null,
  };
}

/** Settings without values differ from no settings. */
function withRetryDefaults(given: RetryRequest): Required<RetryRequest> {
  return { ...defaultRetry, max_retries: 2, retry_on_voicemail: true, ...given };
}

function assertSchedule({ timezone = 'UTC', slots }: ScheduleRequest): void {
  const problems = slots.flatMap((slot, index) =>
    slot.start_time < slot.end_time
      ? []
      : [
          valueError(
            ['schedule_config', 'slots', index],
            'start_time must be before end_time',
            slot,
          ),
        ],
  );
  if (!isTimeZone(timezone)) {
    const reason = `Invalid timezone: ${timezone}`;
    problems.push(valueError(['schedule_config', 'timezone'], reason, timezone));
  }
  if (problems.length > 0) throw new Refusal(422, problems);
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
