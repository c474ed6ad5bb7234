import { generate } from 'selfsigned';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

export interface Certificate {
  readonly key: string;
  /** Includes the certificates of its authorities if the server sends them. */
  readonly cert: string;
}

/** Certificates for 127.0.0.1. The first one is valid if its authority is trusted. Each other one has one defect. */
export interface Certificates {
  readonly good: Certificate;
  readonly selfSigned: Certificate;
  readonly ofUnknownAuthority: Certificate;
  readonly withUnknownAuthority: Certificate;
  readonly forAnotherName: Certificate;
  readonly expired: Certificate;
  readonly notYetValid: Certificate;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** @param authority issues all certificates except those with a defect of the issuer */
export async function makeCertificates(authority: Certificate): Promise<Certificates> {
  const unknown = await makeAuthority('Unknown');
  const ofUnknownAuthority = await makeCertificate({ authority: unknown });
  return {
    good: await makeCertificate({ authority }),
    selfSigned: await makeCertificate({}),
    ofUnknownAuthority,
    withUnknownAuthority: {
      ...ofUnknownAuthority,
      cert: `${ofUnknownAuthority.cert}\n${unknown.cert}`,
    },
    forAnotherName: await makeCertificate({ authority, host: { type: 2, value: 'other.example' } }),
    expired: await makeCertificate({ authority, validFromDay: -3 }),
    notYetValid: await makeCertificate({ authority, validFromDay: 1 }),
  };
}

/** Makes this process trust the authority as if it came with Node. @returns a function that ends that */
export function trust({ cert }: Certificate): () => void {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, cert]);
  return () => {
    setDefaultCACertificates(before);
  };
}

export function makeAuthority(name: string): Promise<Certificate> {
  return make(name, {
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
}

function makeCertificate({
  authority,
  host = { type: 7, ip: '127.0.0.1' },
  validFromDay = -1,
}: {
  readonly authority?: Certificate;
  readonly host?: { type: 2; value: string } | { type: 7; ip: string };
  /** Days from today. Each certificate is valid for two days. */
  readonly validFromDay?: number;
}): Promise<Certificate> {
  return make('Server', {
    ...(authority === undefined ? {} : { ca: authority }),
    notBeforeDate: new Date(Date.now() + validFromDay * DAY_MS),
    notAfterDate: new Date(Date.now() + (validFromDay + 2) * DAY_MS),
    extensions: [{ name: 'subjectAltName', altNames: [host] }],
  });
}

async function make(
  commonName: string,
  options: Parameters<typeof generate>[1],
): Promise<Certificate> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: commonName }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ...options,
  });
  return { key, cert };
}
