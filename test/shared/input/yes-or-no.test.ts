import { parseYesOrNo } from '../../../shared/src/input/yes-or-no';
import { startSimulator, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { refusalOf, rejectionOf } from '../../support/refusal';
import { placeCall } from '../../support/place-call';

describe('a choice between yes and no', () => {
  it.each([true, 1, 'true', ' TRUE ', '\u200btrue\u00a0', 'yes', 'Y', 'on', '1'])(
    'is yes: %p',
    (value) => {
      expect(parseYesOrNo(value, 'It')).toBe(true);
    },
  );

  it.each([false, 0, 'false', 'No', 'n', 'off', '0'])('is no: %p', (value) => {
    expect(parseYesOrNo(value, 'It')).toBe(false);
    expect(parseYesOrNo(value, 'It', true)).toBe(false);
  });

  it.each([undefined, null, '', ' ', '\u200b'])(
    'is the default of the form if it is blank: %j',
    (value) => {
      expect(parseYesOrNo(value, 'It')).toBe(false);
      expect(parseYesOrNo(value, 'It', true)).toBe(true);
    },
  );

  it.each(['maybe', 'ja', 2, NaN, {}, [], [true], 'truefalse'])(
    'is not guessed from %p',
    (value) => {
      expect(refusalOf(() => parseYesOrNo(value, 'Preview Only'))).toMatchObject({
        kind: 'InvalidInput',
        message: expect.stringMatching(/^Preview Only must be yes or no, not .+\.$/),
        hint: 'Use true or false, or leave the field empty for no.',
      });
    },
  );
});

describe('Require Variables', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  afterAll(async () => {
    expect(simulator.contractViolations).toEqual([]);
    await simulator.stop();
  });

  it.each([
    ['true', /are missing/],
    ['surely', /^Require Variables must be yes or no, not "surely"/],
  ])(
    'places no call if it is the text %p and a variable is missing',
    async (requireVariables, message) => {
      const { apiKey } = simulator.world.acme;
      const placing = placeCall(clientTo(simulator.url, { apiKey }), {
        agent: { by: 'triggerId', value: 'lead-qualifier' },
        phoneNumber: '+14155550123',
        requireVariables,
      });

      expect(await rejectionOf(placing)).toMatchObject({ message: expect.stringMatching(message) });
      expect(simulator.callRequests).toHaveLength(0);
    },
  );
});
