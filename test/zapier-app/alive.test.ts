import { join } from 'node:path';
import { giveOrder } from '../../tools/soak/soak-process';
import type { SoakOutcome } from '../../tools/soak/soak-call';
import { startSimulator } from '../../tools/simulator';

/** Jest keeps its own process alive. This test runs a process that ends as soon as nothing keeps it running. */
it('an action returns a result even if Dograh closes the connection in the middle of its response', async () => {
  const simulator = await startSimulator();
  simulator.faults.add({ on: 'call', fault: { kind: 'cut-off', callPlaced: true } });
  const outcomes: SoakOutcome[] = [];
  await giveOrder(
    join(__dirname, '../../tools/soak/soak-through-zapier.ts'),
    {
      baseUrl: simulator.url,
      apiKey: simulator.world.acme.apiKey,
      calls: [{ phoneNumber: '+14155550123', reference: 'lead-42', twice: false }],
    },
    (outcome) => outcomes.push(outcome),
    ['--require', 'tsx/cjs', '--conditions=source'],
  );
  await simulator.stop();

  expect(outcomes).toMatchObject([{ ending: 'placed', recovered: true }]);
  expect(simulator.calls).toHaveLength(1);
});
