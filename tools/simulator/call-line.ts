import { stateOf, type Run, type RunState } from './run';

const words: Readonly<Record<RunState, string>> = {
  initiated: 'dialling',
  ringing: 'ringing',
  in_progress: 'answered',
  completed: 'over',
};

/** What just happened to a call, for a terminal. Every step and document names the run by its ID. */
export function callLine(run: Run): string {
  const state = stateOf(run);
  const word = state === undefined ? 'created' : words[state];
  const how = state === 'completed' ? ` (${run.disposition ?? 'no disposition'})` : '';
  return `${clock()}  run ${String(run.runId)} to ${run.phoneNumber}: ${word}${how}`;
}

export function clock(): string {
  return new Date().toISOString().slice(11, 19);
}
