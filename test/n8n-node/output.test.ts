import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  NodeHelpers,
  type IDataObject,
  type INodeParameters,
  type INodeProperties,
  type INodePropertyOptions,
  type INodeType,
} from 'n8n-workflow';
import { agentBy, callForm, credentialsFor, variables } from '../../tools/hosts/n8n/call-form';
import { launchForm } from '../../tools/hosts/n8n/campaign-form';
import { runDograhNode } from '../../tools/hosts/n8n/engine';
import { shownBy } from '../../tools/hosts/n8n/host';
import { dograhNodeType, DOGRAH_NODE } from '../../tools/hosts/n8n/n8n-host';
import { dograhPace, startSimulator, type Simulator } from '../../tools/simulator';
import { act, contactsFile, launch } from '../../tools/simulator/campaigns/campaign-caller';
import { numberOf } from '../support/campaigns';
import { hurryWaits } from '../support/host-time';
import { ActiveTrigger } from './active-trigger';
import { tool, toolType } from './tool-of-agent';

/** n8n wants a choice for every output with more fields. */
const MAX_FIELDS = 10;
/** The keys that come with Simplify, and with Output = Simplified for an AI agent. */
const SIMPLIFIED: Readonly<Record<string, readonly string[]>> = {
  'call trigger': [
    ...['workflow_run_id', 'status', 'outcome', 'disposition', 'phone_number', 'agent_name'],
    ...['skipped', 'skip_reason', 'callable_at', 'notes'],
  ],
  'call triggerAndWait': [
    ...['workflow_run_id', 'status', 'outcome', 'disposition', 'gathered_context'],
    ...['transcript', 'skipped', 'skip_reason', 'callable_at', 'notes'],
  ],
  'call checkNumber': [
    ...['phone_number', 'callable_now', 'callable_at', 'skip_reason', 'opted_out'],
    ...['attempts_in_window', 'last_outcome', 'last_disposition', 'last_called_at', 'notes'],
  ],
  'call preview': ['agent_name', 'phone_number', 'greeting', 'notes', 'variables'],
  'campaign launch': [
    ...['campaign_id', 'campaign_name', 'campaign_reference', 'state', 'contacts', 'skipped'],
    ...['skipped_contacts', 'calling_hours', 'campaign_url', 'notes'],
  ],
  'campaign get': [
    ...['campaign_id', 'campaign_name', 'state', 'contacts', 'called', 'pending'],
    ...['never_called', 'running', 'problem', 'notes'],
  ],
  'campaign getAll': [
    ...['campaign_id', 'campaign_name', 'state', 'contacts', 'percent', 'agent_name'],
    ...['created_at', 'started_at', 'completed_at', 'problem'],
  ],
  'campaign pause': [
    ...['campaign_id', 'campaign_name', 'state', 'may_still_be_dialed', 'contacts', 'called'],
    ...['pending', 'never_called', 'running', 'notes'],
  ],
  'campaign redial': [
    ...['campaign_id', 'campaign_name', 'campaign_reference', 'state', 'contacts', 'skipped'],
    ...['skipped_contacts', 'calling_hours', 'campaign_url', 'notes'],
  ],
  'campaign resume': [
    ...['campaign_id', 'campaign_name', 'state', 'contacts', 'called', 'pending'],
    ...['never_called', 'running', 'problem', 'notes'],
  ],
  'campaign getResults': [
    ...['contact', 'phone_number', 'contact_status', 'outcome', 'disposition', 'reason'],
    ...['calls', 'variables', 'gathered_context', 'workflow_run_id'],
  ],
  'run get': [
    ...['workflow_run_id', 'agent_name', 'status', 'outcome', 'disposition', 'phone_number'],
    ...['duration_seconds', 'gathered_context', 'initial_context', 'recording_url'],
  ],
  'run getAll': [
    ...['workflow_run_id', 'workflow_run_name', 'agent_name', 'status', 'outcome', 'disposition'],
    ...['phone_number', 'duration_seconds', 'started_at', 'run_url'],
  ],
  'run getTranscript': [
    ...['workflow_run_id', 'agent_name', 'outcome', 'disposition', 'phone_number'],
    ...['duration_seconds', 'gathered_context', 'initial_context', 'transcript', 'recording_url'],
  ],
  'run downloadRecording': [
    ...['workflow_run_id', 'agent_name', 'outcome', 'disposition', 'phone_number', 'started_at'],
    ...['duration_seconds', 'gathered_context', 'initial_context', 'run_url'],
  ],
};
const SIMPLIFIED_TRIGGER = [
  ...['workflow_run_id', 'agent_name', 'status', 'outcome', 'disposition', 'phone_number'],
  ...['started_at', 'duration_seconds', 'gathered_context', 'initial_context'],
];
const LARGE = Object.keys(SIMPLIFIED);
/** A model would decide who is called, so an AI agent cannot use them. */
const NOT_FOR_AGENTS = ['campaign launch', 'campaign redial', 'campaign resume'];
const FOR_AGENTS = LARGE.filter((name) => !NOT_FOR_AGENTS.includes(name));
/** The other operations. Their outputs have at most ten fields. */
const SMALL = ['agent get', 'agent getAll', 'campaign downloadReport'];
/** Off if the other values could be seen only with another call, or are what the operation is for. */
const OFF_BY_DEFAULT = [
  ...['call trigger', 'call triggerAndWait', 'call preview'],
  'call checkNumber',
];
/** Their output is a run. */
const OF_RUNS = LARGE.filter(
  (name) => !['call preview', 'call checkNumber'].includes(name) && !name.startsWith('campaign '),
);
const RUN_KEYS = 28;

