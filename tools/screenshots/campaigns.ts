import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { connectExample, exampleCredentials, readExample } from '../dev/connect-example';
import type { Camera } from '../n8n-editor/camera';
import type { Editor } from '../n8n-editor/editor';
import type { N8nRest, StoredWorkflow } from '../n8n-server/n8n-rest';
import type { Simulator } from '../simulator';

const DAY_MS = 24 * 3_600_000;

export interface Studio {
  readonly page: Page;
  readonly editor: Editor;
  readonly camera: Camera;
  readonly simulator: Simulator;
  readonly rest: N8nRest;
}

/** Takes the pictures of docs/campaigns.md. n8n has one Dograh credential. */
export async function takeCampaign(studio: Studio): Promise<void> {
  const { simulator } = studio;
  const { name } = await importExample(studio);
  simulator.breakCampaign({ kind: 'lost-rows', rows: 2, afterRows: 6 });
  await takeLaunch(name, studio);
  // The calling hours begin in the morning.
  simulator.advance(DAY_MS);
  await takeLostContacts(studio);
  await takeBranches(name, studio);
}

async function importExample({ simulator, rest }: Studio): Promise<StoredWorkflow> {
  const [stored] = await rest.credentials();
  const [credential] = exampleCredentials(simulator, simulator.url);
  assert.ok(stored && credential);
  const { type, data } = credential;
  const withLinks = { ...data, dashboardUrl: 'https://app.dograh.com' };
  await rest.changeCredential(stored.id, type, stored.name, withLinks);
  return rest.createWorkflow(
    connectExample(
      readExample('launch-a-campaign.json'),
      [{ ...credential, ...stored }],
      simulator.world,
    ),
  );
}

async function takeLaunch(workflow: string, { editor, camera }: Studio): Promise<void> {
  await editor.openWorkflow(workflow);
  const form = await editor.openNode('Launch 200 people');
  const output = await form.execute();
  await output.asSchema();
  const firstVariable = form.parameter('value').first();
  await camera.take('campaign-launch', [form.middle, output.self], firstVariable, 32);
}

async function takeLostContacts({ editor, camera }: Studio): Promise<void> {
  await editor.newWorkflow();
  const panel = await editor.openPanel();
  await panel.search('dograh trigger call', 'Dograh');
  await panel.choose('Dograh');
  const form = await panel.add('Get results of campaign');
  await form.chooseFirst('campaign');
  await form.addFilter();
  await form.chooseAlso('status', 'Never Called');
  const output = await form.execute();
  await output.asSchema();
  await camera.take('campaign-results', [form.middle, output.self], form.parameter('status'));
}

async function takeBranches(workflow: string, { page, editor, camera }: Studio): Promise<void> {
  const usual = page.viewportSize();
  await editor.openWorkflow(workflow);
  await editor.executeFrom('When the campaign is finished');
  // As large as the workflow, so that its texts are sharp.
  await page.setViewportSize({ width: 2000, height: 1700 });
  await editor.showWholeWorkflow();
  const notes = ['Note: Finished', 'Note: Persons', 'Note: Again'].map((note) => editor.node(note));
  await camera.take('campaign-workflow', notes, editor.node('Note: Again'));
  if (usual !== null) await page.setViewportSize(usual);
}
