import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRunExecutionData, type INodeParameters, type IRunExecutionData } from 'n8n-workflow';
import { hideRuns } from '../behaviour/call-requests';
import { hurryWaits } from '../support/host-time';
import { callForm, credentialsFor, variables } from '../../tools/hosts/n8n/call-form';
import { runDograhNode, type NodeOutcome, type NodeRun } from '../../tools/hosts/n8n/engine';
import { shownBy } from '../../tools/hosts/n8n/host';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { tool, type Execution, type Tool } from './tool-of-agent';

/** Goes through the table in the docstring of PlacedCalls, row by row. */

hurryWaits();

const SOURCE = join(
  __dirname,
  '../../n8n-node/nodes/Dograh/execution/placed-calls/placed-calls.ts',
);
/** Longer than a test: the simulated time of calls passes faster than real time. */
const DAY = 86_400_000;
const ANN = '+14155550121';
const BEN = '+14155550122';
const CLEO = '+14155550123';
const INVALID = '+1415';
const CALLED_BEFORE = { skipped: true, skip_reason: 'called_before' };
const NOT_SKIPPED = { skipped: false, skip_reason: null };
const thrice = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 } as const;

let dograh: Simulator;
/** Its runs have the same IDs. */
let otherDograh: Simulator;

beforeAll(async () => {
  dograh = await startSimulator({ dialMs: 1, ringMs: 1, callDurationMs: DAY });
  otherDograh = await startSimulator({ dialMs: 1, ringMs: 1, callDurationMs: DAY });
});
beforeEach(() => {
  dograh.reset();
  otherDograh.reset();
});
afterEach(() => {
  expect([...dograh.contractViolations, ...otherDograh.contractViolations]).toEqual([]);
});
afterAll(() => Promise.all([dograh.stop(), otherDograh.stop()]));

const dialed = (at = dograh): string[] => at.calls.map(({ phoneNumber }) => phoneNumber);
const runIdOf = (number: string, count = 0): number | undefined =>
  dograh.calls.filter(({ phoneNumber }) => phoneNumber === number)[count]?.runId;

/** Dograh accepts that many calls, then it refuses one. */
const refuseAfter = (accepted: number): void => {
  for (let count = 0; count < accepted; count += 1) {
    dograh.faults.add({
      on: 'call',
      fault: { kind: 'latency', callPlaced: true, ms: 0, delayed: 'answer' },
    });
  }
  dograh.faults.add({
    on: 'call',
    fault: { kind: 'status', callPlaced: false, status: 402, body: { detail: 'No credit' } },
  });
};
const loseAnswer = (): void => {
  dograh.faults.add({
    on: 'call',
    fault: { kind: 'reset', callPlaced: true, moment: 'after-placing' },
  });
};
/** The request gets lost, and no call is placed. */
const loseRequest = (): void => {
  dograh.faults.add({
    on: 'call',
    fault: { kind: 'reset', callPlaced: false, moment: 'after-reading' },
  });
};

// An ordinary node

interface Row {
  readonly phone: string;
  readonly first_name?: string;
}

const form = (fields: INodeParameters = {}): INodeParameters =>
  callForm({
    phoneNumber: '={{ $json.phone }}',
    contextPairs: variables({ name: 'first_name', value: '={{ $json.first_name || "friend" }}' }),
    ...fields,
  });
const run = (rows: readonly (string | Row)[], node: Partial<NodeRun> = {}): Promise<NodeOutcome> =>
  runDograhNode({
    parameters: form(),
    credentials: credentialsFor(dograh),
    items: rows.map((row) => ({ ...(typeof row === 'string' ? { phone: row } : row) })),
    ...node,
  });
const retry = (retryOf: NodeOutcome, node: Partial<NodeRun> = {}): Promise<NodeOutcome> =>
  run([], { retryOf, ...node });
const itemsOf = ({ outputs }: NodeOutcome): unknown[] => (outputs[0] ?? []).map(({ json }) => json);
/** The same execution with other input items, as after an edit of an earlier node. */
const withRows = (outcome: NodeOutcome, rows: readonly Row[]): NodeOutcome => {
  const data = copyOf(outcome.data);
  const [entry] = data.executionData?.nodeExecutionStack ?? [];
  if (entry === undefined) throw new Error('The execution did not fail.');
  entry.data = { main: [rows.map((row) => ({ json: { ...row } }))] };
  return { ...outcome, data };
};
/** The stored data of an execution that ended during the node, before n8n took its output. */
const failing = ({ data }: NodeOutcome): IRunExecutionData => {
  const copy = copyOf(data);
  copy.resultData.runData['Dograh'] = [{} as never];
  copy.executionData?.nodeExecutionStack.push({} as never);
  return copy;
};
/** What n8n knows after it was killed. */
const killed = (outcome: NodeOutcome): NodeOutcome => {
  const data = copyOf(outcome.data);
  if (data.executionData !== undefined) data.executionData.contextData = {};
  return { ...outcome, data };
};

function copyOf<T>(data: T): T {
  return JSON.parse(JSON.stringify(data)) as T;
}

// A tool of an AI agent up to version 2

