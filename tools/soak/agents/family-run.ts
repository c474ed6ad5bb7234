import { setTimeout as delay } from 'node:timers/promises';
import type { ITaskData } from 'n8n-workflow';
import {
  parseExecution,
  type StoredExecution,
  type StoredWorkflow,
} from '../../n8n-server/n8n-rest';
import type { AttemptRecord, FamilyRecord, ResultRecord } from './family-record';
import { familyWorkflow, nodeName, type Credentials } from './family-workflow';
import type { Lane } from './lane';
import { LaneWatch } from './lane-watch';
import type { AttemptPlan, FamilyPlan } from './plan';
import {
  readRowRuns,
  readToolRuns,
  runsIn,
  validPhonesOf,
  type NodeResults,
} from './read-execution';
import type { Talk } from './soak-model';

const RETRYABLE = ['error', 'crashed', 'canceled'];

/** Runs a family: first `begin`, then, perhaps after a crash of n8n, `finish`. */
export class FamilyRun {
  readonly #attempts: AttemptRecord[] = [];
  readonly #executions: StoredExecution[] = [];
  readonly #talk: Talk;
  readonly #watch: LaneWatch;
  #workflow: StoredWorkflow | undefined;
  #answer: Promise<unknown> = Promise.resolve();
  #begun = 0;

  constructor(
    private readonly lane: Lane,
    private readonly plan: FamilyPlan,
  ) {
    this.#talk = lane.model.talkOf(plan.family);
    this.#watch = new LaneWatch(lane, plan.family);
  }

  /** Starts the first execution. */
  async begin(): Promise<void> {
    const { rest } = this.lane.n8n;
    const { family, subject, attempts } = this.plan;
    const [first] = attempts;
    const workflow = await rest.createWorkflow(this.#file(first));
    this.#workflow = workflow;
    await rest.activate(workflow);
    this.#start(0, first);
    const rows =
      subject.kind === 'agent'
        ? subject.tasks.map((text) => ({ text }))
        : subject.phones.map((phone) => ({ phone }));
    // n8n closes the connection if it is killed.
    this.#answer = rest.webhook(`family-${family}`, { rows }).catch(() => undefined);
  }

  /** Resolves when a request without a response has arrived, or when the execution has ended. */
  async readyToCrash(): Promise<void> {
    const ended = this.#answer.then(() => true);
    while (!this.#watch.hasSilentCall()) {
      if (await Promise.race([ended, delay(20, false)])) return;
    }
  }

  /** Waits for the first execution, and retries it. */
  async finish(): Promise<FamilyRecord> {
    await this.#answer;
    const { rest } = this.lane.n8n;
    const workflow = this.#stored();
    const [first, ...retries] = this.plan.attempts;
    await this.#end(0, first, await this.#ended(workflow));
    for (const [index, attempt] of retries.entries()) {
      const target = attempt.of === 'first' ? this.#executions[0] : this.#executions.at(-1);
      if (target === undefined || !RETRYABLE.includes(target.status)) break;
      await rest.changeWorkflow(workflow.id, this.#file(attempt));
      this.#start(index + 1, attempt);
      const retried = await rest.retry(target.id).catch(refusedByN8n);
      if (retried !== undefined) await this.#end(index + 1, attempt, retried);
      else this.#watch.end();
    }
    await rest.deactivate(workflow);
    return { plan: this.plan, attempts: this.#attempts, calls: this.#watch.calls() };
  }

  #stored(): StoredWorkflow {
    if (this.#workflow === undefined) throw new Error('The family has not begun.');
    return this.#workflow;
  }

  #file(attempt: AttemptPlan): ReturnType<typeof familyWorkflow> {
    return familyWorkflow(this.plan, attempt, this.#credentials(attempt));
  }

  #credentials({ isElsewhere }: AttemptPlan): Credentials {
    const { servers, modelCredential: model } = this.lane;
    return { dograh: servers[isElsewhere ? 1 : 0].credential, model };
  }

  #start(index: number, attempt: AttemptPlan): void {
    this.#talk.begin(index, attempt);
    this.#watch.begin(index, attempt.faults);
    this.#begun = Date.now();
  }

  async #ended(workflow: StoredWorkflow): Promise<StoredExecution> {
    for (;;) {
      const [newest] = await this.lane.n8n.rest.executionsOf(workflow.id);
      if (newest && !['new', 'running'].includes(newest.status)) return newest;
      await delay(20);
    }
  }

  async #end(index: number, attempt: AttemptPlan, execution: StoredExecution): Promise<void> {
    this.#executions.push(execution);
    const { status, data: text } = await this.lane.n8n.rest.storedExecution(execution.id);
    const runs = parseExecution(text).resultData.runData[nodeName(this.plan, attempt)] ?? [];
    const isNew = ({ startTime }: ITaskData): boolean => startTime >= this.#begun;
    const { results, refused } = this.#read(attempt, runs, isNew);
    // After a crash, n8n has stored no run of the node.
    const hasRun = runs.some(isNew) || status === 'crashed';
    this.#attempts.push({
      executionId: execution.id,
      status,
      asked: this.#asked(index, attempt, hasRun),
      mayCallAgain: attempt.mayCallAgain,
      listLags: attempt.listLags,
      unclear: this.#watch.end(),
      dograh: attempt.isElsewhere ? 1 : 0,
      results: [...results, ...this.#seenByModel(index)],
      refused,
      hasKey: this.lane.servers.some(({ apiKey }) => text.includes(apiKey)),
    });
  }

  #read(
    attempt: AttemptPlan,
    runs: readonly ITaskData[],
    isNew: (run: ITaskData) => boolean,
  ): NodeResults {
    const { subject } = this.plan;
    return subject.kind === 'agent'
      ? readToolRuns(runs.filter(isNew))
      : readRowRuns(runs, isNew, { subject, attempt });
  }

  #asked(index: number, attempt: AttemptPlan, hasRun: boolean): readonly string[] {
    const { subject } = this.plan;
    if (subject.kind === 'rows') return hasRun ? validPhonesOf(subject, attempt) : [];
    return this.#talk.asked.filter((use) => use.attempt === index).map(({ phone }) => phone);
  }

  #seenByModel(index: number): ResultRecord[] {
    return this.#talk.seen
      .filter((one) => one.attempt === index)
      .flatMap(({ phone, result }) =>
        runsIn(result).map((one) => ({ ...one, phone, by: 'model' as const })),
      );
  }
}

/** n8n cannot retry an execution that stopped at a node with another name. */
function refusedByN8n(error: unknown): undefined {
  if (String(error).includes('deleted or renamed')) return undefined;
  throw error;
}
