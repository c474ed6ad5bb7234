/** `npm run dev`: a real n8n with the node and the example workflows, against a simulated Dograh. */
import { join, relative } from 'node:path';
import { installN8n } from '../n8n-server/install-n8n';
import { N8nServer } from '../n8n-server/n8n-server';
import { ensureBuilt } from '../support/ensure-built';
import { freePortFrom, isFree } from '../support/ports';
import { startSimulator, type Simulator } from '../simulator';
import { callLine, clock } from '../simulator/call-line';
import { startChatModel } from '../chat-model/chat-model';
import { exampleWorld } from './example-world';
import { DataFolder } from './data-folder';
import { furnish } from './furnish';
import { greeting } from './greeting';
import { HELP, ROOT, readOptions } from './options';
import { rebuildOnChange } from './rebuild';
import { nextTurn } from './simulated-conversation';

const EDITOR_PORT = 5678;
const DOGRAH_PORT = 8000;
/** Slow enough to watch. */
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

/** Ctrl-C may arrive twice, from the terminal and from npm. */
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
  throw new Error(`Port ${wanted} is in use. Choose another one.`);
}

async function withSimulator(folder: DataFolder, port: number): Promise<void> {
  const simulator = await startSimulator({
    ...TIMING,
    world: exampleWorld(),
    port: await freePortFrom(DOGRAH_PORT),
    firstRunId: await folder.nextRunId(),
  });
  const chatModel = await startChatModel(nextTurn);
  try {
    await addFinishedCall(simulator, folder);
    await withN8n(simulator, chatModel.url, folder, port);
  } finally {
    await chatModel.stop();
    await simulator.stop();
  }
}

/** The workflow for finished calls has one to show before the first call is placed. */
async function addFinishedCall(simulator: Simulator, folder: DataFolder): Promise<void> {
  const { runId } = simulator.addRun({
    agent: simulator.world.agents.leadQualifier,
    initialContext: { first_name: 'Ann', call_reference: 'lead-0' },
  });
  await folder.keepNextRunId(runId + 1);
}

async function withN8n(
  simulator: Simulator,
  chatModelUrl: string,
  folder: DataFolder,
  port: number,
): Promise<void> {
  say('Starting n8n. This takes up to a minute …');
  const log = join(folder.path, 'n8n.log');
  const n8n = await N8nServer.start(
    { N8N_DEV_RELOAD: 'true', N8N_LOG_OUTPUT: 'console,file', N8N_LOG_FILE_LOCATION: log },
    { folder: folder.path, port, signal: stopping },
  );
  try {
    await furnish(n8n.rest, simulator, chatModelUrl);
    say(greeting(n8n.url, relative(ROOT, log), simulator));
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
    throw new Error(`n8n has ended. The reason is in ${log}.`);
  } finally {
    await n8n.stop();
  }
}
