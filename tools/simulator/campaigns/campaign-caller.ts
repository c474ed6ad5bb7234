import type { Simulator } from '../index';

export interface Received {
  status: number;
  body: unknown;
}

/** A campaign to create. Each value that is left out has a default that works. */
export interface TestCampaign {
  /** Default: `contactsFile(3)`. */
  csv?: string;
  fileName?: string;
  apiKey?: string;
  /** Fields of the request that replace the defaults. */
  body?: Record<string, unknown>;
}

/** The number of the contact in the given row of a `contactsFile`. 2 is the first contact. */
export function numberInRow(row: number): string {
  return `+1415555${String(2000 + row)}`;
}

/** A CSV file with as many contacts, for the agent leadQualifier. */
export function contactsFile(contacts: number): string {
  const rows = Array.from({ length: contacts }, (_, index) => index + 2);
  const lines = rows.map((row) => `${numberInRow(row)},Ada ${String(row)},ada@example.com`);
  return ['phone_number,first_name,email', ...lines].join('\n');
}

/** Sends a request to a path below `/api/v1`, by default with Acme's key. If the key is null, the request has none. */
export async function request(
  simulator: Simulator,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
  apiKey: string | null = simulator.world.acme.apiKey,
): Promise<Received> {
  const response = await fetch(`${simulator.url}/api/v1${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(apiKey === null ? {} : { 'x-api-key': apiKey }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(5000),
  });
  return { status: response.status, body: await response.json() };
}

/** The address for an upload, as Dograh returns it. */
export async function presign(
  simulator: Simulator,
  fileName = 'contacts.csv',
  apiKey = simulator.world.acme.apiKey,
): Promise<{ upload_url: string; file_key: string; expires_in: number }> {
  const asked = { file_name: fileName, file_size: 100, content_type: 'text/csv' };
  const { body } = await request(simulator, 'POST', '/s3/presigned-upload-url', asked, apiKey);
  return body as { upload_url: string; file_key: string; expires_in: number };
}

/** Uploads a file. Returns its key. */
export async function upload(
  simulator: Simulator,
  csv: string,
  fileName?: string,
  apiKey?: string,
): Promise<string> {
  const { upload_url: url, file_key: key } = await presign(simulator, fileName, apiKey);
  const headers = { 'content-type': 'text/csv' };
  await fetch(url, { method: 'PUT', headers, body: csv, signal: AbortSignal.timeout(5000) });
  return key;
}

/** Uploads a file and creates a campaign with it. */
export async function create(
  simulator: Simulator,
  { csv = contactsFile(3), fileName, apiKey, body = {} }: TestCampaign = {},
): Promise<Received> {
  const campaign = {
    name: 'Spring',
    workflow_id: simulator.world.agents.leadQualifier.id,
    source_type: 'csv',
    source_id: await upload(simulator, csv, fileName, apiKey),
    ...body,
  };
  return request(simulator, 'POST', '/campaign/create', campaign, apiKey);
}

/** Creates a campaign and starts it. Returns its ID. */
export async function launch(simulator: Simulator, campaign?: TestCampaign): Promise<number> {
  const { body } = await create(simulator, campaign);
  const { id } = body as { id: number };
  await act(simulator, id, 'start', campaign?.apiKey);
  return id;
}

/** Starts, pauses or resumes a campaign. */
export function act(
  simulator: Simulator,
  id: number,
  action: 'start' | 'pause' | 'resume',
  apiKey?: string,
): Promise<Received> {
  return request(simulator, 'POST', `/campaign/${String(id)}/${action}`, undefined, apiKey);
}

/** Reads a campaign, or a path below it. */
export async function read(
  simulator: Simulator,
  id: number,
  path = '',
): Promise<Record<string, unknown>> {
  const { body } = await request(simulator, 'GET', `/campaign/${String(id)}${path}`);
  return body as Record<string, unknown>;
}
