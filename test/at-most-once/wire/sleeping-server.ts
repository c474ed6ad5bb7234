import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setImmediate } from 'node:timers/promises';
import { nextClientSocket } from './client-socket';
import type { Destination } from './destination';

/** Prints its port, then a line for each connection and for all bytes that it reads. */
const SERVER = `
  require('node:net').createServer((socket) => {
    console.log('connected');
    socket.on('error', () => {}).on('data', (bytes) => console.log(bytes.toString('latin1')));
  }).listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () {
    console.log(this.address().port);
  });
`;
/** Linux accepts one connection more than the backlog. It does not respond to further ones. */
const FIT_IN = 2;
const LAST_WORD = 'now it has read everything';

/**
 * A server whose process is stopped and whose backlog is full. A client cannot connect to it until `account()`
 * continues the process. The server then sees each client that is still trying to connect.
 */
export async function startSleepingServer(): Promise<Destination> {
  const server = spawn(process.execPath, ['-e', SERVER], { stdio: ['ignore', 'pipe', 'inherit'] });
  const output = createInterface(server.stdout);
  const [port] = (await once(output, 'line')) as [string];
  const lines: string[] = [];
  output.on('line', (line) => lines.push(line));
  server.kill('SIGSTOP');
  const count = (beginning: string): number =>
    lines.filter((line) => line.startsWith(beginning)).length;
  const others: Socket[] = [];
  const joinOthers = async (): Promise<Socket> => {
    const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined);
    others.push(socket);
    await once(socket, 'connect');
    return socket;
  };
  await Promise.all(Array.from({ length: FIT_IN }, joinOthers));
  return {
    done: nextClientSocket().then(() => setImmediate()),
    url: `http://127.0.0.1:${port}`,
    account: async () => {
      // The system retries each connection without a response, the oldest first. So when this connection is
      // accepted, all earlier ones were accepted too.
      const last = joinOthers();
      await setImmediate();
      server.kill('SIGCONT');
      (await last).write(LAST_WORD);
      while (count(LAST_WORD) < others.length - FIT_IN) await once(output, 'line');
      const connections = count('connected') - others.length;
      const requests = count('POST /');
      const read = requests === 0 ? 'nothing' : 'whole';
      return { connections, requests, read, letGo: connections === 0 };
    },
    stop: async () => {
      for (const socket of others) socket.destroy();
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    },
  };
}