hurryWaits();

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({
    ...{ dialMs: 1, ringMs: 1, callDurationMs: 1 },
    campaignTiming: dograhPace,
  });
});
beforeEach(() => {
  simulator.reset();
  simulator.addRun({ ending: { annotations: { qa_4: { score: 9 } } } });
});
afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
});
afterAll(() => simulator.stop());

/** A form that works for every operation. */
function formOf(operation: string, fields: INodeParameters = {}): INodeParameters {
  const [resource = '', value = ''] = operation.split(' ');
  if (operation === 'campaign launch') {
    return launchForm(simulator, {
      phoneNumber: numberOf(0),
      contextPairs: variables({ name: 'customer_name', value: 'Ann' }),
      ...fields,
    });
  }
  const run = { runId: '1001', agent: agentBy('list', simulator.world.agents.leadQualifier.uuid) };
  return callForm({ ...(resource === 'call' ? {} : run), resource, operation: value, ...fields });
}

/** The fields with a campaign that the operation can use. */
async function campaignFor(operation: string): Promise<INodeParameters> {
  if (!operation.startsWith('campaign ') || operation === 'campaign launch') return {};
  const id = await launch(simulator, { csv: contactsFile(200) });
  simulator.advance(61_000);
  if (operation === 'campaign redial') simulator.advance(3 * 60 * 60_000);
  if (operation === 'campaign resume') await act(simulator, id, 'pause');
  return { campaign: agentBy('id', String(id)), outcomes: ['answered'] };
}

async function output(operation: string, fields: INodeParameters = {}): Promise<IDataObject> {
  const outcome = await runDograhNode({
    parameters: formOf(operation, { ...(await campaignFor(operation)), ...fields }),
    credentials: credentialsFor(simulator),
  });
  if (outcome.error !== undefined) throw outcome.error;
  return outcome.outputs[0]?.[0]?.json ?? {};
}

