import { answerAt, answerTo, post } from '../../../tools/simulator/api-caller';
import {
  createWorld,
  manyAgents,
  startSimulator,
  type Simulator,
} from '../../../tools/simulator/index';
import { agentsOf } from '../../../tools/simulator/world';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});

afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
  simulator.reset();
});

afterAll(() => simulator.stop());

type Fields = Record<string, unknown>;
interface Definition {
  nodes: { type: string; data: Fields }[];
  edges: { data: Fields }[];
}

async function idsAt(path: string, apiKey?: string): Promise<unknown[]> {
  const { status, body } = await answerAt(simulator, path, apiKey);
  expect(status).toBe(200);
  return (body as Fields[]).map(({ id }) => id);
}

async function definitionOf(id: number): Promise<Definition> {
  const { body } = await answerAt(simulator, `/workflow/fetch/${String(id)}`);
  return (body as { workflow_definition: Definition }).workflow_definition;
}

/** All texts of a definition that may contain variables. */
function textsOf({ nodes, edges }: Definition): string {
  const texts = [
    ...nodes.flatMap(({ data }) => [data['greeting'], data['prompt']]),
    ...edges.map(({ data }) => data['transition_speech']),
  ];
  return texts.filter((text) => typeof text === 'string').join('\n');
}

const refusal = (status: number, detail: unknown) => ({ status, body: { detail } });

describe('the list of agents', () => {
  it('contains the agents of the key’s organization, including archived ones', async () => {
    expect(await idsAt('/workflow/fetch')).toEqual([101, 102, 103, 104, 105, 106, 107, 108]);
    expect(await idsAt('/workflow/fetch', simulator.world.globex.apiKey)).toEqual([201]);
  });

  it.each([
    ['active', [101, 102, 103, 104, 105, 107, 108]],
    ['archived', [106]],
    ['archived,%20active', [106, 101, 102, 103, 104, 105, 107, 108]],
    ['', [101, 102, 103, 104, 105, 106, 107, 108]],
  ])('can be filtered by the status "%s"', async (status, ids) => {
    expect(await idsAt(`/workflow/fetch?status=${status}`)).toEqual(ids);
  });

  it('refuses an unknown status with a message', async () => {
    expect(await answerAt(simulator, '/workflow/fetch?status=active,retired,')).toEqual(
      refusal(
        422,
        "Invalid workflow status filter: ['<empty>', 'retired']. Allowed values: ['active', 'archived'].",
      ),
    );
  });

  it('shows the IDs, name and status of each agent', async () => {
    await answerTo(simulator);
    const { body } = await answerAt(simulator, '/workflow/fetch?status=active');
    expect((body as Fields[])[0]).toEqual({
      id: 101,
      name: 'Appointment Reminder',
      status: 'active',
      created_at: '2026-01-05T09:00:00Z',
      total_runs: 1,
      folder_id: null,
      workflow_uuid: simulator.world.agents.appointmentReminder.uuid,
    });
  });
});

describe('one agent', () => {
  it('is its draft if there is one', async () => {
    const { body } = await answerAt(simulator, '/workflow/fetch/101');
    expect(body).toMatchObject({ id: 101, status: 'active', version_status: 'draft' });
    expect(textsOf((body as { workflow_definition: Definition }).workflow_definition)).toContain(
      '{{patient.name | friend}}',
    );
  });

  it('is its published version if there is no draft', async () => {
    const { body } = await answerAt(simulator, '/workflow/fetch/103');
    expect(body).toMatchObject({
      version_status: 'published',
      version_number: 1,
      template_context_variables: { customer_name: 'Sam Sample', parcel_count: 1 },
    });
  });

  it('can be read if it is archived or was never published', async () => {
    expect((await answerAt(simulator, '/workflow/fetch/106')).body).toMatchObject({
      status: 'archived',
      version_status: 'published',
    });
    expect((await answerAt(simulator, '/workflow/fetch/104')).body).toMatchObject({
      version_status: 'draft',
    });
  });

  it('contains its API Triggers as nodes', async () => {
    const { triggerOnlyInDraft } = simulator.world.agents;
    const triggersOf = async (): Promise<unknown[]> =>
      (await definitionOf(105)).nodes
        .filter(({ type }) => type === 'trigger')
        .map(({ data }) => data['trigger_path']);

    expect(await triggersOf()).toEqual([triggerOnlyInDraft.trigger]);
    triggerOnlyInDraft.draft = null;
    expect(await triggersOf()).toEqual([]);
    triggerOnlyInDraft.published?.triggers.push('a', 'b');
    expect(await triggersOf()).toEqual(['a', 'b']);
  });

  it.each(['201', '999', '-1'])('is not found for the ID %s', async (id) => {
    expect(await answerAt(simulator, `/workflow/fetch/${id}`)).toEqual(
      refusal(404, `Workflow with id ${id} not found`),
    );
    expect(await answerAt(simulator, `/workflow/${id}/versions`)).toEqual(
      refusal(404, `Workflow with id ${id} not found`),
    );
  });

  it('needs a number as ID', async () => {
    const { uuid } = simulator.world.agents.appointmentReminder;
    const { status, body } = await answerAt(simulator, `/workflow/fetch/${uuid}`);
    expect(status).toBe(422);
    expect(body).toEqual({
      detail: [
        {
          type: 'int_parsing',
          loc: ['path', 'workflow_id'],
          msg: 'Input should be a valid integer, unable to parse string as an integer',
          input: uuid,
        },
      ],
    });
  });
});

