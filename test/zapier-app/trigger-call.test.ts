import { askedIn } from '../behaviour/call-requests';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { sentenceOf } from '../../tools/hosts/zapier/host';
import { builtApp } from '../../tools/hosts/zapier/runtime';
import { errorOf, outputOf, runStep } from '../../tools/hosts/zapier/step';

describe('Trigger Call', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterEach(() => {
    expect(simulator.contractViolations).toEqual([]);
  });
  afterAll(() => simulator.stop());

  const theRequest = (): Simulator['requests'][number] => {
    const [request, another] = simulator.requests;
    if (request === undefined || another !== undefined) throw new Error('not one request');
    return request;
  };

  it('returns the run with the keys of the sample in the same order', async () => {
    const output = outputOf(await runStep(simulator, { inputData: { context: { name: 'Ann' } } }));

    const [call] = simulator.calls;
    expect(output).toMatchObject({
      id: call?.runId,
      workflow_run_id: call?.runId,
      workflow_run_name: call?.runName,
      status: 'initiated',
      environment: 'production',
      phone_number: '+14155550123',
      initial_context: { name: 'Ann' },
    });
    expect(Object.keys(output)).toEqual(
      Object.keys(builtApp().creates.trigger_call.operation.sample ?? {}),
    );
  });

  it.each([
    ['the published version', 'production', 'published'],
    ['the latest draft', 'test', 'draft'],
    ['the published version when nothing is chosen', undefined, 'published'],
    ['the published version when the field is blank', '', 'published'],
  ])('calls with %s', async (_name, agent_version, agentVersion) => {
    const { uuid } = simulator.world.agents.appointmentReminder;
    outputOf(
      await runStep(simulator, {
        inputData: { api_trigger: undefined, agent: uuid, agent_version },
      }),
    );

    expect(simulator.calls).toMatchObject([{ agentUuid: uuid, agentVersion }]);
  });

  it.each([
    ['the URL of an API Trigger', (url: string) => `${url}/api/v1/public/agent/lead-qualifier`],
    ['the ID of an API Trigger', () => ' lead-qualifier '],
  ])('accepts %s', async (_name, trigger) => {
    outputOf(await runStep(simulator, { inputData: { api_trigger: trigger(simulator.url) } }));

    expect(simulator.calls).toMatchObject([{ trigger: 'lead-qualifier' }]);
  });

  it('nests dotted names and prefers Variables to Variables (JSON)', async () => {
    const inputData = {
      context: { 'user.name': 'Ann', plan: 'gold' },
      context_json: '{"plan": "basic", "user": {"visits": 3}, "code": "007"}',
    };
    outputOf(await runStep(simulator, { inputData }));

    expect(askedIn(theRequest())).toEqual({
      phone_number: '+14155550123',
      initial_context: { plan: 'gold', user: { name: 'Ann', visits: 3 }, code: '007' },
    });
  });

  it('sends braces in a text unchanged, including those of Zapier’s templates', async () => {
    const text = 'Hi {{bundle.name}}, {{{customer_name}}}: \\{{process.env.HOME}}';
    const context_json = JSON.stringify({ greeting_override: { type: 'text', text } });
    outputOf(await runStep(simulator, { inputData: { context_json } }));

    expect(theRequest().body).toMatchObject({ initial_context: { greeting_override: { text } } });
  });

  it('sends no empty field', async () => {
    const blank = {
      agent: '',
      agent_version: null,
      default_country: '',
      number_format: null,
      context: {},
      context_json: ' ',
      telephony_configuration_id: '',
      from_phone_number_id: null,
    };
    outputOf(await runStep(simulator, { inputData: blank }));

    expect(askedIn(theRequest())).toEqual({ phone_number: '+14155550123' });
  });

  it('dials with the chosen telephony configuration and phone number', async () => {
    const { acmeBackup } = simulator.world.telephony;
    const { acmeBackupLine } = simulator.world.phoneNumbers;
    const inputData = {
      telephony_configuration_id: acmeBackup.id,
      from_phone_number_id: String(acmeBackupLine.id),
    };
    outputOf(await runStep(simulator, { inputData }));

    expect(simulator.calls).toMatchObject([
      { telephonyConfigurationId: acmeBackup.id, fromPhoneNumberId: acmeBackupLine.id },
    ]);
  });

  it('completes a national number with the default country and returns the dialed number', async () => {
    const inputData = { phone_number: '(415) 555-0123', default_country: 'US' };
    const output = outputOf(await runStep(simulator, { inputData }));

    expect(output).toMatchObject({ phone_number: '+14155550123' });
  });

  it('accepts a SIP URI as Any Destination', async () => {
    const inputData = { phone_number: 'sip:ann@example.com', number_format: 'any' };
    outputOf(await runStep(simulator, { inputData }));

    expect(simulator.calls).toMatchObject([{ phoneNumber: 'sip:ann@example.com' }]);
  });

  it.each([
    ['neither Agent nor API Trigger', {}, /No agent was chosen\. Fill in Agent or API Trigger/],
    [
      'both Agent and API Trigger',
      { agent: 'a9e17000-0000-4000-8000-000000000102', api_trigger: 'lead-qualifier' },
      /Agent and API Trigger cannot be used together\. Clear one/,
    ],
    [
      'Variables that are a text',
      { api_trigger: 'x', context: 'a=b' },
      /Variables must be a list of names and values/,
    ],
  ])('refuses %s before any request', async (_name, input, sentence) => {
    const inputData = { agent: ' ', api_trigger: '', ...input };
    const error = errorOf(await runStep(simulator, { inputData }));

    expect(sentenceOf(error)).toMatch(sentence);
    expect(simulator.requests).toHaveLength(0);
  });
});
