import { startChatModel } from '../../chat-model/chat-model';
import { N8nServer, WITH_SHORT_WAITS } from '../../n8n-server/n8n-server';
import type { AgentsOptions } from '../options';
import type { Finding } from './check-family';
import type { FamilyRecord } from './family-record';
import { FamilyRun } from './family-run';
import { closeLane, openLane, type Lane } from './lane';
import { FIRST_CRASHING_FAMILY, planFamily } from './plan-family';
import { reportOn } from './report';
import { SoakModel } from './soak-model';

const LANES = 4;
/** After each round, n8n is killed once. */
const EXECUTIONS_PER_ROUND = 250;

/**
 * A random walk in a real n8n: AI agents and rows call people, fail, and are retried by hand. It checks that in one
 * execution and all its retries, the node dials a number again only if the workflow asks for it.
 * @returns the exit code
 */
export async function soakAgents(options: AgentsOptions): Promise<number> {
  const { seed } = options;
  const started = Date.now();
  const seconds = (): string => ((Date.now() - started) / 1000).toFixed(0);
  const soakModel = new SoakModel();
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stopping.abort();
    });
  }
  const [n8n, model] = await Promise.all([
    N8nServer.start(WITH_SHORT_WAITS, { signal: stopping.signal }),
    startChatModel(soakModel.nextTurn),
  ]);
  const lanes: Lane[] = [];
  try {
    const modelCredential = await n8n.rest.createCredential('openAiApi', 'Model', {
      apiKey: 'sk-test',
      url: model.url,
    });
    for (let lane = 0; lane < LANES; lane += 1) {
      lanes.push(await openLane({ n8n, model: soakModel, modelCredential }));
    }
    print(`n8n started in ${seconds()} s\n`);
    const records = await runAll(lanes, options);
    const report = reportOn(records, seed, findingsOf(lanes, n8n));
    const count = records.flatMap(({ attempts }) => attempts).length;
    print(`${count} executions with seed ${seed} in ${seconds()} s\n\n${report.table}\n\n`);
    const isOk = report.stories.length === 0;
    print(`${[...report.stories, isOk ? 'OK' : 'FAILED'].join('\n')}\n`);
    return isOk ? 0 : 1;
  } finally {
    await n8n.stop();
    await Promise.all([...lanes.map(closeLane), model.stop()]);
  }
}

async function runAll(
  lanes: readonly Lane[],
  { executions, seed, only }: AgentsOptions,
): Promise<FamilyRecord[]> {
  if (only !== undefined) return runOnly(lanes, seed, only);
  const records: FamilyRecord[] = [];
  const rounds = Math.ceil(executions / EXECUTIONS_PER_ROUND);
  const next = lanes.map((_, index) => index);
  for (let round = 0; round < rounds; round += 1) {
    const crashing = lanes.map((_, index) => FIRST_CRASHING_FAMILY + round * LANES + index);
    const crashed = await crash(lanes, seed, crashing);
    records.push(...crashed);
    const planned = Math.min(EXECUTIONS_PER_ROUND, executions - round * EXECUTIONS_PER_ROUND);
    const left = planned - crashed.flatMap(({ attempts }) => attempts).length;
    const ofLanes = lanes.map(async (lane, index) => {
      for (let count = 0; count < left / LANES; ) {
        const family = next[index] ?? 0;
        next[index] = family + LANES;
        const run = new FamilyRun(lane, planFamily(seed, family));
        await run.begin();
        const record = await run.finish();
        records.push(record);
        count += record.attempts.length;
      }
    });
    await Promise.all(ofLanes);
  }
  return records;
}

async function runOnly(
  lanes: readonly Lane[],
  seed: number,
  family: number,
): Promise<FamilyRecord[]> {
  const [lane] = lanes;
  if (lane === undefined) return [];
  if (family >= FIRST_CRASHING_FAMILY) return crash([lane], seed, [family]);
  const run = new FamilyRun(lane, planFamily(seed, family));
  await run.begin();
  return [await run.finish()];
}

/** Kills n8n while each lane is calling, and retries the executions afterwards. */
async function crash(
  lanes: readonly Lane[],
  seed: number,
  families: readonly number[],
): Promise<FamilyRecord[]> {
  const runs = lanes.map(
    (lane, index) => new FamilyRun(lane, planFamily(seed, families[index] ?? 0)),
  );
  await Promise.all(
    runs.map(async (run) => {
      await run.begin();
      await run.readyToCrash();
    }),
  );
  await lanes[0]?.n8n.restart();
  return Promise.all(runs.map((run) => run.finish()));
}

function findingsOf(lanes: readonly Lane[], { log }: N8nServer): Finding[] {
  const servers = lanes.flatMap((lane) => lane.servers);
  return [
    ...servers
      .filter(({ apiKey }) => log.includes(apiKey))
      .map((): Finding => ({ kind: 'leaked', what: 'the log of n8n' })),
    ...servers.flatMap(({ simulator }) =>
      simulator.contractViolations.map(
        (violation): Finding => ({ kind: 'violations', what: JSON.stringify(violation) }),
      ),
    ),
  ];
}

function print(text: string): void {
  process.stdout.write(text);
}