const NUMBER = "={{ $fromAI('phone_number', '', 'string') }}";
const toolIn = (
  execution: Execution,
  fields: INodeParameters = {},
  settings: Parameters<typeof tool>[2] = {},
): Promise<Tool> => tool(dograh, callForm({ phoneNumber: NUMBER, ...fields }), settings, execution);
const ask = async (one: Tool, number: string, others: object = {}): Promise<unknown> => {
  const answer = await one.invoke({ phone_number: number, ...others }).catch(String);
  return String(answer).startsWith('[') ? (JSON.parse(String(answer)) as unknown[])[0] : answer;
};
/** The stored data of an execution that has started. */
const started = (): IRunExecutionData => {
  const data = createRunExecutionData({ executionData: {} });
  if (data.executionData !== undefined) {
    data.executionData.runtimeData = { version: 1, establishedAt: Date.now(), source: 'trigger' };
  }
  return data;
};
const retried = (data: IRunExecutionData, executionId = '8'): Execution => ({
  data: copyOf(data),
  executionId,
  mode: 'retry',
});

const SITUATIONS: Readonly<Record<string, () => void>> = {
  'another item, or another loop pass': () => {
    it('is a call of its own, also with the same number', async () => {
      const { passes } = await run([ANN, ANN], { passes: 2 });

      expect(dialed()).toEqual([ANN, ANN, ANN, ANN]);
      expect(new Set(passes.flat().map(({ json }) => json['workflow_run_id'])).size).toBe(4);
    });
  },

  'Retry On Fail': () => {
    it('returns the calls of the first try, not marked', async () => {
      refuseAfter(2);
      const items = itemsOf(await run([ANN, ANN, BEN], { settings: thrice }));

      expect(items).toMatchObject([
        { workflow_run_id: runIdOf(ANN, 0), ...NOT_SKIPPED },
        { workflow_run_id: runIdOf(ANN, 1), ...NOT_SKIPPED },
        { workflow_run_id: runIdOf(BEN), ...NOT_SKIPPED },
      ]);
      expect(dialed()).toEqual([ANN, ANN, BEN]);
    });
  },

  'tool: number was called': () => {
    it('returns the call as it is now', async () => {
      const one = await toolIn({});
      await ask(one, ANN);
      await dograh.waitFor(runIdOf(ANN) ?? 0, 'in_progress');
      dograh.finish(runIdOf(ANN) ?? 0, { disposition: 'user_hangup' });
      await dograh.waitFor(runIdOf(ANN) ?? 0, 'results');

      expect(await ask(one, ANN.replace('+1', '+1 '))).toMatchObject({
        workflow_run_id: runIdOf(ANN),
        status: 'completed',
        outcome: 'answered',
        ...CALLED_BEFORE,
      });
      expect(dialed()).toEqual([ANN]);
    });

    it('returns the call if its state cannot be read, and says so', async () => {
      const one = await toolIn({}, { output: 'raw' });
      await ask(one, ANN);
      hideRuns(dograh);

      expect(await ask(one, ANN)).toMatchObject({
        workflow_run_id: runIdOf(ANN),
        notes: [expect.stringMatching(/^Its current state could not be read: /)],
        ...CALLED_BEFORE,
      });
      expect(dialed()).toEqual([ANN]);
    });

    it.each(['={{ true }}', "={{ $fromAI('again', '', 'boolean') }}"])(
      'does not let the model allow another call with %s',
      async (callAgain) => {
        const one = await toolIn({}, { options: { callAgain } });

        expect(await ask(one, ANN, { again: true })).toMatch(
          /Allow Repeated Calls must not be an expression/,
        );
        expect(dialed()).toEqual([]);
      },
    );
  },

  'tool: number is being called': () => {
    it.each(['trigger', 'triggerAndWait'])(
      'waits for the first request (%s)',
      async (operation) => {
        dograh.faults.add({
          on: 'call',
          fault: { kind: 'latency', callPlaced: true, ms: 50, delayed: 'answer' },
        });
        const stop = dograh.onChange(({ runId, states }) => {
          if (states.at(-1)?.state === 'in_progress') dograh.finish(runId);
        });
        const one = await toolIn({}, { operation });
        const answers = await Promise.all([ANN, BEN, ANN, ANN].map((number) => ask(one, number)));
        stop();

        const ann = { workflow_run_id: runIdOf(ANN) };
        const ben = { workflow_run_id: runIdOf(BEN) };
        const again = { ...ann, ...CALLED_BEFORE };
        expect(answers).toMatchObject([ann, ben, again, again]);
        expect(answers[0]).not.toHaveProperty('skipped');
        expect(dialed().toSorted()).toEqual([ANN, BEN]);
      },
    );

    it('makes the second request if the first one certainly dialed nobody', async () => {
      refuseAfter(0);
      const one = await toolIn({});
      const answers = await Promise.all([ask(one, ANN), ask(one, ANN)]);

      expect(answers[0]).toMatch(/No credit/);
      expect(answers[1]).toMatchObject({ workflow_run_id: runIdOf(ANN) });
      expect(dialed()).toEqual([ANN]);
    });

    it('dials no number if the first request is unclear, also while others are called', async () => {
      hideRuns(dograh);
      loseAnswer();
      const one = await toolIn({});
      const first = new Promise<void>((resolve) => {
        const stop = dograh.onRequest(() => {
          stop();
          resolve();
        });
      });
      const asking = [ANN, ANN, ANN].map((number) => ask(one, number));
      await first;
      const answers = await Promise.all([...asking, ask(one, BEN)]);
      answers.push(await ask(one, ANN), await ask(one, BEN));

      expect(answers.filter((answer) => typeof answer === 'string')).toHaveLength(4);
      expect(dialed()).toEqual([ANN, BEN]);
      expect(dograh.callRequests).toHaveLength(2);
    });
  },

  'tool with Allow Repeated Calls': () => {
    const allowed = { options: { callAgain: true } };

    it('calls again', async () => {
      const one = await toolIn({}, allowed);
      await Promise.all([ask(one, ANN), ask(one, ANN)]);
      await ask(one, ANN);

      expect(dialed()).toEqual([ANN, ANN, ANN]);
    });

    it('does not call again in Retry On Fail', async () => {
      hideRuns(dograh);
      const wait = { ...allowed, operation: 'triggerAndWait', waitTimeoutMinutes: 0.02 };
      const one = await toolIn({}, wait, thrice);

      expect(await ask(one, ANN)).toMatch(/Run 1001 was placed/);
      expect(dialed()).toEqual([ANN]);
    });

    it('returns the earlier calls in order, each once, in a retry by hand', async () => {
      const data = started();
      const one = await toolIn({ data }, allowed);
      await ask(one, ANN);
      await ask(one, ANN);
      const again = await toolIn(retried(data), allowed);
      const answers = [await ask(again, ANN), await ask(again, ANN), await ask(again, ANN)];

      expect(answers).toMatchObject([
        { workflow_run_id: runIdOf(ANN, 0), ...CALLED_BEFORE },
        { workflow_run_id: runIdOf(ANN, 1), ...CALLED_BEFORE },
        { workflow_run_id: runIdOf(ANN, 2) },
      ]);
      expect(dialed()).toEqual([ANN, ANN, ANN]);
    });
  },

  'tool: parallel rows (AI Agent 2)': () => {
    it('refuses the arguments of another row, whatever the tool does', async () => {
      const data = started();
      const [first, second, third] = [
        await toolIn({ data }),
        await toolIn({ data }),
        await toolIn({ data }, { resource: 'run', operation: 'get', runId: NUMBER }),
      ];
      const answers = await Promise.all([
        ask(first, ANN),
        ask(second, BEN),
        third.invoke({ phone_number: '1001' }).catch(String),
      ]);

      expect(answers).toEqual([
        expect.objectContaining({ phone_number: ANN }),
        expect.stringMatching(/n8n mixed up this request[^]*Batch Size/),
        expect.stringMatching(/n8n mixed up this request/),
      ]);
      expect(dialed()).toEqual([ANN]);
    });
  },

  'retry by hand': () => {
    it('returns the calls, marked and as they are now, and places the others', async () => {
      refuseAfter(2);
      const failed = await run([ANN, ANN, BEN]);
      const ids = [runIdOf(ANN, 0), runIdOf(ANN, 1)];
      for (const id of ids) await dograh.waitFor(id ?? 0, 'in_progress');
      const items = itemsOf(await retry(failed));

      expect(items).toMatchObject([
        { workflow_run_id: ids[0], status: 'in_progress', ...CALLED_BEFORE },
        { workflow_run_id: ids[1], status: 'in_progress', ...CALLED_BEFORE },
        { workflow_run_id: runIdOf(BEN), status: 'initiated', ...NOT_SKIPPED },
      ]);
      expect(dialed()).toEqual([ANN, ANN, BEN]);
    });

    it('does not call again after a number was edited and edited back', async () => {
      const failed = await run([ANN, INVALID]);
      const edited = await retry(failed, { parameters: form({ phoneNumber: `=${BEN}` }) });
      // Both items now have Ben's number, so nothing failed. Its own data cannot be retried.
      expect(edited.status).toBe('success');
      const other = await retry(withRows(failed, [{ phone: BEN }, { phone: INVALID }]));
      const back = await retry(withRows(other, [{ phone: ANN }, { phone: INVALID }]));

      expect(shownBy(back)).toContain(`run ${runIdOf(ANN)} for item 0`);
      expect(dialed().filter((number) => number === ANN)).toHaveLength(1);
    });

    it('gives the calls to the items with their numbers after the order changed', async () => {
      refuseAfter(2);
      const failed = await run([ANN, BEN, CLEO]);
      const rows = [{ phone: CLEO }, { phone: BEN }, { phone: ANN }];
      const items = itemsOf(await retry(withRows(failed, rows)));

      expect(items).toMatchObject([
        { workflow_run_id: runIdOf(CLEO), ...NOT_SKIPPED },
        { workflow_run_id: runIdOf(BEN), ...CALLED_BEFORE },
        { workflow_run_id: runIdOf(ANN), ...CALLED_BEFORE },
      ]);
      expect(dialed()).toEqual([ANN, BEN, CLEO]);
    });

    it('tells two people with one number apart', async () => {
      const ann = { phone: ANN, first_name: 'Ann' };
      const bob = { phone: ANN, first_name: 'Bob' };
      refuseAfter(1);
      const failed = await run([ann, bob]);
      const items = itemsOf(await retry(withRows(failed, [bob, ann])));

      expect(items).toMatchObject([
        { initial_context: { first_name: 'Bob' }, ...NOT_SKIPPED },
        { initial_context: { first_name: 'Ann' }, ...CALLED_BEFORE },
      ]);
      expect(dialed()).toEqual([ANN, ANN]);
    });

    it('returns a call once, although more items have its number now', async () => {
      refuseAfter(1);
      const failed = await run([ANN, BEN]);
      const items = itemsOf(await retry(withRows(failed, [{ phone: ANN }, { phone: ANN }])));

      expect(items).toMatchObject([CALLED_BEFORE, NOT_SKIPPED]);
      expect(dialed()).toEqual([ANN, ANN]);
    });

    it('does not take a call of a finished pass for a later one', async () => {
      // n8n takes the output of the first pass, with its failed item, and fails in the second one.
      const settings = { onError: 'continueRegularOutput' } as const;
      const { data, ...rest } = await run([ANN, INVALID], { settings });
      const next = copyOf(data);
      next.executionData?.nodeExecutionStack.push({
        node: { id: '', name: '', type: '', typeVersion: 1, position: [0, 0], parameters: {} },
        data: { main: [[{ json: { phone: ANN } }]] },
        source: null,
      });
      next.resultData.runData['Dograh']?.push({ ...next.resultData.runData['Dograh'][0] } as never);
      await retry({ ...rest, data: next });

      expect(dialed()).toEqual([ANN, ANN]);
    });

    it('dials once if two retries of one execution run at the same time', async () => {
      refuseAfter(0);
      const failed = await run([ANN, BEN]);
      const both = await Promise.all([retry(failed), retry(failed)]);

      expect(both.map(({ status }) => status)).toEqual(['success', 'success']);
      expect(dialed().toSorted()).toEqual([ANN, BEN]);
    });

    it('does not dial again if the first attempt ended between two tries', async () => {
      // The first item failed, so n8n would try again. The node has returned its output once.
      const failed = await run([INVALID, ANN], { settings: { onError: 'continueRegularOutput' } });
      const ended = withRows({ ...failed, data: failing(failed) }, [
        { phone: INVALID },
        { phone: ANN },
      ]);
      await retry(ended, { settings: { onError: 'continueRegularOutput' } });

      expect(dialed()).toEqual([ANN]);
    });

    it('asks again and dials nobody if the earlier call cannot be read', async () => {
      const failed = await run([ANN, INVALID]);
      hideRuns(dograh);
      const blind = await retry(failed);
      dograh.faults.clear();
      const seeing = await retry(blind);

      expect(shownBy(blind)).toMatch(
        /An earlier attempt called \+14155550121 \(run 1001\), but that run could not be read/,
      );
      expect(shownBy(seeing)).toMatch(/too short/);
      expect(dialed()).toEqual([ANN]);
    });

    it('returns the calls of a tool, also of a renamed or replaced one', async () => {
      const data = started();
      await ask(await toolIn({ data }), ANN);
      const named = { name: 'Phone' };
      const renamed = await toolIn(retried(data), {}, named);
      const replaced = await toolIn(retried(data), {}, { ...named, id: 'another' });

      for (const one of [renamed, replaced]) {
        expect(await ask(one, ANN)).toMatchObject({
          workflow_run_id: runIdOf(ANN),
          status: 'in_progress',
          ...CALLED_BEFORE,
        });
        expect(await ask(one, ANN)).toMatchObject(CALLED_BEFORE);
      }
      expect(dialed()).toEqual([ANN]);
    });
  },

  'retry by hand after a crash': () => {
    it('finds the calls of the killed attempt in Dograh', async () => {
      refuseAfter(3);
      const failed = await run([ANN, ANN, BEN, CLEO]);
      const items = itemsOf(await retry(killed(failed)));

      expect(items).toMatchObject([
        { workflow_run_id: runIdOf(ANN, 0), ...CALLED_BEFORE },
        { workflow_run_id: runIdOf(ANN, 1), ...CALLED_BEFORE },
        { workflow_run_id: runIdOf(BEN), ...CALLED_BEFORE },
        { workflow_run_id: runIdOf(CLEO), ...NOT_SKIPPED },
      ]);
      expect(dialed()).toEqual([ANN, ANN, BEN, CLEO]);
    });

    it('gives the calls to the right items after the order changed', async () => {
      refuseAfter(2);
      const failed = await run([ANN, BEN, CLEO], { parameters: form() });
      const rows = [{ phone: BEN }, { phone: CLEO }, { phone: ANN }];
      const items = itemsOf(await retry(killed(withRows(failed, rows))));

      expect(items).toMatchObject([
        { phone_number: BEN, workflow_run_id: runIdOf(BEN), ...CALLED_BEFORE },
        { phone_number: CLEO, ...NOT_SKIPPED },
        { phone_number: ANN, workflow_run_id: runIdOf(ANN), ...CALLED_BEFORE },
      ]);
      expect(dialed()).toEqual([ANN, BEN, CLEO]);
    });

    it('finds them although n8n starts again and counts the passes of a loop in another way', async () => {
      const rows = [ANN, BEN];
      const items = rows.map((phone) => ({ phone }));
      refuseAfter(3);
      const killedInSecondPass = await run(rows, { passes: 2 });
      refuseAfter(0);
      const again = await run([], { afterCrashOf: killedInSecondPass, items, passes: 2 });
      const last = await retry(again, { passes: 2 });

      expect(again.error?.message).toMatch(/No credit/);
      expect(itemsOf(last)).toMatchObject([CALLED_BEFORE, NOT_SKIPPED]);
      expect(dialed()).toEqual([ANN, BEN, ANN, BEN]);
    });

    it('does not take a call of another execution or another node', async () => {
      await run([ANN]);
      const other = await run([ANN, INVALID]);
      const data = started();
      await ask(await toolIn({ data }), ANN);
      const items = await retry(killed(other), {
        settings: { onError: 'continueRegularOutput' },
      });

      expect(itemsOf(items)[0]).toMatchObject({ workflow_run_id: runIdOf(ANN, 1) });
      expect(dialed()).toEqual([ANN, ANN, ANN]);
    });

    it('dials nobody if Dograh cannot be asked', async () => {
      const failed = await run([ANN, INVALID]);
      hideRuns(dograh);

      expect(shownBy(await retry(killed(failed)))).toMatch(
        /check for an earlier call to \+14155550121 failed/,
      );
      expect(dialed()).toEqual([ANN]);
    });

    it('finds the calls of a tool', async () => {
      const data = started();
      await ask(await toolIn({ data }), ANN);
      const lost = copyOf(data);
      if (lost.executionData !== undefined) lost.executionData.contextData = {};
      const again = await toolIn(retried(lost));

      expect(await ask(again, ANN)).toMatchObject({
        workflow_run_id: runIdOf(ANN),
        ...CALLED_BEFORE,
      });
      expect(await ask(again, ANN)).toMatchObject(CALLED_BEFORE);
      expect(dialed()).toEqual([ANN]);
    });
  },

  'retry with another credential': () => {
    const elsewhere = (): NodeRun['credentials'] => credentialsFor(otherDograh);
    const host = (at: Simulator): string => new URL(at.url).host;

    it.each(['trigger', 'triggerAndWait'])(
      'refuses another Dograh and names both (%s)',
      async (operation) => {
        const failed = await run([ANN, INVALID]);
        await run([BEN], { credentials: elsewhere() });
        const switched = await retry(failed, {
          parameters: form({ operation }),
          credentials: elsewhere(),
        });

        expect(shownBy(switched)).toContain(host(dograh));
        expect(shownBy(switched)).toContain(host(otherDograh));
        expect(shownBy(switched)).not.toContain(BEN);
        expect(dialed(otherDograh)).toEqual([BEN]);
        expect(dialed()).toEqual([ANN]);
      },
    );

    it('refuses another organization of the same Dograh', async () => {
      const failed = await run([ANN, INVALID]);
      const { apiKey } = dograh.world.globex;
      const switched = await retry(failed, { credentials: { ...credentialsFor(dograh), apiKey } });

      expect(shownBy(switched)).toMatch(
        /cannot read this run. It may be of another organization of the Dograh at/,
      );
      expect(dialed()).toEqual([ANN]);
    });

    it('accepts a new key of the same organization', async () => {
      const failed = await run([ANN, INVALID]);
      dograh.world.acme.apiKey = 'dg_a_new_key_of_the_same_organization';
      const switched = await retry(failed, {
        settings: { onError: 'continueRegularOutput' },
      });

      expect(itemsOf(switched)[0]).toMatchObject({
        workflow_run_id: runIdOf(ANN),
        ...CALLED_BEFORE,
      });
      expect(dialed()).toEqual([ANN]);
    });

    it('refuses an unclear call elsewhere, which may be ringing', async () => {
      loseAnswer();
      hideRuns(dograh);
      const failed = await run([ANN]);
      const switched = await retry(failed, { credentials: elsewhere() });

      expect(shownBy(switched)).toMatch(/An earlier attempt may have called \+14155550121 with/);
      expect(otherDograh.callRequests).toEqual([]);
    });

    it('refuses for a tool, too', async () => {
      const data = started();
      await ask(await toolIn({ data }), ANN);
      const again = await toolIn({ ...retried(data), credentials: elsewhere() });

      expect(await ask(again, ANN)).toContain(host(otherDograh));
      expect(otherDograh.callRequests).toEqual([]);
    });
  },

  'unclear call, same execution': () => {
    it('is searched for again and never dialed again', async () => {
      loseRequest();
      const outcome = await run([ANN], { settings: thrice });

      expect(shownBy(outcome)).toMatch(/It is not known whether \+14155550121 is being called/);
      expect(dograh.callRequests).toHaveLength(1);
    });
  },

  'unclear call, retry by hand': () => {
    it('returns the call if Dograh has it', async () => {
      loseAnswer();
      hideRuns(dograh);
      const failed = await run([ANN]);
      dograh.faults.clear();

      expect(itemsOf(await retry(failed))).toMatchObject([
        { workflow_run_id: runIdOf(ANN), recovered: true, ...CALLED_BEFORE },
      ]);
      expect(dialed()).toEqual([ANN]);
    });

    it('dials once if Dograh does not have it, although the retry is retried', async () => {
      loseRequest();
      const data = started();
      await ask(await toolIn({ data }), ANN);
      const second = retried(data);
      await ask(await toolIn(second), ANN);
      const third = await toolIn(retried(second.data ?? data, '9'));
      const answers = [await ask(third, ANN), await ask(third, ANN)];

      expect(answers).toMatchObject([CALLED_BEFORE, CALLED_BEFORE]);
      expect(dialed()).toEqual([ANN]);
    });
  },

  'MCP Server Trigger': () => {
    /** Each request has data of its own. */
    const mcpTool = (fields?: INodeParameters): Promise<Tool> =>
      toolIn({ data: createRunExecutionData(), executionId: undefined }, fields);

    it('calls a number once, also with parallel requests', async () => {
      const tools = [await mcpTool(), await mcpTool(), await mcpTool()];
      const [first, second] = tools;
      if (first === undefined || second === undefined) throw new Error('No tools');
      const together = await Promise.all([ask(first, ANN), ask(second, ANN)]);
      const later = [await ask(await mcpTool(), ANN), await ask(await mcpTool(), BEN)];

      expect(together).toMatchObject(Array(2).fill({ workflow_run_id: runIdOf(ANN) }));
      expect(together).toContainEqual(expect.objectContaining(CALLED_BEFORE));
      expect(later).toMatchObject([
        { workflow_run_id: runIdOf(ANN), ...CALLED_BEFORE },
        { workflow_run_id: runIdOf(BEN) },
      ]);
      expect(dialed()).toEqual([ANN, BEN]);
    });

    it('calls again if a person allows it', async () => {
      const fields = { options: { callAgain: true } };
      await ask(await mcpTool(fields), ANN);
      await ask(await mcpTool(fields), ANN);

      expect(dialed()).toEqual([ANN, ANN]);
    });
  },

  'sub-workflow, new execution': () => {
    it('calls again without a reference, and does not with one', async () => {
      await run([ANN]);
      await run([ANN]);
      expect(dialed()).toEqual([ANN, ANN]);

      const parameters = form({ options: { callReference: 'lead-1', skipIfCalledWithin: 24 } });
      await run([BEN], { parameters });
      await run([BEN], { parameters });
      expect(dialed()).toEqual([ANN, ANN, BEN]);
    });
  },

  'all items succeeded': () => {
    it('forgets the calls, but those of a tool', async () => {
      const { data } = await run([ANN, BEN]);
      const ofTool = started();
      await ask(await toolIn({ data: ofTool }), CLEO);

      expect(JSON.stringify(data.executionData?.contextData)).not.toContain(ANN);
      expect(JSON.stringify(ofTool.executionData?.contextData)).toContain(CLEO);
    });
  },
};

