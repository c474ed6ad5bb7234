/** Takes the pictures in `docs/images`, with a real n8n and a simulated Dograh. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { exampleWorld } from '../dev/example-world';
import { startSimulator, type Simulator } from '../simulator';
import { Person } from '../n8n-editor/browser';
import { Camera } from '../n8n-editor/camera';
import { Editor } from '../n8n-editor/editor';
import type { NodeForm } from '../n8n-editor/node-form';
import { N8nServer, OWNER, withClock } from '../n8n-server/n8n-server';
import { takeCampaign } from './campaigns';

const FOLDER = join(__dirname, '../../docs/images');
/** A number reserved for fiction. */
const PHONE_NUMBER = '+1 415 555 0123';
/** Monday, 20:14 in San Francisco. */
const NOW = '2026-03-03T04:14:00Z';

async function main(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const offsetMs = Date.parse(NOW) - Date.now();
  const simulator = await startSimulator({
    world: exampleWorld(),
    clockOffsetMs: offsetMs,
    // Campaigns wait for the morning. Dograh's own interval is long enough.
    campaignTiming: { checkMs: 60_000 },
  });
  // Without n8n's assistant, which offers itself in every dialog.
  const n8n = await N8nServer.start({
    ...withClock(offsetMs),
    N8N_DISABLED_MODULES: 'instance-ai',
  });
  const person = await Person.open({
    viewport: { width: 1440, height: 1120 },
    deviceScaleFactor: 1.5,
  });
  try {
    await person.run(async () => {
      // The editor compares its clock with that of n8n, and marks an output as old.
      await person.page.clock.setSystemTime(NOW);
      const editor = new Editor(person.page, n8n.url);
      await editor.signIn(OWNER);
      const camera = new Camera(person.page, FOLDER);
      await takeFinishedCall(editor, camera, simulator);
      await takeCall(editor, camera);
      await takeCheckedNumber(editor, camera);
      await takeCampaign({ page: person.page, editor, camera, simulator, rest: n8n.rest });
    });
  } finally {
    await person.close();
    await n8n.stop();
    await simulator.stop();
  }
}

async function takeFinishedCall(
  editor: Editor,
  camera: Camera,
  simulator: Simulator,
): Promise<void> {
  simulator.addRun({
    agent: simulator.world.agents.leadQualifier,
    phoneNumber: PHONE_NUMBER.replaceAll(' ', ''),
    initialContext: { first_name: 'Ann' },
    createdAt: '2026-03-02T09:30:00Z',
  });
  await editor.newWorkflow();
  const panel = await editor.openPanel();
  await panel.search('dograh trigger call', 'Dograh');
  await panel.choose('Dograh');
  await camera.take('node-panel', [panel.self], panel.entry('Launch campaign'));
  const trigger = await panel.add('On call finished');
  await connectAndTakeCredential(trigger, camera, simulator);
  const output = await trigger.execute();
  await output.asSchema();
  await camera.take('call-finished', [trigger.middle, output.self], output.name('started_at'));
}

async function connectAndTakeCredential(
  form: NodeForm,
  camera: Camera,
  simulator: Simulator,
): Promise<void> {
  const dialog = await form.newCredential();
  await dialog.fill('apiKey', simulator.world.acme.apiKey);
  await dialog.fill('baseUrl', simulator.url);
  await dialog.saveNew();
  const saved = await form.openCredential();
  await saved.passedMessage();
  // The port of the simulator changes, so the picture shows the usual port of a self-hosted Dograh.
  await saved.showInstead('baseUrl', 'http://localhost:8000');
  await camera.take('credential', [saved.self], saved.field('dashboardUrl'));
  await saved.close();
}

async function takeCall(editor: Editor, camera: Camera): Promise<void> {
  await editor.newWorkflow();
  const panel = await editor.openPanel();
  await panel.search('dograh trigger call', 'Dograh');
  await panel.choose('Dograh');
  const form = await panel.add('Trigger call');
  await form.searchAgents('lead');
  await form.chooseAgent('Lead Qualifier');
  await form.variables();
  await form.fill('phoneNumber', PHONE_NUMBER);
  await form.fill('first_name', 'Ann');
  await form.fill('company.name', 'Acme Dental');
  await form.fill('email', 'ann@example.com');
  await form.removeVariable('company.employees');
  await form.removeVariable('owner.name');
  await form.choose('operation', 'Preview Call');
  const output = await form.execute();
  await output.asSchema();
  await camera.take('preview-call', [form.middle, output.self], output.name('owner.name'));

  await form.choose('operation', 'Trigger Call');
  await form.fill('phoneNumber', '415 555 0123');
  await form.execute();
  await camera.take('refused-number', [form.middle, output.self], form.parameter('phoneNumber'));
}

async function takeCheckedNumber(editor: Editor, camera: Camera): Promise<void> {
  await editor.newWorkflow();
  const panel = await editor.openPanel();
  await panel.search('dograh trigger call', 'Dograh');
  await panel.choose('Dograh');
  const form = await panel.add('Check number');
  await form.addOption('Calling Hours');
  await form.fill('phoneNumber', PHONE_NUMBER);
  const output = await form.execute();
  await output.asSchema();
  await camera.take('check-number', [form.middle, output.self], form.parameter('to'));
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? '') : String(error)}\n`);
  process.exitCode = 1;
});
