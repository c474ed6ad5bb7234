import { setTimeout as delay } from 'node:timers/promises';
import { hasWritten, nextClientSocket } from '../wire/client-socket';
import type { Connection } from '../wire/connection';
import type { Destination } from '../wire/destination';
import { startWireServer, type ServerBehavior } from '../wire/wire-server';
import { INTERRUPTED, LARGE, TIMED_OUT, type Outcome, type Situation } from './situation';

interface Moment {
  readonly name: string;
  readonly reach: (connection: Connection) => Promise<void>;
  readonly request?: Situation['request'];
  readonly read: Outcome['read'];
  /** The part that a server finally reads if it only stops writing. */
  readonly readInTheEnd: Outcome['read'];
}

const MOMENTS: readonly Moment[] = [
  {
    name: 'before anything is read',
    reach: () => Promise.resolve(),
    read: 'nothing',
    readInTheEnd: 'whole',
  },
  {
    name: 'after the header is read',
    reach: (connection) => connection.readHeader(),
    request: LARGE,
    read: 'part',
    readInTheEnd: 'part',
  },
  {
    name: 'after the whole request is read',
    reach: (connection) => connection.readRequest(),
    read: 'whole',
    readInTheEnd: 'whole',
  },
  {
    name: 'while the call is being placed',
    reach: async (connection) => {
      await connection.readRequest();
      await connection.write('HTTP/1.1 102 Processing\r\n\r\n');
    },
    read: 'whole',
    readInTheEnd: 'whole',
  },
];

/** The connection ends or stays silent before an answer begins. */
export const noAnswer: readonly Situation[] = [
  ...MOMENTS.flatMap(endingsAt),
  {
    name: 'a request that is read more slowly than the time limit allows',
    start: () =>
      startWireServer(async (connection) => {
        await connection.readMore();
        void readSlowly(connection);
      }),
    request: LARGE,
    outcome: { ...TIMED_OUT, read: 'part' },
  },
];

async function readSlowly(connection: Connection): Promise<void> {
  while (await connection.readMore()) await delay(5);
}

function endingsAt({ name, reach, request, read, readInTheEnd }: Moment): Situation[] {
  const after = (end: ServerBehavior) => (): Promise<Destination> =>
    startWireServer(async (connection) => {
      await reach(connection);
      await end(connection);
    });
  return [
    {
      name: `a reset ${name}`,
      start: after((connection) => {
        connection.reset();
      }),
      ...(request && { request }),
      outcome: { ...INTERRUPTED, read },
    },
    {
      name: `a normal close ${name}`,
      start: after((connection) => {
        connection.close();
      }),
      ...(request && { request }),
      outcome: { ...INTERRUPTED, read: readInTheEnd },
    },
    {
      name: `silence ${name}`,
      start: () => {
        const client = readInTheEnd === 'whole' ? nextClientSocket() : undefined;
        return startWireServer(async (connection) => {
          await reach(connection);
          if (client !== undefined) await hasWritten(await client);
        });
      },
      ...(request && { request }),
      outcome: { ...TIMED_OUT, read: readInTheEnd },
    },
  ];
}
