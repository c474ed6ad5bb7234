import { startSimulator, type Simulator } from '../../tools/simulator';
import { outputOf, shownBy, type Host, type HostCall } from '../../tools/hosts/host';
import { askedIn } from './call-requests';

type Context = Pick<HostCall, 'contextJson' | 'contextPairs' | 'contextMapping'>;

const TAKEN_OUT =
  'The variables were taken out of "initial_context", because Dograh adds this name itself.';
const sentWithout = (...names: string[]): string =>
  `Sent without "initial_context.", because Dograh adds it itself: ${names.map((name) => `"${name}"`).join(', ')}.`;
const json = (value: unknown): Context => ({ contextJson: JSON.stringify(value) });
const pairs = (named: Record<string, unknown>): Context => ({
  contextPairs: Object.entries(named).map(([name, value]) => ({ name, value })),
});

const UNWRAPPED: readonly (readonly [string, Context, object, readonly string[]])[] = [
  [
    'as JSON',
    json({ initial_context: { vip: true, user: { name: 'Ann' } } }),
    { vip: true, user: { name: 'Ann' } },
    [TAKEN_OUT],
  ],
  ['as JSON inside JSON', json({ initial_context: '{"vip": 1}' }), { vip: 1 }, [TAKEN_OUT]],
  ['in another spelling', json({ initialContext: { vip: 1 } }), { vip: 1 }, [TAKEN_OUT]],
  ['as the only row', pairs({ initial_context: '{"vip": 1}' }), { vip: 1 }, [TAKEN_OUT]],
  [
    'in the names of rows',
    pairs({ 'initial_context.user.name': 'Ann', 'initial_context.user.plan': 'gold', vip: 'no' }),
    { user: { name: 'Ann', plan: 'gold' }, vip: 'no' },
    [sentWithout('user.name', 'user.plan')],
  ],
  [
    'in names inside JSON',
    json({ 'initial_context.user.name': 'Ann' }),
    { user: { name: 'Ann' } },
    [sentWithout('user.name')],
  ],
  [
    'in the names of fields',
    { contextMapping: { 'initial_context.first_name': 'Ann', email: 'ann@example.com' } },
    { first_name: 'Ann', email: 'ann@example.com' },
    [sentWithout('first_name')],
  ],
];

const REFUSED: readonly (readonly [string, Context, readonly RegExp[]])[] = [
  [
    'a whole body as JSON',
    json({ phone_number: '+14155550199', initial_context: { vip: 1 } }),
    [
      /^Variables \(JSON\) has the whole body of a request to Dograh/,
      /only the object inside "initial_context"/,
    ],
  ],
  [
    'a whole body as rows',
    pairs({ initial_context: '{"vip": 1}', from_phone_number_id: '3' }),
    [/^Variables has the whole body of a request/],
  ],
  [
    'a whole body inside an object',
    json({ body: { phone_number: '+14155550199', initial_context: { vip: 1 } } }),
    [/"body" contains "initial_context"/, /only the object inside/],
  ],
  [
    'the wrapper beside other names',
    json({ initial_context: { vip: 1 }, plan: 'gold' }),
    [/"initial_context" beside other names: "plan"/],
  ],
  [
    'a wrapper without an object',
    json({ initial_context: 'Ann' }),
    [/must be an object with the variables, not "Ann"/],
  ],
  [
    'a name twice in the text of a wrapper',
    json({ initial_context: '{"vip": 1, "vip": 2}' }),
    [/The variable "vip" is given twice/],
  ],
  [
    'a wrapper in the wrapper',
    json({ initial_context: { initial_context: {} } }),
    [/contains "initial_context"/],
  ],
  [
    'a name with and without the wrapper',
    pairs({ 'initial_context.vip': 'a', vip: 'b' }),
    [/"vip" is given twice/],
  ],
  ['a list with one object', json([{ vip: 1 }]), [/not a JSON list/, /The list has one object/]],
  [
    'a whole item',
    json({ json: { vip: 1 }, pairedItem: { item: 0 } }),
    [/whole item/, /only the object inside "json"/],
  ],
  ['JSON that was encoded twice', json(JSON.stringify({ vip: 1 })), [/encoded twice/]],
];

