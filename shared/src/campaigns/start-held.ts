import type { Session } from '../connection/session';
import { inputError } from '../errors/input-error';
import { NetworkError } from '../errors/dograh-error';
import { wasStarted, type Campaign } from './campaign';
import { campaignNotFoundError, listCampaigns } from './list-campaigns';
import { launchesOf, launchNameOf, type Launch } from './launch-rivals';
import { startCampaign } from './start-campaign';

const MAX_TRIES = 3;

/**
 * Starts a campaign that was never started, unless another campaign of the same reference has its contacts. A launch that
 * stopped before its end is never continued: another one may begin at the same moment.
 * @throws InvalidInputError if its contacts could be called twice; OutcomeUnknownError; DograhError
 */
export async function startHeld(id: number, session: Session): Promise<Campaign> {
  for (let tried = 1; tried <= MAX_TRIES; tried += 1) {
    const listed = await listCampaigns(session);
    const campaign = listed.campaigns.find((one) => one.id === id);
    if (campaign === undefined) throw campaignNotFoundError(id);
    if (wasStarted(campaign)) return campaign;
    const name = launchNameOf(campaign);
    if (name !== undefined) {
      assertOnlyOne(campaign, launchesOf(name.reference, listed, session.clock.now()));
    }
    const started = await startCampaign(id, session);
    if (started !== undefined) return started;
  }
  throw new NetworkError({
    message: `Dograh did not answer ${MAX_TRIES} requests to start campaign ${id}, and did not start it.`,
    hint: 'Try again later.',
  });
}

/** @throws InvalidInputError if another campaign of the reference was started, or may be */
function assertOnlyOne({ id }: Campaign, launches: readonly Launch[]): void {
  const own = launches.find(({ parts }) => [...parts.values()].some((one) => one.id === id));
  const others = launches.filter((launch) => launch !== own);
  if (own === undefined) throw duplicateError(id, idsOf(others));
  if (own.isLive || others.some(({ isLive }) => isLive)) {
    throw inputError(
      `Campaign ${id} is being launched now.`,
      'Wait for the end of its launch, at most five minutes.',
    );
  }
  const first = others.find(
    (other) => other.isStarted || (other.isDone && (!own.isDone || other.firstId < own.firstId)),
  );
  if (first !== undefined) throw duplicateError(id, idsOf([first]));
  if (own.isDone) return;
  throw inputError(
    `Campaign ${id} was not started, because its launch stopped before its end. Such a campaign is never started.`,
    'Launch the contacts again with the same Campaign Reference. That creates a new campaign.',
  );
}

function idsOf(launches: readonly Launch[]): string {
  return launches.flatMap(({ parts }) => [...parts.values()].map(({ id }) => id)).join(', ');
}

function duplicateError(id: number, others: string) {
  return inputError(
    `Campaign ${id} was not started, because campaign ${others} was launched with the same Campaign Reference. Its contacts would be called twice.`,
    'Leave it as it is.',
  );
}
