import type { INode } from 'n8n-workflow';
import { variableFields } from '../../../tools/hosts/n8n/host';
import { startSimulator, type Simulator } from '../../../tools/simulator';
import {
  connectExample,
  exampleCredentials,
  exampleFiles,
  exampleWorld,
  readExample,
  type ExampleWorkflow,
  type StoredCredential,
} from '../../../tools/dev/connect-example';

let simulator: Simulator;
let credentials: StoredCredential[];
/** The variables of the agent that the examples call. */
let variables: string[];

beforeAll(async () => {
  simulator = await startSimulator({ world: exampleWorld() });
  credentials = exampleCredentials(simulator, 'http://127.0.0.1/v1').map((credential) => ({
    ...credential,
    id: `id of ${credential.name}`,
  }));
  const { acme, agents } = simulator.world;
  const { fields } = await variableFields({
    apiKey: acme.apiKey,
    baseUrl: simulator.url,
    agent: { by: 'agentUuid', value: agents.leadQualifier.uuid },
  });
  variables = fields.map(({ id }) => id);
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
      expect(parameters['agent']).toMatchObject({ cachedResultName: 'Lead Qualifier' });
      const given = [namesIn(parameters), namesInItems(workflow)].find((names) => names?.length);
      expect(given ?? namesInRequest(workflow)).toEqual(expect.arrayContaining(variables));
    }
  });
});

it('keeps what an example sets itself', () => {
  const [node] = calling(connected('call-new-rows.json'));

  expect(node?.parameters['contextPairs']).toMatchObject({
    pair: expect.arrayContaining([{ name: 'first_name', value: '={{ $json.first_name }}' }]),
  });
  expect(namesIn(node?.parameters ?? {})).toHaveLength(variables.length);
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
