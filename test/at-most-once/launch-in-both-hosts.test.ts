import type { IDataObject } from 'n8n-workflow';
import { dograhPace, startSimulator, type Simulator } from '../../tools/simulator';
import { credentialsFor } from '../../tools/hosts/n8n/call-form';
import { launchForm } from '../../tools/hosts/n8n/campaign-form';
import { runDograhNode } from '../../tools/hosts/n8n/engine';
import { runInZapier } from '../../tools/hosts/zapier/runtime';
import { connectionTo, outputOf } from '../../tools/hosts/zapier/step';
import { numberOf } from '../support/campaigns';
import { hurryWaits } from '../support/host-time';

hurryWaits();

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ campaignTiming: dograhPace });
});
beforeEach(() => {
  simulator.reset();
});
afterAll(() => simulator.stop());

interface Launched {
  readonly campaign_id: unknown;
  readonly skipped: unknown;
}

const NUMBERS = [numberOf(0), numberOf(1)];
const DAY_MS = 86_400_000;

async function inN8n(): Promise<Launched> {
  const { outputs } = await runDograhNode({
    parameters: launchForm(simulator, { campaignReference: 'spring-2026' }),
    credentials: credentialsFor(simulator),
    items: NUMBERS.map((phone, index): IDataObject => ({ phone, name: `Person ${String(index)}` })),
  });
  return outputs[0]?.[0]?.json as unknown as Launched;
}

async function inZapier(): Promise<Launched> {
  const outcome = await runInZapier('creates.launch_campaign.operation.perform', {
    authData: connectionTo(simulator),
    inputData: {
      name: 'Spring',
      campaign_reference: 'spring-2026',
      agent: simulator.world.agents.triggerOnlyInDraft.uuid,
      file: ['phone_number,customer_name', ...NUMBERS.map((one) => `${one},Ann`)].join('\n'),
    },
  });
  return outputOf(outcome) as unknown as Launched;
}

describe('the same reference in n8n and in Zapier', () => {
  it.each([
    ['n8n', inN8n, inZapier],
    ['Zapier', inZapier, inN8n],
  ])('is launched only by %s if that is first, also a day later', async (_host, first, second) => {
    const launched = await first();
    const again = await second();
    simulator.advance(DAY_MS);
    const later = await second();

    expect(launched).toMatchObject({ skipped: false });
    expect([again, later]).toMatchObject(
      Array(2).fill({ campaign_id: launched.campaign_id, skipped: true }),
    );
    expect(simulator.campaigns.map(({ startedTimes }) => startedTimes)).toEqual([1]);
  });

  it('is launched once if both begin at the same moment', async () => {
    const results = await Promise.all([inN8n(), inZapier()]);
    const started = simulator.campaigns.filter(({ startedTimes }) => startedTimes > 0);

    expect(started.map(({ startedTimes }) => startedTimes)).toEqual([1]);
    const ids = results.map(({ campaign_id: id }) => id);
    expect(ids).toEqual([started[0]?.id, started[0]?.id]);
    expect(results.filter(({ skipped }) => skipped === true)).toHaveLength(1);
  });
});