describe('several situations at once', () => {
  const goOn = { onError: 'continueRegularOutput' } as const;
  const allowed = { operation: 'triggerAndWait', options: { callAgain: true } };
  const mcp = (): Execution => ({ data: createRunExecutionData(), executionId: undefined });
  const idsIn = (answers: readonly unknown[]): unknown[] =>
    answers.map((answer) => (answer as { workflow_run_id?: number }).workflow_run_id);
  /** The next requests for the list of runs: some are answered, then some fail. */
  const failReadsAfter = (answered: number, failing = 1): void => {
    const answer = { kind: 'latency', callPlaced: true, ms: 0, delayed: 'answer' } as const;
    if (answered > 0) dograh.faults.add({ on: 'runs', fault: answer, times: answered });
    const fault = { kind: 'status', callPlaced: false, status: 404 } as const;
    dograh.faults.add({ on: 'runs', fault, times: failing });
  };
  let stopEnding = (): void => undefined;
  const endCallsAtOnce = (): void => {
    stopEnding = dograh.onChange(({ runId, states }) => {
      if (states.at(-1)?.state === 'in_progress') dograh.finish(runId);
    });
  };
  afterEach(() => {
    stopEnding();
  });

  it('two retries at the same time, one of them stopped: it ends without waiting', async () => {
    refuseAfter(0);
    const failed = await run([ANN]);
    dograh.faults.add({ on: 'call', fault: { kind: 'silence', callPlaced: false } });
    const isSending = new Promise<void>((resolve) => {
      const stop = dograh.onRequest(({ path }) => {
        if (!path.endsWith('/usage/runs')) return;
        stop();
        resolve();
      });
    });
    const hanging = retry(failed);
    await isSending;
    const stopped = await retry(failed, { stopWhen: Promise.resolve() });
    dograh.reset();
    await hanging;

    expect(stopped.status).toBe('canceled');
    // The other retry may have sent its request by then.
    expect(dialed().length).toBeLessThanOrEqual(1);
  });

  it('an ID of the node that JavaScript gives a meaning', async () => {
    const items = itemsOf(await run([ANN], { id: '__proto__' }));

    expect(items).toMatchObject([{ workflow_run_id: runIdOf(ANN) }]);
    expect({}).not.toHaveProperty('name');
  });

  it('MCP, an unclear call and Retry On Fail: not dialed again', async () => {
    loseRequest();
    const one = await toolIn(mcp(), {}, thrice);

    expect(await ask(one, ANN)).toMatch(/It is not known whether/);
    expect(dograh.callRequests).toHaveLength(1);
  });

  it('MCP, Allow Repeated Calls and Retry On Fail: not dialed again', async () => {
    endCallsAtOnce();
    failReadsAfter(0);
    await ask(await toolIn(mcp(), allowed, thrice), ANN);

    expect(dialed()).toEqual([ANN]);
  });

  it('retry by hand, Allow Repeated Calls and Retry On Fail: not dialed again', async () => {
    endCallsAtOnce();
    const data = started();
    await ask(await toolIn({ data }, allowed, thrice), ANN);
    const again = await toolIn(retried(data), allowed, thrice);
    // The call is read, and then its result is not.
    failReadsAfter(1);
    await ask(again, ANN);

    expect(dialed()).toEqual([ANN]);
  });

  it('parallel requests, Allow Repeated Calls and Retry On Fail: each gets its own call', async () => {
    endCallsAtOnce();
    failReadsAfter(0, 2);
    const one = await toolIn({ data: started() }, allowed, thrice);
    const answers = await Promise.all([ask(one, ANN), ask(one, ANN)]);

    expect(new Set(idsIn(answers))).toEqual(new Set([runIdOf(ANN, 0), runIdOf(ANN, 1)]));
  });

  it('parallel requests, an unclear call and a retry by hand: one gets it', async () => {
    loseAnswer();
    hideRuns(dograh);
    const fields = { options: { callAgain: true } };
    const data = started();
    await ask(await toolIn({ data }, fields), ANN);
    dograh.faults.clear();
    const again = await toolIn(retried(data), fields);
    const answers = await Promise.all([ask(again, ANN), ask(again, ANN)]);

    expect(new Set(idsIn(answers))).toEqual(new Set([runIdOf(ANN, 0), runIdOf(ANN, 1)]));
    expect(dialed()).toEqual([ANN, ANN]);
  });

  it('a crash, and items in another order with one number: each person is called once', async () => {
    const [ann, bob] = [
      { phone: ANN, first_name: 'Ann' },
      { phone: ANN, first_name: 'Bob' },
    ];
    refuseAfter(1);
    const failed = await run([ann, bob]);
    await run([], { afterCrashOf: failed, items: [bob, ann] });

    expect(dograh.calls.map(({ initialContext }) => initialContext['first_name'])).toEqual([
      'Ann',
      'Bob',
    ]);
  });

  it('a crash, and edited variables of one of two equal items: no third call', async () => {
    const row = { phone: ANN, first_name: 'Ann' };
    refuseAfter(2);
    const failed = await run([row, row, BEN]);
    const items = [{ ...row, first_name: 'Anna' }, row, { phone: BEN }];
    await run([], { afterCrashOf: failed, items });

    expect(dialed()).toEqual([ANN, ANN, BEN]);
  });

  it('a crash after n8n stored the memory of another node: finds the call', async () => {
    const parameters = form({ phoneNumber: "={{ $json['pass' + $runIndex] }}" });
    const both = [{ pass0: ANN, pass1: BEN }];
    const first = await run([], { items: both, parameters, passes: 2 });
    const data = copyOf(first.data);
    // The row of the first pass is done. So the second one is now the first one.
    data.resultData.runData['Dograh'] = [{} as never];
    data.executionData?.nodeExecutionStack.push({
      node: { id: '', name: '', type: '', typeVersion: 1, position: [0, 0], parameters: {} },
      data: { main: [[{ json: { pass0: BEN } }]] },
      source: null,
    });
    if (data.executionData !== undefined) {
      data.executionData.contextData = { flow: { dograhCalls: { nodes: [], connections: [] } } };
    }
    await retry({ ...first, data }, { parameters });

    expect(dialed()).toEqual([ANN, BEN]);
  });

  it('a second retry of an old execution with a loop: no call for two passes', async () => {
    refuseAfter(0);
    const first = await run([ANN], { passes: 2 });
    refuseAfter(0);
    // Refused in the first pass, called in the second one.
    await run([], { afterCrashOf: first, items: [{ phone: ANN }], passes: 2, settings: goOn });
    const third = await run([], {
      ...{ afterCrashOf: first, items: [{ phone: ANN }], passes: 2, settings: goOn },
    });

    expect(new Set(idsIn(third.passes.flat().map(({ json }) => json))).size).toBe(2);
    expect(dialed()).toEqual([ANN, ANN]);
  });

  it('a second retry of an old execution with another Dograh: run IDs are not enough', async () => {
    refuseAfter(1);
    const failed = await run([ANN, BEN]);
    const credentials = credentialsFor(otherDograh);
    const onlyBen = withRows(failed, [{ phone: BEN }]);
    await retry(onlyBen, { credentials });
    await retry(onlyBen, { credentials });

    expect(dialed(otherDograh)).toEqual([BEN]);
  });

  it('an unclear call whose error n8n took: no later pass gets it', async () => {
    loseRequest();
    const failed = await run([ANN]);
    hideRuns(dograh);
    const told = await retry(failed, { settings: goOn });
    dograh.faults.clear();
    const data = copyOf(told.data);
    data.resultData.runData['Dograh']?.push({} as never);
    data.executionData?.nodeExecutionStack.push({
      node: { id: '', name: '', type: '', typeVersion: 1, position: [0, 0], parameters: {} },
      data: { main: [[{ json: { phone: ANN } }]] },
      source: null,
    });
    const later = await retry({ ...told, data }, { settings: goOn });

    expect(itemsOf(told)).toMatchObject([{ details: { kind: 'OutcomeUnknown' } }]);
    expect(itemsOf(later)).toMatchObject([NOT_SKIPPED]);
  });

  it('a deleted tool: no ordinary node gets its calls', async () => {
    refuseAfter(0);
    const failed = await run([ANN]);
    const data = copyOf(failed.data);
    await ask(await toolIn({ data }, {}, { id: 'tool', name: 'Phone' }), ANN);
    await retry({ ...failed, data });

    expect(dialed()).toEqual([ANN, ANN]);
  });

  it('a replaced node: finds its calls in the memory', async () => {
    const failed = await run([ANN, INVALID]);
    await retry(failed, { id: 'another' });

    expect(dialed()).toEqual([ANN]);
  });

  it('MCP and another node with the same Call Reference: one call', async () => {
    const options = { callReference: 'lead-1', skipIfCalledWithin: 24 };
    const one = await toolIn(mcp(), { options });
    await Promise.all([ask(one, ANN), run([ANN], { parameters: form({ options }) })]);

    expect(dialed()).toEqual([ANN]);
  });

  it('Skip If Called Within, removed before a retry by hand: two items are two calls', async () => {
    const options = { callReference: 'lead-1', skipIfCalledWithin: 24 };
    const failed = await run([ANN, ANN, INVALID], { parameters: form({ options }) });
    const items = itemsOf(await retry(failed, { settings: goOn }));

    expect(new Set(idsIn(items.slice(0, 2))).size).toBe(2);
    expect(dialed()).toEqual([ANN, ANN]);
  });

  it('Skip If Called Within and two rows with one number: a tool calls it once', async () => {
    const options = { callReference: "={{ $fromAI('id', '', 'string') }}", skipIfCalledWithin: 24 };
    const one = await toolIn({}, { options });
    await ask(one, ANN, { id: 'row-1' });
    const nextDay = await toolIn({ data: started(), executionId: '9' }, { options });
    const answers = [
      await ask(nextDay, ANN, { id: 'row-1' }),
      await ask(nextDay, ANN, { id: 'row-3' }),
    ];

    expect(answers).toMatchObject([CALLED_BEFORE, CALLED_BEFORE]);
    expect(dialed()).toEqual([ANN]);
  });

  it('a SIP address in other letters: one call', async () => {
    const one = await toolIn({}, { options: { numberFormat: 'any' } });
    await ask(one, 'sip:ann@example.com');

    expect(await ask(one, 'SIP:ann@EXAMPLE.com')).toMatchObject(CALLED_BEFORE);
  });
});

