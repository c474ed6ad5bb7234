import { ApiKey } from '../../../shared/src/connection/api-key';
import { axiosTransport } from '@dograh/shared/axios-transport';
import { itStreamsAnswers } from '../../behaviour/streamed-answer';
import { startSimulator, type Simulator } from '../../../tools/simulator';

describe('the axios transport', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterEach(() => {
    expect(simulator.contractViolations).toEqual([]);
  });
  afterAll(() => simulator.stop());

  itStreamsAnswers(
    () => simulator,
    (request) =>
      axiosTransport(ApiKey.parse('dg_a_key_of_nobody')).send({ method: 'GET', ...request }),
  );
});
