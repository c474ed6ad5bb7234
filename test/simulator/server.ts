import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Dograh } from './dograh';
import type { Faults } from './faults';
import { openRecord, parseBody, readText, type RequestRecord } from './request-record';
import { sendAnswer, strike, type Exchange } from './strike-fault';

/** Longest time a Node timer can wait. */
const forever = 2 ** 31 - 1;

/** The HTTP side: listens on loopback, keeps the record of requests, lets faults strike. */
export class SimulatorServer {
  readonly requests: RequestRecord[] = [];
  private readonly http = createServer((request, response) => {
    void this.serve(request, response);
  });
  private readonly listeners = new Set<(record: RequestRecord) => void>();
  private waiting = new AbortController();
  private stopped: Promise<void> | undefined;

  constructor(
    private readonly dograh: Dograh,
    private readonly faults: Faults,
  ) {}

  /** Gives the address it listens at. Port 0 takes any free one. */
  async listen(port: number): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.http.once('error', reject);
      this.http.listen(port, '127.0.0.1', resolve);
    });
    const { port: taken } = this.http.address() as AddressInfo;
    return `http://127.0.0.1:${String(taken)}`;
  }

  /** Calls the listener once a request has been answered, or was struck by a fault. */
  onRequest(listener: (record: RequestRecord) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Forgets all requests; those that still wait for an answer lose their connection. */
  reset(): void {
    this.requests.length = 0;
    this.waiting.abort();
    this.waiting = new AbortController();
  }

  stop(): Promise<void> {
    this.stopped ??= new Promise((resolve) => {
      this.waiting.abort();
      this.http.close(() => {
        resolve();
      });
      this.http.closeAllConnections();
    });
    return this.stopped;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const record = openRecord(request);
    this.requests.push(record);
    const exchange = this.exchange(request, response, record);
    const fault = this.faults.takeFor(this.dograh.faultsFor(record));
    try {
      if (fault) {
        record.status = `fault:${fault.kind}`;
        await strike(fault, exchange);
      } else {
        const answer = await exchange.handle();
        record.status = answer.status;
        record.answer = answer.body;
        sendAnswer(response, answer);
      }
    } catch {
      // The client left while it was read, or the simulator was stopped while it waited.
      response.destroy();
    }
    for (const listener of this.listeners) listener(record);
  }

  private exchange(
    request: IncomingMessage,
    response: ServerResponse,
    record: RequestRecord,
  ): Exchange {
    const { signal } = this.waiting;
    let text: Promise<string> | undefined;
    const read = async (): Promise<string> => {
      text ??= readText(request);
      record.body = parseBody(await text);
      return text;
    };
    return {
      request,
      response,
      read,
      handle: async () => this.dograh.answer(record, await read()),
      wait: (ms) => delay(Math.min(ms, forever), undefined, { signal, ref: false }),
    };
  }
}
