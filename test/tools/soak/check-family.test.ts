import { checkFamily } from '../../../tools/soak/agents/check-family';
import type {
  AttemptRecord,
  DialedCall,
  FamilyRecord,
  ResultRecord,
} from '../../../tools/soak/agents/family-record';
import { digitsOf, numbersOf } from '../../../tools/soak/agents/numbers';
import { planFamily, FIRST_CRASHING_FAMILY } from '../../../tools/soak/agents/plan-family';
import {
  NO_EDIT,
  type AgentPlan,
  type AttemptPlan,
  type FamilyPlan,
} from '../../../tools/soak/agents/plan';

const [ANN = '', BEN = ''] = numbersOf(1).map(digitsOf);

const planned: AttemptPlan = {
  of: 'newest',
  isElsewhere: false,
  faults: [],
  listLags: false,
  edit: NO_EDIT,
  mayCallAgain: false,
  nextFails: false,
  turns: {},
  changed: {},
};
const plan: FamilyPlan = {
  family: 1,
  crashes: false,
  subject: {
    kind: 'rows',
    phones: [ANN, BEN],
    concurrency: 1,
    loopSize: 0,
    waits: false,
    retries: false,
    onError: 'stopWorkflow',
  },
  attempts: [planned, planned],
};

const agent: AgentPlan = {
  kind: 'agent',
  version: 3.1,
  batchSize: 1,
  isNested: false,
  isLooped: false,
  toolRetries: false,
  agentRetries: false,
  toolOnError: 'stopWorkflow',
  tasks: [],
};

function call(phone: string, runId: number, changes: Partial<DialedCall> = {}): DialedCall {
  return { dograh: 0, runId, phone, attempt: 0, isUnclear: false, ...changes };
}

function result(phone: string, runId: number, changes: Partial<ResultRecord> = {}): ResultRecord {
  return { phone, runId, isMarked: false, by: 'node', row: 0, ...changes };
}

function attempt(changes: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    executionId: '1',
    status: 'error',
    dograh: 0,
    asked: [ANN],
    mayCallAgain: false,
    unclear: [],
    listLags: false,
    results: [],
    refused: [],
    hasKey: false,
    ...changes,
  };
}

function findings(record: Partial<FamilyRecord>): string[] {
  return checkFamily({ plan, attempts: [], calls: [], ...record }).map(({ kind }) => kind);
}

describe('the check of an execution and its retries', () => {
  it('finds nothing if a retry returns the call, marked', () => {
    const first = attempt({ results: [result(ANN, 1001)] });
    const retry = attempt({ status: 'success', results: [result(ANN, 1001, { isMarked: true })] });

    expect(findings({ attempts: [first, retry], calls: [call(ANN, 1001)] })).toEqual([]);
  });

  it('finds a number that was dialed twice', () => {
    const calls = [call(ANN, 1001), call(ANN, 1002, { attempt: 1 })];

    expect(findings({ attempts: [attempt(), attempt()], calls })).toEqual(['doubled']);
  });

  it('finds a second call at another Dograh', () => {
    const calls = [call(ANN, 1001), call(ANN, 1001, { attempt: 1, dograh: 1 })];

    expect(findings({ attempts: [attempt(), attempt()], calls })).toEqual(['doubled']);
  });

  it('finds a call to a number that nothing asked for', () => {
    expect(findings({ attempts: [attempt()], calls: [call(BEN, 1001)] })).toEqual(['doubled']);
  });

  it('finds the call of another number', () => {
    const wrong = attempt({ results: [result(ANN, 1002)] });

    expect(findings({ attempts: [wrong], calls: [call(ANN, 1001), call(BEN, 1002)] })).toEqual(
      expect.arrayContaining(['otherItem']),
    );
  });

  it('finds a call that two rows got', () => {
    const results = [result(ANN, 1001), result(ANN, 1001, { row: 1 })];

    expect(findings({ attempts: [attempt({ results })], calls: [call(ANN, 1001)] })).toEqual([
      'otherItem',
    ]);
  });

  it('finds a call of another Dograh', () => {
    const moved = attempt({ dograh: 1, results: [result(ANN, 1001, { isMarked: true })] });

    expect(findings({ attempts: [attempt(), moved], calls: [call(ANN, 1001)] })).toEqual([
      'otherDograh',
    ]);
  });

  it('finds an earlier call without a mark', () => {
    const retry = attempt({ results: [result(ANN, 1001)] });

    expect(findings({ attempts: [attempt(), retry], calls: [call(ANN, 1001)] })).toEqual([
      'unmarked',
    ]);
  });

  it('finds a call that a tool reported twice as a new one', () => {
    const again = attempt({ results: [result(ANN, 1001), result(ANN, 1001)] });

    expect(
      findings({ plan: { ...plan, subject: agent }, attempts: [again], calls: [call(ANN, 1001)] }),
    ).toEqual(['unmarked']);
  });

  it('finds a call that was not placed', () => {
    expect(findings({ attempts: [attempt({ status: 'success' })] })).toEqual(['withheld']);
  });

  it('finds an API key in a stored execution', () => {
    expect(findings({ attempts: [attempt({ hasKey: true })] })).toEqual(['leaked']);
  });
});

describe('the plan of a family', () => {
  it('is the same for the same seed', () => {
    expect(planFamily(1, 12)).toEqual(planFamily(1, 12));
    expect(planFamily(1, 12)).not.toEqual(planFamily(2, 12));
  });

  it('kills n8n in some families only', () => {
    expect(planFamily(1, FIRST_CRASHING_FAMILY).crashes).toBe(true);
    expect(planFamily(1, 3).crashes).toBe(false);
  });
});
