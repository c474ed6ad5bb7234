import { generate } from 'selfsigned';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

export interface Certificate {
  readonly key: string;
  /** With those of the authorities that stand behind it, where the server is to send them. */
  readonly cert: string;
}

export interface Certificates {
  /** Of an authority that is trusted here. The others have one thing wrong with them each. */
  readonly good: Certificate;
  readonly selfSigned: Certificate;
  readonly ofUnknownAuthority: Certificate;
  readonly ofUnknownAuthoritySentAlong: Certificate;
  readonly forAnotherName: Certificate;
  readonly expired: Certificate;
  readonly notYetValid: Certificate;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Certificates of servers on 127.0.0.1; this process trusts their authority until it is told otherwise. */
export async function trustedCertificates(): Promise<{
  readonly certificates: Certificates;
  distrust(): void;
}> {
  const [authority, stranger] = await Promise.all([
    makeAuthority('Known'),
    makeAuthority('Unknown'),
  ]);
  const ofStranger = await makeCertificate({ authority: stranger });
  const certificates = {
    good: await makeCertificate({ authority }),
    selfSigned: await makeCertificate({}),
    ofUnknownAuthority: ofStranger,
    ofUnknownAuthoritySentAlong: { ...ofStranger, cert: ofStranger.cert + stranger.cert },
    forAnotherName: await makeCertificate({ authority, host: { type: 2, value: 'other.example' } }),
    expired: await makeCertificate({ authority, validFromDay: -3 }),
    notYetValid: await makeCertificate({ authority, validFromDay: 1 }),
  };
  const trusted = getCACertificates('default');
  setDefaultCACertificates([...trusted, authority.cert]);
  return {
    certificates,
    distrust: () => {
      setDefaultCACertificates(trusted);
    },
  };
}

function makeAuthority(name: string): Promise<Certificate> {
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
  /** Counted from today; each is valid for two days. */
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
