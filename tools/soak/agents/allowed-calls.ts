/** What happened in one attempt of a family, as far as it decides which calls are allowed. */
export interface AttemptFacts {
  /** The digits of each number that the model or a row asked for. Empty if the node did not run. */
  readonly asked: readonly string[];
  readonly mayCallAgain: boolean;
  /** Numbers whose call got no clear response, once per request. */
  readonly unclear: readonly string[];
  /** Whether Dograh's list was readable, but did not contain new runs. */
  readonly listLags: boolean;
}

/**
 * How often each number may be dialed in one execution and all its retries. It knows nothing of the code of the node.
 *
 * - **A tool** may dial a number once, however often the model asks for it. With Allow Repeated Calls, it may dial once
 *   for each time that the model asked. Attempts without this option add one call to the number, if the model asked
 *   for it in one of them.
 * - **A node with rows** may dial a number once for each row that asks for it. A row asks again in each attempt, with
 *   the number that the attempt gives it. So the allowed calls are the rows of the attempt in which most rows had this
 *   number. An edited number adds no call to the rows that had it before.
 * - **A retry by hand** is the decision of a person to place an unclear call again, if Dograh's list is readable and
 *   does not contain it. It adds one call for each unclear call of an earlier attempt.
 */
export function allowedCalls(
  kind: 'agent' | 'rows',
  attempts: readonly AttemptFacts[],
): ReadonlyMap<string, number> {
  const allowed = new Map<string, number>();
  for (const phone of new Set(attempts.flatMap(({ asked }) => asked))) {
    const base = kind === 'agent' ? ofTool(phone, attempts) : ofRows(phone, attempts);
    allowed.set(phone, base + decidedByHand(phone, attempts));
  }
  return allowed;
}

function ofTool(phone: string, attempts: readonly AttemptFacts[]): number {
  const repeated = attempts.filter(({ mayCallAgain }) => mayCallAgain);
  const once = attempts.some(({ mayCallAgain, asked }) => !mayCallAgain && asked.includes(phone));
  return (once ? 1 : 0) + sum(repeated.map(({ asked }) => count(phone, asked)));
}

function ofRows(phone: string, attempts: readonly AttemptFacts[]): number {
  return Math.max(...attempts.map(({ asked }) => count(phone, asked)));
}

function decidedByHand(phone: string, attempts: readonly AttemptFacts[]): number {
  return sum(
    attempts.map(({ listLags }, index) =>
      listLags && index > 0
        ? sum(attempts.slice(0, index).map(({ unclear }) => count(phone, unclear)))
        : 0,
    ),
  );
}

function count(phone: string, phones: readonly string[]): number {
  return phones.filter((one) => one === phone).length;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
