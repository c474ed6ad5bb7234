import { answerAt } from '../../../tools/simulator/api-caller';
import { startSimulator, type Simulator } from '../../../tools/simulator/index';

const path = '/organizations/disposition-codes';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});

afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
  simulator.reset();
});

afterAll(() => simulator.stop());

const codes = async (apiKey?: string): Promise<string[]> => {
  const { status, body } = await answerAt(simulator, path, apiKey);
  expect(status).toBe(200);
  return (body as { codes: string[] }).codes;
};

describe('the dispositions', () => {
  it('are the 19 of Dograh 1.45 if no run has another one', async () => {
    simulator.addRun();
    simulator.addRun({ endedAt: null });
    const listed = await codes();

    expect(listed).toHaveLength(19);
    expect(listed[0]).toBe('call_duration_exceeded');
    expect(listed.slice(-6)).toEqual([
      'unknown',
      'no-answer',
      'busy',
      'failed',
      'canceled',
      'error',
    ]);
  });

  it('end with those of the runs, each once and sorted', async () => {
    for (const disposition of ['want_demo', 'callback', 'want_demo', 'busy']) {
      simulator.addRun({ ending: { disposition } });
    }
    simulator.addRun({ ending: { disposition: 'user_hangup', mappedDisposition: 'XFER' } });

    expect((await codes()).slice(19)).toEqual(['XFER', 'callback', 'want_demo']);
  });

  it('do not contain those of other organizations', async () => {
    const { agents, globex } = simulator.world;
    simulator.addRun({ agent: agents.globexSurvey, ending: { disposition: 'satisfied' } });

    expect(await codes()).not.toContain('satisfied');
    expect(await codes(globex.apiKey)).toContain('satisfied');
  });

  it('need a key', async () => {
    expect((await answerAt(simulator, path, null)).status).toBe(401);
    expect((await answerAt(simulator, path, 'dg_wrong')).status).toBe(401);
  });

  it('have their own faults', async () => {
    simulator.faults.add({
      on: 'dispositions',
      fault: { kind: 'status', callPlaced: false, status: 503 },
    });

    expect((await answerAt(simulator, '/workflow/fetch')).status).toBe(200);
    expect((await answerAt(simulator, path)).status).toBe(503);
    expect((await answerAt(simulator, path)).status).toBe(200);
  });
});
