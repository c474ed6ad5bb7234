import type { CallPreview } from '@dograh/shared';
import { previewsCalls } from '../behaviour/preview';
import { startSimulator } from '../../tools/simulator';
import { outputOf } from '../../tools/hosts/host';
import { n8n } from '../../tools/hosts/n8n/host';

previewsCalls(n8n);

it('leaves out what is not known, because n8n shows null in red', async () => {
  const simulator = await startSimulator();
  simulator.faults.add({
    on: 'agents',
    fault: { kind: 'status', callPlaced: false, status: 403 },
    times: Infinity,
  });
  const shown = outputOf(
    await n8n.previewCall({
      apiKey: simulator.world.acme.apiKey,
      baseUrl: simulator.url,
      agent: { by: 'triggerId', value: 'lead-qualifier' },
      phoneNumber: '+14155550123',
    }),
  ) as unknown as CallPreview;
  await simulator.stop();

  expect(Object.keys(shown)).toEqual([
    'phone_number',
    'notes',
    'environment',
    'method',
    'url',
    'body',
  ]);
  expect(simulator.calls).toEqual([]);
});
