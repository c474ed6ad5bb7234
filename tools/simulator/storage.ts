import { createHmac, randomBytes } from 'node:crypto';
import type { Answer } from './answer';
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

  /**
   * @param validSeconds how long a signed URL is valid
   * @param url is called for each signature, because the URL is known only after the server listens
   */
  constructor(
    private readonly runs: Runs,
    private readonly validSeconds: number,
    private readonly url: () => string,
  ) {}

  faultsFor(): FaultTarget {
    return 'storage';
  }

  /** A URL that returns the file with this key without credentials, for a limited time. */
  signedUrl(key: string): string {
    const path = `${bucket}/${key}`;
    const query = {
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Date': this.runs.now().replace(/[-:]|\.\d+/g, ''),
      'X-Amz-Expires': String(this.validSeconds),
      'X-Amz-SignedHeaders': 'host',
    };
    const signed = { ...query, 'X-Amz-Signature': this.signatureOf(path, query) };
    return `${this.url()}${path}?${new URLSearchParams(signed).toString()}`;
  }

  answer(record: RequestRecord): Answer {
    const { headers, path, query } = record;
    if (headers['authorization'] !== undefined || headers['x-api-key'] !== undefined) {
      return refusal(400, 'InvalidArgument', 'Only one auth mechanism allowed.');
    }
    const { 'X-Amz-Signature': signature, ...signed } = query;
    if (record.method !== 'GET' || signature !== this.signatureOf(path, signed)) {
      return refusal(403, 'SignatureDoesNotMatch', 'The signature does not match.');
    }
    if (this.isOver(signed)) return refusal(403, 'AccessDenied', 'Request has expired');
    return this.content(path) ?? refusal(404, 'NoSuchKey', 'The specified key does not exist.');
  }

  private content(path: string): Answer | undefined {
    for (const run of this.runs.all) {
      const name = artifactNames.find(
        (candidate) => path === `${bucket}/${storageKeyOf(run, candidate) ?? ''}`,
      );
      if (name) return contentOf(run, name);
    }
    return undefined;
  }

  private signatureOf(path: string, query: Record<string, string>): string {
    const text = [path, new URLSearchParams(query).toString()].join('\n');
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
