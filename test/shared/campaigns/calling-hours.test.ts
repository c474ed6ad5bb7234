import { dograhPace, startSimulator, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { launchInput, numberOf, someContacts, contact } from '../../support/campaigns';
import { DrivenClock } from '../../support/clocks';
import { rejectionOf } from '../../support/refusal';
import { MINUTE } from '../../support/rules';

/** A Tuesday, 16:00 UTC. */
const AFTERNOON = Date.parse('2026-12-01T16:00:00Z');
const CALL_MS = 9 * MINUTE;

let simulator: Simulator;

beforeAll(async () => {
  const startedAt = Date.now();
  simulator = await startSimulator({
    clockOffsetMs: AFTERNOON - startedAt,
    campaignTiming: dograhPace,
    callDurationMs: CALL_MS,
  });
});
beforeEach(() => {
  simulator.reset();
});
afterAll(() => simulator.stop());

function launch(input: Parameters<typeof launchInput>[1]) {
  const { apiKey } = simulator.world.acme;
  const clock = new DrivenClock(0, undefined, AFTERNOON);
  return clientTo(simulator.url, { apiKey, clock }).launchCampaign(launchInput(simulator, input));
}

describe('calling hours of a campaign', () => {
  it.each([1, 2])(
    'are kept to the end of the last batch, with %d calls at the same time that last nine minutes',
    async (concurrency) => {
      simulator.world.acme.concurrentCallLimit = 10;
      await launch({
        contacts: 120,
        concurrency,
        callingRules: { callingHours: { from: '09:00', to: '20:00', timeZone: 'UTC' } },
      });
      for (let minutes = 0; minutes < 20 * 60; minutes += 1) simulator.advance(MINUTE);
      const hours = simulator.calls.map(({ placedAt }) => new Date(placedAt).getUTCHours());

      expect(hours.length).toBeGreaterThan(5);
      expect(hours.filter((hour) => hour < 9 || hour >= 20)).toEqual([]);
    },
  );

  it('are those of each set of time zones, in a campaign of its own', async () => {
    const results = await launch({
      contacts: [contact(numberOf(1)), contact('+442079460018'), contact(numberOf(2))],
      callingRules: { callingHours: { from: '09:00', to: '20:00' } },
    });

    expect(
      results.map(({ time_zones: zones, contact_indexes: indexes }) => [zones, indexes]),
    ).toEqual([
      [['America/New_York'], [0, 2]],
      [['Europe/London'], [1]],
    ]);
    expect(results[0]?.calling_hours[0]).toMatch(/^Mon 09:00-1\d:\d\d America\/New_York$/);
    expect(results[0]?.notes.join(' ')).toMatch(/end early.*|share the calls/);
    expect(simulator.campaigns.map(({ settings }) => settings.schedule?.timezone)).toEqual([
      'America/New_York',
      'Europe/London',
    ]);
  });

  it('leave out a number whose time zone is not known', async () => {
    const [result] = await launch({
      contacts: [contact('+18005550123'), ...someContacts(1)],
      callingRules: { callingHours: { from: '09:00', to: '20:00' } },
    });

    expect(result?.skipped_contacts).toMatchObject([
      { contact: 'Item 0', phone_number: '+18005550123', reason: 'outside_calling_hours' },
    ]);
    expect(result?.contacts).toBe(1);
  });

  it('cannot leave out a date to come', async () => {
    const hours = { from: '09:00', to: '20:00', datesWithoutCalls: '2026-12-25' };
    const error = await rejectionOf(launch({ callingRules: { callingHours: hours } }));
    const past = await launch({
      callingRules: { callingHours: { ...hours, datesWithoutCalls: '2025-12-25' } },
    });

    expect(error.message).toMatch(/cannot leave out 2026-12-25/);
    expect(past).toHaveLength(1);
  });

  it('are refused if nothing is left of them', async () => {
    const hours = { from: '09:00', to: '10:00', timeZone: 'UTC' };
    const error = await rejectionOf(
      launch({ concurrency: 1, callingRules: { callingHours: hours } }),
    );

    expect(error.message).toMatch(/Calling Hours leave no time for a campaign in UTC/);
    expect(simulator.campaigns).toEqual([]);
  });
});
