import { startSimulator, type Fault, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { DrivenClock } from '../../support/clocks';
import { rejectionOf } from '../../support/refusal';

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

const list = (): Promise<readonly string[]> => {
  const { apiKey } = simulator.world.acme;
  return clientTo(simulator.url, { apiKey, clock: new DrivenClock() }).listDispositions();
};
const answer = (fault: Fault): void => {
  simulator.faults.add({ on: 'dispositions', fault, times: Infinity });
};
const answerWith = (body: unknown): void => {
  answer({ kind: 'off-contract', callPlaced: true, body });
};

describe('the list of dispositions', () => {
  it('has Dograh’s words first, then those of the organization’s runs', async () => {
    simulator.addRun({ ending: { disposition: 'want_demo' } });
    const listed = await list();

    expect(listed.slice(0, 2)).toEqual(['call_duration_exceeded', 'call_transferred']);
    expect(listed.at(-1)).toBe('want_demo');
    expect(simulator.requests).toHaveLength(1);
  });

  it('has each word once, cleaned and in Dograh’s order', async () => {
    answerWith({
      codes: ['busy', ' AM\u00a0Left ', '', ' ', null, 7, 'AM Left', '\u200bbusy', 'a'],
    });

    expect(await list()).toEqual(['busy', 'AM Left', 'a']);
  });

  it.each(['Not Found', 'No such page'])(
    'is empty if Dograh answers 404 with %j, because it has no such route',
    async (detail) => {
      answer({ kind: 'status', callPlaced: false, status: 404, body: { detail } });

      expect(await list()).toEqual([]);
    },
  );

  it('fails if the 404 is a web page, which is not of Dograh', async () => {
    answer({ kind: 'status', callPlaced: false, status: 404, body: '<html>Not Found</html>' });

    expect(await rejectionOf(list())).toMatchObject({
      kind: 'Contract',
      hint: expect.stringContaining('Base URL') as unknown,
    });
  });

  it.each([{}, { codes: 'busy' }, []])('refuses %j', async (body) => {
    answerWith(body);

    expect((await rejectionOf(list())).message).toMatch(
      /^The list of dispositions from .* has an unexpected format\.$/,
    );
  });

  it('fails like other lists if Dograh does not allow it', async () => {
    answer({ kind: 'status', callPlaced: false, status: 403, body: { detail: 'No' } });

    expect(await rejectionOf(list())).toMatchObject({ kind: 'PermissionDenied' });
  });

  it('does not show the API key', async () => {
    const { apiKey } = simulator.world.acme;
    answerWith({ codes: [`to ${apiKey}`] });

    expect(await list()).toEqual(['to [API key]']);
  });
});
