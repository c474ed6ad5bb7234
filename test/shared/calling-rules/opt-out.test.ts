import { rejectionOf } from '../../support/refusal';
import type { PastRun } from '../../../tools/simulator';
import { DAY, HOUR, NUMBER, startWorld, type World } from '../../support/rules';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world.reset();
});
afterAll(() => world.simulator.stop());

const ended = (disposition: string, mappedDisposition = disposition): PastRun => ({
  ending: { disposition, mappedDisposition },
});
const reasonFor = async (asked: unknown): Promise<string | null> =>
  (await world.place({ doNotCallIfAsked: asked })).skip_reason;

describe('a person who asked not to be called is not called', () => {
  it.each<[string, unknown, PastRun]>([
    ['with the same word', 'do_not_call', ended('do_not_call')],
    ['with dashes in the run', 'do_not_call', ended('Do-Not-Call')],
    ['with dashes in the rule', 'DO-NOT-CALL', ended('do_not_call')],
    ['with spaces in the rule', 'do not call', ended('do_not_call')],
    ['with spaces in the run', 'do_not_call', ended('do  not call')],
    ['as one of several', ['busy', 'do_not_call'], ended('do_not_call')],
    ['after a line break', 'angry\r\ndo_not_call', ended('do_not_call')],
    ['in a combined disposition', 'do_not_call', ended('do_not_call,angry')],
    ['at the end of a combined disposition', 'do_not_call', ended('angry, Do-Not-Call')],
    ['as a code of the organization', 'dnc', ended('do_not_call', 'DNC')],
    ['in its own word if the organization has a code', 'do_not_call', ended('do_not_call', 'X7')],
    ['in a combined code', 'dnc', ended('whatever', 'X7; DNC')],
    ['with an invisible mark', 'do_not\u200b_call', ended('do_not_call')],
    ['in a call of another agent', 'do_not_call', ended('do_not_call')],
  ])('%s', async (_name, asked, past) => {
    const { agents } = world.simulator.world;
    world.called(100, { ...past, agent: agents.deliveryUpdate });
    world.called(1);

    expect(await reasonFor(asked)).toBe('do_not_call');
    expect(world.simulator.calls).toHaveLength(0);
  });

  it('however old the call is, and names it', async () => {
    world.called((20 * 365 * DAY) / HOUR, ended('do_not_call'));
    for (let hours = 1; hours <= 120; hours += 1) world.called(hours);
    const result = await world.place({ doNotCallIfAsked: 'do_not_call' });

    expect(result).toMatchObject({ skip_reason: 'do_not_call', callable_at: null });
    expect(result.notes[0]).toMatch(/The call of 2006-12-06 .*\(run \d+\) ended as "do_not_call"/);
  });

  it('however the number was written then', async () => {
    world.called(9, { ...ended('do_not_call'), phoneNumber: '0049 30 123456' });

    expect(await reasonFor('do_not_call')).toBe('do_not_call');
  });

  it('if the agent noted it in a call that is still running', async () => {
    world.called(0, { endedAt: null });
    const { runId } = world.simulator.runs[0] ?? { runId: 0 };
    world.simulator.noteDisposition(runId, 'do_not_call');

    expect(await reasonFor('do_not_call')).toBe('do_not_call');
  });
});

describe('a person is called', () => {
  it.each<[string, PastRun]>([
    ['after another disposition', ended('callback')],
    ['after one that contains the word', ended('do_not_call_before_noon')],
    [
      'if another number asked that contains this one',
      { ...ended('do_not_call'), phoneNumber: `${NUMBER}9` },
    ],
    [
      'if another number asked that ends like this one',
      { ...ended('do_not_call'), phoneNumber: '+4940123456' },
    ],
    ['if the call is running', { endedAt: null }],
    ['if the call ended without results', { ending: { withoutResults: true } }],
  ])('%s', async (_name, past) => {
    world.called(3, past);

    expect(await reasonFor('do_not_call')).toBeNull();
    expect(world.simulator.calls).toHaveLength(1);
  });
});

describe('dispositions that are no texts', () => {
  it.each<[unknown]>([[[]], [', ;'], [[{ disposition: 'do_not_call' }]], [{}], [[true]]])(
    'are refused: %j',
    async (asked) => {
      const error = await rejectionOf(world.place({ doNotCallIfAsked: asked }));

      expect(error).toMatchObject({ kind: 'InvalidInput', callPlaced: 'no' });
      expect(error.message).toMatch(/^Do Not Call If They Asked /);
      expect(world.requests()).toEqual([]);
    },
  );
});
