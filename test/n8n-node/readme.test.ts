import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INode, INodeParameters } from 'n8n-workflow';
import { startSimulator } from '../../tools/simulator';
import { agentBy, credentialsFor } from '../../tools/hosts/n8n/call-form';
import { runDograhNode } from '../../tools/hosts/n8n/engine';
import { DOGRAH_NODE, PACKAGE_DIR } from '../../tools/hosts/n8n/n8n-host';

describe('the README for n8n', () => {
  const readme = readFileSync(join(PACKAGE_DIR, 'README.md'), 'utf8');

  it('shows a workflow that places a call once it is filled in', async () => {
    const [, json = ''] = /```json\n([\s\S]*?)```/.exec(readme) ?? [];
    const { nodes } = JSON.parse(json) as { nodes: INode[] };
    const parameters = nodes.find(({ type }) => type === DOGRAH_NODE)?.parameters;
    const simulator = await startSimulator();
    const outcome = await runDograhNode({
      parameters: { ...parameters, agent: pointedAt(simulator.url, parameters?.['agent']) },
      credentials: credentialsFor(simulator),
    });
    await simulator.stop();

    expect(outcome.status).toBe('success');
    expect(simulator.requests[0]?.body).toMatchObject({
      initial_context: { customer_name: 'Ann' },
    });
  });

  function pointedAt(url: string, agent: INodeParameters[string]): INodeParameters {
    const { mode, value } = agent as { mode: string; value: string };
    return agentBy(mode, value.replace('https://api.dograh.com', url));
  }
});
