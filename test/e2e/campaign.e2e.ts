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
  // Dograh never reads the file, so nobody is called.
  simulator = await startSimulator({ campaignTiming: { syncMs: Infinity } });
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

describe("a person who calls a list in n8n's editor", () => {
  step('finds the operation by what it is for', async () => {
    await editor.signIn(OWNER);
    await editor.newWorkflow();
    const panel = await editor.openPanel();

    expect(await panel.search('bulk calls', 'Dograh')).toEqual(['Dograh']);
    await panel.choose('Dograh');
    form = await panel.add('Launch campaign');
    const dialog = await form.newCredential();
    await dialog.fill('apiKey', simulator.world.acme.apiKey);
    await dialog.fill('baseUrl', simulator.url);
    await dialog.saveNew();
    await (await form.openCredential()).close();
  });

  step('sees a field for each variable of the published agent', async () => {
    await form.searchAgents('spring');
    await form.chooseAgent('Spring Offer');

    expect(await form.variables()).toEqual([
      'first_name *',
      'offer (or "a free check…")',
      'city (or "your town")',
    ]);
  });

  step('sees the whole label of each option', async () => {
    for (const option of ['Circuit Breaker', 'On Invalid Contact', 'Retries', 'Start Now']) {
      await form.addOption(option);
    }
    await form.parameter('minimumCalls').waitFor();
    await form.parameter('onNoAnswer').waitFor();

    expect(await form.cutLabels()).toEqual([]);
  });

  step('launches a campaign', async () => {
    await form.fill('campaignName', 'Spring list');
    await form.fill('campaignReference', 'spring-2026');
    await form.fill('phoneNumber', '+1 415 555 0123');
    await form.fill('first_name', 'Ann');
    const output = await form.execute();
    await output.asSchema();

    expect(await output.value('campaign_id')).toBe('1');
    expect(await output.value('contacts')).toBe('1');
    expect(await output.value('skipped')).toBe('false');
    expect(simulator.campaigns).toMatchObject([{ name: 'Spring list', startedTimes: 1 }]);
  });

  step('executes the step again, and gets the same campaign', async () => {
    const output = await form.execute();

    expect(await output.value('campaign_id')).toBe('1');
    expect(await output.value('skipped')).toBe('true');
    expect(simulator.campaigns).toMatchObject([{ startedTimes: 1 }]);
  });

  step('chooses the campaign from the list, and sees who is not called yet', async () => {
    await form.choose('operation', 'Get Results');

    expect(await form.chooseFirst('campaign')).toMatch(/^Spring list \(/);
    const output = await form.execute();
    expect(await output.value('phone_number')).toBe('+14155550123');
    expect(await output.value('contact_status')).toBe('pending');
  });
});

/** Takes a picture of the page when it fails. */
function step(name: string, does: () => Promise<void>): void {
  it(name, () => person.run(does));
}
