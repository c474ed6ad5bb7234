import { checkConnection } from '../connection/check-connection';
import type { Session } from '../connection/session';
import type { OwnedState, StateOwner } from './stored-states';

/** The organization of the session's API key, and its stored state, if there is one. */
export interface OwnState<State> {
  readonly owner: StateOwner;
  readonly stored: OwnedState<State> | undefined;
}

/**
 * Finds the state of the session's organization. Asks Dograh for the organization only if no state was last used with
 * this API key: a key belongs to one organization forever, but an organization may get another key.
 * @throws DograhError if Dograh does not tell the organization
 */
export async function findOwnState<State>(
  states: readonly OwnedState<State>[],
  session: Session,
): Promise<OwnState<State>> {
  const source = session.baseUrl.service;
  const key = await session.keyFingerprint();
  const here = states.filter(({ owner }) => owner.source === source);
  const ofKey = here.find(({ owner }) => owner.key === key);
  if (ofKey !== undefined) return { owner: ofKey.owner, stored: ofKey };
  const { organizationId: organization } = await checkConnection(session);
  const ofOrganization = here.find(
    ({ owner }) => organization !== null && owner.organization === organization,
  );
  // Earlier versions stored no organization. Nothing shows that it was another one.
  const ofUnknown = here.find(({ owner }) => owner.organization === undefined);
  return { owner: { source, organization, key }, stored: ofOrganization ?? ofUnknown };
}
