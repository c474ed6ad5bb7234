import { stateOf, type Run, type RunState } from './run';

const WORDS: Readonly<Record<RunState, string>> = {
  initiated: 'dialing',
  ringing: 'ringing',
  in_progress: 'answered',
  completed: 'finished',
};

/** One line for a terminal about the new state of a call. */
export function callLine(run: Run): string {
  const state = stateOf(run);
  const word = state === undefined ? 'created' : WORDS[state];
  const how = state === 'completed' ? ` (${run.disposition ?? 'no disposition'})` : '';
  return `${clock()}  run ${String(run.runId)} to ${run.phoneNumber}: ${word}${how}`;
}

export function clock(): string {
  return new Date().toISOString().slice(11, 19);
}
