import {
  deepEqual,
  doesNotMatch,
  equal,
  match,
  ok,
  partialDeepStrictEqual,
} from 'node:assert/strict';
import type { IRunData } from 'n8n-workflow';
import type { ModelRequest, Turn } from '../../tools/chat-model/chat-model';
import { CALL_KEY } from '../../tools/dev/connect-example';
import type { Simulator } from '../../tools/simulator';

/** How each workflow of examples/n8n is started in a real n8n, and what is true afterwards. */

/** What there is after an example has run. */
export interface ExampleResult {
  readonly simulator: Pick<Simulator, 'calls' | 'campaigns' | 'runs' | 'contractViolations'>;
  /** The output of each execution, oldest first. */
  readonly executions: readonly IRunData[];
  /** The responses to the requests that started it. */
  readonly answers: readonly unknown[];
  /** The requests to the chat model, oldest first. */
  readonly modelRequests: readonly ModelRequest[];
}

export type Start =
  /** Execute Workflow in the editor, one time after the other. */
  | {
      readonly by: 'hand';
      readonly times: number;
      /** When. Default: now. */
      readonly at?: string;
      /** Then n8n is off until each of these times, while the executions wait. */
      readonly waits?: readonly string[];
    }
  /** Published, then requests to `/webhook/<path>`, one after the other. */
  | {
      readonly by: 'webhook';
      readonly path: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly bodies: readonly object[];
    }
  /** Published; `happens` runs after the first poll, and the next poll finds it. */
  | { readonly by: 'poll'; readonly happens: (simulator: Simulator) => void }
  /** Published and executed by hand, after `prepare`. Then a poll finds what each of `happens` does, and no other one finds more. */
  | {
      readonly by: 'handAndPoll';
      readonly at: string;
      readonly times: number;
      readonly prepare: (simulator: Simulator) => void;
      readonly happens: readonly ((simulator: Simulator) => void)[];
    };

export interface Example {
  readonly file: string;
  readonly start: Start;
  /** What the chat model answers. */
  readonly script?: readonly Turn[];
  /** @throws AssertionError */
  readonly check: (seen: ExampleResult) => void;
}

const CHAT_WEBHOOK = 'd09a0000-0000-4000-8000-0000040000c4';

/** The JSON of all items of a node, from all its outputs. */
export function itemsOf(runData: IRunData | undefined, node: string): Record<string, unknown>[] {
  return (runData?.[node] ?? []).flatMap(({ data }) =>
    Object.values(data ?? {}).flatMap((outputs) =>
      outputs.flatMap((items) => (items ?? []).map(({ json }) => json)),
    ),
  );
}

