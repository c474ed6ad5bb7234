import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { App, Create, Authentication } from 'zapier-platform-core';

/** The built app inside Zapier's own runtime. */

export const APP_DIR = join(__dirname, '../../../zapier-app');

export interface ZapierRun {
  /** The values of the connection. */
  readonly authData: Readonly<Record<string, string>>;
  /** The values of the step's fields. */
  readonly inputData?: Readonly<Record<string, unknown>>;
  /** The same before Zapier puts in values of earlier steps: `{{…}}` stands for such a value. */
  readonly inputDataRaw?: Readonly<Record<string, unknown>>;
  /** Why Zapier runs the function, for example to show samples in its editor. */
  readonly meta?: Readonly<Record<string, unknown>>;
}

export type ZapierOutcome = {
  /** The lines of the log that Zapier shows to the owner of the Zap. */
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

/** Runs Trigger Call, and throws the error that Zapier would receive. */
export async function runTriggerCall(
  run: ZapierRun,
): Promise<{ readonly output: Record<string, unknown>; readonly logs: readonly string[] }> {
  const outcome = await runInZapier('creates.trigger_call.operation.perform', run);
  if (!outcome.ok) throw outcome.error;
  return outcome;
}

/**
 * Runs a function of the app by its path, as Zapier does.
 * @param more other parts of Zapier's event, such as the address of its storage
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
    // As with `zapier-platform invoke`, everything is logged and nothing is sent to Zapier.
    calledFromCli: true,
    calledFromCliInvoke: true,
    // Instead of Zapier's storage, which is for the Zaps in its cloud.
    cursorTestObj: {},
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
