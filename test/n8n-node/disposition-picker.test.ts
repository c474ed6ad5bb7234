import type {
  INodeListSearchResult,
  INodeParameterResourceLocator,
  INodeProperties,
  NodeParameterValueType,
} from 'n8n-workflow';
import { credentialsFor } from '../../tools/hosts/n8n/call-form';
import { runDograhNode } from '../../tools/hosts/n8n/engine';
import { shownBy } from '../../tools/hosts/n8n/host';
import { loadOptionsContext } from '../../tools/hosts/n8n/load-options';
import { DOGRAH_NODE, dograhNodeType, TRIGGER_NODE } from '../../tools/hosts/n8n/n8n-host';
import { startSimulator, type Fault, type Simulator } from '../../tools/simulator';
import { startOtherOrigin } from '../../tools/support/servers';
import { hurryWaits } from '../support/host-time';
import { ActiveTrigger } from './active-trigger';

hurryWaits();
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ resultsAfterMs: 0, artifactsAfterMs: 0 });
});
beforeEach(() => {
  simulator.reset();
});
afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
  expect(simulator.callRequests).toEqual([]);
});
afterAll(() => simulator.stop());

const add = (disposition: string): void => {
  simulator.addRun({ ending: { disposition, answered: true } });
};
const answer = (fault: Fault): void => {
  simulator.faults.add({ on: 'dispositions', fault, times: Infinity });
};
const withoutRoute: Fault = {
  kind: 'status',
  callPlaced: false,
  status: 404,
  body: { detail: 'Not Found' },
};
const picked = (value: string): INodeParameterResourceLocator => ({
  __rl: true,
  mode: 'list',
  value,
  cachedResultName: value,
});
const typed = (value: string): INodeParameterResourceLocator => ({
  __rl: true,
  mode: 'name',
  value,
});

/** A place in the forms with this filter. */
interface Place {
  readonly node: 'dograh' | 'dograhTrigger';
  readonly type: string;
  readonly key: string;
  /** The dispositions of the runs that the filter finds, sorted. */
  readonly find: (filter: NodeParameterValueType) => Promise<unknown[]>;
}

const places: readonly (readonly [string, Place])[] = [
  [
    'Get Many runs',
    { node: 'dograh', type: DOGRAH_NODE, key: 'disposition', find: findWithGetMany },
  ],
  [
    'the Dograh Trigger',
    { node: 'dograhTrigger', type: TRIGGER_NODE, key: 'dispositions', find: findWithTrigger },
  ],
];