describe('the size of the memory', () => {
  const storedIn = ({ data }: NodeOutcome): string =>
    JSON.stringify(data.executionData?.contextData);
  const settings = { onError: 'continueRegularOutput' } as const;

  it('is at most 250 bytes for each call of a failed run, without its variables', async () => {
    const rows = Array.from({ length: 40 }, (_, index) => ({
      phone: `+1415555${String(index).padStart(4, '0')}`,
      first_name: `A long name that is stored nowhere ${index}`,
    }));
    const parameters = form({ options: { concurrency: 20 } });
    dograh.world.acme.concurrentCallLimit = 100;
    const failed = await run([...rows, INVALID], { parameters });

    expect(dialed()).toHaveLength(40);
    expect(storedIn(failed)).not.toContain('A long name');
    expect(storedIn(failed).length).toBeLessThan(40 * 250 + 500);
  });

  it('does not grow with the passes of a loop, although items fail', async () => {
    dograh.world.acme.concurrentCallLimit = 100;
    const few = await run([ANN, BEN, INVALID], { passes: 2, settings });
    const many = await run([ANN, BEN, INVALID], { passes: 20, settings });

    expect(dialed()).toHaveLength(2 * 22);
    expect(storedIn(many).length).toBeLessThan(storedIn(few).length * 1.05);
  });
});

describe.each(Object.entries(SITUATIONS))('%s', (_, tests) => {
  tests();
});

describe('the table in the docstring of PlacedCalls', () => {
  it('has a test for each situation', () => {
    const rows = [...readFileSync(SOURCE, 'utf8').matchAll(/^ \* \| ([^|]*?) *\|/gm)]
      .map(([, situation]) => situation ?? '')
      .filter((situation) => situation !== '' && situation !== 'situation');

    expect(rows).toEqual(Object.keys(SITUATIONS));
  });
});
