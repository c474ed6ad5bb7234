/** The playground behind `npm run dev`: a real n8n with the node, against a simulated Dograh. */
import { join, relative } from 'node:path';
import { installN8n } from '../n8n-server/install-n8n';
import { N8nServer, OWNER } from '../n8n-server/n8n-server';
import { ensureBuilt } from '../support/ensure-built';
import { freePortFrom, isFree } from '../support/ports';
import { startSimulator, type Simulator } from '../simulator';
import { callLine, clock } from '../simulator/call-line';
import { describeNumbers } from '../simulator/describe-world';
import { DataFolder } from './data-folder';
import { FIRST_EXAMPLE, WAITING_EXAMPLE } from './example-workflows';
import { CREDENTIAL, furnish } from './furnish';
import { HELP, ROOT, readOptions } from './options';
import { rebuildOnChange } from './rebuild';

const EDITOR_PORT = 5678;
const DOGRAH_PORT = 8000;
/** Slow enough to be watched. */
const TIMING = {
  dialMs: 500,
  ringMs: 1500,
  callDurationMs: 4000,
  resultsAfterMs: 200,
  artifactsAfterMs: 1000,
};

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const stopping = stopOn(['SIGINT', 'SIGTERM', 'SIGHUP']);

main().then(
  () => process.exit(0),
  (error: unknown) => {
    if (stopping.aborted) process.exit(0);
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);

/** The terminal and npm each hand on Ctrl-C, so a signal may come twice. */
function stopOn(signals: readonly NodeJS.Signals[]): AbortSignal {
  const controller = new AbortController();
  for (const signal of signals) {
    process.on(signal, () => {
      if (!stopping.aborted) say('\nStopping …');
      controller.abort();
    });
  }
  return controller.signal;
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    say(HELP);
    return;
  }
  const port = await editorPort(options.port);
  const folder = await DataFolder.take(options.folder, options.fresh);
  try {
    ensureBuilt(say);
    await installN8n(say);
    stopping.throwIfAborted();
    await withSimulator(folder, port);
  } finally {
    await folder.leave();
  }
}

async function editorPort(wanted: number | undefined): Promise<number> {
  if (wanted === undefined) return freePortFrom(EDITOR_PORT);
  if (await isFree(wanted)) return wanted;
  throw new Error(`Port ${wanted} is taken. Try another one.`);
}

async function withSimulator(folder: DataFolder, port: number): Promise<void> {
  const simulator = await startSimulator({
    ...TIMING,
    port: await freePortFrom(DOGRAH_PORT),
    firstRunId: await folder.nextRunId(),
  });
  try {
    await withN8n(simulator, folder, port);
  } finally {
    await simulator.stop();
  }
}

async function withN8n(simulator: Simulator, folder: DataFolder, port: number): Promise<void> {
  say('Starting n8n …');
  const log = join(folder.path, 'n8n.log');
  const n8n = await N8nServer.start(
    { N8N_DEV_RELOAD: 'true', N8N_LOG_OUTPUT: 'console,file', N8N_LOG_FILE_LOCATION: log },
    { folder: folder.path, port, signal: stopping },
  );
  try {
    const workflows = await furnish(n8n.rest, simulator);
    const example = `${n8n.url}/workflow/${workflows.get(FIRST_EXAMPLE) ?? ''}`;
    say(greeting(n8n.url, example, log, simulator));
    simulator.onChange((run) => {
      say(callLine(run));
      void folder.keepNextRunId(run.runId + 1);
    });
    await Promise.race([
      rebuildOnChange({
        n8n,
        folder: folder.path,
        say: (line) => {
          say(`${clock()}  ${line}`);
        },
        signal: stopping,
      }),
      n8n.ended(),
    ]);
    throw new Error(`n8n has ended. It says why in ${log}.`);
  } finally {
    await n8n.stop();
  }
}

function greeting(url: string, example: string, log: string, { url: dograh, world }: Simulator) {
  return [
    '',
    `n8n with the Dograh node:  ${url}`,
    `  sign in with  ${OWNER.email}  and the password  ${OWNER.password}`,
    `A simulated Dograh, which calls nobody:  ${dograh}`,
    `  the credential for it is called  ${CREDENTIAL}`,
    '',
    `First: open "${FIRST_EXAMPLE}" (${example}), press "Execute workflow", and see the call here.`,
    'It does not wait for the end of the call, so it is green for a busy number, too. To see what comes of calls,',
    `open "${WAITING_EXAMPLE}". Change the phone numbers as you like.`,
    ...describeNumbers(world),
    '',
    `Changes of n8n-node and shared are built and loaded. n8n's log: ${relative(ROOT, log)}. Ctrl-C stops everything.`,
    '',
  ].join('\n');
}
