import fc from 'fast-check';
import { act, contactsFile, create } from '../../../tools/simulator/campaigns/campaign-caller';
import type { CampaignDefect } from '../../../tools/simulator';
import { CampaignWorld, contactsOf, HOUR, MINUTE, VERSIONS } from './campaign-world';

let world: CampaignWorld;

beforeAll(async () => {
  world = await CampaignWorld.start();
});
afterAll(() => world.simulator.stop());

type Step =
  | { readonly kind: 'start' | 'race' | 'pause' | 'resume' | 'batch' | 'look' }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'end'; readonly disposition: string }
  | { readonly kind: 'break'; readonly defect: CampaignDefect };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom({ kind: 'start' as const }, { kind: 'race' as const }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ kind: 'pause' as const }, { kind: 'resume' as const }),
  },
  { weight: 3, arbitrary: fc.constant({ kind: 'batch' as const }) },
  { weight: 4, arbitrary: fc.constant({ kind: 'look' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      ms: fc.constantFrom(500, 3_000, MINUTE, 7 * MINUTE, 30 * MINUTE, 2 * HOUR),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('end' as const),
      disposition: fc.constantFrom('busy', 'no-answer', 'failed', 'voicemail_detected'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('break' as const),
      defect: fc.constantFrom<CampaignDefect>(
        { kind: 'lost-rows', rows: 2 },
        { kind: 'killed-worker', moment: 'before-dialing' },
        { kind: 'killed-worker', moment: 'after-dialing', afterRows: 3 },
        { kind: 'failed-campaign', afterRows: 5 },
      ),
    }),
  },
);

const story = fc.record({
  version: fc.constantFrom(...VERSIONS),
  contacts: fc.integer({ min: 1, max: 23 }),
  unreachable: fc.boolean(),
  steps: fc.array(step, { minLength: 3, maxLength: 14 }),
});

/** Numbers that the client called never called. */
type NeverCalled = Set<string>;

async function look(id: number, never: NeverCalled): Promise<void> {
  const client = world.client();
  const { rows } = world.campaign(id);
  const counts = await client.getCampaign(id);
  const contacts = await contactsOf(client, id);
  const having = (status: string): number =>
    contacts.filter(({ contact_status: one }) => one === status).length;

  expect(having('called')).toBe(counts.called);
  expect(having('pending')).toBe(counts.pending);
  expect(having('never_called')).toBe(counts.never_called);
  expect(having('called') + having('pending') + having('never_called')).toBe(counts.contacts);
  const called = new Set(world.simulator.calls.map(({ phoneNumber }) => phoneNumber));
  expect(counts.called).toBe(called.size);
  expect(counts.running).toBe(
    world.simulator.calls.filter(({ states }) => states.at(-1)?.state !== 'completed').length,
  );
  for (const contact of contacts) {
    const number = contact.phone_number ?? '';
    expect(contact.contact_status === 'called').toBe(called.has(number));
    expect(contact.reason === null).toBe(contact.contact_status !== 'never_called');
    if (contact.contact_status === 'never_called') never.add(number);
  }
  if (rows.length > 0) {
    const numbers = rows.filter(({ parentRowId }) => parentRowId === null);
    expect(contacts.map(({ phone_number: number }) => number)).toEqual(
      numbers.map(({ context }) => context['phone_number']),
    );
  }
}

async function take(one: Step, id: number, never: NeverCalled): Promise<void> {
  const { simulator } = world;
  switch (one.kind) {
    case 'look':
      return look(id, never);
    case 'pass':
      simulator.advance(one.ms);
      return;
    case 'end':
      simulator.endNext({ disposition: one.disposition });
      return;
    case 'break':
      simulator.breakCampaign(one.defect);
      return;
    case 'race':
      simulator.breakCampaign({ kind: 'raced-start' });
      await act(simulator, id, 'start');
      await act(simulator, id, 'start');
      simulator.advance(3_000);
      return look(id, never);
    case 'batch':
      if (['syncing', 'running'].includes(world.campaign(id).state)) simulator.runBatch(id);
      return;
    default:
      // Dograh refuses it in other states.
      await act(simulator, id, one.kind);
  }
}

it('called, pending and never called add up in every state, and nobody who was never called is called later', async () => {
  await fc.assert(
    fc.asyncProperty(story, async ({ version, contacts, unreachable, steps }) => {
      world.reset(version);
      const { simulator } = world;
      if (unreachable) simulator.world.unreachableNumbers.push('+14155552003', '+14155552005');
      const csv = `${contactsFile(contacts)}\n,Nobody,nobody@example.com\n`;
      const { body } = await create(simulator, { csv });
      const { id } = body as { id: number };
      const never: NeverCalled = new Set();
      await look(id, never);
      for (const one of steps) await take(one, id, never);
      await look(id, never);
      await act(simulator, id, 'start');
      await act(simulator, id, 'resume');
      simulator.advance(3 * HOUR);
      await look(id, never);

      const dialed = simulator.calls.map(({ phoneNumber }) => phoneNumber);
      expect(dialed.filter((number) => never.has(number))).toEqual([]);
      expect(simulator.contractViolations).toEqual([]);
    }),
    { numRuns: 40 },
  );
}, 120_000);