describe.each(places)('the filter by disposition in %s', (_name, { node, type, key, find }) => {
  const list = async (
    text?: string,
    page?: string,
    credentials = credentialsFor(simulator),
  ): Promise<INodeListSearchResult> => {
    const { modes = [] } = await fieldOf(node, key);
    const name = modes.find((mode) => mode.name === 'list')?.typeOptions?.searchListMethod;
    const { methods } = await dograhNodeType(node);
    const method = methods?.listSearch?.[String(name)];
    if (method === undefined) throw new Error('The node has no such method.');
    const path = `parameters.filters.${key}`;
    const context = await loadOptionsContext(path, { filters: {} }, credentials, type);
    return method.call(context, text, page);
  };
  const words = async (text?: string): Promise<unknown[]> =>
    (await list(text)).results.map(({ value }) => value);
  const past = (): void => {
    for (const disposition of ['busy', 'no-answer', 'user_hangup', 'Not now, call later']) {
      add(disposition);
    }
  };

  it('lists Dograh’s words and those of the organization', async () => {
    add('want_demo');
    const { results, paginationToken } = await list();

    expect(results[0]).toEqual({ name: 'call_duration_exceeded', value: 'call_duration_exceeded' });
    expect(results.at(-1)).toEqual({ name: 'want_demo', value: 'want_demo' });
    expect(paginationToken).toBeUndefined();
  });

  it.each([' hang ', 'HANG', 'ha\u00adng'])('finds a word by a part: %j', async (part) => {
    expect(await words(part)).toEqual(['user_hangup']);
  });

  it('lists each of hundreds of words once, page by page', async () => {
    for (let index = 0; index < 250; index += 1) add(`own_${String(index)}`);
    const seen: unknown[] = [];
    let page: string | undefined;
    do {
      const { results, paginationToken } = await list('own_', page);
      expect(results.length).toBeLessThanOrEqual(100);
      seen.push(...results.map(({ value }) => value));
      page = paginationToken;
    } while (page !== undefined);

    expect(seen).toHaveLength(250);
    expect(new Set(seen).size).toBe(250);
  });

  it('finds the runs with a word that was picked from the list', async () => {
    past();
    expect(await words()).toEqual(expect.arrayContaining(['user_hangup', 'Not now, call later']));

    expect(await find(picked('user_hangup'))).toEqual(['user_hangup']);
    expect(await find(picked('Not now, call later'))).toEqual(['Not now, call later']);
  });

  it.each<[string, NodeParameterValueType]>([
    ['words that are typed by name', typed('Busy, no_answer')],
    ['an expression by name', typed('={{ "busy,no-answer" }}')],
    ['an expression by name that gives a list', typed('={{ ["busy", "no-answer"] }}')],
    ['text that was stored before there was a list', 'busy, no-answer'],
    ['an expression that was stored before', '={{ "busy" + ",no-answer" }}'],
    ['an expression that gives a list', '={{ ["busy", "no-answer"] }}'],
    ['text that was stored before and edited', { __rl: true, mode: '', value: 'busy,no-answer' }],
  ])('finds the runs with %s', async (_what, filter) => {
    past();

    expect(await find(filter)).toEqual(['busy', 'no-answer']);
  });

  it.each<[string, NodeParameterValueType]>([
    ['nothing is picked', picked('')],
    ['nothing is typed', typed(' ')],
    ['an expression gives nothing', typed('={{ null }}')],
  ])('finds all runs if %s', async (_what, filter) => {
    past();

    expect(await find(filter)).toHaveLength(4);
  });

  it('starts empty, with the list', async () => {
    expect(await fieldOf(node, key)).toMatchObject({
      type: 'resourceLocator',
      default: { mode: 'list', value: '' },
    });
  });

  it('has an empty list if Dograh does not have it, says so, and still finds typed words', async () => {
    past();
    answer(withoutRoute);
    const { modes = [] } = await fieldOf(node, key);

    expect(await list()).toEqual({ results: [] });
    expect(modes.find(({ name }) => name === 'list')?.hint).toMatch(
      /If the list is empty .* choose By Name/,
    );
    expect(await find(typed('busy, no-answer'))).toEqual(['busy', 'no-answer']);
    expect(await find(picked('busy'))).toEqual(['busy']);
  });

  it.each<[string, Fault, RegExp]>([
    [
      'a refusal',
      { kind: 'status', callPlaced: false, status: 403, body: { detail: 'No' } },
      /has no access to this data in Dograh: No\. Use a key/,
    ],
    ['a 503', { kind: 'status', callPlaced: false, status: 503 }, /answered 503.*Try again later/],
    [
      'the web page of another server',
      { kind: 'status', callPlaced: false, status: 404, body: '<html>' },
      /web page.*Check that Base URL/,
    ],
  ])('shows in the list what to do after %s', async (_what, fault, sentence) => {
    answer(fault);

    await expect(list()).rejects.toThrow(sentence);
  });

  it('shows in the list what is wrong with the key', async () => {
    const credentials = { ...credentialsFor(simulator), apiKey: 'dg_wrong_0123' };

    await expect(list('', '0', credentials)).rejects.toThrow(
      /does not accept the API key.*Check the key/,
    );
  });

  it('shows in the list which server is down', async () => {
    const down = await startOtherOrigin();
    await down.stop();
    const credentials = { ...credentialsFor(simulator), baseUrl: down.url };

    await expect(list('', '0', credentials)).rejects.toThrow(new URL(down.url).host);
  });

  it('refuses a value that is no list of texts', async () => {
    const label = (await fieldOf(node, key)).displayName;

    await expect(find(typed('={{ ({ code: "busy" }) }}'))).rejects.toThrow(
      `${label} must be a list of texts`,
    );
  });
});

async function findWithGetMany(disposition: NodeParameterValueType): Promise<unknown[]> {
  const outcome = await runDograhNode({
    parameters: { resource: 'run', operation: 'getAll', filters: { disposition } },
    credentials: credentialsFor(simulator),
  });
  if (outcome.error !== undefined) throw new Error(shownBy(outcome));
  return (outcome.outputs[0] ?? []).map(({ json }) => json['disposition']).toSorted();
}

/** The trigger ignores runs that ended before its first poll. So the same runs end again after it. */
async function findWithTrigger(dispositions: NodeParameterValueType): Promise<unknown[]> {
  const trigger = new ActiveTrigger({
    credentials: credentialsFor(simulator),
    filters: { dispositions },
  });
  const wanted = new Set(simulator.runs.map(({ disposition }) => disposition ?? ''));
  await trigger.activate();
  const before = simulator.runs.length;
  for (const disposition of wanted) add(disposition);
  await trigger.poll();
  if (trigger.errors[0] !== undefined) throw trigger.errors[0];
  const ids = trigger.ids;
  return simulator.runs
    .slice(before)
    .filter(({ runId }) => ids.includes(runId))
    .map(({ disposition }) => disposition)
    .toSorted();
}

async function fieldOf(node: Place['node'], key: string): Promise<INodeProperties> {
  const { properties } = (await dograhNodeType(node)).description;
  const all = properties
    .filter(({ name }) => name === 'filters')
    .flatMap(({ options = [] }) => options);
  const field = all.find(({ name }) => name === key);
  if (field === undefined || !('type' in field)) throw new Error(`No field ${key}`);
  return field;
}
