// Dograh's own word. cspell:ignore cancelled
import type { RunResult, DograhClient } from '@dograh/shared';
import {
  startSimulator,
  type DograhVersion,
  type PastRun,
  type Simulator,
} from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { DrivenClock } from '../../support/clocks';
import { MemoryOfPolls } from '../../support/poll-memory';

type Ending = NonNullable<PastRun['ending']>;
type Row = readonly [outcome: string, status: string, ending: Ending];

const PROVIDER: readonly (readonly [string, string, string])[] = [
  ['busy', 'busy', 'completed'],
  ['no-answer', 'no_answer', 'completed'],
  ['no_answer', 'no_answer', 'completed'],
  ['failed', 'failed', 'failed'],
  ['canceled', 'failed', 'failed'],
  ['error', 'failed', 'failed'],
];
const REACHED = [
  ...['user_hangup', 'call_duration_exceeded', 'end_call_tool'],
  ...['call_transferred', 'transfer_call', 'user-hangup', 'User_Hangup'],
];
const VOICEMAIL = ['voicemail_detected', 'voicemail_no_message', 'voicemail_message_left'];
const NOT_KNOWN = [
  ...['machine_timeout', 'ivr_detected', 'answer_message_failed', 'screening_timeout'],
  ...['screening_limit', 'screening_message_missing', 'user_idle_max_duration_exceeded'],
  ...['system_cancelled', 'system_connect_error', 'unexpected_error', 'pipeline_error', 'unknown'],
];
/** What agents write: the usual words of 1.45 and 1.46, words of their own, and words that providers use too. */
const OWN_WORDS = [
  ...['user_qualified', 'user_disqualified', 'qualified', 'not_interested', 'wrong_number'],
  ...['do_not_call', 'callback_requested', 'Appointment made', 'toString', 'failed', 'busy'],
  ...['error', 'no-answer', 'canceled'],
];

/** Dograh 1.45 writes one word about the end. */
const OF_1_45: readonly Row[] = [
  ...PROVIDER.map(
    ([disposition, outcome, status]): Row => [outcome, status, { disposition, answered: false }],
  ),
  ...REACHED.map((disposition): Row => ['answered', 'completed', { disposition }]),
  ...VOICEMAIL.map((disposition): Row => ['voicemail', 'completed', { disposition }]),
  ...NOT_KNOWN.map((disposition): Row => ['unknown', 'completed', { disposition }]),
  ...OWN_WORDS.map(
    (disposition): Row => ['answered', 'completed', { disposition, answered: true }],
  ),
  ...OWN_WORDS.map(
    (disposition): Row => [
      'unknown',
      'completed',
      { disposition, answered: true, durationSeconds: 0 },
    ],
  ),
];

/** Dograh 1.46 and later write how the call ended beside what it achieved. */
const OF_1_48: readonly Row[] = [
  ...PROVIDER.map(
    ([callStatus, outcome, status]): Row => [
      outcome,
      status,
      { disposition: callStatus, callStatus, answered: false },
    ],
  ),
  ...REACHED.map(
    (callStatus): Row => [
      'answered',
      'completed',
      { callStatus, disposition: 'failed', answered: true },
    ],
  ),
  ...VOICEMAIL.map(
    (callStatus): Row => ['voicemail', 'completed', { callStatus, disposition: 'qualified' }],
  ),
  ...NOT_KNOWN.map(
    (callStatus): Row => ['unknown', 'completed', { callStatus, disposition: 'user_hangup' }],
  ),
  // Words that no Dograh uses decide nothing. In 1.45, an agent may gather a value with this name.
  ...['qualified', 'a_status_of_1_49', 'failed', 'busy'].flatMap((callStatus): Row[] => [
    ['answered', 'completed', { callStatus, disposition: 'user_hangup' }],
    ['unknown', 'completed', { callStatus, disposition: 'interested' }],
  ]),
  // Dograh knows only how the line ended, and the agent heard a machine.
  ...REACHED.map(
    (callStatus): Row => [
      'voicemail',
      'completed',
      { callStatus, disposition: 'voicemail_detected' },
    ],
  ),
];

const MINUTE = 60_000;
const WAIT = { timeoutMs: MINUTE, pollMs: 5_000, onTimeout: 'fail', forTranscript: false } as const;

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

async function* inTurn(
  client: DograhClient,
  runId: number,
  poll: () => Promise<readonly RunResult[]>,
) {
  for await (const run of client.listRuns({ returnAll: true })) yield ['list', run] as const;
  yield ['get', await client.getRun(runId)] as const;
  yield ['find', await client.findCall({ runId })] as const;
  yield ['wait', await client.waitForResult(runId, WAIT)] as const;
  yield ["n8n's trigger", (await poll())[0]] as const;
  yield ["n8n's example", await client.latestFinishedRun({})] as const;
  yield ["Zapier's trigger", (await client.recentFinishedRuns({}))[0]] as const;
}

describe.each<[DograhVersion, readonly Row[]]>([
  ['1.45', OF_1_45],
  ['1.48', OF_1_48],
])('the outcome of a call by Dograh %s', (version, rows) => {
  it.each(rows)(
    'is %s, and the status %s, after %j in every place',
    async (outcome, status, ending) => {
      simulator.world.version = version;
      const clock = new DrivenClock(0, undefined, Date.now());
      const client = clientTo(simulator.url, { apiKey: simulator.world.acme.apiKey, clock });
      const memory = new MemoryOfPolls();
      const poller = crypto.randomUUID();
      const poll = () => client.pollFinishedRuns({ poller, memory, filters: {} });
      await poll();
      // The organization's own code would mean another outcome.
      const mappedDisposition = ending.disposition === 'busy' ? 'user_hangup' : 'busy';
      const now = Date.now();
      const run = simulator.addRun({
        createdAt: new Date(now).toISOString(),
        endedAt: new Date(now + 1_000).toISOString(),
        ending: { ...ending, mappedDisposition },
      });
      const seen: unknown[] = [];
      for await (const [place, result] of inTurn(client, run.runId, poll)) {
        seen.push([
          place,
          result?.workflow_run_id,
          result?.outcome,
          result?.status,
          result?.disposition,
        ]);
      }

      const places = [
        'list',
        'get',
        'find',
        'wait',
        "n8n's trigger",
        "n8n's example",
        "Zapier's trigger",
      ];
      expect(seen).toEqual(
        places.map((place) => [place, run.runId, outcome, status, mappedDisposition]),
      );
    },
  );
});
