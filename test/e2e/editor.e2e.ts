import { startSimulator, type Simulator } from '../../tools/simulator';
import { Person } from '../../tools/n8n-editor/browser';
import { Editor } from '../../tools/n8n-editor/editor';
import type { NodeForm } from '../../tools/n8n-editor/node-form';
import { N8nServer, OWNER } from '../../tools/n8n-server/n8n-server';

let n8n: N8nServer;
let simulator: Simulator;
let person: Person;
let editor: Editor;
/** The form of the node that all steps use. */
let form: NodeForm;
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  simulator = await startSimulator();
  stops.push(() => simulator.stop());
  n8n = await N8nServer.start();
  stops.push(() => n8n.stop());
  person = await Person.open();
  stops.push(() => person.close());
  editor = new Editor(person.page, n8n.url);
});

afterAll(async () => {
  for (const stop of stops.toReversed()) await stop();
});

describe("a person in n8n's editor", () => {
  step('finds the node in the panel and adds it', async () => {
    await editor.signIn(OWNER);
    await editor.newWorkflow();
    const panel = await editor.openPanel();

    expect(await panel.search('dograh trigger call', 'Dograh')).toEqual(['Dograh']);
    await panel.choose('Dograh');
    expect(await panel.triggersAndActions()).toEqual([
      'On call finished',
      'On campaign finished',
      'Get agent',
      'Get many agents',
      'Check number',
      'Preview call',
      'Trigger call',
      'Trigger call and wait for result',
      'Download report of campaign',
      'Get campaign',
      'Get many campaigns',
      'Get results of campaign',
      'Launch campaign',
      'Pause campaign',
      'Redial campaign',
      'Resume campaign',
      'Download recording of run',
      'Get run',
      'Get many runs',
      'Get transcript of run',
    ]);
    form = await panel.add('Trigger call');
  });

  step('sees that an API key is wrong, and saves the right one', async () => {
    const dialog = await form.newCredential();
    await dialog.fill('apiKey', 'dg_a_key_of_nobody_0000000000000');
    await dialog.fill('baseUrl', simulator.url);
    const problem = await dialog.saveExpectingError();
    await dialog.fill('apiKey', simulator.world.acme.apiKey);
    await dialog.saveNew();

    expect(problem).toContain('Couldn’t connect with these settings');
    expect(problem).toContain('Dograh does not accept the API key. Check the key under API Keys');
    const saved = await form.openCredential();
    expect(await saved.passedMessage()).toContain('Connection tested successfully');
    await saved.close();
  });

  step('chooses an agent and sees a field for each of its variables', async () => {
    // Without n8n's red "No variables found".
    expect(await form.withoutVariables()).toEqual([
      'Mapping Column Mode',
      expect.stringMatching(/^Choose an agent first\./),
    ]);
    expect(await form.searchAgents('appoint')).toEqual(['Appointment Reminder']);
    await form.chooseAgent('Appointment Reminder');

    expect(await form.variables()).toEqual([
      'customer_name *',
      'appointment.date *',
      'appointment.time *',
      'doctor (or "one of our …")',
      'language (or "English")',
    ]);
    expect(await form.cutVariables()).toEqual([]);
  });

  step('places one call with the values of the form', async () => {
    await form.fill('phoneNumber', '+1 415 555 0123');
    await form.fill('customer_name', 'Ann');
    await form.fill('appointment.date', 'Monday');
    await form.fill('appointment.time', '10 am');
    const output = await form.execute();
    await output.asSchema();

    const [call, ...others] = simulator.calls;
    expect(await output.value('workflow_run_id')).toBe(String(call?.runId));
    expect(await output.value('status')).toBe('initiated');
    expect(call?.phoneNumber).toBe('+14155550123');
    expect(simulator.callRequests[0]?.body).toMatchObject({
      initial_context: { customer_name: 'Ann', appointment: { date: 'Monday', time: '10 am' } },
    });
    expect(others).toEqual([]);
  });

  step('sees what is wrong with a phone number, and no call is placed', async () => {
    await form.fill('phoneNumber', '0123');
    const output = await form.execute();

    expect(await output.error()).toEqual([
      'Phone Number "0123" has no country code.',
      'Write it in international form: + and the country code, then the number, e.g. +14155550123. Or add the option Default Country.',
    ]);
    expect(simulator.callRequests).toHaveLength(1);
  });

  step('sees what the agent would say, and no call is placed', async () => {
    await form.choose('operation', 'Preview Call');
    await form.fill('phoneNumber', '+1 415 555 0123');
    const output = await form.execute();

    expect(await output.value('agent_name')).toBe('Appointment Reminder');
    expect(await output.value('text')).toBe('Hello Ann, this is Acme Dental.');
    expect(await output.redValues()).toEqual([]);
    expect(await output.value('appointment.time')).toBe('10 am');
    expect(simulator.callRequests).toHaveLength(1);
  });

  step('sees that an API key was revoked, and no call is placed', async () => {
    const { apiKey } = simulator.world.acme;
    simulator.world.acme.apiKey = 'dg_the_next_key_0000000000000000';
    await form.choose('operation', 'Trigger Call');
    const output = await form.execute();
    simulator.world.acme.apiKey = apiKey;

    expect(await output.error()).toEqual([
      'Dograh does not accept the API key: Invalid API key.',
      'Check the key under API Keys in the Dograh dashboard, or create a new one there. It may have been revoked.',
    ]);
    expect(simulator.calls).toHaveLength(1);
  });

  step('sees the fields of each option that has several', async () => {
    await form.addOption('Call Attempts');
    await form.addOption('Calling Hours');
    await form.addOption('Greeting');

    await form.parameter('maximumCalls').waitFor();
    await form.parameter('timeZone').waitFor();
    await form.parameter('text').waitFor();
    expect(await form.parameter('from').locator('input').inputValue()).toBe('09:00');
  });

  step('finds the trigger and sees the finished call', async () => {
    const [call] = simulator.calls;
    await simulator.waitFor(Number(call?.runId), 'results');
    await editor.newWorkflow();
    const panel = await editor.openPanel();
    await panel.search('dograh trigger', 'Dograh');
    await panel.choose('Dograh');
    const trigger = await panel.add('On call finished');
    const output = await trigger.execute();

    expect(await output.value('workflow_run_id')).toBe(String(call?.runId));
    expect(await output.value('outcome')).toBe('answered');
  });
});

/** Takes a picture of the page when it fails. */
function step(name: string, does: () => Promise<void>): void {
  it(name, () => person.run(does));
}