describe('Simplify', () => {
  it('is tested for every operation', async () => {
    const { description } = await dograhNodeType();
    const all = description.properties
      .filter(({ name }) => name === 'operation')
      .flatMap(({ displayOptions, options = [] }) =>
        options.map((option) => {
          const { value } = option as INodePropertyOptions;
          const resource = displayOptions?.show?.['resource']?.[0] as string;
          return `${resource} ${String(value)}`;
        }),
      );

    expect(all.toSorted()).toEqual([...LARGE, ...SMALL].toSorted());
  });

  it.each(LARGE)('leaves at most ten fields of %s, and without it all are there', async (name) => {
    const simple = Object.keys(await output(name, { simplify: true }));
    const raw = Object.keys(await output(name, { simplify: false }));

    expect(simple).toEqual(SIMPLIFIED[name]);
    expect(simple.length).toBeLessThanOrEqual(MAX_FIELDS);
    expect(raw.length).toBeGreaterThan(MAX_FIELDS);
    expect(raw).toEqual(expect.arrayContaining(simple));
  });

  it.each(SMALL)('is not needed for %s', async (name) => {
    expect(Object.keys(await output(name)).length).toBeLessThanOrEqual(MAX_FIELDS);
    expect(shownFields(await dograhNodeType(), name)).not.toContain('simplify');
  });

  it.each(LARGE)('has its default in %s', async (name) => {
    const isOff = OFF_BY_DEFAULT.includes(name);

    expect(Object.keys(await output(name))).toEqual(
      isOff ? Object.keys(await output(name, { simplify: false })) : SIMPLIFIED[name],
    );
  });

  it('has the words of n8n', async () => {
    const fields = (await dograhNodeType()).description.properties.concat(
      (await dograhNodeType('dograhTrigger')).description.properties,
    );
    const simplify = fields.filter(({ name }) => name === 'simplify');

    expect(simplify).toHaveLength(LARGE.length + 1);
    for (const field of simplify) {
      expect(field).toMatchObject({
        displayName: 'Simplify',
        type: 'boolean',
        description:
          'Whether to return a simplified version of the response instead of the raw data',
      });
    }
  });

  it('is described in docs/results.md', async () => {
    const page = readFileSync(join(__dirname, '../../docs/results.md'), 'utf8');
    const [, section = ''] = /\n### Fewer keys \(n8n\)\n([^]*?)\n#/.exec(page) ?? [];
    const rows = [...section.matchAll(/^- \*\*([^*]+):\*\* (.*)$/gm)];
    const described = rows.map(([, name, keys = '']) => [name, keys.match(/\w+/g)]);
    const { description } = await dograhNodeType();
    const names = LARGE.map((name) => {
      const [resource = '', operation] = name.split(' ');
      const options = description.properties
        .filter((one) => one.name === 'operation')
        .filter(({ displayOptions }) => displayOptions?.show?.['resource']?.includes(resource))
        .flatMap((one) => (one.options ?? []) as INodePropertyOptions[]);
      const label = options.find(({ value }) => value === operation)?.name;
      const isOfCampaign = resource === 'campaign' && operation !== 'launch';
      return [isOfCampaign ? `${label} (Campaign)` : label, SIMPLIFIED[name]];
    });

    expect(described).toEqual([...names, ['Dograh Trigger', SIMPLIFIED_TRIGGER]]);
  });

  it('keeps the file of a recording', async () => {
    const { outputs } = await runDograhNode({
      parameters: formOf('run downloadRecording', { simplify: true }),
      credentials: credentialsFor(simulator),
    });

    expect(outputs[0]?.[0]?.binary?.['data']).toMatchObject({ mimeType: 'audio/wav' });
  });

  it('shows whether a call was placed', async () => {
    const fields = {
      simplify: true,
      options: { callReference: 'lead-42', skipIfCalledWithin: 24 },
    };
    const placed = await output('call trigger', fields);
    const skipped = await output('call trigger', fields);

    expect(placed).toMatchObject({ status: 'initiated', skipped: false, skip_reason: null });
    expect(skipped).toMatchObject({
      workflow_run_id: placed['workflow_run_id'],
      skipped: true,
      skip_reason: 'called_before',
    });
    expect(simulator.calls).toHaveLength(1);
  });

  it.each(['true', ' TRUE ', '={{ true }}', '={{ "yes" }}', '={{ 1 }}'])(
    'is read from %s',
    async (simplify) => {
      expect(Object.keys(await output('call trigger', { simplify }))).toEqual(
        SIMPLIFIED['call trigger'],
      );
    },
  );

  it.each(LARGE)('has its default in %s if an expression gives nothing', async (name) => {
    expect(Object.keys(await output(name, { simplify: '={{ $json.nothing }}' }))).toEqual(
      Object.keys(await output(name)),
    );
  });

  it.each(OFF_BY_DEFAULT)('is checked before %s', async (name) => {
    const outcome = await runDograhNode({
      parameters: formOf(name, { simplify: '={{ "some" }}' }),
      credentials: credentialsFor(simulator),
    });

    expect(shownBy(outcome)).toContain('Simplify must be yes or no, not "some".');
    expect(simulator.requests).toEqual([]);
  });

  it('shortens the runs of the trigger', async () => {
    const credentials = credentialsFor(simulator);
    const triggers = await Promise.all(
      [undefined, true].map((simplify) =>
        new ActiveTrigger({ credentials, ...(simplify ? { simplify } : {}) }).activate(),
      ),
    );
    simulator.addRun();
    for (const one of triggers) await one.poll();
    const [raw, simple] = triggers.map(({ executions }) => executions[0]?.[0]?.json ?? {});

    expect(Object.keys(raw ?? {})).toHaveLength(RUN_KEYS);
    expect(Object.keys(simple ?? {})).toEqual(SIMPLIFIED_TRIGGER);
  });

  it('is checked before the trigger reads runs, which would be lost', async () => {
    const one = new ActiveTrigger({ credentials: credentialsFor(simulator), simplify: 'some' });

    await expect(one.activate()).rejects.toThrow('Simplify must be yes or no, not "some".');
    expect(simulator.requests).toEqual([]);
  });
});

