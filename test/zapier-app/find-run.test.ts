import type { Search } from 'zapier-platform-core';
import { hurryWaits } from '../support/host-time';
import { startSimulator, type Fault, type Simulator } from '../../tools/simulator';
import { everythingIn, sentenceOf } from '../../tools/hosts/zapier/host';
import {
  builtApp,
  runInZapier,
  type ZapierOutcome,
  type ZapierRun,
} from '../../tools/hosts/zapier/runtime';
import { connectionTo, errorOf, runsOf } from '../../tools/hosts/zapier/step';

const PHONE = '+14155550101';

hurryWaits();
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
beforeEach(() => {
  simulator.reset();
});
afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
  expect(simulator.callRequests).toEqual([]);
});
afterAll(() => simulator.stop());

function find(
  inputData: NonNullable<ZapierRun['inputData']>,
  authData: ZapierRun['authData'] = connectionTo(simulator),
): Promise<ZapierOutcome> {
  return runInZapier('searches.find_run.operation.perform', { authData, inputData });
}

describe('Find Call', () => {
  it.each<[string, (run: { runId: number }) => NonNullable<ZapierRun['inputData']>]>([
    ['its run ID', ({ runId }) => ({ run_id: runId })],
    ['its run ID as text', ({ runId }) => ({ run_id: String(runId), phone_number: '' })],
    ['its number', () => ({ phone_number: '+1 415-555-0101' })],
    [
      'its number in a default country',
      () => ({ phone_number: '\u202a(415) 555-0101\u202c', default_country: 'us\u200b' }),
    ],
    [
      'its number as any destination',
      () => ({ phone_number: '14155550101', number_format: 'any' }),
    ],
    ['its reference', () => ({ call_reference: 'lead-42' })],
    [
      'all of them',
      ({ runId }) => ({ run_id: runId, phone_number: PHONE, call_reference: 'lead-42' }),
    ],
  ])('finds a call by %s', async (_what, inputFor) => {
    const run = simulator.addRun({
      phoneNumber: PHONE,
      initialContext: { call_reference: 'lead-42' },
      createdAt: '2026-08-01T10:00:00.000Z',
    });
    simulator.addRun({ createdAt: '2026-08-01T11:00:00.000Z' });

    expect(runsOf(await find(inputFor(run)))).toEqual([
      expect.objectContaining({
        id: run.runId,
        outcome: 'answered',
        started_at: '2026-08-01T10:00:00.000Z',
        recording_url: expect.stringContaining('/recording') as string,
      }),
    ]);
  });

  it('finds the newest call of an agent', async () => {
    const { leadQualifier: agent } = simulator.world.agents;
    simulator.addRun({ agent, createdAt: '2026-08-01T10:00:00.000Z' });
    const { runId } = simulator.addRun({ agent, createdAt: '2026-08-01T11:00:00.000Z' });
    simulator.addRun({ createdAt: '2026-08-01T12:00:00.000Z' });

    expect(runsOf(await find({ agent: agent.uuid }))).toMatchObject([{ id: runId }]);
  });

  it('returns the keys of its sample', async () => {
    const { runId } = simulator.addRun();
    const [run = {}] = runsOf(await find({ run_id: runId }));
    const { searches } = builtApp() as unknown as { searches: { find_run: Search } };

    expect(Object.keys(run)).toEqual(Object.keys(searches.find_run.operation.sample ?? {}));
  });

  it.each([
    { run_id: 999_999 },
    { phone_number: '+14155550999' },
    { call_reference: 'nobody' },
    { run_id: 1001, call_reference: 'nobody' },
  ])('returns an empty list if no call matches: %j', async (inputData) => {
    simulator.addRun();

    expect(runsOf(await find(inputData))).toEqual([]);
  });

  it.each<[string, NonNullable<ZapierRun['inputData']>, RegExp]>([
    [
      'an empty search',
      {},
      /Run ID, Phone Number, Call Reference and Agent are all empty.*Fill in at least one/,
    ],
    ['blank fields', { run_id: null, phone_number: ' ', agent: '' }, /are all empty/],
    [
      'a number without a country',
      { phone_number: '(415) 555-0101', number_format: 'e164' },
      /Phone Number "\(415\) 555-0101" has no country code.*Default Country/,
    ],
    ['rules for a number without one', { default_country: 'US' }, /are all empty/],
    ['a name as run ID', { run_id: 'WR-API-1' }, /Run ID must be .*, not "WR-API-1"/],
    [
      'a phone number as run ID',
      { run_id: '14155550123' },
      /Run ID must be .*, not "14155550123".*It is not a phone number/,
    ],
  ])('refuses %s before any request', async (_what, inputData, sentence) => {
    const error = errorOf(await find(inputData));

    expect(error.name).toBe('AppError');
    expect(sentenceOf(error)).toMatch(sentence);
    expect(simulator.requests).toHaveLength(0);
  });

  it('fails instead of returning an empty list if the agent does not exist', async () => {
    const error = errorOf(await find({ agent: simulator.world.agents.globexSurvey.uuid }));

    expect(error.name).toBe('AppError');
    expect(sentenceOf(error)).toMatch(/There is no agent/);
  });

  it('makes Zapier ask to reconnect if Dograh does not accept the API key', async () => {
    const authData = { ...connectionTo(simulator), api_key: 'dg_revoked_key' };

    expect(errorOf(await find({ run_id: 1001 }, authData)).name).toBe('ExpiredAuthError');
  });

  it.each<[string, Fault, string]>([
    ['a 503', { kind: 'status', callPlaced: false, status: 503 }, 'ThrottledError'],
    ['a 429', { kind: 'status', callPlaced: false, status: 429 }, 'ThrottledError'],
    ['a web page', { kind: 'not-json', callPlaced: true }, 'AppError'],
    ['a list of another shape', { kind: 'off-contract', callPlaced: true, body: {} }, 'AppError'],
  ])('fails after %s instead of returning an empty list', async (_what, fault, name) => {
    simulator.faults.add({ on: 'runs', fault, times: Infinity });

    expect(errorOf(await find({ run_id: 1001 })).name).toBe(name);
  });

  it('does not show the API key even if it is pasted into a field', async () => {
    const { apiKey } = simulator.world.acme;
    const { runId } = simulator.addRun({ initialContext: { note: apiKey } });
    const outcomes = [
      await find({ run_id: runId }),
      await find({ run_id: apiKey }),
      await find({ agent: apiKey }),
      await find({ phone_number: apiKey, number_format: 'any' }),
      await find({ call_reference: apiKey.repeat(9) }),
    ];

    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, false, false, false]);
    expect(everythingIn(outcomes)).not.toContain(apiKey);
  });
});
