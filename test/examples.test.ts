import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  NodeHelpers,
  type IConnection,
  type INode,
  type INodeProperties,
  type INodeTypeDescription,
} from 'n8n-workflow';
import {
  connectExample,
  exampleCredentials,
  exampleFiles,
  readExample,
  type ExampleWorkflow,
} from '../tools/dev/connect-example';
import { TRY_IT } from '../tools/dev/ready-note';
import { EXAMPLES } from './e2e/examples';
import { dograhNodeType } from '../tools/hosts/n8n/n8n-host';
import { parameterProblems } from './n8n-node/parameter-problems';
import { createWorld } from '../tools/simulator';
import { builtApp } from '../tools/hosts/zapier/runtime';

const ROOT = join(__dirname, '..');
const RECIPES_DIR = join(ROOT, 'examples/zapier');
const NOTE = 'n8n-nodes-base.stickyNote';
const OURS = 'n8n-nodes-dograh.';
const CREDENTIALS = exampleCredentials(
  { url: 'http://127.0.0.1', world: createWorld() },
  'http://127.0.0.1',
).map((credential) => ({ ...credential, id: credential.type }));

const stepsOf = ({ nodes }: ExampleWorkflow): INode[] => nodes.filter(({ type }) => type !== NOTE);
const oursIn = ({ nodes }: ExampleWorkflow): INode[] =>
  nodes.filter(({ type }) => type.startsWith(OURS));

it('the index links all examples, and they are formatted', () => {
  const index = readFileSync(join(ROOT, 'examples/README.md'), 'utf8');
  const linked = [...index.matchAll(/\]\(((?:n8n|zapier)\/[^)]+)\)/g)].map(([, file]) => file);
  const files = [
    ...exampleFiles().map((file) => `n8n/${file}`),
    ...recipes().map((file) => `zapier/${file}`),
  ];
  const prettier = createRequire(__filename).resolve('prettier/bin/prettier.cjs');
  const { status, stderr } = spawnSync(process.execPath, [prettier, '--check', 'examples'], {
    cwd: ROOT,
    encoding: 'utf8',
  });

  expect(linked.sort()).toEqual(files.sort());
  expect([status, stderr]).toEqual([0, '']);
});

it('a test and npm run dev run each workflow against the simulator', () => {
  expect(EXAMPLES.map(({ file }) => file).sort()).toEqual(exampleFiles().sort());
  expect(Object.keys(TRY_IT).sort()).toEqual(exampleFiles().sort());
});

it('all workflows and nodes have different IDs', () => {
  const workflows = exampleFiles().map(readExample);
  const ids = workflows.flatMap(({ id, nodes }) => [id, ...nodes.map((node) => node.id)]);

  expect(ids.every((id) => id.length > 0)).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
});

