import { Refusal } from './answer';
import type { CampaignOrchestrator } from './campaigns/campaign-orchestrator';
import type { Campaigns } from './campaigns/campaigns';
import type { FaultTarget } from './faults';
import type { Runs } from './runs';
import type { Storage } from './storage';
import { organizationWithKey, type Organization, type World } from './world';

/** The input of a route, after the contract's checks have passed. */
export interface RouteRequest {
  parameters: Record<string, string>;
  query: Record<string, string>;
  headers: Record<string, string>;
  body: unknown;
  world: World;
  runs: Runs;
  storage: Storage;
  campaigns: Campaigns;
  orchestrator: CampaignOrchestrator;
  /** The simulator's own URL. */
  url: string;
  /** Records a request that breaks the contract, although Dograh accepts it. */
  note: (problem: string) => void;
}

export interface Route {
  /** The faults that apply to it. */
  faults: FaultTarget;
  /** Returns the body of the 200 response or a Redirect, or throws a Refusal. */
  handle(request: RouteRequest): unknown;
}

/** The organization of the key. Throws Dograh's response if there is none. */
export function organizationOf({ headers, world }: RouteRequest): Organization {
  const apiKey = headers['x-api-key'] ?? '';
  if (apiKey === '') throw new Refusal(401, 'Authorization header required');
  const organization = organizationWithKey(world, apiKey);
  // The message differs from that of the call routes, as in Dograh.
  if (!organization) throw new Refusal(401, 'Invalid or expired API key');
  return organization;
}
