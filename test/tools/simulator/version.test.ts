import { answerAt, answerTo, aNumber } from '../../../tools/simulator/api-caller';
import { createWorld, startSimulator, type Simulator } from '../../../tools/simulator/index';
import { usualVersion } from '../../../tools/simulator/version';

const quick = { dialMs: 1, ringMs: 1, callDurationMs: 1, resultsAfterMs: 1, artifactsAfterMs: 1 };
const running: Simulator[] = [];

async function started(version: '1.45' | '1.48'): Promise<Simulator> {
  const simulator = await startSimulator({ ...quick, world: createWorld(version) });
  running.push(simulator);
  return simulator;
}

afterEach(async () => {
  for (const { contractViolations } of running) expect(contractViolations).toEqual([]);
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()));
});

async function placed(simulator: Simulator, context = {}): Promise<Record<string, unknown>> {
  const { body } = await answerTo(simulator, {
    body: { phone_number: aNumber, initial_context: context },
  });
  const { workflow_run_id: id } = body as { workflow_run_id: number };
  await simulator.waitFor(id, 'results');
  return (await answerAt(simulator, `/workflow/101/runs/${String(id)}`)).body as Record<
    string,
    unknown
  >;
}

describe('a simulated Dograh 1.45', () => {
  it('does not write how the call ended beside its disposition', async () => {
    const { gathered_context } = await placed(await started('1.45'));

    expect(gathered_context).toMatchObject({ call_disposition: 'user_hangup' });
    expect(gathered_context).not.toHaveProperty('call_status');
  });

  it('keeps the variables call_id and workflow_run_id of a client', async () => {
    const context = { call_id: 'mine', workflow_run_id: 5 };

    expect(await placed(await started('1.45'), context)).toMatchObject({
      initial_context: context,
    });
  });
});

describe('a simulated Dograh 1.48', () => {
  it.each([
    ['user_hangup', 'user_hangup'],
    ['no-answer', 'no_answer'],
    ['voicemail_no_message', 'voicemail_no_message'],
    ['qualified', 'user_hangup'],
  ])('writes beside the disposition %s the status %s', async (disposition, status) => {
    const simulator = await started('1.48');
    simulator.endNext({ disposition });

    expect(await placed(simulator)).toMatchObject({
      gathered_context: { call_disposition: disposition, call_status: status },
    });
  });

  it('replaces the variables call_id and workflow_run_id of a client', async () => {
    const run = await placed(await started('1.48'), { call_id: 'mine', workflow_run_id: 5 });

    expect(run['initial_context']).toMatchObject({
      call_id: `CA${String(run['id'])}`,
      workflow_run_id: run['id'],
    });
  });
});

it('a call whose end is not reported keeps its slot', async () => {
  const simulator = await started('1.45');
  simulator.world.acme.concurrentCallLimit = 1;
  simulator.endNext({ keepsSlot: true });
  await placed(simulator);

  expect((await answerTo(simulator, { body: { phone_number: aNumber } })).status).toBe(429);
});

describe('the version of the environment', () => {
  const { SIMULATED_DOGRAH: before } = process.env;
  afterEach(() => {
    if (before === undefined) delete process.env['SIMULATED_DOGRAH'];
    else process.env['SIMULATED_DOGRAH'] = before;
  });

  it('is the one to simulate, and the oldest without one', () => {
    process.env['SIMULATED_DOGRAH'] = '1.48';
    expect(createWorld().version).toBe('1.48');
    delete process.env['SIMULATED_DOGRAH'];
    expect(createWorld().version).toBe('1.45');
  });

  it('must be known', () => {
    process.env['SIMULATED_DOGRAH'] = '1.47';
    expect(() => usualVersion()).toThrow('SIMULATED_DOGRAH must be 1.45 or 1.48, not 1.47.');
  });
});
