import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode, INodeParameters, INodeProperties } from 'n8n-workflow';
import { startSimulator } from '../../tools/simulator';
import { parametersIn } from '../support/readme-parameters';
import { agentBy, credentialsFor, mapping } from '../../tools/hosts/n8n/call-form';
import { runDograhNode } from '../../tools/hosts/n8n/engine';
import {
  DOGRAH_NODE,
  dograhCredentialType,
  dograhNodeType,
  PACKAGE_DIR,
} from '../../tools/hosts/n8n/n8n-host';

const MAX_BYTES = 12_288;

describe('the README for n8n', () => {
  const readme = readFileSync(join(PACKAGE_DIR, 'README.md'), 'utf8');

  it('shows a workflow that previews a call, and places it with the other operation', async () => {
    const [, json = ''] = /```json\n([\s\S]*?)```/.exec(readme) ?? [];
    const { nodes } = JSON.parse(json) as { nodes: INode[] };
    const parameters = nodes.find(({ type }) => type === DOGRAH_NODE)?.parameters;
    const simulator = await startSimulator();
    const run = (operation: INodeParameters) =>
      runDograhNode({
        parameters: {
          ...parameters,
          agent: agentBy('list', simulator.world.agents.leadQualifier.uuid),
          ...mapping('defineBelow', { first_name: 'Ann', 'company.name': 'Acme', email: 'a@b.c' }),
          ...operation,
        },
        credentials: credentialsFor(simulator),
      });
    const preview = await run({});
    const callsOfPreview = [...simulator.callRequests];
    const call = await run({ operation: 'trigger' });
    await simulator.stop();

    expect(parameters?.['agent']).toEqual(agentBy('list', ''));
    expect([preview.status, call.status]).toEqual(['success', 'success']);
    expect(callsOfPreview).toEqual([]);
    expect(simulator.callRequests[0]?.body).toMatchObject({
      initial_context: { first_name: 'Ann' },
    });
  });

  it(`has at most ${MAX_BYTES} bytes`, () => {
    expect(Buffer.byteLength(readme)).toBeLessThanOrEqual(MAX_BYTES);
  });

  it('explains a run before it uses the word', () => {
    const [before, after] = readme.split('A _run_ is');
    expect(before).not.toMatch(/\bruns?\b/);
    expect(after).toBeDefined();
  });

  it('lists each field of the credential exactly once', async () => {
    const { properties } = await dograhCredentialType();
    expect(parametersIn(readme, 'Credentials')).toEqual(labelsOf(properties));
  });

  it.each([
    ['call', 'Trigger Call'],
    ['campaign', 'Campaign'],
    ['run', 'Run'],
    ['agent', 'Agent'],
  ])('lists each parameter of the resource %s exactly once', async (resource, section) => {
    const { description } = await dograhNodeType();
    const shown = description.properties.filter(({ displayOptions }) =>
      displayOptions?.show?.['resource']?.includes(resource),
    );
    expect(parametersIn(readme, section)).toEqual(labelsOf(shown));
  });

  it('lists each field of the trigger exactly once', async () => {
    const { description } = await dograhNodeType('dograhTrigger');
    expect(parametersIn(readme, 'Dograh Trigger')).toEqual(labelsOf(description.properties));
  });
});

/** Each label once, sorted. A collection stands for the fields that it offers. */
function labelsOf(properties: readonly INodeProperties[]): string[] {
  const labels = properties
    .filter(({ name, type }) => name !== 'operation' && type !== 'notice' && type !== 'hidden')
    .flatMap(({ displayName, type, options = [] }) =>
      type === 'collection' ? labelsOf(options as INodeProperties[]) : [displayName],
    );
  return [...new Set(labels)].toSorted();
}
