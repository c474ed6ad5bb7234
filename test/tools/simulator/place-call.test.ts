import { answerTo, aNumber, post } from '../../../tools/simulator/api-caller';
import { startSimulator, type Simulator } from '../../../tools/simulator/index';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});

afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
  simulator.reset();
});

afterAll(() => simulator.stop());

const accepted = {
  status: 200,
  body: {
    status: 'initiated',
    workflow_run_id: expect.any(Number),
    workflow_run_name: expect.stringMatching(/^WR-API-\d{4}$/),
  },
};

describe('a call by API Trigger', () => {
  it('is placed once, with the published version', async () => {
    const { body } = await answerTo(simulator);

    expect(body).toEqual(accepted.body);
    expect(simulator.calls).toHaveLength(1);
    expect(simulator.calls[0]).toMatchObject({
      runId: (body as { workflow_run_id: number }).workflow_run_id,
      environment: 'production',
      agentVersion: 'published',
      trigger: simulator.world.agents.appointmentReminder.trigger,
      agentUuid: simulator.world.agents.appointmentReminder.uuid,
      organizationId: simulator.world.acme.id,
      phoneNumber: aNumber,
    });
  });

  it('works with a trigger that has a name instead of a UUID', async () => {
    expect(await answerTo(simulator, { route: 'lead-qualifier' })).toEqual(accepted);
  });

  it('is placed again if it is requested again, because there is no idempotency key', async () => {
    await answerTo(simulator);
    await answerTo(simulator);

    expect(simulator.calls.map((call) => call.phoneNumber)).toEqual([aNumber, aNumber]);
    expect(new Set(simulator.calls.map((call) => call.runId)).size).toBe(2);
  });

  it('runs the draft on the test route, and its name says so', async () => {
    const { trigger } = simulator.world.agents.appointmentReminder;
    const { body } = await answerTo(simulator, { route: `test/${trigger}` });

    expect(body).toMatchObject({ workflow_run_name: expect.stringMatching(/^WR-TEST-\d{4}$/) });
    expect(simulator.calls[0]).toMatchObject({ environment: 'test', agentVersion: 'draft' });
  });

  it('runs the published version on the test route if there is no draft', async () => {
    await answerTo(simulator, { route: 'test/lead-qualifier' });

    expect(simulator.calls[0]).toMatchObject({ environment: 'test', agentVersion: 'published' });
  });
});

describe('a call by Agent UUID', () => {
  it('is placed without a trigger', async () => {
    const { uuid } = simulator.world.agents.appointmentReminder;
    expect(await answerTo(simulator, { route: `workflow/${uuid}` })).toEqual(accepted);
    expect(simulator.calls[0]).toMatchObject({ trigger: null, agentUuid: uuid });
  });

  it('runs the draft on the test route', async () => {
    const { uuid } = simulator.world.agents.appointmentReminder;
    await answerTo(simulator, { route: `test/workflow/${uuid}` });

    expect(simulator.calls[0]).toMatchObject({ environment: 'test', agentVersion: 'draft' });
  });
});

describe('telephony', () => {
  it('is the default configuration if none is requested', async () => {
    await answerTo(simulator);

    expect(simulator.calls[0]).toMatchObject({
      telephonyConfigurationId: simulator.world.telephony.acmeMain.id,
      fromPhoneNumberId: null,
    });
  });

  it('is the default configuration at any position in the list', async () => {
    const { acmeMain, acmeBackup } = simulator.world.telephony;
    acmeMain.isDefaultOutbound = false;
    acmeBackup.isDefaultOutbound = true;
    await answerTo(simulator);

    expect(simulator.calls[0]?.telephonyConfigurationId).toBe(acmeBackup.id);
  });

  it('is another ready configuration if the default is not ready', async () => {
    simulator.world.telephony.acmeMain.outboundBlockedReason = 'Renew the contract.';
    await answerTo(simulator);

    const { acmeBackup } = simulator.world.telephony;
    expect(simulator.calls[0]?.telephonyConfigurationId).toBe(acmeBackup.id);
  });

  it('is the requested configuration, with its caller ID', async () => {
    const { telephony, phoneNumbers } = simulator.world;
    await answerTo(simulator, {
      body: {
        phone_number: aNumber,
        telephony_configuration_id: telephony.acmeBackup.id,
        from_phone_number_id: phoneNumbers.acmeBackupLine.id,
      },
    });

    expect(simulator.calls[0]).toMatchObject({
      telephonyConfigurationId: telephony.acmeBackup.id,
      fromPhoneNumberId: phoneNumbers.acmeBackupLine.id,
      initialContext: { caller_number: phoneNumbers.acmeBackupLine.address },
    });
  });

  it('may be null in the request, or left out', async () => {
    const body = {
      phone_number: aNumber,
      initial_context: null,
      telephony_configuration_id: null,
      from_phone_number_id: null,
    };
    expect(await answerTo(simulator, { body })).toEqual(accepted);
  });
});

describe('the concurrency limit', () => {
  beforeEach(() => {
    simulator.world.acme.concurrentCallLimit = 1;
  });

  it('refuses a call before a run is created, without a Retry-After header', async () => {
    await answerTo(simulator);
    const second = await post(simulator);

    expect(second.status).toBe(429);
    expect(second.headers.get('retry-after')).toBeNull();
    expect(await second.json()).toEqual({ detail: 'Concurrent call limit reached' });
    expect(simulator.runs).toHaveLength(1);
  });

  it('applies to each organization separately', async () => {
    simulator.world.globex.concurrentCallLimit = 1;
    await answerTo(simulator);
    const other = await post(simulator, {
      apiKey: simulator.world.globex.apiKey,
      route: simulator.world.agents.globexSurvey.trigger,
    });

    expect(other.status).toBe(200);
  });

  it('does not count a call that could not be dialed', async () => {
    simulator.world.unreachableNumbers.push(aNumber);
    expect((await post(simulator)).status).toBe(400);
    simulator.world.unreachableNumbers.pop();

    expect((await post(simulator)).status).toBe(200);
  });
});
