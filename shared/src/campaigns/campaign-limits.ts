import { readJson } from '../connection/read';
import type { Session } from '../connection/session';
import type { CampaignDefaults } from '../contract/types.gen';
import { contractError } from '../errors/contract-error';
import { isRecord, type Fields } from '../transport/answer';

/** How many calls a campaign can have at the same time. */
export interface CampaignLimits {
  /** The limit of the organization. */
  readonly maxConcurrency: number;
  /** The caller IDs of the default telephony configuration, which also limit it in Dograh 1.45. 0 if there is none. */
  readonly callerIds: number;
}

/** @throws DograhError */
export async function readCampaignLimits(session: Session): Promise<CampaignLimits> {
  const url = session.baseUrl.resolve('/organizations/campaign-defaults');
  const { body } = await readJson({ url, credential: 'api-key' }, session);
  const { concurrent_call_limit: limit, from_numbers_count: callerIds }: Fields<CampaignDefaults> =
    isRecord(body) ? body : {};
  if (typeof limit !== 'number' || limit < 1) throw contractError('limits of campaigns', session);
  return { maxConcurrency: limit, callerIds: typeof callerIds === 'number' ? callerIds : 0 };
}
