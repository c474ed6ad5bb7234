import { hurryWaits } from '../support/host-time';
import { dograhPace, startSimulator, type Simulator } from '../../tools/simulator';
import { startFileStore, type FileStore } from './file-store';
import { builtApp } from '../../tools/hosts/zapier/runtime';
import { withHistory } from './walk/step-input';
import { walkApp, type Walked } from './walk/walk';

type Item = Readonly<Record<string, unknown>>;

/** Dograh reads no file and begins no batch by itself, so no campaign dials. */
const campaignTiming = { ...dograhPace, syncMs: Infinity, rowMs: Infinity };

hurryWaits();

describe('every function of the app', () => {
  let simulator: Simulator;
  let store: FileStore;
  let walked: Walked;

  beforeAll(async () => {
    simulator = await startSimulator({ campaignTiming });
    store = await startFileStore();
    walked = await walkApp(await withHistory(simulator), store);
  });
  afterAll(async () => {
    await simulator.stop();
    await store.stop();
  });

  const outputsOf = (name: RegExp): [string, unknown][] =>
    Object.entries(walked.outputs).filter(([path]) => name.test(path));

  it('is called by this test; add new kinds of functions to walk.ts', () => {
    expect(walked.functions).toContain('creates.trigger_call.operation.perform');
    expect(walked.called).toEqual(walked.functions);
  });

  it('sends only requests that fit Dograh’s contract', () => {
    expect(simulator.contractViolations).toEqual([]);
  });

  it('places no call, except Trigger Call, which places one', () => {
    expect(walked.placedCalls).toEqual({ 'creates.trigger_call.operation.perform': 1 });
  });

  it('starts no campaign, except Launch Campaign, which starts one', () => {
    const [, , launched, ...others] = simulator.campaigns;

    expect(launched?.startedTimes).toBe(1);
    expect(others).toEqual([]);
  });

  it('does not show the API key', () => {
    const { apiKey } = simulator.world.acme;
    expect(JSON.stringify([walked.outputs, simulator.storageRequests])).not.toContain(apiKey);
    expect(store.received(apiKey)).toBe(false);
  });

  it('returns items with unique IDs if it is a trigger or a search', () => {
    for (const [path, output] of outputsOf(/^(triggers|searches)\..*perform$/)) {
      const ids = (output as readonly Item[]).map(({ id }) => id);

      expect([path, ids]).not.toEqual([path, []]);
      expect(ids.every((id) => typeof id === 'number' || typeof id === 'string')).toBe(true);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('returns one item with an ID if it is an action', () => {
    for (const [, output] of outputsOf(/^creates\..*perform$/)) {
      expect(output).toMatchObject({ id: expect.any(Number) });
    }
  });

  it('returns an empty list if it is a search that finds nothing', () => {
    for (const [, output] of outputsOf(/finds nothing$/)) expect(output).toEqual([]);
  });

  it('returns the keys of its sample', () => {
    const {
      triggers = {},
      searches = {},
      creates,
    } = builtApp() as unknown as Record<string, Record<string, { operation: { sample?: Item } }>>;
    for (const [path, output] of outputsOf(/perform$/)) {
      const [kind = '', key = ''] = path.split('.');
      const sample = { triggers, searches, creates }[kind]?.[key]?.operation.sample;
      const items = (Array.isArray(output) ? output : [output]) as readonly Item[];
      const keys = Object.keys(items[0] ?? {});

      if (sample) expect([path, keys.sort()]).toEqual([path, Object.keys(sample).sort()]);
    }
  });

  it('returns fields with a key and a label if it returns fields', () => {
    for (const [path, fields] of outputsOf(/(inputFields|outputFields)$/)) {
      for (const field of fields as readonly Item[]) {
        expect([path, field]).toEqual([
          path,
          expect.objectContaining({ key: expect.any(String), label: expect.any(String) }),
        ]);
      }
    }
  });

  it('returns the URL of the stored file if it fetches a file', () => {
    const addresses = outputsOf(/^hydrators\..*File$/).map(([, output]) => output);
    const [[, text]] = outputsOf(/^hydrators\.transcriptText$/) as [[string, unknown]];

    expect(addresses).toEqual(store.files.map(({ url }) => url));
    expect(text).toContain('assistant: Hello!');
  });
});

it('the walk reports a function that it did not call', async () => {
  const simulator = await startSimulator({ campaignTiming });
  const store = await startFileStore();
  const { operation } = builtApp().creates.trigger_call;
  Object.assign(operation, { performResume: () => ({ id: 1 }) });
  const { functions, called } = await walkApp(await withHistory(simulator), store);
  Reflect.deleteProperty(operation, 'performResume');
  await simulator.stop();
  await store.stop();

  expect(functions.filter((path) => !called.includes(path))).toEqual([
    'creates.trigger_call.operation.performResume',
  ]);
  expect(simulator.contractViolations).toEqual([]);
});
