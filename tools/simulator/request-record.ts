import type { IncomingMessage } from 'node:http';
import type { Fault } from './faults';

/** A request as it arrived, and what came of it. */
export interface RequestRecord {
  method: string;
  /** As sent, still encoded, without the query. */
  path: string;
  query: Record<string, string>;
  /** Names in lower case. */
  headers: Record<string, string>;
  /** Parsed when it is JSON, else the text; undefined when there was none or it was not read. */
  body: unknown;
  /** The body of the answer; undefined while there is none, when it is a file, and when a fault struck. */
  answer: unknown;
  /** Its status; `unanswered` while the request is under way, or when the client left. */
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