describe.each(exampleFiles())('the workflow %s', (file) => {
  const workflow = readExample(file);
  const names = workflow.nodes.map(({ name }) => name);

  it('has nodes with different names, all of them connected', () => {
    const lines = connectionsOf(workflow);
    const connected = lines.flatMap(({ from, to }) => [from, to.node]);

    expect(new Set(names).size).toBe(names.length);
    expect(new Set(connected)).toEqual(new Set(stepsOf(workflow).map(({ name }) => name)));
  });

  it('uses only existing nodes in expressions', () => {
    const parameters = JSON.stringify(workflow.nodes.map((node) => node.parameters));
    const named = [...parameters.matchAll(/\$\('([^']+)'\)/g)].map(([, name]) => name);

    expect(names).toEqual(expect.arrayContaining(named));
  });

  it('has notes that explain it and name its Dograh nodes', () => {
    const notes = workflow.nodes.filter(({ type }) => type === NOTE);
    const [first = '', ...others] = notes.map(({ parameters }) => parameters['content'] as string);

    expect(first).toMatch(/^## .+[^]*To try it[^]*1\. /);
    expect(others.length).toBeGreaterThan(0);
    expect(others.every((text) => text.startsWith('### '))).toBe(true);
    for (const { name } of oursIn(workflow)) {
      expect([first, ...others].join(' ')).toMatch(new RegExp(`\\*\\*(${name}|both)\\*\\*`));
    }
  });

  it('shows each node on a note, without overlaps', () => {
    const steps = stepsOf(workflow);
    const notes = workflow.nodes.filter(({ type }) => type === NOTE);
    for (const { name, position } of steps) {
      const under = notes.filter((note) => isOn(position, note));
      const over = steps.filter((other) => isTooNear(position, other.position));

      expect([name, under.length > 0, over.map((other) => other.name)]).toEqual([
        name,
        true,
        [name],
      ]);
    }
  });

  it('fills in only parameters of the Dograh nodes', async () => {
    for (const node of oursIn(workflow)) {
      expect([node.name, parameterProblems(node, await formOf(node))]).toEqual([node.name, []]);
    }
  });

  it('does not choose an agent', () => {
    for (const { parameters } of oursIn(workflow)) {
      const { agent } = parameters;
      if (agent !== undefined) expect(agent).toEqual({ __rl: true, mode: 'list', value: '' });
    }
  });

  it('is complete after it is connected', async () => {
    for (const node of oursIn(connectExample(workflow, CREDENTIALS, createWorld()))) {
      const form = await formOf(node);

      expect(NodeHelpers.getNodeParametersIssues(form.properties, node, form)).toBeNull();
      expect(Object.keys(node.credentials ?? {})).toEqual(['dograhApi']);
    }
  });

  it('contains no credential of an n8n', () => {
    for (const { credentials = {} } of workflow.nodes) {
      for (const credential of Object.values(credentials)) {
        expect(credential).toEqual({ id: null, name: expect.stringMatching(/ account$/) });
      }
    }
  });
});

describe.each([
  'README.md',
  ...exampleFiles().map((file) => `n8n/${file}`),
  ...recipes().map((file) => `zapier/${file}`),
])('the example %s', (file) => {
  it('contains no secret and no personal data', () => {
    expect(privateIn(readFileSync(join(ROOT, 'examples', file), 'utf8'))).toEqual([]);
  });
});

it.each([
  ['an API key of Dograh', 'dg_4f0c'],
  ['an API key of a model’s provider', 'sk-proj-abc'],
  ['an access key of AWS', 'AKIAIOSFODNN7EXAMPLE'],
  ['a token of Slack', 'xoxb-2-3'],
  ['a token of GitHub', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a'],
  ['a token of a session', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.s5fQ'],
  ['a key in a header', 'Authorization: Bearer abc'],
  ['a private key', '-----BEGIN PRIVATE KEY-----'],
  ['a password in an address', 'https://ann:secret@host'],
  ['a real mail address', 'ann@acme.com'],
  ['a real phone number', '+1 212 555 2368'],
])('%s would be found in an example', (_, text) => {
  expect(privateIn(`"a": "${text}"`)).toHaveLength(1);
});

it('mistakes in the parameters of a Dograh node would be found', async () => {
  const [node] = oursIn(readExample('call-new-rows.json')) as [INode];
  const slip = {
    ...node,
    parameters: {
      ...node.parameters,
      environment: 'live',
      phone: '+14155550123',
      waitTimeoutMinutes: 15,
      contextPairs: { pair: [{ key: 'first_name' }] },
      options: { callRefrence: 'lead-1', skipIfCalledWithin: '24' },
    },
  };

  expect(parameterProblems(slip, await formOf(node))).toEqual([
    'environment cannot be "live"',
    'contextPairs.pair.key is no parameter',
    'options.callRefrence is no parameter',
    'options.skipIfCalledWithin is no number',
    'phone is no parameter',
    'waitTimeoutMinutes is no parameter',
  ]);
});

describe.each(recipes())('the recipe %s', (file) => {
  const text = readFileSync(join(RECIPES_DIR, file), 'utf8');

  it('names only steps and labels of the app', () => {
    const known = new Set(stepsOfApp().flatMap(({ labels, fields }) => [...labels, ...fields]));
    const steps = stepsOfApp().map(({ name }) => `Dograh: ${name}`);
    const named = [...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, label = '']) => label);

    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((label) => !isKnown(label, known) && !steps.includes(label))).toEqual([]);
  });

  it('fills in only fields of the step that it describes', () => {
    const tables = [...text.matchAll(/\*\*Dograh: ([^*]+)\*\*\n\n((?: *\|.*\n)+)/g)];

    expect(tables.length).toBeGreaterThan(0);
    for (const [, name, table = ''] of tables) {
      const fields = stepsOfApp().find((step) => step.name === name)?.fields ?? [];
      const filled = [...table.matchAll(/^ *\| \*\*([^*]+)\*\*/gm)].map(([, label = '']) => label);

      expect(filled.filter((label) => label !== 'Variable …' && !fields.includes(label))).toEqual(
        [],
      );
    }
  });

  it('has steps, and warnings under Watch out', () => {
    expect(text).toMatch(/^# .+\n\n[^]+\n## Steps\n[^]+\n## Watch out\n\n- /);
  });
});

const SECRETS = [
  /\bdg_\w+/,
  /\bsk-[\w-]+/,
  /\bAKIA\w{16}\b/,
  /\bxox[a-z]-[\w-]+/,
  /\bgh[a-z]_\w{20,}/,
  /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]+/,
  /\bbearer [\w-]+/i,
  /-----BEGIN [A-Z ]+-----/,
  /\w+:\/\/[^\s/@:]+:[^\s/@]+@\S+/,
];
/** `@n8n/…` is the name of a node. */
const MAIL_ADDRESS = /(?<![\w.+:-])[\w.+-]+@(?!n8n\/)(?!example\.(?:com|org)\b)[\w-]+\.\w+/g;

/** Text that must not be in a public file: secrets, real phone numbers and real mail addresses. */
function privateIn(text: string): string[] {
  const numbers = (text.match(/\+\d[\d ]{7,}\d/g) ?? []).filter(
    (number) => !/^\+1\d{3}555?01\d\d$/.test(number.replaceAll(' ', '')),
  );
  const secrets = SECRETS.flatMap((secret) => secret.exec(text)?.[0] ?? []);
  return [...secrets, ...(text.match(MAIL_ADDRESS) ?? []), ...numbers];
}

function recipes(): string[] {
  return readdirSync(RECIPES_DIR).filter((file) => file.endsWith('.md'));
}

function connectionsOf({ connections }: ExampleWorkflow): { from: string; to: IConnection }[] {
  return Object.entries(connections).flatMap(([from, types]) =>
    Object.values(types).flatMap((outputs) =>
      outputs.flatMap((lines) => (lines ?? []).map((to) => ({ from, to }))),
    ),
  );
}

/** The form of one of our nodes. As a tool of an AI agent, it also has a description. */
async function formOf({ type }: INode): Promise<INodeTypeDescription> {
  const name = type.slice(OURS.length);
  const { description } = await dograhNodeType(name.replace(/Tool$/, ''));
  if (!name.endsWith('Tool')) return description;
  const ofTool: INodeProperties[] = [
    {
      displayName: 'Tool Description',
      name: 'descriptionType',
      type: 'options',
      options: [
        { name: 'Set Automatically', value: 'auto' },
        { name: 'Set Manually', value: 'manual' },
      ],
      default: 'auto',
    },
    { displayName: 'Description', name: 'toolDescription', type: 'string', default: '' },
  ];
  return { ...description, properties: [...ofTool, ...description.properties] };
}

type Position = readonly [x: number, y: number];
const NODE_SIZE = 96;

function isOn([x, y]: Position, { position: [left, top], parameters }: INode): boolean {
  const { width, height } = parameters as { width: number; height: number };
  return x >= left && y >= top && x + NODE_SIZE <= left + width && y + NODE_SIZE <= top + height;
}

function isTooNear([x, y]: Position, [otherX, otherY]: Position): boolean {
  return Math.abs(x - otherX) < 1.5 * NODE_SIZE && Math.abs(y - otherY) < 1.5 * NODE_SIZE;
}

interface StepOfApp {
  /** The name that Zapier shows, e.g. Trigger Call. */
  readonly name: string;
  readonly fields: readonly string[];
  /** Labels of its choices and output fields. */
  readonly labels: readonly string[];
}

interface Field {
  readonly label?: string;
  readonly choices?: readonly { readonly label: string }[];
}

interface OperationOfApp {
  readonly display: { readonly label: string; readonly hidden?: boolean };
  readonly operation: { readonly inputFields?: unknown[]; readonly outputFields?: unknown[] };
}

function stepsOfApp(): StepOfApp[] {
  const { triggers, creates, searches } = builtApp() as unknown as Record<
    string,
    Record<string, OperationOfApp>
  >;
  return Object.values({ ...triggers, ...creates, ...searches })
    .filter(({ display }) => display.hidden !== true)
    .map(({ display, operation }) => {
      const inputs = asFields(operation.inputFields);
      return {
        name: display.label,
        fields: inputs.flatMap(({ label = [] }) => label),
        labels: [
          ...inputs.flatMap(({ choices = [] }) => choices.map(({ label }) => label)),
          ...asFields(operation.outputFields).flatMap(({ label = [] }) => label),
        ],
      };
    });
}

/** Without the fields that are created when a form is opened. */
function asFields(fields: unknown[] = []): Field[] {
  return fields.filter((field): field is Field => typeof field === 'object' && field !== null);
}

/** Zapier writes the name of a field before the names of its subfields. */
function isKnown(label: string, known: ReadonlySet<string>): boolean {
  if (label === 'Variable …') return true;
  return [...known].some(
    (one) => label === one || (one.endsWith(' Context') && label.startsWith(`${one} `)),
  );
}
