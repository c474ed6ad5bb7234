import type { Environment } from './environment';
import type { TriggerTarget } from './agent-reference';

/** The path below `/api/v1` that places a call to this target. There are four, and nothing else comes out. */
export function callRoute(target: TriggerTarget, environment: Environment): `/${string}` {
  const root = environment === 'test' ? '/public/agent/test' : '/public/agent';
  return target.kind === 'agent'
    ? `${root}/workflow/${target.agentUuid}`
    : `${root}/${target.trigger}`;
}
