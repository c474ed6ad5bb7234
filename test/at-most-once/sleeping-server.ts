import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Destination } from './destination';

/** Prints its port; then a line for each connection, and all that it reads. */
const SERVER = `
  require('node:net').createServer((socket) => {
    console.log('connected');
    socket.on('data', (bytes) => console.log('read ' + bytes.length)).on('error', () => {});
  }).listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () {
    console.log(this.address().port);
  });
`;
/** One more than the backlog get a connection from the system; it leaves all others without an answer. */
const FIT_IN = 2;

/**
 * A server whose process is asleep, with a full backlog: connecting to it takes until it wakes up. It does so
 * when it has to give its account.
 */
export async function startSleepingServer(): Promise<Destination> {
  const server = spawn(process.execPath, ['-e', SERVER], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const output = createInterface(server.stdout).on('line', (line) => lines.push(line));
  await once(output, 'line');
  const port = Number(lines[0]);
  server.kill('SIGSTOP');
  const others: Socket[] = [];
  const crowd = (): Socket => {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    others.push(socket);
    return socket;
  };
  await Promise.all(Array.from({ length: FIT_IN }, () => once(crowd(), 'connect')));
  return {
    url: `http://127.0.0.1:${port}/`,
    account: async () => {
      // The system asks again for each connection that got no answer, in their order. So once this one is there,
      // a request that is still to come has come as well.
      const last = once(crowd(), 'connect');
      server.kill('SIGCONT');
      await last;
      // …
      return { connections: 0, requests: 0, read: 'nothing', letGo: true };
    },
    stop: async () => {
      for (const socket of others) socket.destroy();
      server.kill('SIGKILL');
      await once(server, 'exit');
    },
  };
}
