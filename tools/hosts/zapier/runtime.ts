import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { App, Create, Authentication } from 'zapier-platform-core';

/** The built app inside Zapier's own runtime. */

export const APP_DIR = join(__dirname, '../../../zapier-app');

export interface ZapierRun {
  /** What the user of the connection typed. */
  readonly authData: Readonly<Record<string, string>>;
  /** What the step of the Zap was filled with. */
  readonly inputData?: Readonly<Record<string, unknown>>;
  /** Why Zapier asks, e.g. to show samples in its editor. */
  readonly meta?: Readonly<Record<string, unknown>>;
}

export type ZapierOutcome = {
  /** What Zapier stores for the owner of the Zap to read, line by line. */
  readonly logs: readonly string[];
} & (
  | { readonly ok: true; readonly output: Record<string, unknown> }
  | { readonly ok: false; readonly error: Error }
);

type BuiltApp = App<undefined, { readonly trigger_call: Create }> & {
  readonly authentication: Authentication;
};
type Handler = (event: object) => Promise<{ readonly results: Record<string, unknown> }>;
interface Core {
  readonly createAppHandler: (app: object) => Handler;
}

const load = createRequire(__filename);

export function builtApp(): BuiltApp {
  if (!existsSync(join(APP_DIR, 'dist/index.js'))) {
    throw new Error('zapier-app/dist is missing. Run "npm run build" first.');
  }
  return load(APP_DIR) as BuiltApp;
}

/** Runs the action, and throws what Zapier would be given. */
export async function runTriggerCall(
  run: ZapierRun,
): Promise<{ readonly output: Record<string, unknown>; readonly logs: readonly string[] }> {
  const outcome = await runInZapier('creates.trigger_call.operation.perform', run);
  if (!outcome.ok) throw outcome.error;
  return outcome;
}

/**
 * Runs one of the app's functions by its path, as Zapier does.
 * @param more what else Zapier says, e.g. where it takes files
 */
export async function runInZapier(
  method: string,
  run: ZapierRun,
  more: object = {},
): Promise<ZapierOutcome> {
  const { createAppHandler } = load('zapier-platform-core') as Core;
  const logs: string[] = [];
  const event = {
    command: 'execute',
    method,
    bundle: { inputData: {}, ...run },
    // As `zapier-platform invoke` does: everything is logged, and nothing is sent to Zapier.
    calledFromCli: true,
    calledFromCliInvoke: true,
    customLogger: (message: string, data: object) => logs.push(message, JSON.stringify(data)),
    ...more,
  };
  try {
    const { results } = await createAppHandler(builtApp())(event);
    return { ok: true, output: results, logs };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error : new Error(String(error)), logs };
  }
}
