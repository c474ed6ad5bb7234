/** The simulator as a program: `npm run simulator -- --port 8000`. */
import { parseArgs } from 'node:util';
import { readPort } from '../support/ports';
import { startSimulator, type RequestRecord, type Simulator } from './index';
import { callLine, clock } from './call-line';
import { describeWorld } from './describe-world';

main().then(undefined, (error: unknown) => {
  console.error(explain(error));
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) {
    console.log(
      'npm run simulator -- [--port N]   Starts a simulated Dograh. No phone rings. Without --port, it uses any free port.',
    );
    return;
  }
  const { port } = options;
  const simulator = await startSimulator({ port }).catch((error: unknown) => {
    throw isPortInUse(error)
      ? new Error(`Port ${String(port)} is in use. Choose another one.`)
      : error;
  });
  console.log(describeWorld(simulator.url, simulator.world));
  simulator.onRequest((request) => {
    console.log(requestLine(request));
  });
  simulator.onChange((run) => {
    console.log(callLine(run));
  });
  stopOn(['SIGINT', 'SIGTERM'], simulator);
}

function readOptions(): { readonly help: boolean; readonly port: number } {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return { help: values.help, port: readPort(values.port) };
}

/** Without headers, because they hold API keys. */
function requestLine({ method, path, status }: RequestRecord): string {
  return `${clock()}  ${method} ${path}  ${String(status)}`;
}

function stopOn(signals: NodeJS.Signals[], simulator: Simulator): void {
  for (const signal of signals) {
    process.once(signal, () => {
      void simulator.stop().then(() => process.exit(0));
    });
  }
}

function isPortInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

function explain(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
