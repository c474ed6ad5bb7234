// Must be imported before any of n8n's modules: n8n reads the level, and takes hold of the console, as it is
// loaded.
process.env['N8N_LOG_LEVEL'] = 'debug';

/** Everything that was printed or logged since this module was imported; nothing reaches the terminal. */
export const printed: unknown[] = [];

const print = (...words: unknown[]): void => void printed.push(words);
const methods = ['log', 'info', 'warn', 'error', 'debug', 'trace'];
Object.assign(globalThis, {
  console: Object.fromEntries(methods.map((method) => [method, print])),
});
