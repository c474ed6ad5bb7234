import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from './answer';
import type { Faults, FaultTarget } from './faults';
import { openRecord, parseBody, readText, type RequestRecord } from './request-record';
import { sendAnswer, strike, type Exchange } from './apply-fault';

/** The maximum delay of a Node timer. */
const maxDelayMs = 2 ** 31 - 1;
/** How long a restart tries to listen on its port again. */
const maxRestartMs = 2000;

/** Creates the response to a request. */
interface Responder {
  /** The faults that apply to a request. Undefined if there is no such route. */
  faultsFor(record: RequestRecord): FaultTarget | undefined;
  /** Handles a request after its body was read. */
  answer(record: RequestRecord, text: string): Answer;
}

/** The HTTP server: listens on loopback, records requests and applies faults. */
export class SimulatorServer {
  readonly requests: RequestRecord[] = [];
  private readonly http = createServer((request, response) => {
    void this.serve(request, response);
  });
  private readonly listeners = new Set<(record: RequestRecord) => void>();
  private readonly waitListeners = new Set<(ms: number) => void>();
  private waiting = new AbortController();
  private readonly stopping = new AbortController();
  private stopped: Promise<void> | undefined;
  private restarted: Promise<void> = Promise.resolve();
  private port = 0;

  constructor(
    private readonly responder: Responder,
    private readonly faults: Faults,
    /** Returns how far its clock is ahead of this machine's clock. */
    private readonly clockOffsetMs: () => number,
  ) {}

  /** Returns its URL. Port 0 means any free port. */
  async listen(port: number): Promise<string> {
    this.http.listen(port, '127.0.0.1');
    await once(this.http, 'listening');
    this.port = (this.http.address() as AddressInfo).port;
    return `http://127.0.0.1:${String(this.port)}`;
  }

  /** Stops listening for `downMs`, then listens at the same URL again. A second restart begins after the first one. */
  restart(downMs: number): Promise<void> {
    const before = this.restarted.catch(() => undefined);
    this.restarted = before.then(() => this.closeFor(downMs));
    return this.restarted;
  }

  /** Calls the listener after each request, also if a fault applied. */
  onRequest(listener: (record: RequestRecord) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Calls the listener with the milliseconds for which a fault makes a client wait. */
  onWait(listener: (ms: number) => void): () => void {
    this.waitListeners.add(listener);
    return () => this.waitListeners.delete(listener);
  }

  /** Forgets all requests, and closes the connections that wait for a response. */
  reset(): void {
    this.requests.length = 0;
    this.endWaiting();
  }

  stop(): Promise<void> {
    this.stopped ??= this.closeForever();
    return this.stopped;
  }

  private async closeForever(): Promise<void> {
    this.stopping.abort();
    await this.restarted.catch(() => undefined);
    await this.closeAll();
  }

  private async closeFor(downMs: number): Promise<void> {
    await this.closeAll();
    await this.pause(downMs);
    if (!this.stopping.signal.aborted) await this.listenAgain();
  }

  private async listenAgain(): Promise<void> {
    const deadline = Date.now() + maxRestartMs;
    for (;;) {
      try {
        await this.listen(this.port);
        return;
      } catch (error) {
        // While this server does not listen, an outgoing connection of any program may use the port for a moment.
        if (Date.now() > deadline || this.stopping.signal.aborted) throw error;
        await this.pause(20);
      }
    }
  }

  /** Ends early if the simulator is stopped. */
  private async pause(ms: number): Promise<void> {
    const { signal } = this.stopping;
    await delay(ms, undefined, { signal }).catch(() => undefined);
  }

  private endWaiting(): void {
    this.waiting.abort();
    this.waiting = new AbortController();
  }

  private closeAll(): Promise<void> {
    return new Promise((resolve) => {
      this.endWaiting();
      // If the server does not listen, the callback gets an error, which does not matter here.
      this.http.close(() => {
        resolve();
      });
      this.http.closeAllConnections();
    });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const record = openRecord(request);
    this.requests.push(record);
    response.setHeader('date', new Date(Date.now() + this.clockOffsetMs()).toUTCString());
    const exchange = this.exchange(request, response, record);
    const fault = this.faults.takeFor(this.responder.faultsFor(record));
    try {
      if (fault) {
        record.status = `fault:${fault.kind}`;
        await strike(fault, exchange);
      } else {
        const answer = await exchange.handle();
        record.status = answer.status;
        record.answer = Buffer.isBuffer(answer.body) ? undefined : answer.body;
        sendAnswer(response, answer);
      }
    } catch {
      // The client closed the connection, or the simulator was stopped while the request waited.
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
      handle: async () => this.responder.answer(record, await read()),
      wait: (ms) => {
        for (const listener of this.waitListeners) listener(ms);
        return delay(Math.min(ms, maxDelayMs), undefined, { signal, ref: false });
      },
    };
  }
}
