import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { isRecord } from './json';
import type { JsonDocument } from './openapi';

/** The time limit for a server's document. */
const defaultTimeoutMs = 20_000;

/** Reads an OpenAPI 3 document in JSON or YAML, from a file or an http(s) URL. Its errors are for people. */
export async function readDocument(
  source: string,
  timeoutMs: number = defaultTimeoutMs,
): Promise<JsonDocument> {
  const text = /^https?:\/\//i.test(source)
    ? await download(source, timeoutMs)
    : await readFile(source, 'utf8').catch((error: unknown) => {
        throw new Error(`${source} cannot be read: ${reasonOf(error)}`);
      });
  return asOpenApi(parseText(text, source), source);
}

async function download(url: string, timeoutMs: number): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) throw new Error(`the server answered ${String(response.status)}`);
    return await response.text();
  } catch (error) {
    throw new Error(`${url} cannot be read: ${reasonOf(error)}`);
  }
}

function parseText(text: string, source: string): unknown {
  try {
    // JSON is also YAML, but the YAML parser takes seconds for a large document.
    return JSON.parse(text) as unknown;
  } catch {
    try {
      return parse(text, { logLevel: 'error' }) as unknown;
    } catch {
      throw new Error(`${source} is neither JSON nor YAML.`);
    }
  }
}

function asOpenApi(document: unknown, source: string): JsonDocument {
  if (!isRecord(document)) throw new Error(`${source} is not an OpenAPI document.`);
  const { openapi, swagger, paths } = document;
  if (swagger !== undefined) throw new Error(`${source} is Swagger 2. Give an OpenAPI 3 document.`);
  if (typeof openapi !== 'string' || !openapi.startsWith('3.') || !isRecord(paths)) {
    throw new Error(`${source} is not an OpenAPI 3 document: it lacks "openapi: 3.…" or "paths".`);
  }
  return document;
}

function reasonOf(error: unknown): string {
  if (!isErrorLike(error)) return String(error);
  if (error.name === 'TimeoutError') return 'it took too long';
  // fetch only says "fetch failed". The reason is in the cause.
  const { cause } = error;
  if (!isErrorLike(cause)) return error.message;
  return 'code' in cause ? String(cause.code) : cause.message;
}

/** Checks the shape, because an abort is a DOMException, and an error may come from another realm. */
function isErrorLike(value: unknown): value is { name: string; message: string; cause?: unknown } {
  return typeof value === 'object' && value !== null && 'message' in value && 'name' in value;
}