export const EXAMPLES: readonly Example[] = [
  {
    file: 'call-new-rows.json',
    start: { by: 'hand', times: 2 },
    check({ simulator, executions: [first, second] }) {
      assertCalls(simulator, [
        ['+14155550121', { first_name: 'Ann', company: { name: 'Acme Dental' } }],
        ['+14155550122', { first_name: 'Ben', company: { name: 'Globex' } }],
      ]);
      const [ann, ben] = simulator.calls.map(({ runId }) => runId);
      const rows = (skipped: boolean): object[] => [
        { row_id: 'lead-1', run_id: ann, skipped },
        { row_id: 'lead-2', run_id: ben, skipped },
      ];
      assertLike(itemsOf(first, 'Write the run ID into the row'), rows(false));
      assertLike(itemsOf(second, 'Write the run ID into the row'), rows(true));
      for (const runData of [first, second]) {
        const refused = itemsOf(runData, 'Write the reason into the row');
        assertLike(refused, [{ row_id: 'lead-3', try_again_later: false }]);
        match(String(refused[0]?.['call_error']), /"ask the front desk"/);
        deepEqual(itemsOf(runData, 'Ask a person to look first'), []);
      }
    },
  },
  {
    file: 'call-wait-and-branch.json',
    start: { by: 'hand', times: 1 },
    check({ simulator, executions: [runData] }) {
      assertCalls(
        simulator,
        ['Ann', 'Ben', 'Cleo', 'Dan', 'Eve', 'Finn'].map((first_name, index) => [
          `+1415555010${index + 1}`,
          { first_name },
        ]),
      );
      const ids = (node: string): unknown[] => itemsOf(runData, node).map(({ id }) => id);
      deepEqual(ids('Hand over to sales'), ['p-1']);
      deepEqual(ids('Thank and close'), ['p-2']);
      deepEqual(ids('Send a text message'), ['p-3']);
      deepEqual(ids('Call again tomorrow').sort(), ['p-4', 'p-5']);
      deepEqual(ids('Check the number'), ['p-6']);
      deepEqual(ids('Look into Dograh'), []);
      deepEqual(ids('No result'), []);
    },
  },
  {
    file: 'call-in-calling-hours.json',
    // A Friday, 10:30 in New York. Then 9:00 in San Francisco and in Honolulu.
    start: {
      by: 'hand',
      times: 2,
      at: '2026-12-04T15:30:00Z',
      waits: ['2026-12-04T17:00:01Z', '2026-12-04T19:00:01Z'],
    },
    check({ simulator, executions: [first, second] }) {
      assertCalls(simulator, [
        ['+12125550151', { first_name: 'Ann', call_reference: 'row-1' }],
        ['+14155550152', { first_name: 'Ben', call_reference: 'row-2' }],
        ['+18085550154', { first_name: 'Eve', call_reference: 'row-5' }],
      ]);
      const placed = simulator.calls.map(({ placedAt }) => placedAt.slice(0, 15));
      deepEqual(placed, ['2026-12-04T15:3', '2026-12-04T17:0', '2026-12-04T19:0']);
      const [ann, ben, eve] = simulator.calls.map(({ runId }) => runId);
      const rows = [first, second].map((runData) => itemsOf(runData, 'Called'));
      for (const called of rows) {
        assertLike(called, [
          { row_id: 'row-1', run_id: ann },
          { row_id: 'row-2', run_id: ben },
          { row_id: 'row-5', run_id: eve },
        ]);
      }
      const before = rows.map((called) => called.map(({ called_before: is }) => is));
      equal(before.flat().filter((is) => is === false).length, 3);
      for (const runData of [first, second]) {
        assertLike(itemsOf(runData, 'Never call'), [
          { row_id: 'row-3', skip_reason: 'do_not_call' },
        ]);
        const refused = itemsOf(runData, 'Not placed');
        assertLike(refused, [{ row_id: 'row-4', call_placed: 'no' }]);
        match(String(refused[0]?.['error']), /"ask the front desk"/);
        // The rows are written before the wait.
        for (const node of ['Called', 'Never call', 'Not placed']) {
          const { startTime = NaN } = runData?.[node]?.[0] ?? {};
          ok(startTime < Date.parse('2026-12-04T16:00:00Z'), node);
        }
      }
    },
  },
  {
    file: 'finished-calls-and-transcripts.json',
    start: {
      by: 'poll',
      happens(simulator) {
        const agent = simulator.world.agents.leadQualifier;
        simulator.addRun({ agent, initialContext: { call_reference: 'lead-1' } });
        simulator.addRun({ agent, ending: { disposition: 'no-answer' } });
        simulator.addRun({ agent, ending: { transcript: null } });
      },
    },
    check({ simulator, executions: [runData] }) {
      const [answered, , silent] = simulator.runs.map(({ runId }) => runId);
      assertLike(itemsOf(runData, 'Row for your table'), [
        {
          run_id: answered,
          call_reference: 'lead-1',
          agent: 'Lead Qualifier',
          outcome: 'answered',
          gathered: { customer_satisfied: 'yes' },
        },
      ]);
      match(String(itemsOf(runData, 'Row for your table')[0]?.['transcript']), /Yes, I do\./);
      equal(itemsOf(runData, 'Transcript as a file').length, 1);
      assertLike(itemsOf(runData, 'Row without a transcript'), [
        { run_id: silent, outcome: 'answered' },
      ]);
    },
  },
  {
    file: 'agent-that-phones.json',
    start: {
      by: 'webhook',
      path: `${CHAT_WEBHOOK}/chat`,
      headers: {},
      bodies: [
        'Call Ann at +1 415 555 0123 about her appointment.',
        'yes',
        'Please call her once more.',
        'How did it go?',
      ].map((chatInput) => ({ action: 'sendMessage', sessionId: 'chat-1', chatInput })),
    },
    script: [
      { say: 'I call Ann at +14155550123 about her appointment. May I?' },
      callAnn(),
      { say: 'Ann is being called.' },
      callAnn(),
      { say: 'She was called already.' },
      { tool: 'Look_up_a_call', input: { run_id: '1001' } },
      { say: 'I looked it up.' },
    ],
    check({ simulator, answers, modelRequests }) {
      assertCalls(simulator, [
        [
          '+14155550123',
          { first_name: 'Ann', reason: 'Her appointment', call_reference: 'chat-1' },
        ],
      ]);
      assertLike(answers, [
        { output: 'I call Ann at +14155550123 about her appointment. May I?' },
        { output: 'Ann is being called.' },
        { output: 'She was called already.' },
        { output: 'I looked it up.' },
      ]);
      const offered = modelRequests[0]?.tools?.map(({ function: { name, parameters } }) => [
        name,
        Object.keys(parameters.properties ?? {}).sort(),
      ]);
      deepEqual(Object.fromEntries(offered ?? []), {
        Call_a_person: ['first_name', 'phone_number', 'reason'],
        Look_up_a_call: ['run_id'],
      });
      // The model receives the run, the skipped call, and the earlier messages.
      const run = new RegExp(`"workflow_run_id":${simulator.calls[0]?.runId ?? 'none'}`);
      match(lastMessageOf(modelRequests[2]), run);
      match(lastMessageOf(modelRequests[4]), /"skipped":true/);
      match(lastMessageOf(modelRequests[6]), run);
      ok((modelRequests[1]?.messages.length ?? 0) >= 4);
    },
  },
  {
    file: 'agent-calls-a-list.json',
    start: { by: 'hand', times: 2 },
    script: [...decisions(), ...decisions()],
    check({ simulator, executions: [first, second], modelRequests }) {
      assertCalls(simulator, [
        ['+14155550141', { first_name: 'Ann', reason: 'Her offer', call_reference: 'r-1' }],
        ['+14155550143', { first_name: 'Dan', reason: 'A new appointment', call_reference: 'r-5' }],
      ]);
      const [ann, dan] = simulator.calls.map(({ runId }) => runId);
      const rows = (call: string): object[] => [
        { id: 'r-1', call, run_id: ann, ai_agent: 'I called Ann.', error: '' },
        { id: 'r-2', call: 'none', run_id: null, ai_agent: 'Ben needs no call.', error: '' },
        { id: 'r-3', call: 'skipped', run_id: ann, error: '' },
        { id: 'r-4', call: 'see error', run_id: null, phone: 'ask the front desk' },
        { id: 'r-5', call, run_id: dan, error: '' },
      ];
      assertLike(itemsOf(first, 'What happened'), rows('placed'));
      assertLike(itemsOf(second, 'What happened'), rows('skipped'));
      match(String(itemsOf(first, 'What happened')[3]?.['error']), /"ask the front desk"/);
      // The model gets no phone number, and fills in only the reason.
      const [asked] = modelRequests;
      deepEqual(
        asked?.tools?.map((tool) => Object.keys(tool.function.parameters.properties ?? {})),
        [['reason']],
      );
      doesNotMatch(JSON.stringify(asked), /\+1415/);
    },
  },
  {
    file: 'launch-a-campaign.json',
    // A Friday, 10:00 in California.
    start: {
      by: 'handAndPoll',
      at: '2026-12-04T18:00:00Z',
      times: 2,
      prepare(simulator) {
        simulator.breakCampaign({ kind: 'lost-rows', rows: 3, afterRows: 20 });
      },
      happens: [threeHoursPass, threeHoursPass],
    },
    check({ simulator, executions }) {
      const [first, second, finished, redialed, ...others] = executions;
      const lost = lostPeople(simulator);
      equal(lost.length, 3);
      deepEqual([simulator.contractViolations, others], [[], []]);
      deepEqual(timesDialed(simulator), new Map(PEOPLE.map(({ phone, calls }) => [phone, calls])));
      deepEqual(
        simulator.campaigns.map(({ name, startedTimes }) => [name, startedTimes]),
        [
          ['Spring offer', 1],
          ['Spring offer (Redial)', 1],
        ],
      );
      const slot = 'Fri 09:00-19:48 America/Los_Angeles';
      const launched = { campaign_id: 1, contacts: 200, skipped: false, skipped_contacts: [] };
      assertLike(itemsOf(first, 'Launch 200 people'), [launched]);
      ok(String(itemsOf(first, 'Launch 200 people')[0]?.['calling_hours']).includes(slot));
      assertLike(itemsOf(second, 'Launch 200 people'), [{ campaign_id: 1, skipped: true }]);
      assertLike(itemsOf(finished, 'Call the lost people'), [
        { campaign_id: 2, contacts: 4, skipped: false },
      ]);
      deepEqual(itemsOf(redialed, 'Call the lost people'), []);
      deepEqual(itemsOf(finished, 'Call by hand'), []);
      assertLike(itemsOf(redialed, 'Call by hand'), [{ row_id: 'row-200', phone: REFUSED }]);
      for (const node of ['Store the answer', 'Send a text message', 'Look at it later']) {
        const ofNode = PEOPLE.filter((person) => person.node === node);
        const rows = (people: readonly Person[]) => people.map(({ row_id }) => ({ row_id }));
        assertLike(itemsOf(finished, node), rows(ofNode.filter((one) => !lost.includes(one))));
        assertLike(itemsOf(redialed, node), rows(ofNode.filter((one) => lost.includes(one))));
      }
    },
  },
  {
    file: 'webhook-places-calls.json',
    start: {
      by: 'webhook',
      path: 'place-calls',
      headers: { 'X-Call-Key': CALL_KEY },
      bodies: [contacts(), contacts()],
    },
    check({ simulator, answers }) {
      assertCalls(simulator, [
        ['+14155550131', { first_name: 'Ann' }],
        ['+14155550132', { first_name: 'Ben' }],
      ]);
      const runTo = (number: string): number | undefined =>
        simulator.calls.find(({ phoneNumber }) => phoneNumber === number)?.runId;
      const [ann, ben] = [runTo('+14155550131'), runTo('+14155550132')];
      const answer = (skipped: boolean): object[] => [
        { id: 'c-1', call_placed: 'yes', workflow_run_id: ann, skipped, error: null },
        { id: 'c-2', call_placed: 'no', workflow_run_id: null, skipped: false },
        { id: 'c-3', call_placed: 'yes', workflow_run_id: ben, skipped, error: null },
      ];
      assertLike(answers, [answer(false), answer(true)]);
    },
  },
];

