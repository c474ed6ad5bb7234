import type { Environment } from './environment';
import type { TriggerTarget } from './agent-reference';

/** The path below `/api/v1` that places a call. There are four kinds. */
export function callRoute(target: TriggerTarget, environment: Environment): `/${string}` {
  const root = environment === 'test' ? '/public/agent/test' : '/public/agent';
  return target.kind === 'agent'
    ? `${root}/workflow/${target.agentUuid}`
    : `${root}/${target.trigger}`;
}
