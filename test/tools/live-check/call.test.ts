import { startSimulator, type Simulator } from '../../../tools/simulator';
import { hurryWaits } from '../../support/host-time';
import { CALLING, check, lineOf, nameIn, NUMBER } from './live-check';

hurryWaits();

const CALL = ['--call', '+1 (415) 555-0123', '--agent', 'Appointment Reminder'];

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ callDurationMs: 50 });
});
beforeEach(() => {
  simulator.reset();
});
afterAll(() => simulator.stop());

describe('npm run check:dograh with --call', () => {
  it('says before it dials which number is dialed by which agent', async () => {
    const requestsBefore: number[] = [];
    const { lines } = await check(simulator, CALL, (line) => {
      if (line.includes('REAL phone')) requestsBefore.push(simulator.callRequests.length);
    });
    expect(requestsBefore).toEqual([0]);
    expect(lines[8]).toBe(
      `This dials a REAL phone: ${NUMBER}, once, by the agent "Appointment Reminder". Its variables stay empty.`,
    );
    expect(lines.slice(9).map(nameIn)).toEqual(CALLING);
  });

  it('places exactly one call, with the agent and a reference of its own', async () => {
    await check(simulator, CALL);
    await check(simulator, CALL);
    expect(simulator.callRequests).toHaveLength(2);
    const { appointmentReminder } = simulator.world.agents;
    const placed = { phoneNumber: NUMBER, agentUuid: appointmentReminder.uuid };
    expect(simulator.calls).toMatchObject([placed, placed]);
    const references = simulator.calls.map((call) => call.initialContext['call_reference']);
    expect(references).toEqual(Array(2).fill(expect.stringMatching(/^live-check-[0-9a-f-]{36}$/)));
    expect(new Set(references).size).toBe(2);
  });

  it('places one call also if the response is lost', async () => {
    simulator.faults.add({
      on: 'call',
      fault: { kind: 'reset', callPlaced: true, moment: 'after-placing' },
    });
    const checked = await check(simulator, CALL);
    expect(lineOf(checked, 'by number')).toMatch(/^works /);
    expect(simulator.callRequests).toHaveLength(1);
    expect(simulator.calls).toHaveLength(1);
  });

  it('prints how the call ended', async () => {
    simulator.endNext({ disposition: 'busy' });
    const checked = await check(simulator, CALL);
    const { runId } = simulator.calls[0] ?? {};
    expect(lineOf(checked, 'call')).toBe(
      `works      call: Run ${String(runId)} ended as busy (busy) after 0 seconds.`,
    );
  });

  it('searches for the run also if its result cannot be read', async () => {
    simulator.faults.add({
      on: 'run',
      times: Infinity,
      fault: { kind: 'off-contract', callPlaced: true, body: {} },
    });
    const checked = await check(simulator, CALL, (line) => {
      if (nameIn(line) === 'call') simulator.faults.clear();
    });
    expect(checked.verdicts.slice(-3)).toEqual([
      ['call', 'differs'],
      ['by reference', 'works'],
      ['by number', 'works'],
    ]);
    expect(lineOf(checked, 'call')).toMatch(
      /Expected the result of run \d+\. Came: Run \d+ was placed/,
    );
  });

  it('names another run that is found instead', async () => {
    const other = simulator.addRun({ phoneNumber: NUMBER, createdAt: '2026-01-10T09:00:00.000Z' });
    const checked = await check(simulator, CALL, (line) => {
      const call = simulator.calls[0];
      if (nameIn(line) === 'by reference' && call !== undefined) call.organizationId = 2;
    });
    expect(lineOf(checked, 'by number')).toMatch(
      new RegExp(`^differs .* by its number\\. Came: run ${other.runId}\\.$`),
    );
  });

  it('says that a refused call was not placed', async () => {
    const args = ['--call', '+14155550199', '--agent', 'Appointment Reminder'];
    const checked = await check(simulator, args);
    expect(lineOf(checked, 'call')).toMatch(/^differs .*Expected an accepted call\. Came: /);
    expect(lineOf(checked, 'by number')).toBe(
      'not tried  by number: The run of the call is not known.',
    );
    expect(simulator.calls).toEqual([]);
  });

  it('dials nobody if the agent does not exist', async () => {
    const checked = await check(simulator, ['--call', NUMBER, '--agent', 'Nobody']);
    expect(lineOf(checked, 'call')).toBe('not tried  call: The agent cannot be read.');
    expect(simulator.callRequests).toEqual([]);
  });
});