/** A person in launch-a-campaign.json. */
interface Person {
  readonly row_id: string;
  readonly phone: string;
  /** How often the number is dialed. */
  readonly calls: number;
  /** The last node that gets the person. */
  readonly node: string;
}

/** The simulated provider refuses this number, so it is not dialed. */
const REFUSED = '+16285550199';
const PEOPLE: readonly Person[] = Array.from({ length: 200 }, (_, index) => {
  const isFirst = index < 100;
  const phone = `${isFirst ? '+1510555' : '+1628555'}0${100 + (index % 100)}`;
  const person = { row_id: `row-${index + 1}`, phone };
  if (phone === REFUSED) return { ...person, calls: 0, node: 'Call by hand' };
  if (isFirst && [1, 4].includes(index % 10)) {
    return { ...person, calls: 2, node: 'Send a text message' };
  }
  const isVoicemail = isFirst && index % 10 === 7;
  return { ...person, calls: 1, node: isVoicemail ? 'Look at it later' : 'Store the answer' };
});

function threeHoursPass(simulator: Simulator): void {
  simulator.advance(3 * 3_600_000);
}

/** The people with a right number that the first campaign did not dial. */
function lostPeople({ campaigns: [first] }: ExampleResult['simulator']): Person[] {
  const lost = first?.rows.filter(({ runId }) => runId === null) ?? [];
  const numbers = lost.map(({ context }) => context['phone_number']);
  return PEOPLE.filter(({ phone }) => numbers.includes(phone));
}

