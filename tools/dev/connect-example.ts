/** The workflows of examples/n8n, filled in so that they run against the simulated Dograh. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  INode,
  INodeParameters,
  IPinData,
  IWorkflowSettings,
  IConnections,
} from 'n8n-workflow';
import type { Simulator, World } from '../simulator';
import { ROOT } from './options';

export interface ExampleWorkflow {
  readonly id: string;
  readonly name: string;
  readonly nodes: readonly INode[];
  readonly connections: IConnections;
  readonly settings: IWorkflowSettings;
  readonly pinData?: IPinData;
}

export interface ExampleCredential {
  /** The name that n8n gives a new credential: the examples refer to it. */
  readonly name: string;
  readonly type: string;
  readonly data: Readonly<Record<string, string>>;
}

export interface StoredCredential extends ExampleCredential {
  readonly id: string;
}

const EXAMPLES_DIR = join(ROOT, 'examples/n8n');
/** The header that the webhook example requires. */
export const CALL_KEY = 'a-long-random-value';

/** A value for each variable of the agent that is called; an example sets some of them itself. */
const SAMPLE_VARIABLES: Readonly<Record<string, string>> = {
  first_name: 'Ann',
  'company.name': 'Acme Dental',
  'company.employees': '12',
  'owner.name': 'Olivia',
  email: 'ann@example.com',
};

/** What the webhook example receives when a person executes it in the editor. */
const SAMPLE_CONTACTS = [
  {
    id: 'c-1',
    phone: '+14155550131',
    variables: SAMPLE_VARIABLES,
  },
  { id: 'c-2', phone: 'ask the front desk', variables: {} },
];

export function exampleFiles(): string[] {
  return readdirSync(EXAMPLES_DIR).filter((file) => file.endsWith('.json'));
}

export function readExample(file: string): ExampleWorkflow {
  return JSON.parse(readFileSync(join(EXAMPLES_DIR, file), 'utf8')) as ExampleWorkflow;
}

export function exampleCredentials(
  { url, world }: Pick<Simulator, 'url' | 'world'>,
  chatModelUrl: string,
): ExampleCredential[] {
  return [
    {
      name: 'Dograh account',
      type: 'dograhApi',
      data: { apiKey: world.acme.apiKey, baseUrl: url },
    },
    {
      name: 'Header Auth account',
      type: 'httpHeaderAuth',
      data: { name: 'X-Call-Key', value: CALL_KEY },
    },
    {
      name: 'OpenAI account',
      type: 'openAiApi',
      data: { apiKey: 'sk-simulated', url: chatModelUrl },
    },
  ];
}

/** Chooses credentials and agent, fills in every variable, and shortens waits for calls that last seconds. */
export function connectExample(
  workflow: ExampleWorkflow,
  credentials: readonly StoredCredential[],
  world: World,
): ExampleWorkflow {
  const nodes = workflow.nodes.map((node) => ({
    ...node,
    ...chosenCredentials(node, credentials),
    parameters: filledIn(node.parameters, world),
  }));
  return { ...workflow, nodes, pinData: pinnedRequests(workflow) };
}

function chosenCredentials(
  { type, credentials: wanted = {} }: INode,
  credentials: readonly StoredCredential[],
): Pick<INode, 'credentials'> {
  const types = type.endsWith('.lmChatOpenAi') ? ['openAiApi'] : Object.keys(wanted);
  const chosen = credentials.filter((credential) => types.includes(credential.type));
  if (chosen.length === 0) return {};
  return {
    credentials: Object.fromEntries(chosen.map(({ type, id, name }) => [type, { id, name }])),
  };
}

function filledIn(parameters: INodeParameters, { agents }: World): INodeParameters {
  const isCampaign = parameters['operation'] === 'launch';
  const { uuid, name } = isCampaign ? agents.springOffer : agents.leadQualifier;
  return {
    ...parameters,
    ...('agent' in parameters && {
      agent: { __rl: true, mode: 'list', value: uuid, cachedResultName: name },
    }),
    ...('contextPairs' in parameters &&
      !isCampaign && {
        contextPairs: { pair: withSamples(parameters['contextPairs'] as unknown as Pairs) },
      }),
    ...(isItemOfCall(parameters) && {
      assignments: {
        assignments: withSampleFields(parameters['assignments'] as unknown as Fields),
      },
    }),
    ...('pollSeconds' in parameters && { pollSeconds: 2 }),
    ...('pollTimes' in parameters && { pollTimes: { item: [{ mode: 'everyMinute' }] } }),
  };
}

interface Pairs {
  readonly pair: readonly { readonly name: string; readonly value: string }[];
}

function withSamples({ pair }: Pairs): { name: string; value: string }[] {
  const missing = Object.entries(SAMPLE_VARIABLES).filter(
    ([variable]) => !pair.some(({ name }) => name === variable),
  );
  return [...pair, ...missing.map(([name, value]) => ({ name, value }))];
}

interface Fields {
  readonly assignments: readonly { readonly name: string; readonly value: string }[];
}

const CONTEXT = 'initial_context.';

/** Whether a node gives its items the variables of a call. */
function isItemOfCall({ assignments }: INodeParameters): boolean {
  const fields = (assignments as unknown as Fields | undefined)?.assignments ?? [];
  return fields.some(({ name }) => name.startsWith(CONTEXT));
}

function withSampleFields({ assignments }: Fields): INodeParameters[] {
  const missing = Object.entries(SAMPLE_VARIABLES).filter(
    ([variable]) => !assignments.some(({ name }) => name === CONTEXT + variable),
  );
  const added = missing.map(([variable, value]) => ({
    id: variable,
    name: CONTEXT + variable,
    value,
    type: 'string',
  }));
  return [...assignments, ...added];
}

/** With pinned data, n8n executes a workflow without waiting for a request to its webhook. */
function pinnedRequests({ nodes }: ExampleWorkflow): IPinData {
  const webhooks = nodes.filter(({ type }) => type === 'n8n-nodes-base.webhook');
  return Object.fromEntries(
    webhooks.map(({ name }) => [name, [{ json: { body: { contacts: SAMPLE_CONTACTS } } }]]),
  );
}
