import { deepEqual, equal, match, ok, partialDeepStrictEqual } from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IConnections, INode, IRunData, IWorkflowSettings } from 'n8n-workflow';
import type { Ending, Simulator } from '../../tools/simulator';
import type { ModelRequest, Turn } from '../../tools/dev/chat-model';

/** The workflows of examples/n8n: how a run in a real n8n adapts and starts them, and what is true afterwards. */

export interface ExampleWorkflow {
  readonly id: string;
  readonly name: string;
  readonly nodes: readonly INode[];
  readonly connections: IConnections;
  readonly settings: IWorkflowSettings;
}

/** As `n8n import:credentials` takes them. */
export interface ExampleCredential {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What a run has left behind. */
export interface Seen {
  readonly simulator: Pick<Simulator, 'calls' | 'runs' | 'contractViolations'>;
  /** What the executions put out, one for each time the workflow was started. */
  readonly executions: readonly IRunData[];
  /** What the starts were answered with, where they were requests. */
  readonly answers: readonly unknown[];
  /** What the chat model was asked. */
  readonly modelRequests: readonly ModelRequest[];
}

export type Start =
  /** `n8n execute --id`, or Execute Workflow in the editor, one after the other. */
  | { readonly by: 'hand'; readonly times: number }
  /** Published, then requests to `/webhook/<path>`, one after the other. */
  | {
      readonly by: 'webhook';
      readonly path: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly bodies: readonly object[];
    }
  /** Published; once n8n has looked for the first time, this happens, and n8n looks again within a minute. */
  | { readonly by: 'poll'; readonly happens: (simulator: Simulator) => void };

export interface Example {
  readonly file: string;
  readonly start: Start;
  /** How the simulated calls to these numbers end. */
  readonly endings?: Readonly<Record<string, Ending>>;
  /** What the chat model answers. */
  readonly script?: readonly Turn[];
  /** @throws AssertionError that says what is not as it should be */
  readonly check: (seen: Seen) => void;
}

export const EXAMPLES_DIR = join(__dirname, '../../examples/n8n');
const CALL_KEY = 'a-long-random-value';
const CHAT_WEBHOOK = 'd09a0000-0000-4000-8000-0000040000c4';

export function exampleFiles(): string[] {
  return readdirSync(EXAMPLES_DIR).filter((file) => file.endsWith('.json'));
}

export function readExample(file: string): ExampleWorkflow {
  return JSON.parse(readFileSync(join(EXAMPLES_DIR, file), 'utf8')) as ExampleWorkflow;
}

/** What a user sets up before: all that the examples need, for the simulator and the scripted chat model. */
export function exampleCredentials(
  { url, world }: Pick<Simulator, 'url' | 'world'>,
  modelUrl: string,
): ExampleCredential[] {
  return [
    {
      id: 'exampleDograh',
      name: 'Dograh account',
      type: 'dograhApi',
      data: { apiKey: world.acme.apiKey, baseUrl: url },
    },
    {
      id: 'exampleHeader',
      name: 'Header Auth account',
      type: 'httpHeaderAuth',
      data: { name: 'X-Call-Key', value: CALL_KEY },
    },
    {
      id: 'exampleModel',
      name: 'OpenAI account',
      type: 'openAiApi',
      data: { apiKey: 'sk-scripted', url: modelUrl },
    },
  ];
}

/**
 * The workflow as a user would have filled it in: credentials and agent chosen. And so that a run takes no longer than
 * it must, and a program can write into the chat.
 */
export function adaptExample(
  workflow: ExampleWorkflow,
  credentials: readonly ExampleCredential[],
  { agents }: Simulator['world'],
): ExampleWorkflow {
  const nodes = workflow.nodes.map((node) => ({
    ...node,
    ...chosenCredentials(node, credentials),
    parameters: {
      ...node.parameters,
      ...('agent' in node.parameters && {
        agent: { __rl: true, mode: 'list', value: agents.leadQualifier.uuid },
      }),
      ...('pollSeconds' in node.parameters && { pollSeconds: 2 }),
      ...('pollTimes' in node.parameters && { pollTimes: { item: [{ mode: 'everyMinute' }] } }),
      ...(node.type.endsWith('.chatTrigger') && { public: true, mode: 'webhook' }),
    },
  }));
  return { ...workflow, nodes };
}

function chosenCredentials(
  { type, credentials: wanted = {} }: INode,
  credentials: readonly ExampleCredential[],
): Pick<INode, 'credentials'> {
  const types = type.endsWith('.lmChatOpenAi') ? ['openAiApi'] : Object.keys(wanted);
  const chosen = credentials.filter((credential) => types.includes(credential.type));
  if (chosen.length === 0) return {};
  return {
    credentials: Object.fromEntries(chosen.map(({ type, id, name }) => [type, { id, name }])),
  };
}

/** The JSON of all items that a node put out, through whichever output. */
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
      callsWere(simulator, [
        ['+14155550121', { first_name: 'Ann', company: { name: 'Acme Dental' } }],
        ['+14155550122', { first_name: 'Ben', company: { name: 'Globex' } }],
      ]);
      const [ann, ben] = simulator.calls.map(({ runId }) => runId);
      const rows = (skipped: boolean): object[] => [
        { row_id: 'lead-1', run_id: ann, skipped },
        { row_id: 'lead-2', run_id: ben, skipped },
      ];
      like(itemsOf(first, 'Write the run ID into the row'), rows(false));
      like(itemsOf(second, 'Write the run ID into the row'), rows(true));
      for (const runData of [first, second]) {
        const refused = itemsOf(runData, 'Write the reason into the row');
        like(refused, [{ row_id: 'lead-3', try_again_later: false }]);
        match(String(refused[0]?.['call_error']), /"ask the front desk"/);
        deepEqual(itemsOf(runData, 'Ask a person to look first'), []);
      }
    },
  },
  {
    file: 'call-wait-and-branch.json',
    start: { by: 'hand', times: 1 },
    endings: {
      '+14155550101': { gathered: { interested: 'yes' } },
      '+14155550102': { gathered: { interested: 'no' } },
      '+14155550103': { disposition: 'voicemail_detected' },
      '+14155550104': { disposition: 'no-answer' },
      '+14155550105': { disposition: 'busy' },
      '+14155550106': { disposition: 'failed' },
    },
    check({ simulator, executions: [runData] }) {
      callsWere(
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
      like(itemsOf(runData, 'Row for your table'), [
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
      like(itemsOf(runData, 'Row without a transcript'), [{ run_id: silent, outcome: 'answered' }]);
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
      callsWere(simulator, [
        [
          '+14155550123',
          { first_name: 'Ann', reason: 'Her appointment', call_reference: 'chat-1' },
        ],
      ]);
      like(answers, [
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
      // The model is told of the run, of the call that was not placed again, and of what was said before.
      const run = new RegExp(`"workflow_run_id":${simulator.calls[0]?.runId ?? 'none'}`);
      match(lastMessageOf(modelRequests[2]), run);
      match(lastMessageOf(modelRequests[4]), /"skipped":true/);
      match(lastMessageOf(modelRequests[6]), run);
      ok((modelRequests[1]?.messages.length ?? 0) >= 4);
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
      callsWere(simulator, [
        ['+14155550131', { first_name: 'Ann' }],
        ['+14155550132', {}],
      ]);
      const runTo = (number: string): number | undefined =>
        simulator.calls.find(({ phoneNumber }) => phoneNumber === number)?.runId;
      const [ann, ben] = [runTo('+14155550131'), runTo('+14155550132')];
      const answer = (skipped: boolean): object[] => [
        { id: 'c-1', call_placed: 'yes', workflow_run_id: ann, skipped, error: null },
        { id: 'c-2', call_placed: 'no', workflow_run_id: null, skipped: false },
        { id: 'c-3', call_placed: 'yes', workflow_run_id: ben, skipped, error: null },
      ];
      like(answers, [answer(false), answer(true)]);
    },
  },
];

function callAnn(): Turn {
  return {
    tool: 'Call_a_person',
    input: { phone_number: '+14155550123', first_name: 'Ann', reason: 'Her appointment' },
  };
}

function contacts(): object {
  return {
    contacts: [
      { id: 'c-1', phone: '+14155550131', variables: { first_name: 'Ann' } },
      { id: 'c-2', phone: '12' },
      { id: 'c-3', phone: '+14155550132' },
    ],
  };
}

/**
 * The calls that the simulator placed: these, by number, each once, and every request as the contract says. In which
 * order those came that were placed at once, nobody can say.
 */
function callsWere(
  { calls, contractViolations }: Seen['simulator'],
  expected: readonly (readonly [phoneNumber: string, context: object])[],
): void {
  const placed = calls.toSorted((one, other) => one.phoneNumber.localeCompare(other.phoneNumber));
  deepEqual(contractViolations, []);
  deepEqual(
    placed.map(({ phoneNumber }) => phoneNumber),
    expected.map(([phoneNumber]) => phoneNumber),
  );
  like(
    placed.map(({ initialContext }) => initialContext),
    expected.map(([, context]) => context),
  );
}

function like(actual: readonly unknown[], expected: readonly object[]): void {
  equal(actual.length, expected.length);
  partialDeepStrictEqual(actual, expected);
}

function lastMessageOf(request: ModelRequest | undefined): string {
  const content = request?.messages.at(-1)?.content;
  return typeof content === 'string' ? content : JSON.stringify(content);
}