/** By phone number, in the order of the list. */
function timesDialed({ calls }: ExampleResult['simulator']): ReadonlyMap<string, number> {
  return new Map(
    PEOPLE.map(({ phone }) => [phone, calls.filter((call) => call.phoneNumber === phone).length]),
  );
}

function callAnn(): Turn {
  return {
    tool: 'Call_a_person',
    input: { phone_number: '+14155550123', first_name: 'Ann', reason: 'Her appointment' },
  };
}

/** About the rows of agent-calls-a-list.json. */
function decisions(): Turn[] {
  const call = (reason: string): Turn => ({ tool: 'Call_a_person', input: { reason } });
  return [
    ...[call('Her offer'), { say: 'I called Ann.' }],
    { say: 'Ben needs no call.' },
    ...[call('The end of her offer'), { say: 'Ann was called before.' }],
    ...[call('Another appointment'), { say: 'Cleo has no usable number.' }],
    ...[call('A new appointment'), { say: 'I called Dan.' }],
  ];
}

function contacts(): object {
  const others = { company: { name: 'Acme Dental' }, email: 'office@example.com' };
  return {
    contacts: [
      { id: 'c-1', phone: '+14155550131', variables: { first_name: 'Ann', ...others } },
      { id: 'c-2', phone: '12' },
      { id: 'c-3', phone: '+14155550132', variables: { first_name: 'Ben', ...others } },
    ],
  };
}

/** Compares the placed calls in the order of their numbers: calls placed at once come in any order. */
function assertCalls(
  { calls, contractViolations }: ExampleResult['simulator'],
  expected: readonly (readonly [phoneNumber: string, context: object])[],
): void {
  const placed = calls.toSorted((one, other) => one.phoneNumber.localeCompare(other.phoneNumber));
  deepEqual(contractViolations, []);
  deepEqual(
    placed.map(({ phoneNumber }) => phoneNumber),
    expected.map(([phoneNumber]) => phoneNumber),
  );
  assertLike(
    placed.map(({ initialContext }) => initialContext),
    expected.map(([, context]) => context),
  );
}

function assertLike(actual: readonly unknown[], expected: readonly object[]): void {
  equal(actual.length, expected.length);
  partialDeepStrictEqual(actual, expected);
}

function lastMessageOf(request: ModelRequest | undefined): string {
  const content = request?.messages.at(-1)?.content;
  return typeof content === 'string' ? content : JSON.stringify(content);
}
