import { startSimulator, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { rejectionOf } from '../../support/refusal';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
beforeEach(() => {
  simulator.reset();
});
afterAll(() => simulator.stop());

/** Dograh's database fails if it compares such a text. */
const TEXTS = [
  ['half of a character', 'a\ud83d', 'half of a character (U+D83D)'],
  ['NUL', 'a\0', 'the invisible character NUL (U+0000)'],
] as const;

describe.each(TEXTS)('a filter with %s', (_what, text, words) => {
  const client = () => clientTo(simulator.url, { apiKey: simulator.world.acme.apiKey });
  const refusals: readonly (readonly [string, () => Promise<unknown>])[] = [
    [
      'Phone Number',
      () =>
        client()
          .listRuns({ phoneNumber: `+1415${text}` })
          .next(),
    ],
    ['Phone Number', () => client().findCall({ phoneNumber: text })],
    ['Call Reference', () => client().findCall({ callReference: text })],
    ['Disposition', () => client().listRuns({ disposition: text }).next()],
    ['Disposition', () => client().latestFinishedRun({ dispositions: ['busy', text] })],
    ['Agent', () => client().latestFinishedRun({ agents: text })],
  ];

  it.each(refusals)('is refused before any request: %s', async (label, search) => {
    expect(await rejectionOf(search())).toMatchObject({
      kind: 'InvalidInput',
      message: `${label} contains ${words}.`,
    });
    expect(simulator.requests).toEqual([]);
  });

  it.each([
    ['Agent UUID', () => client().listRuns({ agentUuid: text }).next()],
    ['API Trigger ID', () => client().getAgent({ by: 'triggerId', value: text }, 'production')],
    ['Agent UUID', () => client().getAgent({ by: 'agentUuid', value: text }, 'production')],
    ['Run ID', () => client().getRun(text)],
  ])('is no %s', async (label, ask) => {
    const error = await rejectionOf(ask());

    expect(error).toMatchObject({ kind: 'InvalidInput' });
    expect(error.message).toContain(label);
    expect(error.message).not.toMatch(/[\p{Cs}\0]/u);
    expect(simulator.requests).toEqual([]);
  });
});
