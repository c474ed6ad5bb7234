import type { Dice } from './dice';
import { numbersOf, withSpaces } from './numbers';
import type { AgentPlan, AttemptOfSubject, TurnPlan } from './plan';

/** An agent, and what its model answers in each attempt. */
export function planAgent(
  dice: Dice,
  family: number,
  count: number,
): { subject: AgentPlan; attempts: AttemptOfSubject[] } {
  const version = dice.pick([2.2, 3.1]);
  const rowCount = dice.chance(0.55) ? 1 : dice.between(2, 4);
  const tasks = dice.times(rowCount, (row) => `Family ${family}, row ${row}`);
  const isNested = dice.chance(0.2);
  const isLooped = rowCount > 1 && dice.chance(0.4);
  const [first, ...others] = numbersOf(family);
  const pool: [string, ...string[]] = [first, ...others.slice(0, dice.between(0, 3))];
  const permission = dice.weighted(PERMISSIONS);
  const attempts = dice.times(count, (index): AttemptOfSubject => {
    const isLast = index === count - 1;
    const ending = isLast ? dice.weighted(LAST_ENDINGS) : dice.weighted(ENDINGS);
    const turns: Record<string, TurnPlan[]> = {};
    for (const task of tasks) {
      if (isNested) planAbove(dice, turns, { task, attempt: index, pool });
      else turns[task] = planTurns(dice, pool);
    }
    if (ending === 'model fails') fail(dice, turns, dice.pick([tasks[0] ?? '', ...tasks]));
    return {
      turns,
      changed: {},
      mayCallAgain: permission === 'always' || (permission === 'sometimes' && dice.chance(0.5)),
      nextFails: ending === 'next fails',
    };
  });
  const subject: AgentPlan = {
    kind: 'agent',
    version,
    batchSize: version < 3 && !isLooped && dice.chance(0.15) ? 3 : 1,
    isNested,
    isLooped,
    toolRetries: dice.chance(0.15),
    agentRetries: dice.chance(0.15),
    toolOnError: dice.chance(0.2) ? 'continueRegularOutput' : 'stopWorkflow',
    tasks,
  };
  return { subject, attempts };
}

const PERMISSIONS = [
  [75, 'never'],
  [13, 'always'],
  [12, 'sometimes'],
] as const;

const ENDINGS = [
  [55, 'model fails'],
  [35, 'next fails'],
  [10, 'success'],
] as const;

const LAST_ENDINGS = [
  [15, 'model fails'],
  [10, 'next fails'],
  [75, 'success'],
] as const;

function planTurns(dice: Dice, pool: readonly [string, ...string[]]): TurnPlan[] {
  return dice.times(dice.between(1, 3), () => {
    const uses = dice.chance(0.65) ? 1 : dice.between(2, 3);
    const phone = (): string => dice.pick(pool);
    const phones = dice.times(uses, () => (dice.chance(0.15) ? withSpaces(phone()) : phone()));
    return { phones };
  });
}

/** The agent above asks the other agent once or twice, sometimes in the same turn. */
function planAbove(
  dice: Dice,
  turns: Record<string, TurnPlan[]>,
  above: {
    readonly task: string;
    readonly attempt: number;
    readonly pool: readonly [string, ...string[]];
  },
): void {
  const names = dice.times(
    dice.between(1, 2),
    (index) => `${above.task}, attempt ${above.attempt}, part ${index}`,
  );
  for (const name of names) turns[name] = planTurns(dice, above.pool);
  turns[above.task] = dice.chance(0.3)
    ? [{ tasks: names }]
    : names.map((name) => ({ tasks: [name] }));
  if (dice.chance(0.1)) fail(dice, turns, names[0] ?? '');
}

/** The model fails at a random turn. If n8n tries again, the model usually fails again. */
function fail(dice: Dice, turns: Record<string, TurnPlan[]>, task: string): void {
  const own = turns[task] ?? [];
  const at = dice.chance(0.7) ? own.length : dice.between(0, own.length);
  const failures = dice.times(dice.weighted(FAILURES), (): TurnPlan => 'fail');
  turns[task] = [...own.slice(0, at), ...failures, ...own.slice(at)];
}

const FAILURES = [
  [25, 1],
  [75, 8],
] as const;
