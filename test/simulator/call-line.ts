import { stateOf, type Run, type RunState } from './run';

const words: Readonly<Record<RunState, string>> = {
  initiated: 'dialling',
  ringing: 'ringing',
  in_progress: 'answered',
  completed: 'over',
};

/** What just happened to a call, for a terminal. */
export function callLine(run: Run): string {
  const state = stateOf(run);
  const word = state === undefined ? 'created' : words[state];
  const how = state === 'completed' ? ` (${run.disposition ?? 'no disposition'})` : '';
  return `${clock()}  ${run.runName} to ${run.phoneNumber}: ${word}${how}`;
}

export function clock(): string {
  return new Date().toISOString().slice(11, 19);
}
