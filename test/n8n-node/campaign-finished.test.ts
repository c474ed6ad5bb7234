import { printed } from './loud-logs';
import type { IDataObject } from 'n8n-workflow';
import { CampaignWorld } from '../shared/campaigns/campaign-world';
import type { Simulator } from '../../tools/simulator';
import { contactsFile, launch } from '../../tools/simulator/campaigns/campaign-caller';
import { credentialsFor } from '../../tools/hosts/n8n/call-form';
import { hurryWaits } from '../support/host-time';
import { ActiveTrigger, type TriggerSettings } from './active-trigger';

hurryWaits();

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('the Dograh Trigger for finished campaigns', () => {
  let world: CampaignWorld;
  let simulator: Simulator;

  beforeAll(async () => {
    world = await CampaignWorld.start();
    ({ simulator } = world);
  });
  beforeEach(() => {
    world.reset();
    printed.length = 0;
  });
  afterEach(() => {
    expect(simulator.contractViolations).toEqual([]);
  });
  afterAll(() => simulator.stop());

  const trigger = (settings: Partial<TriggerSettings> = {}): ActiveTrigger =>
    new ActiveTrigger({
      credentials: credentialsFor(simulator),
      event: 'campaignFinished',
      ...settings,
    });
  const given = ({ executions }: ActiveTrigger): IDataObject[] =>
    executions.flatMap((items) => items.map(({ json }) => json));
  /** Polls each minute of Dograh's time. */
  const pollFor = async (active: ActiveTrigger, minutes: number): Promise<void> => {
    for (let minute = 0; minute < minutes; minute += 1) {
      simulator.advance(MINUTE);
      await active.poll();
    }
  };

  it.each([false, true])(
    'starts the workflow once per campaign, over many polls, with staged memory: %p',
    async (isStaged) => {
      await launch(simulator);
      simulator.advance(3 * HOUR);
      const active = await trigger({ isStaged }).activate();
      const one = await launch(simulator, { csv: contactsFile(4) });
      await pollFor(active, 2);
      const other = await launch(simulator);
      await pollFor(active, 10);
      await active.activate();
      await pollFor(active, 90);

      expect(given(active).map(({ campaign_id: id }) => id)).toEqual([one, other]);
      expect(given(active)[0]).toMatchObject({
        contacts: 4,
        called: 4,
        pending: 0,
        never_called: 0,
        running: 0,
      });
      expect(active.errors).toEqual([]);
    },
  );

  it('starts no workflow while a contact is pending', async () => {
    const active = await trigger().activate();
    const id = await launch(simulator, { csv: contactsFile(30) });
    simulator.runBatch(id);
    await active.poll();

    expect(active.executions).toEqual([]);
  });

  it('returns campaigns of the chosen agents', async () => {
    const { leadQualifier, deliveryUpdate } = simulator.world.agents;
    const [own, others] = await Promise.all([
      trigger({ filters: { agents: [leadQualifier.uuid] } }).activate(),
      trigger({ filters: { agents: [deliveryUpdate.uuid] } }).activate(),
    ]);
    await launch(simulator);
    for (const active of [own, others]) await pollFor(active, 5);

    expect(given(own)).toHaveLength(1);
    expect(given(others)).toEqual([]);
  });

  it('shortens a campaign with Simplify', async () => {
    const active = await trigger({ simplify: true }).activate();
    await launch(simulator);
    await pollFor(active, 5);

    expect(Object.keys(given(active)[0] ?? {})).toEqual([
      ...['campaign_id', 'campaign_name', 'state', 'contacts', 'called', 'pending'],
      ...['never_called', 'running', 'problem', 'notes'],
    ]);
  });

  it('returns the newest finished campaign in a test in the editor', async () => {
    await launch(simulator);
    simulator.advance(HOUR);
    const newest = await launch(simulator, { csv: contactsFile(2) });
    simulator.advance(3 * HOUR);
    await launch(simulator);
    const [items] = (await trigger().test()) ?? [];

    expect(items).toMatchObject([{ json: { campaign_id: newest, contacts: 2, called: 2 } }]);
  });

  it('says in a test what to do if no campaign is finished', async () => {
    await expect(trigger().test()).rejects.toMatchObject({
      message: 'No finished campaign was found.',
      description: expect.stringContaining('Launch a campaign with one contact') as unknown,
    });
  });

  it('does not return the calls of the time in which it waited for campaigns', async () => {
    const active = await trigger({ event: 'callFinished' }).activate();
    await active.activate({ event: 'campaignFinished' });
    simulator.addRun();
    await pollFor(active, 1);
    await active.activate({ event: 'callFinished' });
    await pollFor(active, 1);

    expect(given(active)).toEqual([]);
  });
});
