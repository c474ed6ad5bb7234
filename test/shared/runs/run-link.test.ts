import { DograhClient, parseCredentials } from '@dograh/shared';
import { axiosTransport } from '@dograh/shared/axios-transport';
import { startSimulator } from '../../../tools/simulator';
import { DrivenClock } from '../../support/clocks';
import { placeCall } from '../../support/place-call';

const HOSTED = 'https://api.dograh.com';

it('links runs and agents of the cloud service to its dashboard without a Dashboard URL', async () => {
  const simulator = await startSimulator({ dialMs: 1, ringMs: 1, callDurationMs: 1 });
  const { apiKey } = simulator.world.acme;
  const credentials = parseCredentials({ apiKey, baseUrl: HOSTED }, 'never');
  const transport = axiosTransport(credentials.apiKey);
  const client = new DograhClient({
    ...credentials,
    // The simulator acts as the cloud service.
    transport: {
      send: (request) =>
        transport.send({ ...request, url: request.url.replace(HOSTED, simulator.url) }),
    },
    clock: new DrivenClock(),
  });
  const { id, name, uuid } = simulator.world.agents.leadQualifier;
  const placed = await placeCall(client, {
    agent: { by: 'agentUuid', value: uuid },
    phoneNumber: '+14155550123',
  });
  await simulator.waitFor(placed.workflow_run_id, 'artifacts');
  const run = await client.getRun(placed.workflow_run_id);
  const agents = await client.listAgents();
  await simulator.stop();

  expect(placed.run_url).toBeNull();
  expect(run.run_url).toBe(`https://app.dograh.com/workflow/${id}/run/${placed.workflow_run_id}`);
  expect(agents.find((agent) => agent.name === name)?.url).toBe(
    `https://app.dograh.com/workflow/${id}`,
  );
  expect(simulator.contractViolations).toEqual([]);
});
