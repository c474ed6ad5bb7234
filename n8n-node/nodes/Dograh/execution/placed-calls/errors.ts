import {
  OutcomeUnknownError,
  type DograhError,
  type DograhErrorData,
  type DograhIdentity,
} from '@dograh/shared';
import type { StoredCall } from './call-memory';

/** For a call that is not sent, because an earlier call to the same number is unclear. */
export function sameNumberError(itemIndex: number, lost: DograhErrorData): OutcomeUnknownError {
  const message = `This call was not sent, because item ${itemIndex} has the same number and its call may have been placed. ${lost.message}`;
  return new OutcomeUnknownError({ ...lost, message, trace: undefined });
}

/** For a retry with a credential that cannot read the earlier call. */
export function otherDograhError(
  { number, runId }: StoredCall,
  earlier: DograhIdentity | undefined,
  now: DograhIdentity,
): OutcomeUnknownError {
  const call =
    runId === undefined
      ? `An earlier attempt may have called ${number}`
      : `An earlier attempt called ${number} (run ${runId})`;
  const message = `${call} ${describeSwitch(earlier ?? now, now)}`;
  return new OutcomeUnknownError({
    runId,
    message,
    hint: 'This number was not dialed again. Choose the credential of the earlier attempt, and retry. To call the number with the new credential, start a new execution.',
  });
}

/** For a retry that cannot read the earlier call. */
export function unreadableError(
  { number, runId = 0 }: StoredCall,
  { status, detail, message, hint }: DograhError,
): OutcomeUnknownError {
  return new OutcomeUnknownError({
    runId,
    status,
    detail,
    message: `An earlier attempt called ${number} (run ${runId}), but that run could not be read: ${message}`,
    hint: `This number was not dialed again. ${hint}`,
  });
}

function describeSwitch(earlier: DograhIdentity, now: DograhIdentity): string {
  const [from, to] = [nameOf(earlier.service), nameOf(now.service)];
  if (from !== to) return `with ${from}, but the credential is now for ${to}.`;
  return earlier.key === now.key
    ? `with ${from}, which does not have this run anymore.`
    : `with another API key for ${from}. The API key of the credential cannot read this run. It may be of another organization of ${to}.`;
}

function nameOf(service: string): string {
  return service === 'hosted'
    ? 'api.dograh.com'
    : `the Dograh at ${service.replace(/\/api\/v1\/$/, '')}`;
}
