import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import { TransportError, type Transport, type TransportRequest } from '@dograh/shared';
import { timeLimits } from '../support/host-time';
import type { Adapter } from './adapters';
import { brokenAnswers } from './situations/broken-answers';
import { canceled } from './situations/canceled';
import { noAnswer } from './situations/no-answer';
import type { Outcome, Situation } from './situations/situation';
import { brokenTls, failedHandshakes, only, TLS_VERSIONS, type TlsVersion } from './situations/tls';
import { unreachable } from './situations/unreachable';
import { makeAuthority, makeCertificates, trust } from './wire/certificates';
import type { Connection } from './wire/connection';
import type { Account, Destination } from './wire/destination';
import { startWireServer, type Encryption } from './wire/wire-server';

/**
 * For each transport and each network failure, these tests compare the transport's report with what the server
 * read. A transport must never report "not sent" about a request that was sent. The call would then be placed again,
 * and the phone would ring twice.
 */

const KEY = 'dg_a_key_of_nobody';
const ANSWER = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';

const authority = makeAuthority('Known');
const certificates = authority.then(makeCertificates);

const TABLE: readonly (readonly [string, readonly Situation[]])[] = [
  ['no connection', unreachable],
  ['no TLS', failedHandshakes(certificates)],
  ['no answer', noAnswer],
  ['half an answer, or an invalid one', brokenAnswers],
  ['TLS that breaks', brokenTls(certificates)],
  ['a canceled request', canceled],
];

export function reportsWhetherItSent(adapter: Adapter): void {
  const destinations: Destination[] = [];
  const fromTable: Destination[] = [];
  let distrust: () => void;

  beforeAll(async () => {
    distrust = trust(await authority);
  });
  afterAll(async () => {
    distrust();
    await Promise.all(destinations.map((destination) => destination.stop()));
  });

  const keep = (destination: Destination): Destination => {
    destinations.push(destination);
    return destination;
  };

  describe.each(TABLE)('%s', (_what, situations) => {
    it.each(rows(situations, adapter))('%s', async (_row, situation, outcome) => {
      const cancel = new AbortController();
      const destination = keep(await situation.start(cancel));
      fromTable.push(destination);
      const transport = await transportTo(destination, adapter, cancel.signal);
      const request = { ...callTo(destination), signal: cancel.signal, ...situation.request };
      if (outcome.fault === 'timeout')
        void destination.done.then(() => {
          timeLimits.pass();
        });
      const said = await faultOf(transport.send(request));
      const account = await destination.account();

      expectTruth(said, account);
      expect({ fault: said.fault, sent: said.sent, read: account.read }).toEqual({
        fault: outcome.fault,
        sent: outcome.sent,
        read: outcome.read,
      });
      if (outcome.code !== undefined) expect(said.code).toMatch(outcome.code);
    });
  });

  describe('no failure', () => {
    it.each(['plain HTTP', ...TLS_VERSIONS] as const)('returns the answer over %s', async (way) => {
      const encryption = way === 'plain HTTP' ? undefined : await encryptedBy(way);
      const destination = keep(await startWireServer(answer, encryption));
      const transport = await transportTo(destination, adapter);

      expect(await transport.send(callTo(destination))).toMatchObject({ status: 200, body: {} });
      expect(await destination.account()).toMatchObject({ connections: 1, read: 'whole' });
    });
  });

  it('opens a new connection for each request, even if the server keeps the last one open', async () => {
    const answerAll = async (connection: Connection): Promise<void> => {
      while (await connection.readMore()) await connection.write(ANSWER);
    };
    const destination = keep(await startWireServer(answerAll));
    const transport = await transportTo(destination, adapter);
    const { url, timeoutMs } = callTo(destination);
    for (let sent = 0; sent < 3; sent += 1) {
      await transport.send({ method: 'GET', url, credential: 'api-key', timeoutMs });
    }

    expect(await destination.account()).toMatchObject({ connections: 3, letGo: true });
  });

  it.each(TLS_VERSIONS)(
    'never reports "not sent" about a request that was read if %s breaks after its handshake',
    async (version) => {
      for (let turns = 0; turns < 20; turns += 1) {
        const breakOff = async (connection: Connection): Promise<void> => {
          await connection.secured();
          for (let turn = 0; turn < turns; turn += 1) await setImmediate();
          await connection.writeToWire(ANSWER);
        };
        const destination = keep(await startWireServer(breakOff, await encryptedBy(version)));
        const transport = await transportTo(destination, adapter);
        const said = await faultOf(transport.send(callTo(destination)));

        expectTruth(said, await destination.account());
      }
    },
  );

  it('sends nothing if the key cannot be sent in a header', async () => {
    const destination = keep(await startWireServer(answer));
    const sending = adapter
      .open({ apiKey: 'dg_a_key\nof_nobody', baseUrl: destination.url })
      .then(({ transport }) => transport.send(callTo(destination)));

    await expect(sending).rejects.toMatchObject(
      // n8n reads the stored key by itself, and only for the request.
      adapter.name === 'n8n' ? { sent: 'maybe' } : { kind: 'InvalidInput' },
    );
    expect(await destination.account()).toMatchObject({ connections: 0 });
  });

  it('sends no request again', async () => {
    await delay(300);

    for (const destination of fromTable) expectOneAtMost(await destination.account());
  });
}

function rows(
  situations: readonly Situation[],
  adapter: Adapter,
): (readonly [string, Situation, Outcome])[] {
  return situations.map((situation) => {
    const outcome = { ...situation.outcome, ...situation.except?.[adapter.name] };
    const { fault, sent, read } = outcome;
    const row = [situation.name.padEnd(70), fault.padEnd(15), `sent: ${sent}`.padEnd(11)];
    return [`${row.join(' ')} read: ${read}`, situation, outcome];
  });
}

async function transportTo(
  { url }: Destination,
  adapter: Adapter,
  signal?: AbortSignal,
): Promise<Transport> {
  return (await adapter.open({ apiKey: KEY, baseUrl: url }, signal)).transport;
}

function callTo({ url }: Destination): TransportRequest {
  return {
    method: 'POST',
    url: `${url}/api/v1/public/agent/lead-qualifier`,
    body: { phone_number: '+14155550123' },
    credential: 'api-key',
    timeoutMs: 60_000,
  };
}

async function faultOf(sending: Promise<unknown>): Promise<TransportError> {
  const thrown: unknown = await sending.then(
    () => new Error('It was answered.'),
    (reason: unknown) => reason,
  );
  if (thrown instanceof TransportError) return thrown;
  throw thrown;
}

/** The rules for every failure. */
function expectTruth({ sent }: TransportError, account: Account): void {
  if (account.read === 'whole') expect(sent).toBe('maybe');
  expectOneAtMost(account);
  expect(account.letGo).toBe(true);
}

function expectOneAtMost({ connections, requests }: Account): void {
  expect(connections).toBeLessThanOrEqual(1);
  expect(requests).toBeLessThanOrEqual(1);
}

async function answer(connection: Connection): Promise<void> {
  await connection.readRequest();
  await connection.write(ANSWER);
}

async function encryptedBy(version: TlsVersion): Promise<Encryption> {
  return { ...only(version), ...(await certificates).good };
}
