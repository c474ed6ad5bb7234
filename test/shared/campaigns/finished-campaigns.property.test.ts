import fc from 'fast-check';
import { act, contactsFile, create } from '../../../tools/simulator/campaigns/campaign-caller';
import type { CampaignDefect } from '../../../tools/simulator';
import { CampaignPoller } from './campaign-poller';
import { CampaignWorld, HOUR, MINUTE, SECOND, VERSIONS } from './campaign-world';

let world: CampaignWorld;

beforeAll(async () => {
  world = await CampaignWorld.start();
});
afterAll(() => world.simulator.stop());

type Step =
  | { readonly kind: 'launch'; readonly contacts: number }
  | { readonly kind: 'pause' | 'resume' | 'poll' | 'lost poll' }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'end'; readonly disposition: string }
  | { readonly kind: 'break'; readonly defect: CampaignDefect };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('launch' as const),
      contacts: fc.integer({ min: 1, max: 14 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ kind: 'pause' as const }, { kind: 'resume' as const }),
  },
  { weight: 6, arbitrary: fc.constant({ kind: 'poll' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'lost poll' as const }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      ms: fc.constantFrom(700, 5 * SECOND, 40 * SECOND, 2 * MINUTE, 8 * MINUTE, 30 * MINUTE, HOUR),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('end' as const),
      disposition: fc.constantFrom('busy', 'no-answer'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('break' as const),
      defect: fc.constantFrom<CampaignDefect>(
        { kind: 'lost-rows', rows: 1 },
        { kind: 'killed-worker', moment: 'before-dialing', afterRows: 1 },
        { kind: 'killed-worker', moment: 'after-dialing' },
        { kind: 'failed-campaign', afterRows: 2 },
      ),
    }),
  },
);

/** The calls of each campaign at the moment when it was given. */
type Given = Map<number, number>;

function callsOf(id: number): number {
  return world.simulator.calls.filter(({ campaignRow }) => campaignRow?.campaignId === id).length;
}

async function poll(poller: CampaignPoller, given: Given): Promise<void> {
  for (const id of await poller.poll()) {
    expect(given.has(id)).toBe(false);
    given.set(id, callsOf(id));
  }
}

async function take(one: Step, poller: CampaignPoller, given: Given): Promise<void> {
  const { simulator } = world;
  const last = simulator.campaigns.at(-1);
  switch (one.kind) {
    case 'launch': {
      const { body } = await create(simulator, { csv: contactsFile(one.contacts) });
      await act(simulator, (body as { id: number }).id, 'start');
      return;
    }
    case 'pass':
      simulator.advance(one.ms);
      return;
    case 'end':
      simulator.endNext({ disposition: one.disposition });
      return;
    case 'break':
      simulator.breakCampaign(one.defect);
      return;
    case 'poll':
      return poll(poller, given);
    case 'lost poll': {
      const fault = { kind: 'status', status: 503, callPlaced: false } as const;
      simulator.faults.add({ on: 'campaigns', fault, times: 3 });
      const { stored } = poller;
      await expect(poller.poll()).rejects.toThrow();
      expect(poller.stored).toBe(stored);
      return;
    }
    default:
      if (last !== undefined) await act(simulator, last.id, one.kind);
  }
}

it('each campaign is given once, and calls nobody afterwards', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...VERSIONS),
      fc.array(step, { minLength: 5, maxLength: 30 }),
      async (version, steps) => {
        world.reset(version);
        const { simulator } = world;
        const poller = new CampaignPoller(world);
        const given: Given = new Map();
        await poll(poller, given);
        for (const one of steps) await take(one, poller, given);
        for (const { id } of [...simulator.campaigns]) await act(simulator, id, 'resume');
        for (let hours = 0; hours < 4; hours += 1) {
          simulator.advance(HOUR);
          await poll(poller, given);
        }

        expect([...given.keys()].sort((a, b) => a - b)).toEqual(
          simulator.campaigns.map(({ id }) => id),
        );
        for (const [id, calls] of given) expect(callsOf(id)).toBe(calls);
        expect(simulator.contractViolations).toEqual([]);
      },
    ),
    { numRuns: 40 },
  );
}, 120_000);
