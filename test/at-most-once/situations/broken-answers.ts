import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from '../wire/connection';
import { startWireServer, type ServerBehavior } from '../wire/wire-server';
import { INTERRUPTED, TIMED_OUT, type Situation } from './situation';

const OK = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
const PART = '{"workflow_run_id":7,';
const HALF_CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n15\r\n${PART}\r\n`;
/** node-fetch does not notice that a body of known length ends early, so Zapier waits for the rest. */
const UNNOTICED_BY_ZAPIER = { except: { Zapier: TIMED_OUT } };

const HALVES: readonly {
  readonly name: string;
  readonly text: string;
  readonly whenClosed?: Pick<Situation, 'except'>;
}[] = [
  { name: 'half of the status line', text: 'HTTP/1.1 2' },
  { name: 'half of the header', text: OK },
  {
    name: 'half of a body of known length',
    text: `${OK}Content-Length: 100\r\n\r\n${PART}`,
    whenClosed: UNNOTICED_BY_ZAPIER,
  },
  { name: 'half of a chunked body', text: HALF_CHUNKED },
  {
    // After a complete 401, n8n would log in and send the request again.
    name: 'half of a 401',
    text: 'HTTP/1.1 401 Unauthorized\r\nContent-Length: 100\r\n\r\n{"detail":',
    whenClosed: UNNOTICED_BY_ZAPIER,
  },
];

const NONSENSE: readonly (readonly [name: string, text: string])[] = [
  ['an answer that is not HTTP', 'SSH-2.0-OpenSSH_9.9\r\n'],
  ['an endless header', `${OK}${'X-Filler: 0123456789\r\n'.repeat(5000)}`],
  [
    'a body that is not zipped as its header says',
    `${OK}Content-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain`,
  ],
  ['a chunk with an invalid length', `${OK}Transfer-Encoding: chunked\r\n\r\nmany\r\n`],
];

/** The server reads the request, but its answer cannot be read. */
export const brokenAnswers: readonly Situation[] = [
  ...HALVES.flatMap(({ name, text, whenClosed }): Situation[] => [
    {
      name: `${name}, then a reset`,
      start: answering(async (connection) => {
        await connection.write(text);
        connection.reset();
      }),
      outcome: { ...INTERRUPTED, read: 'whole' },
    },
    {
      name: `${name}, then a normal close`,
      start: answering(async (connection) => {
        await connection.write(text);
        connection.close();
      }),
      outcome: { ...INTERRUPTED, read: 'whole' },
      ...whenClosed,
    },
    {
      name: `${name}, then silence`,
      start: answering((connection) => connection.write(text)),
      outcome: { ...TIMED_OUT, read: 'whole' },
    },
  ]),
  ...NONSENSE.map(
    ([name, text]): Situation => ({
      name,
      start: answering(async (connection) => {
        await connection.write(text);
        connection.close();
      }),
      outcome: { ...INTERRUPTED, read: 'whole' },
    }),
  ),
  {
    name: 'a slow, endless answer',
    start: answering(async (connection) => {
      await connection.write(`${OK}Content-Length: 1000\r\n\r\n`);
      await connection.write(' ');
      void dribble(connection);
    }),
    outcome: { ...TIMED_OUT, read: 'whole' },
  },
];

async function dribble(connection: Connection): Promise<void> {
  while (await connection.write(' ')) await delay(5);
}

function answering(answer: ServerBehavior): Situation['start'] {
  return () =>
    startWireServer(async (connection) => {
      await connection.readRequest();
      await answer(connection);
    });
}
