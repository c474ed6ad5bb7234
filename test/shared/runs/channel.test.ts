import type { RunResult } from '@dograh/shared';
import type { RunSearchInput } from '../../../shared/src/runs/run-search';
import { startSimulator, type PastRun, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { MemoryOfPolls } from '../../support/poll-memory';

const PHONE = '+14155550101';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ resultsAfterMs: 0, artifactsAfterMs: 0 });
});
beforeEach(() => {
  simulator.reset();
});
afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
});
afterAll(() => simulator.stop());

const client = () => clientTo(simulator.url, { apiKey: simulator.world.acme.apiKey });

const seen = (runs: readonly RunResult[]): unknown[] =>
  runs.map((run) => [run.workflow_run_id, run.mode, run.channel]);

async function listed(search: RunSearchInput = {}): Promise<unknown[]> {
  const runs: RunResult[] = [];
  for await (const run of client().listRuns({ returnAll: true, ...search })) runs.push(run);
  return seen(runs);
}

/** A trigger of n8n. Its first poll returns nothing. */
async function poller(includeWebAndChat?: boolean): Promise<() => Promise<unknown[]>> {
  const name = crypto.randomUUID();
  const memory = new MemoryOfPolls();
  const filters = { includeWebAndChat };
  const poll = async () => seen(await client().pollFinishedRuns({ poller: name, memory, filters }));
  await poll();
  return poll;
}

/** By `createdAt`, the newest last. */
const add = (run: PastRun): number => {
  const at = Date.now() + simulator.runs.length;
  return simulator.addRun({
    phoneNumber: PHONE,
    createdAt: new Date(at).toISOString(),
    endedAt: new Date(at + 1_000).toISOString(),
    ...run,
  }).runId;
};

const addAll = () => ({
  phone: add({}),
  browser: add({ mode: 'smallwebrtc', direction: 'inbound' }),
  chat: add({ mode: 'textchat' }),
});

describe.each([
  ['that filters by channel and direction', []],
  ['that knows neither filter', ['callChannel', 'callDirection']],
])('tests in a browser and text chats of a Dograh %s', (_what, unknownFilters: string[]) => {
  beforeEach(() => {
    simulator.world.unknownFilters = unknownFilters;
  });

  it('are left out everywhere', async () => {
    const poll = await poller();
    const { phone } = addAll();
    const only = [[phone, 'twilio', 'telephony']];

    expect(await listed()).toEqual(only);
    expect(await listed({ phoneNumber: PHONE })).toEqual(only);
    expect(await listed({ direction: 'inbound' })).toEqual([]);
    expect(await poll()).toEqual(only);
    expect(seen(await client().recentFinishedRuns({}))).toEqual(only);
    expect((await client().latestFinishedRun({}))?.workflow_run_id).toBe(phone);
    expect((await client().findCall({ phoneNumber: PHONE }))?.workflow_run_id).toBe(phone);
  });

  it('are included on request', async () => {
    const includeWebAndChat = true;
    const poll = await poller(includeWebAndChat);
    const ids = addAll();
    const all = [
      [ids.chat, 'textchat', 'chat'],
      [ids.browser, 'smallwebrtc', 'web'],
      [ids.phone, 'twilio', 'telephony'],
    ];

    expect(await listed({ includeWebAndChat })).toEqual(all);
    expect(await listed({ includeWebAndChat, phoneNumber: PHONE })).toEqual(all);
    expect(await listed({ includeWebAndChat, direction: 'inbound' })).toEqual([all[1]]);
    expect(await poll()).toEqual(all.toReversed());
    expect(seen(await client().recentFinishedRuns({ includeWebAndChat }))).toEqual(all);
    expect((await client().latestFinishedRun({ includeWebAndChat }))?.channel).toBe('chat');
    expect((await client().findCall({ phoneNumber: PHONE, includeWebAndChat }))?.channel).toBe(
      'chat',
    );
  });

  it('are found by their ID', async () => {
    const { browser } = addAll();

    expect((await client().getRun(browser)).channel).toBe('web');
    expect((await client().findCall({ runId: browser }))?.channel).toBe('web');
  });
});

it('the runs of a search match it also if Dograh ignores every filter', async () => {
  simulator.world.unknownFilters = [
    ...['callDirection', 'callChannel', 'calledNumber', 'callerNumber', 'workflowId', 'runId'],
  ];
  const { leadQualifier } = simulator.world.agents;
  const outbound = add({});
  const inbound = add({ direction: 'inbound' });
  const ofLead = add({ agent: leadQualifier, phoneNumber: '+14155550177' });
  const ids = async (search: RunSearchInput): Promise<unknown[]> =>
    (await listed(search)).map((run) => (run as unknown[])[0]);

  expect(await ids({ phoneNumber: PHONE })).toEqual([inbound, outbound]);
  expect(await ids({ phoneNumber: PHONE, direction: 'outbound' })).toEqual([outbound]);
  expect(await ids({ direction: 'inbound' })).toEqual([inbound]);
  expect(await ids({ agentUuid: leadQualifier.uuid })).toEqual([ofLead]);
  expect((await client().findCall({ runId: outbound }))?.workflow_run_id).toBe(outbound);
});
