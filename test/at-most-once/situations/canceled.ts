import { startSleepingServer } from '../wire/sleeping-server';
import { startWireServer } from '../wire/wire-server';
import { CANCELLED, LARGE, type Situation } from './situation';

/** The execution is stopped by its user. */
export const cancelled: readonly Situation[] = [
  {
    name: 'cancelled before it is sent',
    start: (cancel) => {
      cancel.abort();
      return startWireServer((connection) => connection.readRequest());
    },
    outcome: { ...CANCELLED, read: 'nothing' },
  },
  {
    name: 'cancelled while connecting',
    start: async (cancel) => {
      const server = await startSleepingServer();
      void server.done.then(() => {
        cancel.abort();
      });
      return server;
    },
    outcome: { ...CANCELLED, read: 'nothing' },
  },
  {
    name: 'cancelled while it is read',
    start: (cancel) =>
      startWireServer(async (connection) => {
        await connection.readHeader();
        cancel.abort();
      }),
    request: LARGE,
    outcome: { ...CANCELLED, read: 'part' },
  },
  {
    name: 'cancelled after the whole request is read',
    start: (cancel) =>
      startWireServer(async (connection) => {
        await connection.readRequest();
        cancel.abort();
      }),
    outcome: { ...CANCELLED, read: 'whole' },
  },
  {
    name: 'cancelled in the middle of the answer',
    start: (cancel) =>
      startWireServer(async (connection) => {
        await connection.readRequest();
        await connection.write(
          'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"workflow_run_id":7,',
        );
        cancel.abort();
      }),
    outcome: { ...CANCELLED, read: 'whole' },
  },
];