/** JSON that an inserted value has broken. */
const BROKEN: readonly (readonly [string, string])[] = [
  ['a quote', '{"name": "Ann "Boss" Smith", "plan": "gold"}'],
  ['a quote at the end', '{"size": "12""}'],
  ['a line break', '{"note": "two\nlines"}'],
  ['a tab', '{"note": "two\tcells"}'],
  ['a backslash', '{"path": "C:\\data"}'],
  ['an object as text', '{"user": [object Object]}'],
  ['nothing', '{"user": , "plan": "gold"}'],
  ['undefined', '{"user": undefined}'],
];

const ADVICE = {
  n8n: 'JSON.stringify($json.name)',
  Zapier: 'Enter such a value as a row of Variables instead.',
};

/** Registers the tests of contexts that look right and are not, for either host. */
export function readsPastedContext(host: Host): void {
  describe(`a pasted context in ${host.name}`, () => {
    let simulator: Simulator;

    beforeAll(async () => {
      simulator = await startSimulator();
    });
    beforeEach(() => {
      simulator.reset();
    });
    afterAll(() => simulator.stop());

    const call = (context: Context): HostCall => ({
      apiKey: simulator.world.acme.apiKey,
      baseUrl: simulator.url,
      agent: { by: 'triggerId', value: 'lead-qualifier' },
      phoneNumber: '+14155550123',
      ...context,
    });

    it.each(UNWRAPPED)(
      'is unwrapped, and the output says so: %s',
      async (_where, context, sent, notes) => {
        const output = outputOf(await host.triggerCall(call(context)));

        expect(askedIn(simulator.callRequests[0])['initial_context']).toEqual(sent);
        expect(output).toMatchObject({ notes, initial_context: sent });
      },
    );

    it('is unwrapped in a preview, too', async () => {
      const [, context, sent, notes] = UNWRAPPED[0] ?? [];
      const preview = outputOf(await host.previewCall(call(context ?? {})));

      expect(preview['notes']).toEqual(expect.arrayContaining([...(notes ?? [])]));
      expect(preview['body']).toMatchObject({ initial_context: sent });
    });

    it('is mentioned also if the response was lost and the call was found', async () => {
      const fault = { kind: 'reset', callPlaced: true, moment: 'after-placing' } as const;
      simulator.faults.add({ on: 'call', fault });
      const output = outputOf(await host.triggerCall(call(json({ initial_context: { vip: 1 } }))));

      expect(output).toMatchObject({ recovered: true, notes: [TAKEN_OUT] });
    });

    it.each(REFUSED)('is refused before any request: %s', async (_what, context, says) => {
      const shown = shownBy(await host.triggerCall(call(context)));

      for (const words of says) expect(shown).toMatch(words);
      expect(simulator.requests).toHaveLength(0);
    });

    it.each(BROKEN)(
      'is refused with advice if a value with %s was inserted',
      async (_what, contextJson) => {
        const shown = shownBy(await host.triggerCall(call({ contextJson })));

        expect(shown).toMatch(/^Variables \(JSON\) is not valid JSON/);
        expect(shown).toContain(ADVICE[host.name]);
        expect(simulator.requests).toHaveLength(0);
      },
    );

    it.each(['{"a": 1,}', "{'a': 1}", '{"a": 1', '{"a" "b"}', '{"a": "b" "c": "d"}'])(
      'is refused without this advice if a person mistyped it: %s',
      async (contextJson) => {
        const shown = shownBy(await host.triggerCall(call({ contextJson })));

        expect(shown).toMatch(/^Variables \(JSON\) is not valid JSON/);
        expect(shown).not.toContain(ADVICE[host.name]);
      },
    );
  });
}
