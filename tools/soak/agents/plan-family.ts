import { randomFault } from '../random-faults';
import type { PlannedFault } from '../../simulator';
import { Dice } from './dice';
import { NO_EDIT, type AttemptPlan, type Edit, type FamilyPlan } from './plan';
import { planAgent } from './plan-agent';
import { planRows } from './plan-rows';

/** From this family on, n8n is killed during the first attempt. */
export const FIRST_CRASHING_FAMILY = 1900;

export function planFamily(seed: number, family: number): FamilyPlan {
  const crashes = family >= FIRST_CRASHING_FAMILY;
  const dice = new Dice(seed * 1_000_003 + family);
  const isAgent = dice.chance(0.65);
  const retries = crashes ? dice.between(1, 2) : dice.weighted(RETRIES);
  const retriesFirst = retries > 1 && dice.chance(0.2);
  // Only Dograh knows the calls of a crashed attempt, or of another retry: the Dograh of the credential.
  const onlyDograhKnows = crashes || retriesFirst;
  const movesAway = !onlyDograhKnows && dice.chance(0.2);
  const lagShare = !onlyDograhKnows && dice.chance(0.15) ? 0.5 : 0;
  const { subject, attempts } = (isAgent ? planAgent : planRows)(dice, family, retries + 1);
  const planned = attempts.map((attempt, index): AttemptPlan => {
    const listLags = index > 0 && dice.chance(lagShare);
    return {
      ...attempt,
      of: retriesFirst && index > 1 && dice.chance(0.6) ? 'first' : 'newest',
      isElsewhere: movesAway && index > 0 && dice.chance(0.5),
      listLags,
      faults: planFaults(dice, {
        listLags,
        crashes: crashes && index === 0,
        // The node waits for hours until it can read the state of a call.
        maxListFaults: subject.kind === 'rows' && subject.waits ? 6 : Infinity,
      }),
      edit: index === 0 ? NO_EDIT : planEdit(dice, { isAgent, onlyDograhKnows }),
    };
  });
  const [first, ...later] = planned;
  if (first === undefined) throw new Error('A family has at least one attempt.');
  return { family, crashes, subject, attempts: [first, ...later] };
}

const RETRIES = [
  [15, 0],
  [35, 1],
  [30, 2],
  [20, 3],
] as const;

/** Dograh lists runs, but not those that this family asks for. */
const EMPTY_LIST = {
  runs: [],
  total_dograh_tokens: 0,
  total_duration_seconds: 0,
  total_count: 0,
  page: 1,
  limit: 100,
  total_pages: 0,
};

interface FaultLimits {
  readonly listLags: boolean;
  readonly crashes: boolean;
  readonly maxListFaults: number;
}

function planFaults(dice: Dice, { listLags, crashes, maxListFaults }: FaultLimits): PlannedFault[] {
  // The test waits until the request without a response has arrived. Then it kills n8n.
  if (crashes) {
    const answered = { kind: 'latency', callPlaced: true, ms: 1, delayed: 'answer' } as const;
    const fault = { kind: 'silence', callPlaced: dice.chance(0.7) } as const;
    const times = dice.between(0, 2);
    return [
      ...(times > 0 ? [{ on: 'call', fault: answered, times } as const] : []),
      { on: 'call', fault, times: Infinity },
    ];
  }
  const broken = { kind: 'status', callPlaced: false, status: 503 } as const;
  const faults: PlannedFault[] = [];
  if (dice.chance(0.35)) {
    const random = (): number => dice.between(0, 999_999) / 1_000_000;
    const fault = randomFault(random);
    // The node waits for a free slot up to ten minutes, if Dograh refuses each call because of its limit.
    const isLimit = fault.kind === 'status' && fault.status === 429;
    faults.push({ on: 'call', fault, times: isLimit ? 1 : dice.weighted(TIMES) });
  }
  if (listLags) {
    const fault = { kind: 'off-contract', callPlaced: true, body: EMPTY_LIST } as const;
    faults.push({ on: 'runs', fault, times: maxListFaults });
  } else if (dice.chance(0.2)) {
    faults.push({ on: 'runs', fault: broken, times: dice.chance(0.6) ? maxListFaults : 2 });
  }
  if (dice.chance(0.05)) faults.push({ on: 'run', fault: broken, times: dice.between(1, 3) });
  return faults;
}

const TIMES = [
  [70, 1],
  [20, 2],
  [10, Infinity],
] as const;

function planEdit(
  dice: Dice,
  { isAgent, onlyDograhKnows }: { readonly isAgent: boolean; readonly onlyDograhKnows: boolean },
): Edit {
  return {
    // n8n cannot retry an execution that stopped at a node with another name.
    isRenamed: isAgent && dice.chance(0.2),
    // Dograh knows the requests of a node by its ID.
    isReplaced: !onlyDograhKnows && dice.chance(0.1),
    isReformatted: dice.chance(0.2),
    isNoteInserted: dice.chance(0.2),
    timeoutSeconds: dice.chance(0.2) ? 20 : 30,
  };
}
