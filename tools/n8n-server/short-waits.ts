/**
 * n8n loads this file before its own code, see `WITH_SHORT_WAITS`. It shortens the pauses of the Dograh node, e.g.
 * between two searches for a lost run. All other timers of n8n keep their length, also the time limits of requests.
 */
const SPEED_UP = 250;
const slow = globalThis.setTimeout;

function isPauseOfNode(stack = ''): boolean {
  return stack.includes('n8n-nodes-dograh') && /\bat (?:\w+\.)?sleep /.test(stack);
}

function hurry(action: (...given: unknown[]) => void, ms = 0, ...given: unknown[]): NodeJS.Timeout {
  return slow(action, isPauseOfNode(new Error().stack) ? ms / SPEED_UP : ms, ...given);
}

globalThis.setTimeout = Object.assign(hurry, slow);
