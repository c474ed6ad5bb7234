import { answerTo, aNumber } from '../../../tools/simulator/api-caller';
import { startSimulator, type Simulator } from '../../../tools/simulator/index';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});

afterEach(() => {
  expect(simulator.calls).toEqual([]);
  expect(simulator.contractViolations).toEqual([]);
  simulator.reset();
});

afterAll(() => simulator.stop());

function refusal(status: number, detail: unknown): { status: number; body: unknown } {
  return { status, body: { detail } };
}

describe('a call is refused', () => {
  it('with a wrong key', async () => {
    const answer = await answerTo(simulator, { apiKey: 'dg_wrong' });
    expect(answer).toEqual(refusal(401, 'Invalid API key'));
  });

  it('without a key, which Dograh reports as a missing header', async () => {
    const answer = await answerTo(simulator, { apiKey: null });
    const problem = { loc: ['header', 'X-API-Key'], msg: 'Field required', type: 'missing' };
    expect(answer).toEqual(refusal(422, [expect.objectContaining(problem)]));
  });

  it('with the key of another organization', async () => {
    const answer = await answerTo(simulator, { apiKey: simulator.world.globex.apiKey });
    expect(answer).toEqual(refusal(403, 'Access denied'));
  });

  it('as not found for an Agent UUID of another organization', async () => {
    const answer = await answerTo(simulator, {
      apiKey: simulator.world.globex.apiKey,
      route: `workflow/${simulator.world.agents.appointmentReminder.uuid}`,
    });
    expect(answer).toEqual(refusal(404, 'Workflow not found'));
  });
});

describe('a call is refused for', () => {
  it('an unknown trigger', async () => {
    const answer = await answerTo(simulator, { route: 'no-such-trigger' });
    expect(answer).toEqual(refusal(404, 'Agent trigger not found'));
  });

  it('an Agent UUID on the route of triggers', async () => {
    const { uuid } = simulator.world.agents.appointmentReminder;
    const answer = await answerTo(simulator, { route: uuid });
    expect(answer).toEqual(refusal(404, 'Agent trigger not found'));
  });

  it('a trigger on the route of Agent UUIDs', async () => {
    const { trigger } = simulator.world.agents.appointmentReminder;
    const answer = await answerTo(simulator, { route: `workflow/${trigger}` });
    expect(answer).toEqual(refusal(404, 'Workflow not found'));
  });

  it('a trigger that was archived', async () => {
    simulator.world.agents.leadQualifier.triggerState = 'archived';
    const answer = await answerTo(simulator, { route: 'lead-qualifier' });
    expect(answer).toEqual(refusal(404, 'Agent trigger is not active'));
  });

  it.each(['trigger', 'uuid'] as const)('an archived agent, by its %s', async (identifier) => {
    const { archived } = simulator.world.agents;
    const route = identifier === 'uuid' ? `workflow/${archived.uuid}` : archived.trigger;
    const answer = await answerTo(simulator, { route });
    expect(answer).toEqual(refusal(404, 'Workflow is not active'));
  });

  it('an agent that was never published, in production', async () => {
    const { trigger } = simulator.world.agents.neverPublished;
    const answer = await answerTo(simulator, { route: trigger });
    expect(answer).toEqual(refusal(404, 'Workflow has no published definition'));
  });

  it('a trigger that is only in the draft, in production', async () => {
    const { trigger } = simulator.world.agents.triggerOnlyInDraft;
    const answer = await answerTo(simulator, { route: trigger });
    expect(answer).toEqual(refusal(404, 'Trigger not found in the selected Agent'));
  });

  it('an agent without an owner', async () => {
    const { trigger } = simulator.world.agents.withoutOwner;
    const answer = await answerTo(simulator, { route: trigger });
    expect(answer).toEqual(refusal(409, 'Workflow has no execution owner'));
  });
});

describe('telephony', () => {
  it('must be set up', async () => {
    const answer = await answerTo(simulator, {
      apiKey: simulator.world.initech.apiKey,
      route: simulator.world.agents.withoutTelephony.trigger,
    });
    const detail = 'Telephony provider not configured for this organization';
    expect(answer).toEqual(refusal(400, detail));
  });

  it.each(['globexMain', 'nowhere'] as const)('must be known: %s', async (name) => {
    const id = name === 'nowhere' ? 999 : simulator.world.telephony[name].id;
    const answer = await answerTo(simulator, {
      body: { phone_number: aNumber, telephony_configuration_id: id },
    });
    expect(answer).toEqual(refusal(404, 'Telephony configuration not found'));
  });

  it('must be ready', async () => {
    const { id, outboundBlockedReason } = simulator.world.telephony.acmeUnfinished;
    const answer = await answerTo(simulator, {
      body: { phone_number: aNumber, telephony_configuration_id: id },
    });
    expect(answer).toEqual(refusal(400, expect.stringContaining(String(outboundBlockedReason))));
  });

  it.each(['acmeRetired', 'acmeBackupLine', 'globexLine'] as const)(
    'must have the caller ID in the default configuration: %s',
    async (name) => {
      const { id } = simulator.world.phoneNumbers[name];
      const answer = await answerTo(simulator, {
        body: { phone_number: aNumber, from_phone_number_id: id },
      });
      expect(answer).toEqual(refusal(400, 'from_phone_number_not_found'));
    },
  );
});

describe('calls that leave a run although no call was placed', () => {
  it('are those without quota', async () => {
    simulator.world.acme.quotaExhausted = 'No credits left.';

    expect(await answerTo(simulator)).toEqual(refusal(402, 'No credits left.'));
    expect(simulator.runs).toMatchObject([
      { placedAt: null, disposition: 'error', states: [{ state: 'completed' }] },
    ]);
  });

  it('are those that the provider does not dial', async () => {
    const [unreachable] = simulator.world.unreachableNumbers;
    const answer = await answerTo(simulator, { body: { phone_number: unreachable } });

    expect(answer).toEqual(refusal(400, expect.stringMatching(/^Failed to initiate call: /)));
    expect(simulator.runs).toMatchObject([
      { placedAt: null, disposition: 'error', states: [{ state: 'completed' }] },
    ]);
  });
});
