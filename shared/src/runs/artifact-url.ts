import type { BaseUrl } from '../connection/base-url';
import type { ListedRun as RunInContract } from '../contract/types.gen';
import { textOrNull, type Fields } from '../transport/answer';

/** Dograh's names for the files of a run. */
export type Artifact = 'recording' | 'user_recording' | 'bot_recording' | 'transcript';

const TOKEN_IN_ADDRESS = /\/public\/download\/workflow\/([\w-]+)\//;
const TOKEN = /^[\w-]+$/;

/**
 * The address of a file, below the Base URL of the credential. Dograh's own address has the host that Dograh assumes
 * for itself. For a self-hosted one, this is usually `http://localhost:8000`, which other machines cannot reach.
 * @returns null if Dograh names no address, or one that is not its own
 */
export function artifactUrl(
  run: Fields<RunInContract>,
  artifact: Artifact,
  baseUrl: BaseUrl,
): string | null {
  const named = textOrNull(run[`${artifact}_public_url`]);
  if (named === null) return null;
  const token = textOrNull(run.public_access_token) ?? TOKEN_IN_ADDRESS.exec(named)?.[1] ?? '';
  if (!TOKEN.test(token)) return null;
  return baseUrl.resolve(`/public/download/workflow/${token}/${artifact}`);
}
