import { compareWithOurs } from '../../../tools/contract/compare-with-ours';
import { startSimulator, type Simulator } from '../../../tools/simulator';

let simulator: Simulator;
let url: string;

beforeAll(async () => {
  simulator = await startSimulator();
  url = `${simulator.url}/api/v1/openapi.json`;
});
beforeEach(() => {
  simulator.reset();
});
afterAll(() => simulator.stop());

describe('the OpenAPI document of the simulator', () => {
  it('is our contract, and needs no key', async () => {
    const { differences, size } = await compareWithOurs(url);
    expect(differences).toEqual([]);
    expect(size).toMatch(/^29 routes and \d{3} fields$/);
    expect(simulator.contractViolations).toEqual([]);
  });

  it('can be missing', async () => {
    simulator.faults.add({
      on: 'openapi',
      fault: { kind: 'status', callPlaced: false, status: 404 },
    });
    await expect(compareWithOurs(url)).rejects.toThrow(
      `${url} cannot be read: the server answered 404`,
    );
    expect((await fetch(url)).status).toBe(200);
  });
});
