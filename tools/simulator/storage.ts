import { createHmac, randomBytes } from 'node:crypto';
import { Refusal, type Answer } from './answer';
import { artifactNames, storageKeyOf, type ArtifactName } from './artifacts';
import type { FaultTarget } from './faults';
import type { RequestRecord } from './request-record';
import type { Run } from './run';
import type { Runs } from './runs';
import { wav } from './wav';

const bucket = '/dograh-artifacts';

/** The tones of the called person and of the agent, in Hz. */
const calleeTone = 440;
const agentTone = 660;

const tonesOf: Record<Exclude<ArtifactName, 'transcript'>, number[]> = {
  recording: [calleeTone, agentTone],
  user_recording: [calleeTone],
  bot_recording: [agentTone],
};

/** The storage host. Its origin is not Dograh's. It accepts only signed URLs, without any other credentials. */
export class Storage {
  private readonly secret = randomBytes(32);
  /** The uploaded files by key. */
  private readonly uploads = new Map<string, Upload>();

  /**
   * @param validSeconds how long a signed URL is valid
   * @param url is called for each signature, because the URL is known only after the server listens
   */
  constructor(
    private readonly runs: Runs,
    private readonly validSeconds: number,
    private readonly url: () => string,
  ) {}

  faultsFor({ method }: RequestRecord): FaultTarget {
    return method === 'PUT' ? 'upload' : 'storage';
  }

  /** A URL that returns the file with this key without credentials, for a limited time. */
  signedUrl(key: string): string {
    return this.sign(key, this.validSeconds, '');
  }

  /** A URL that takes the file with this key once or more often. It must be sent with this Content-Type. */
  uploadUrl(key: string, contentType: string, validSeconds: number): string {
    return this.sign(key, validSeconds, contentType);
  }

  /** The content of an uploaded file. Undefined if there is no such file. */
  uploaded(key: string): string | undefined {
    return this.uploads.get(key)?.text;
  }

  /** Forgets all uploaded files. */
  clear(): void {
    this.uploads.clear();
  }

  answer(record: RequestRecord, text: string): Answer {
    const { headers, path, query, method } = record;
    if (headers['authorization'] !== undefined || headers['x-api-key'] !== undefined) {
      return refusal(400, 'InvalidArgument', 'Only one auth mechanism allowed.');
    }
    const { 'X-Amz-Signature': signature, ...signed } = query;
    const contentType = method === 'PUT' ? (headers['content-type'] ?? '') : '';
    const isKnown = method === 'GET' || (method === 'PUT' && contentType !== '');
    if (!isKnown || signature !== this.signatureOf(path, signed, contentType)) {
      return refusal(403, 'SignatureDoesNotMatch', 'The signature does not match.');
    }
    if (this.isOver(signed)) return refusal(403, 'AccessDenied', 'Request has expired');
    if (method === 'PUT') {
      this.uploads.set(keyIn(path), { text, contentType });
      return { status: 200, body: undefined };
    }
    return this.content(path) ?? refusal(404, 'NoSuchKey', 'The specified key does not exist.');
  }

  /** @param contentType that of an upload. Empty for a download. */
  private sign(key: string, validSeconds: number, contentType: string): string {
    const path = `${bucket}/${key}`;
    const query = {
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Date': this.runs.now().replace(/[-:]|\.\d+/g, ''),
      'X-Amz-Expires': String(validSeconds),
      'X-Amz-SignedHeaders': contentType === '' ? 'host' : 'content-type;host',
    };
    const signed = { ...query, 'X-Amz-Signature': this.signatureOf(path, query, contentType) };
    return `${this.url()}${path}?${new URLSearchParams(signed).toString()}`;
  }

  private content(path: string): Answer | undefined {
    const upload = this.uploads.get(keyIn(path));
    if (upload) return file(Buffer.from(upload.text), upload.contentType);
    for (const run of this.runs.all) {
      const name = artifactNames.find(
        (candidate) => path === `${bucket}/${storageKeyOf(run, candidate) ?? ''}`,
      );
      if (name) return contentOf(run, name);
    }
    return undefined;
  }

  private signatureOf(path: string, query: Record<string, string>, contentType: string): string {
    const text = [path, new URLSearchParams(query).toString(), contentType].join('\n');
    return createHmac('sha256', this.secret).update(text).digest('hex');
  }

  private isOver(query: Record<string, string>): boolean {
    const [, date = '', time = ''] = /^(\d{8})T(\d{6})Z$/.exec(query['X-Amz-Date'] ?? '') ?? [];
    const signedAt = Date.parse(
      `${date.replace(/(....)(..)(..)/, '$1-$2-$3')}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`,
    );
    return Date.parse(this.runs.now()) >= signedAt + Number(query['X-Amz-Expires']) * 1000;
  }
}

/** An uploaded file as Dograh reads it. Throws Dograh's response if there is no such file. */
export function readUpload(key: string, storage: Storage): string {
  const text = storage.uploaded(key);
  if (text !== undefined) return text;
  const reason = `Client error '404 Not Found' for url '${storage.signedUrl(key)}'`;
  throw new Refusal(400, `Failed to download CSV file from storage: ${reason}`);
}

/** A file as a client uploaded it. */
interface Upload {
  text: string;
  contentType: string;
}

function keyIn(path: string): string {
  return path.slice(bucket.length + 1);
}

function contentOf(run: Run, name: ArtifactName): Answer {
  if (name === 'transcript') {
    return file(Buffer.from(run.artifacts.transcript ?? ''), 'text/plain');
  }
  return file(wav(run.durationSeconds, tonesOf[name]), 'audio/wav');
}

function file(bytes: Buffer, contentType: string): Answer {
  return { status: 200, body: bytes, headers: { 'content-type': contentType } };
}

/** S3 refuses in XML. */
function refusal(status: number, code: string, message: string): Answer {
  const text =
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, body: Buffer.from(text), headers: { 'content-type': 'application/xml' } };
}
