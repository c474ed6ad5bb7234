import type { INode } from 'n8n-workflow';
import { variableFields } from '../../../tools/hosts/n8n/host';
import { startSimulator, type Simulator } from '../../../tools/simulator';
import {
  connectExample,
  exampleCredentials,
  exampleFiles,
  readExample,
  type ExampleWorkflow,
  type StoredCredential,
} from '../../../tools/dev/connect-example';
import { exampleWorld } from '../../../tools/dev/example-world';

let simulator: Simulator;
let credentials: StoredCredential[];
/** The variables of each agent that an example calls, by its name. */
let variablesOf: Readonly<Record<string, string[]>>;

beforeAll(async () => {
  simulator = await startSimulator({ world: exampleWorld() });
  credentials = exampleCredentials(simulator, 'http://127.0.0.1/v1').map((credential) => ({
    ...credential,
    id: `id of ${credential.name}`,
  }));
  const { acme, agents } = simulator.world;
  const { apiKey } = acme;
  const variables = [agents.leadQualifier, agents.springOffer].map(async ({ name, uuid }) => {
    const agent = { by: 'agentUuid', value: uuid } as const;
    const { fields } = await variableFields({ apiKey, baseUrl: simulator.url, agent });
    return [name, fields.map(({ id }) => id)] as const;
  });
  variablesOf = Object.fromEntries(await Promise.all(variables));
});

afterAll(() => simulator.stop());

const connected = (file: string): ExampleWorkflow =>
  connectExample(readExample(file), credentials, simulator.world);

const calling = ({ nodes }: ExampleWorkflow): INode[] =>
  nodes.filter(({ parameters }) => 'agent' in parameters);

describe.each(exampleFiles())('the connected workflow %s', (file) => {
  it('has every credential that its nodes refer to', () => {
    const chosen = connected(file).nodes.flatMap(({ credentials: own = {} }) => Object.values(own));

    expect(chosen.length).toBeGreaterThan(0);
    for (const { id, name } of chosen) expect(id).toBe(`id of ${name}`);
  });

  it('sets every variable of the agent that it calls', () => {
    const workflow = connected(file);
    for (const { parameters } of calling(workflow)) {
      const { cachedResultName: agent } = parameters['agent'] as { cachedResultName: string };
      const variables = variablesOf[agent] ?? [];
      const given = [namesIn(parameters), namesInItems(workflow)].find((names) => names?.length);
      expect(variables).not.toEqual([]);
      expect(given ?? namesInRequest(workflow)).toEqual(expect.arrayContaining(variables));
    }
  });
});

it('keeps what an example sets itself', () => {
  const [node] = calling(connected('call-new-rows.json'));

  expect(node?.parameters['contextPairs']).toMatchObject({
    pair: expect.arrayContaining([{ name: 'first_name', value: '={{ $json.first_name }}' }]),
  });
  expect(namesIn(node?.parameters ?? {})).toHaveLength(
    variablesOf['Lead Qualifier']?.length ?? NaN,
  );
});

function namesIn({ contextPairs }: INode['parameters']): string[] | undefined {
  const pairs = contextPairs as { pair: { name: string }[] } | undefined;
  return pairs?.pair.map(({ name }) => name);
}

/** The example with calling hours takes its variables from the item. */
function namesInItems({ nodes }: ExampleWorkflow): string[] {
  const fields = nodes.flatMap(({ parameters: { assignments } }) => {
    const given = assignments as { assignments: { name: string }[] } | undefined;
    return given?.assignments ?? [];
  });
  return fields.flatMap(({ name }) => name.split('initial_context.')[1] ?? []);
}

/** The webhook example takes its variables from the request. */
function namesInRequest({ pinData = {} }: ExampleWorkflow): string[] {
  const [item] = Object.values(pinData).flat();
  const { contacts } = item?.json['body'] as { contacts: { variables: object }[] };
  return Object.keys(contacts[0]?.variables ?? {});
}