describe('the raw output', () => {
  it('of Get has all that Dograh knows about a run', async () => {
    expect(await output('run get', { simplify: false })).toMatchObject({
      mode: 'twilio',
      caller_number: '+14155550111',
      usage_info: { call_duration_seconds: 60 },
      annotations: { qa_4: { score: 9 } },
    });
  });

  it.each(OF_RUNS)('of %s has each key', async (name) => {
    const json = await output(name, { simplify: false });

    expect(Object.keys(json)).toHaveLength(RUN_KEYS);
    expect(Object.values(json)).not.toContain(undefined);
  });
});

describe('Output, which an AI agent has instead of Simplify,', () => {
  const asTool = async (operation: string, fields: INodeParameters = {}): Promise<IDataObject> => {
    const parameters = formOf(operation, { ...(await campaignFor(operation)), ...fields });
    const answer = await (await tool(simulator, parameters)).invoke({});
    const [first] = JSON.parse(String(answer)) as IDataObject[];
    return first ?? {};
  };

  it.each(FOR_AGENTS)('gives at most the simplified fields of %s by default', async (name) => {
    const keys = Object.keys(await asTool(name));

    expect(keys.length).toBeGreaterThan(0);
    expect(SIMPLIFIED[name]).toEqual(expect.arrayContaining(keys));
    expect(Object.keys(await asTool(name, { output: 'simplified', simplify: false }))).toEqual(
      keys,
    );
  });

  it.each(FOR_AGENTS)('gives all fields of %s with Raw', async (name) => {
    const raw = Object.keys(await output(name, { simplify: false }));

    expect(Object.keys(await asTool(name, { output: 'raw' }))).toEqual(raw);
  });

  it.each(OF_RUNS)('gives the selected fields of %s and the run ID', async (name) => {
    const fields = { output: 'selected', outputFields: ['outcome', 'initial_context'] };

    expect(Object.keys(await asTool(name, fields))).toEqual([
      'workflow_run_id',
      'outcome',
      'initial_context',
    ]);
  });

  it('gives the selected fields of a preview and the name of the agent', async () => {
    const fields = { output: 'selected', outputFields: ['prompts'] };

    expect(Object.keys(await asTool('call preview', fields))).toEqual(['agent_name', 'prompts']);
  });

  it.each<[string, INodeParameters[string]]>([
    ['text with commas', 'outcome, Duration_Seconds'],
    ['an expression that gives a list', '={{ ["outcome", "duration_seconds"] }}'],
    ['an expression that gives text', '={{ "outcome,duration_seconds" }}'],
  ])('reads the selected fields from %s', async (_what, outputFields) => {
    expect(Object.keys(await asTool('run get', { output: 'selected', outputFields }))).toEqual([
      'workflow_run_id',
      'outcome',
      'duration_seconds',
    ]);
  });

  it.each<[string, INodeParameters[string]]>([
    ['none are', []],
    ['an expression gives nothing', '={{ $json.nothing }}'],
  ])('gives the run ID if of the fields, %s selected', async (_what, outputFields) => {
    expect(await asTool('call trigger', { output: 'selected', outputFields })).toEqual({
      workflow_run_id: 1002,
    });
  });

  it.each<[string, INodeParameters, RegExp]>([
    [
      'an unknown field',
      { output: 'selected', outputFields: ['outcome', 'api_key'] },
      /Output Fields has no value "api_key"[^]*Choose from: workflow_run_id, .*, annotations\./,
    ],
    [
      'a field that JavaScript knows',
      { output: 'selected', outputFields: ['constructor'] },
      /Output Fields has no value "constructor"/,
    ],
    [
      'a field that is no text',
      { output: 'selected', outputFields: '={{ [{ a: 1 }] }}' },
      /Output Fields must be a list of texts/,
    ],
    [
      'an unknown choice',
      { output: 'all' },
      /Output must be simplified, raw or selected, not "all"/,
    ],
    [
      'a choice of the model',
      { output: "={{ $fromAI('output', 'The output', 'string') }}" },
      /Output must be simplified, raw or selected, not "everything"/,
    ],
  ])('refuses %s before dialing', async (_what, fields, sentence) => {
    const { invoke } = await tool(simulator, formOf('call trigger', fields)).then((one) => ({
      invoke: () => one.invoke({ output: 'everything' }),
    }));

    expect(await invoke().catch(String)).toMatch(sentence);
    expect(simulator.requests).toEqual([]);
  });

  it.each<[string, (key: string) => INodeParameters]>([
    ['Output', (key) => ({ output: key })],
    ['Output Fields', (key) => ({ output: 'selected', outputFields: [key] })],
  ])('does not show a key that was pasted into %s', async (label, fields) => {
    const { apiKey } = simulator.world.acme;
    const refusal = await asTool('call trigger', fields(apiKey)).then(() => '', String);

    expect(refusal).toMatch(new RegExp(`${label} .*"\\[API key\\]"`));
    expect(refusal.toLowerCase()).not.toContain(apiKey.toLowerCase());
  });

  it.each(FOR_AGENTS)('is in the form of the tool of %s, and Simplify is not', async (name) => {
    const ofNode = shownFields(await dograhNodeType(), name);
    const ofTool = shownFields(await toolType(), name);
    const selecting = shownFields(await toolType(), name, { output: 'selected' });

    expect(ofNode).toContain('simplify');
    expect(ofNode).not.toEqual(expect.arrayContaining(['output']));
    expect(ofNode).not.toEqual(expect.arrayContaining(['outputFields']));
    expect(ofTool).toContain('output');
    expect(ofTool).not.toContain('simplify');
    expect(ofTool).not.toContain('outputFields');
    expect(selecting).toContain('outputFields');
  });

  it.each(NOT_FOR_AGENTS)('is not in the form of %s, whose notice says why', async (name) => {
    const ofNode = shownFields(await dograhNodeType(), name);
    const ofTool = shownFields(await toolType(), name);

    expect(ofNode).toContain('simplify');
    expect(ofTool).toContain('notForAgents');
    for (const field of ['simplify', 'output', 'outputFields']) expect(ofTool).not.toContain(field);
    expect(ofNode).not.toContain('notForAgents');
    expect(await asTool(name).then(() => '', String)).toContain('An AI agent cannot use ');
    expect(simulator.campaigns.filter(({ state }) => state === 'running')).toEqual([]);
  });

  it.each(FOR_AGENTS)('offers every field of %s', async (name) => {
    const [field] = visible(await toolType(), name, { output: 'selected' }).filter(
      (one) => one.name === 'outputFields',
    );
    const options = (field?.options ?? []) as { name: string; value: string }[];
    const raw = Object.keys(await output(name, { simplify: false }));

    expect(options.map(({ value }) => value)).toEqual(expect.arrayContaining(raw));
    const labels = options.map((option) => option.name);
    expect(labels).toEqual([...new Set(labels)].toSorted());
  });
});

function shownFields(type: INodeType, operation: string, fields?: INodeParameters): string[] {
  return visible(type, operation, fields).map(({ name }) => name);
}

/** The fields that the editor shows. */
function visible(
  { description }: INodeType,
  operation: string,
  fields: INodeParameters = {},
): INodeProperties[] {
  const parameters = formOf(operation, fields);
  const node = { type: DOGRAH_NODE, typeVersion: 1, parameters };
  return description.properties.filter((field) =>
    NodeHelpers.displayParameter(parameters, field, node as never, description),
  );
}
