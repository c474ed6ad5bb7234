import fc from 'fast-check';
import { getRuns } from '../../tools/simulator/api-caller';
import { startSimulator, type Simulator } from '../../tools/simulator';
import type { Host, HostCall } from '../../tools/hosts/host';

const PHONE = '+14155550123';
const ANY_NUMBER = { n8n: { numberFormat: 'any' }, zapier: { number_format: 'any' } };

/** Where a form has a text that Dograh stores, and how a message names the field. */
const PLACES: Readonly<Record<string, readonly [(text: string) => Partial<HostCall>, string]>> = {
  'a row': [(value) => ({ contextPairs: [{ name: 'plan', value }] }), 'The variable "plan"'],
  'a name in a row': [(text) => ({ contextPairs: [{ name: `n${text}`, value: 1 }] }), 'variable'],
  'a list in JSON': [
    (text) => ({ contextJson: JSON.stringify({ user: { tags: ['x', text] } }) }),
    'The variable "user.tags[1]"',
  ],
  'a name in JSON': [
    (text) => ({ contextJson: JSON.stringify({ user: { [`n${text}`]: 1 } }) }),
    'The name of the variable "user.n',
  ],
  'a field of a variable': [
    (text) => ({ contextMapping: { first_name: text } }),
    'The variable "first_name"',
  ],
  'the greeting': [(text) => ({ greeting: { type: 'text', value: `Hi ${text}` } }), 'Greeting'],
  'the recording': [(text) => ({ greeting: { type: 'audio', value: `r${text}` } }), 'Greeting'],
  'the call reference': [(text) => ({ callReference: `lead-${text}` }), 'Call Reference'],
  'a number in any format': [
    (text) => ({ phoneNumber: `sip:${text}@example.com`, fields: ANY_NUMBER }),
    'Phone Number',
  ],
};

const BROKEN = [
  ['half of an emoji', 'Zoë😀'.slice(0, 4), /half of a character \(U\+D83D\)[^]*Array\.from/],
  ['the other half', '😀!'.slice(1), /half of a character \(U\+DE00\)/],
  ['NUL', 'Ann\0Lee', /NUL \(U\+0000\)[^]*replaceAll|"sip:Ann" U\+0000/],
] as const;

const FAILED = [
  ['an invalid date', 'Invalid DateTime', /contains "Invalid DateTime" instead of a date/],
  ['an object', '[object Object]', /contains "\[object Object\]" instead of a value/],
] as const;

/** Texts that are half dangerous. */
const anyText = fc
  .array(fc.constantFrom('\ud83d', '\ude00', '\0', '😀', 'é', 'Ann', '7'), { maxLength: 5 })
  .map((parts) => parts.join(''));

/** Registers the tests of texts that Dograh must not store, for either host. */
export function refusesTexts(host: Host): void {
  describe(`a text in ${host.name}`, () => {
    let simulator: Simulator;
    let right: HostCall;

    beforeAll(async () => {
      simulator = await startSimulator();
      right = {
        apiKey: simulator.world.acme.apiKey,
        baseUrl: simulator.url,
        agent: { by: 'triggerId', value: 'lead-qualifier' },
        phoneNumber: PHONE,
        requireVariables: false,
      };
    });
    beforeEach(() => {
      simulator.reset();
    });
    afterAll(() => simulator.stop());

    const isOrganizationBroken = async (): Promise<boolean> => {
      const filters = [{ attribute: 'calledNumber', type: 'text', value: { value: PHONE } }];
      const response = await getRuns(simulator, { filters: JSON.stringify(filters) });
      return response.status !== 200;
    };

    describe.each(Object.entries(PLACES))('in %s', (place, [at, field]) => {
      const bad = place.includes('name') ? BROKEN : [...BROKEN, ...FAILED];

      it.each(bad)('is refused before any request with %s', async (_what, text, says) => {
        const outcome = await host.triggerCall({ ...right, ...at(text) });

        if (outcome.ok) throw new Error(`placed: ${JSON.stringify(outcome.output)}`);
        expect(outcome.shown).toMatch(says);
        expect(outcome.shown).toContain(field);
        expect(outcome.shown).not.toMatch(/[\p{Cs}\0]/u);
        expect(simulator.requests).toEqual([]);
      });
    });

    it('never breaks the lists of the organization, whatever it is', async () => {
      const call = fc.tuple(anyText, fc.constantFrom(...Object.values(PLACES)));
      await fc.assert(
        fc.asyncProperty(call, async ([text, [at]]) => {
          simulator.reset();
          const outcome = await host.triggerCall({ ...right, ...at(text) });

          expect(await isOrganizationBroken()).toBe(false);
          expect(simulator.calls).toHaveLength(outcome.ok ? 1 : 0);
          expect(outcome.ok).toBe(!/[\p{Cs}\0]/u.test(text));
        }),
        { numRuns: 100 },
      );
    });
  });
}
