import type { IncomingMessage, ServerResponse } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Answer } from './answer';
import type { Fault } from './faults';

/** A request and its response, to which a fault applies. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  /** Reads the whole request. */
  read: () => Promise<unknown>;
  /** Reads and handles the request. If the request places a call, it is placed now. */
  handle: () => Promise<Answer>;
  /** Rejects if the simulator is stopped or reset meanwhile. */
  wait: (ms: number) => Promise<unknown>;
}

const proxyPage = '<html><body><h1>It works!</h1></body></html>';

/** Applies one fault to a request. */
export async function strike(fault: Fault, exchange: Exchange): Promise<void> {
  const { request, response, read, handle, wait } = exchange;
  switch (fault.kind) {
    case 'latency':
      await late(fault, exchange);
      break;
    case 'status':
      await (fault.callPlaced ? handle() : read());
      sendStatus(response, fault);
      break;
    case 'reset':
      if (fault.moment === 'after-reading') await read();
      if (fault.moment === 'after-placing') await handle();
      // Not destroy(), because only a reset gives the client ECONNRESET instead of a normal close.
      request.socket.resetAndDestroy();
      break;
    case 'cut-off':
      sendHalf(response, await handle());
      break;
    case 'not-json':
      await handle();
      send(response, 200, fault.body ?? proxyPage, {
        'content-type': fault.contentType ?? 'text/html',
      });
      break;
    case 'off-contract':
      await handle();
      sendAnswer(response, { status: 200, body: fault.body });
      break;
    case 'slow-body':
      await dribble(response, await handle(), fault, wait);
      break;
    case 'silence':
      await (fault.callPlaced ? handle() : read());
      await wait(Infinity);
      break;
    case 'redirect':
      await read();
      send(response, fault.status, '', { location: fault.location });
      break;
  }
}

export function sendAnswer(response: ServerResponse, answer: Answer): void {
  const { bytes, headers } = onTheWire(answer);
  send(response, answer.status, bytes, headers);
}

function send(
  response: ServerResponse,
  status: number,
  content: string | Buffer,
  headers: Record<string, string>,
): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(content) });
  response.end(content);
}

/** The bytes of a response body, and its headers. */
function onTheWire({ body, headers = {} }: Answer): {
  bytes: Buffer;
  headers: Record<string, string>;
} {
  if (body === undefined) return { bytes: Buffer.alloc(0), headers };
  if (Buffer.isBuffer(body)) return { bytes: body, headers };
  return {
    bytes: Buffer.from(JSON.stringify(body)),
    headers: { 'content-type': 'application/json', ...headers },
  };
}

async function late(
  fault: Extract<Fault, { kind: 'latency' }>,
  { response, read, handle, wait }: Exchange,
): Promise<void> {
  if (fault.delayed === 'request') {
    await read();
    await wait(fault.ms);
    sendAnswer(response, await handle());
  } else {
    const answer = await handle();
    await wait(fault.ms);
    sendAnswer(response, answer);
  }
}

function sendStatus(response: ServerResponse, fault: Extract<Fault, { kind: 'status' }>): void {
  const body = fault.body ?? { detail: STATUS_CODES[fault.status] ?? 'Error' };
  const [text, type] =
    typeof body === 'string' ? [body, 'text/html'] : [JSON.stringify(body), 'application/json'];
  send(response, fault.status, text, { 'content-type': type, ...fault.headers });
}

function sendHalf(response: ServerResponse, answer: Answer): void {
  const { bytes, headers } = onTheWire(answer);
  response.writeHead(answer.status, { ...headers, 'content-length': bytes.length });
  response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
}

async function dribble(
  response: ServerResponse,
  answer: Answer,
  fault: Extract<Fault, { kind: 'slow-body' }>,
  wait: Exchange['wait'],
): Promise<void> {
  const { bytes, headers } = onTheWire(answer);
  const step = fault.bytesPerChunk ?? 1;
  response.writeHead(answer.status, { ...headers, 'content-length': bytes.length });
  for (let sent = 0; sent < bytes.length && !response.destroyed; sent += step) {
    response.write(bytes.subarray(sent, sent + step));
    await wait(fault.intervalMs);
  }
  response.end();
}
