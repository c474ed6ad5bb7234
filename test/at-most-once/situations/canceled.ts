import { startSleepingServer } from '../wire/sleeping-server';
import { startWireServer } from '../wire/wire-server';
import { CANCELED, LARGE, type Situation } from './situation';

/** The user stops the execution. */
export const canceled: readonly Situation[] = [
  {
    name: 'canceled before it is sent',
    start: (cancel) => {
      cancel.abort();
      return startWireServer((connection) => connection.readRequest());
    },
    outcome: { ...CANCELED, read: 'nothing' },
  },
  {
    name: 'canceled while connecting',
    start: async (cancel) => {
      const server = await startSleepingServer();
      void server.done.then(() => {
        cancel.abort();
      });
      return server;
    },
    outcome: { ...CANCELED, read: 'nothing' },
  },
  {
    name: 'canceled while it is read',
    start: (cancel) =>
      startWireServer(async (connection) => {
        await connection.readHeader();
        cancel.abort();
      }),
    request: LARGE,
    outcome: { ...CANCELED, read: 'part' },
  },
  {
    name: 'canceled after the whole request is read',
    start: (cancel) =>
      startWireServer(async (connection) => {
        await connection.readRequest();
        cancel.abort();
      }),
    outcome: { ...CANCELED, read: 'whole' },
  },
  {
    name: 'canceled in the middle of the answer',
    start: (cancel) =>
      startWireServer(async (connection) => {
        await connection.readRequest();
        await connection.write(
          'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"workflow_run_id":7,',
        );
        cancel.abort();
      }),
    outcome: { ...CANCELED, read: 'whole' },
  },
];