describe('the versions of an agent', () => {
  it('have the newest first', async () => {
    const { appointmentReminder } = simulator.world.agents;
    if (appointmentReminder.published) {
      appointmentReminder.archivedVersions.push(structuredClone(appointmentReminder.published));
    }
    const { body } = await answerAt(simulator, '/workflow/101/versions');
    expect(body).toMatchObject([
      { version_number: 3, status: 'draft', published_at: null },
      { version_number: 2, status: 'published', template_context_variables: {} },
      { version_number: 1, status: 'archived' },
    ]);
  });

  it('are limited to the requested number', async () => {
    const { body } = await answerAt(simulator, '/workflow/101/versions?limit=1');
    expect(body).toMatchObject([{ status: 'draft' }]);
  });

  it.each(['0', '101', 'all'])('cannot be limited to %s', async (limit) => {
    expect((await answerAt(simulator, `/workflow/101/versions?limit=${limit}`)).status).toBe(422);
  });

  it('have different variables in the draft and the published version', async () => {
    const { body } = await answerAt(simulator, '/workflow/101/versions');
    const [draft = '', published = ''] = (body as { workflow_json: Definition }[]).map((version) =>
      textsOf(version.workflow_json),
    );
    expect(published).toContain('{{appointment.date}}');
    expect(draft).not.toContain('{{appointment.date}}');
    expect(draft).toContain('{{visit_date}}');
    expect(published).not.toContain('{{visit_date}}');
  });
});

describe('the agents of the world', () => {
  it.each([
    ['a plain variable', /\{\{customer_name\}\}/],
    ['a fallback', /\{\{language \| English\}\}/],
    ['a fallback as it was written before', /\{\{doctor \| fallback:one of our dentists\}\}/],
    ['a path into an object', /\{\{appointment\.time\}\}/],
    ['a path from the very top', /\{\{initial_context\.customer_name\}\}/],
    ['the time of a zone', /\{\{current_time_Europe\/Berlin\}\}/],
    ['the weekday', /\{\{current_weekday\}\}/],
    ['what the system sets', /\{\{caller_number\}\}/],
  ])('use %s', async (_what, notation) => {
    simulator.world.agents.appointmentReminder.draft = null;
    expect(textsOf(await definitionOf(101))).toMatch(notation);
  });

  it('contain variables in each text that Dograh renders', async () => {
    simulator.world.agents.appointmentReminder.draft = null;
    const { nodes, edges } = await definitionOf(101);
    const places = nodes.flatMap(({ type, data }) =>
      Object.entries(data)
        .filter(([, text]) => String(text).includes('{{'))
        .map(([name]) => `${type}.${name}`),
    );
    expect(places.toSorted()).toEqual([
      'agentNode.prompt',
      'endCall.prompt',
      'globalNode.prompt',
      'startCall.greeting',
      'startCall.prompt',
    ]);
    expect(edges[0]?.data['transition_speech']).toContain('{{');
  });
});

describe('many agents', () => {
  it('are listed, can be called, and are removed by a reset', async () => {
    const added = manyAgents(simulator.world, 300);
    expect(await idsAt('/workflow/fetch?status=active')).toHaveLength(307);

    const last = added.at(-1);
    const { status } = await post(simulator, { route: last?.trigger ?? '' });
    expect(status).toBe(200);
    expect(simulator.calls[0]?.agentUuid).toBe(last?.uuid);

    simulator.reset();
    expect(await idsAt('/workflow/fetch?status=active')).toHaveLength(7);
  });

  it('are different each time, and may belong to any organization', () => {
    const world = createWorld();
    manyAgents(world, 2);
    manyAgents(world, 2, world.globex.id);
    const uuids = agentsOf(world).map(({ uuid }) => uuid);
    expect(new Set(uuids).size).toBe(10 + 4);
    expect(agentsOf(world).filter((one) => one.organizationId === world.globex.id)).toHaveLength(3);
  });
});

describe('a request for agents is refused', () => {
  it.each(['/workflow/fetch', '/workflow/fetch/101', '/workflow/101/versions'])(
    'at %s without a key or with a wrong key',
    async (path) => {
      expect(await answerAt(simulator, path, null)).toEqual(
        refusal(401, 'Authorization header required'),
      );
      expect(await answerAt(simulator, path, 'dg_wrong')).toEqual(
        refusal(401, 'Invalid or expired API key'),
      );
    },
  );
});

describe('faults of the agents', () => {
  it.each(['/workflow/fetch', '/workflow/fetch/101', '/workflow/101/versions'])(
    'strike %s, and no call',
    async (path) => {
      simulator.faults.add({
        on: 'agents',
        fault: { kind: 'status', callPlaced: false, status: 503 },
      });
      expect((await post(simulator)).status).toBe(200);
      expect((await answerAt(simulator, path)).status).toBe(503);
      expect((await answerAt(simulator, path)).status).toBe(200);
    },
  );
});
