import type { AgentVersion } from '../agent-definition';

const variable = /\{\{\s*([^|\s}]+)(?:\s*\|\s*([^:}]+)(?::([^}]+))?)?\s*\}\}/g;
const spoken = ['startCall', 'agentNode', 'endCall', 'globalNode'];
/** Dograh fills these in. It forgets its other own variables here, e.g. `caller_number`. */
const filledIn = new Set(['campaign_id', 'provider', 'source_uuid']);

/** The variables that Dograh wants as columns: those without a fallback that are no path such as `user.name`. */
export function requiredColumns({ nodes, edges }: AgentVersion): Set<string> {
  const texts = [
    ...nodes
      .filter(({ type }) => spoken.includes(type))
      .flatMap(({ type, data }) =>
        type === 'startCall' ? [data['prompt'], data['greeting']] : [data['prompt']],
      ),
    ...edges.map(({ data }) => data.transition_speech),
  ];
  const names = texts
    .filter((text) => typeof text === 'string')
    .flatMap((text) => [...text.matchAll(variable)])
    .filter(([, , fallback]) => fallback === undefined)
    .map(([, name = '']) => name)
    .filter((name) => !name.includes('.') && !filledIn.has(name));
  return new Set(names);
}
