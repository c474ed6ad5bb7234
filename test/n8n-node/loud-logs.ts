// Import this before any module of n8n, because n8n reads the log level and keeps the console when it is loaded.
process.env['N8N_LOG_LEVEL'] = 'debug';

/** Everything printed or logged since this module was imported. Nothing reaches the terminal. */
export const printed: unknown[] = [];

const print = (...words: unknown[]): void => void printed.push(words);
const methods = ['log', 'info', 'warn', 'error', 'debug', 'trace'];
Object.assign(globalThis, {
  console: Object.fromEntries(methods.map((method) => [method, print])),
});
