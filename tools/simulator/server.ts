import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from './answer';
import type { Faults, FaultTarget } from './faults';
import { openRecord, parseBody, readText, type RequestRecord } from './request-record';
import { sendAnswer, strike, type Exchange } from './strike-fault';

/** Longest time a Node timer can wait. */
const forever = 2 ** 31 - 1;
/** How long a restart tries to get its port back. */
const longestComeBackMs = 2000;

/** Who knows the answers. */
interface Respondent {
  /** Which faults concern a request; undefined where there is no such route. */
  faultsFor(record: RequestRecord): FaultTarget | undefined;
  /** Handles a request whose body has been read. */
  answer(record: RequestRecord, text: string): Answer;
}

/** The HTTP side: listens on loopback, keeps the record of requests, lets faults strike. */
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
    private readonly respondent: Respondent,
    private readonly faults: Faults,
    /** How far its clock is ahead of this machine's. */
    private readonly clockOffsetMs: number,
  ) {}

  /** Gives the address it listens at. Port 0 takes any free one. */
  async listen(port: number): Promise<string> {
    this.http.listen(port, '127.0.0.1');
    await once(this.http, 'listening');
    this.port = (this.http.address() as AddressInfo).port;
    return `http://127.0.0.1:${String(this.port)}`;
  }

  /** Is away for a while, and then listens at the same address again. One restart waits for the one before. */
  restart(downMs: number): Promise<void> {
    const before = this.restarted.catch(() => undefined);
    this.restarted = before.then(() => this.goAway(downMs));
    return this.restarted;
  }

  /** Calls the listener once a request has been answered, or was struck by a fault. */
  onRequest(listener: (record: RequestRecord) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Calls the listener when a fault begins to make a client wait. */
  onWait(listener: (ms: number) => void): () => void {
    this.waitListeners.add(listener);
    return () => this.waitListeners.delete(listener);
  }

  /** Forgets all requests; those that still wait for an answer lose their connection. */
  reset(): void {
    this.requests.length = 0;
    this.endWaiting();
  }

  stop(): Promise<void> {
    this.stopped ??= this.stopForGood();
    return this.stopped;
  }

  private async stopForGood(): Promise<void> {
    this.stopping.abort();
    await this.restarted.catch(() => undefined);
    await this.hangUp();
  }

  private async goAway(downMs: number): Promise<void> {
    await this.hangUp();
    await this.pause(downMs);
    if (!this.stopping.signal.aborted) await this.comeBack();
  }

  private async comeBack(): Promise<void> {
    const deadline = Date.now() + longestComeBackMs;
    for (;;) {
      try {
        await this.listen(this.port);
        return;
      } catch (error) {
        // While nobody listens, the port may serve an outgoing connection of any program for a moment.
        if (Date.now() > deadline || this.stopping.signal.aborted) throw error;
        await this.pause(20);
      }
    }
  }

  /** Ends early when the simulator is stopped. */
  private async pause(ms: number): Promise<void> {
    const { signal } = this.stopping;
    await delay(ms, undefined, { signal }).catch(() => undefined);
  }

  private endWaiting(): void {
    this.waiting.abort();
    this.waiting = new AbortController();
  }

  private hangUp(): Promise<void> {
    return new Promise((resolve) => {
      this.endWaiting();
      // Where it does not listen, the callback is told so, and that is just as well.
      this.http.close(() => {
        resolve();
      });
      this.http.closeAllConnections();
    });
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const record = openRecord(request);
    this.requests.push(record);
    response.setHeader('date', new Date(Date.now() + this.clockOffsetMs).toUTCString());
    const exchange = this.exchange(request, response, record);
    const fault = this.faults.takeFor(this.respondent.faultsFor(record));
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
      handle: async () => this.respondent.answer(record, await read()),
      wait: (ms) => {
        for (const listener of this.waitListeners) listener(ms);
        return delay(Math.min(ms, forever), undefined, { signal, ref: false });
      },
    };
  }
}
