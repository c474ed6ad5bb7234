import type { IncomingMessage } from 'node:http';
import type { Fault } from './faults';

/** A request as it arrived, and its response. */
export interface RequestRecord {
  method: string;
  /** As sent: encoded, without the query. */
  path: string;
  query: Record<string, string>;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Parsed if it is JSON, otherwise the text. Undefined if there was none, or if it was not read. */
  body: unknown;
  /** The body of the response. Undefined before the response, for a file, and if a fault applied. */
  answer: unknown;
  /** The status of the response. `unanswered` before the response, or if the client closed the connection. */
  status: number | `fault:${Fault['kind']}` | 'unanswered';
}

export function openRecord(request: IncomingMessage): RequestRecord {
  const [path = '', query = ''] = (request.url ?? '').split('?', 2);
  return {
    method: request.method ?? '',
    path,
    query: Object.fromEntries(new URLSearchParams(query)),
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: undefined,
    answer: undefined,
    status: 'unanswered',
  };
}

export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString('utf8');
}

export function parseBody(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
