import { fork } from 'node:child_process';
import type { SoakOrder, SoakOutcome } from './soak-call';

/** Both sides of the messages between the soak test and a process that calls through one host. */

type Message = { readonly outcome: SoakOutcome } | { readonly failure: string };

/** Passes the order to a new process, and each outcome to `report`. Resolves after the last one. */
export async function giveOrder(
  file: string,
  order: SoakOrder,
  report: (outcome: SoakOutcome) => void,
  execArgv = process.execArgv,
): Promise<void> {
  const child = fork(file, { execArgv });
  let failure = '';
  let outcomes = 0;
  child.on('message', (message: Message) => {
    if ('outcome' in message) {
      outcomes += 1;
      report(message.outcome);
    } else {
      failure = message.failure;
    }
  });
  child.send(order);
  const code = await new Promise<number | null>((resolve) => child.on('exit', resolve));
  const asked = order.calls.length;
  if (code === 0 && outcomes === asked) return;
  throw new Error(`${file} ended with ${String(code)} after ${outcomes} of ${asked}. ${failure}`);
}

/** The side of the process. */
export function answerOrder(
  carryOut: (order: SoakOrder, report: (outcome: SoakOutcome) => void) => Promise<void>,
): void {
  process.once('message', (order: SoakOrder) => {
    carryOut(order, (outcome) => process.send?.({ outcome })).then(
      () => {
        process.disconnect();
        process.exit(0);
      },
      (error: unknown) => {
        const failure = error instanceof Error ? String(error.stack) : String(error);
        process.send?.({ failure }, () => process.exit(1));
      },
    );
  });
}
