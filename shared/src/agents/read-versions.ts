import { contractError } from '../errors/contract-error';
import type { Environment } from './environment';
import type { Session } from '../connection/session';
import { readJson } from '../connection/read';
import { parseAgentVersion, type AgentVersion } from './agent-version';
import type { AgentSummary } from './list-agents';

/** A draft and the version that it is based on. */
const USUALLY_ENOUGH = 2;
const MAX_VERSIONS = 100;

/** The versions of an agent that can run, and perhaps archived ones. Usually the newest two are enough. */
export async function readVersions(
  { id, name }: AgentSummary,
  session: Session,
): Promise<readonly AgentVersion[]> {
  for (const limit of [USUALLY_ENOUGH, MAX_VERSIONS]) {
    const url = `${session.baseUrl.resolve(`/workflow/${id}/versions`)}?limit=${limit}`;
    const { body } = await readJson({ url, credential: 'api-key' }, session);
    const listed: unknown[] = Array.isArray(body) ? body : [undefined];
    const versions = listed.map(parseAgentVersion).filter((version) => version !== undefined);
    if (versions.length < listed.length) {
      throw contractError(`list of versions of ${name}`, session);
    }
    if (listed.length < limit || versions.some(({ status }) => status === 'published')) {
      return versions;
    }
  }
  return [];
}

/**
 * The version that a call would run: in production the published one; in a test the draft or else the published one.
 * @param versions newest first
 */
export function versionFor(
  environment: Environment,
  versions: readonly AgentVersion[],
): AgentVersion | undefined {
  const draft = versions.find(({ status }) => status === 'draft');
  const published = versions.find(({ status }) => status === 'published');
  return environment === 'test' ? (draft ?? published) : published;
}
