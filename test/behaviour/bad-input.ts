import { startSimulator, type Simulator } from '../../tools/simulator';
import { askedIn } from './call-requests';
import type { Host, HostCall } from '../../tools/hosts/host';

interface BadInput {
  readonly when: string;
  readonly change: (right: HostCall, simulator: Simulator) => Partial<HostCall>;
  readonly says: readonly RegExp[];
}

/** Each is refused before any request, with a message that says what to change. */
const REFUSED: readonly BadInput[] = [
  {
    when: 'no phone number is given',
    change: () => ({ phoneNumber: ' ' }),
    says: [/^Phone Number is empty/, /\+14155550123/],
  },
  {
    when: 'a list of phone numbers is given',
    change: () => ({ phoneNumber: ['+14155550123', '+14155550124'] }),
    says: [/^Phone Number must be one phone number, not a list/, /one call for each/],
  },
  {
    when: 'an object is given for a phone number',
    change: () => ({ phoneNumber: { mobile: '+14155550123' } }),
    says: [/^Phone Number must be one phone number, not an object/],
  },
  {
    when: 'the call reference is a list',
    change: () => ({ callReference: ['lead-42'] }),
    says: [/^Call Reference must be .*, not a list/],
  },
  {
    when: 'Skip If Called Within is set without a Call Reference',
    change: () => ({ skipIfCalledWithin: 24 }),
    says: [/needs a Call Reference/, /(Fill in|Add the option) Call Reference, e\.g\. with/],
  },
  {
    when: 'Skip If Called Within is negative',
    change: () => ({ callReference: 'lead-42', skipIfCalledWithin: -1 }),
    says: [
      /^Skip If Called Within must be a number of hours, not "-1"/,
      /or leave the field empty/,
    ],
  },
  ...['24 hours', '0x18', '2.4e1', '1,5', '1.000', 'Infinity', '١٢'].map((hours) => ({
    when: `Skip If Called Within is the text "${hours}"`,
    change: () => ({
      callReference: 'lead-42',
      fields: { n8n: { skipIfCalledWithin: hours }, zapier: { skip_if_called_within: hours } },
    }),
    says: [/^Skip If Called Within must be a number of hours, not "/, /Enter only|Write decimals/],
  })),
  {
    when: 'the phone number has letters',
    change: () => ({ phoneNumber: '+1415CALLNOW' }),
    says: [/contains "C", which is not part of a phone number/, /international form/],
  },
  {
    when: 'the phone number is too short',
    change: () => ({ phoneNumber: '+1415' }),
    says: [/"\+1415" is too short/, /international form/],
  },
  {
    when: 'the phone number is national and no country is known',
    change: () => ({ phoneNumber: '(415) 555-0123' }),
    says: [/has no country code/, /Or (set|add the option) Default Country/],
  },
  {
    when: 'the agent is a URL of another host',
    change: () => ({
      agent: { by: 'triggerUrl', value: 'https://evil.example/api/v1/public/agent/lead-qualifier' },
    }),
    says: [/https:\/\/evil\.example/, /127\.0\.0\.1/, /key is sent to no other address/],
  },
  {
    when: 'the trigger has slashes',
    change: () => ({ agent: { by: 'triggerUrl', value: 'lead/qualifier' } }),
    says: [/"lead\/qualifier" is not an API Trigger/, /dashboard/],
  },
  {
    when: 'the agent is the address of its page in the dashboard',
    change: () => ({ agent: { by: 'triggerUrl', value: 'http://localhost:3010/workflow/12' } }),
    says: [
      /"localhost:3010\/workflow\/12" is the address of the agent's page in the Dograh dashboard/,
      /Choose the agent from the list/,
    ],
  },
  {
    when: 'the base URL is the address of a page in the dashboard',
    change: () => ({ baseUrl: 'https://app.dograh.com/workflow/12' }),
    says: [
      /Base URL is the address of a page of the Dograh dashboard/,
      /address of the Dograh API/,
    ],
  },
  {
    when: 'the trigger leaves its path with ..',
    change: (right) => ({
      agent: {
        by: 'triggerUrl',
        value: `${right.baseUrl}/api/v1/public/agent/../../organizations/context`,
      },
    }),
    says: [/is not an API Trigger URL/, /Copy the whole URL/],
  },
  {
    when: 'the trigger is only dots',
    change: () => ({ agent: { by: 'triggerId', value: '..' } }),
    says: [/"\.\." is not an API Trigger ID/, /at most 36 letters, digits, - and _/],
  },
  {
    when: 'the agent is not a UUID',
    change: () => ({ agent: { by: 'agentUuid', value: '42' } }),
    says: [/"42" is not an Agent UUID/, /looks like/],
  },
  {
    when: 'the pasted URL is for the other version',
    change: (right) => ({
      agent: {
        by: 'triggerUrl',
        value: `${right.baseUrl}/api/v1/public/agent/test/lead-qualifier`,
      },
    }),
    says: [/test URL/, /Latest Draft \(Test\)/],
  },
  {
    when: 'the JSON is an array',
    change: () => ({ contextJson: '[1, 2]' }),
    says: [
      /^Variables \(JSON\) must be a JSON object, not a JSON list/,
      /\{"customer_name": "Ann"\}/,
    ],
  },
  {
    when: 'the JSON is broken',
    change: () => ({ contextJson: '{\n  "customer_name": "Ann",\n  "plan" "gold"\n}' }),
    says: [/^Variables \(JSON\) is not valid JSON/, /line 3, column 10/],
  },
  {
    when: 'the JSON has a number with too many digits',
    change: () => ({ contextJson: '{"order_id": 12345678901234567890}' }),
    says: [/"order_id" is a number with too many digits/, /Put it in quotes/],
  },
  {
    when: 'a row has a number with too many digits',
    change: () => ({ contextPairs: [{ name: 'order_id', value: 2 ** 60 }] }),
    says: [/"order_id" is a number with too many digits/, /Put it in quotes/],
  },
  {
    when: 'a context key is reserved',
    change: () => ({ contextPairs: [{ name: 'provider', value: 'twilio' }] }),
    says: [/"provider" cannot be set/, /customer_provider/],
  },
  {
    when: 'no prompt can use a context name',
    change: () => ({ contextPairs: [{ name: 'first name', value: 'Ann' }] }),
    says: [/"first name"/, /"first_name"/],
  },
  {
    when: 'the context also contains a call reference',
    change: () => ({
      callReference: 'lead-1',
      contextPairs: [{ name: 'call_reference', value: 'lead-2' }],
    }),
    says: [/^Call Reference is given twice/, /Keep one of the two/],
  },
  {
    when: 'the call reference is too long',
    change: () => ({ callReference: 'x'.repeat(201) }),
    says: [/^Call Reference must be .* of at most 200 characters, not "x/, /ID of the record/],
  },
  {
    when: 'the API key contains a newline',
    change: (right) => ({ apiKey: `${right.apiKey}\n${right.apiKey}` }),
    says: [/API Key contains a line break/, /Copy only the key again/],
  },
  {
    when: 'the base URL is empty',
    change: () => ({ baseUrl: '' }),
    says: [/base URL is empty/i, /https:\/\/api\.dograh\.com/],
  },
];

/** Registers the tests of wrong input, for either host. */
export function refusesBadInput(host: Host): void {
  describe(`bad input in ${host.name}`, () => {
    let simulator: Simulator;
    let right: HostCall;

    beforeAll(async () => {
      simulator = await startSimulator();
      right = {
        apiKey: simulator.world.acme.apiKey,
        baseUrl: simulator.url,
        agent: { by: 'triggerId', value: 'lead-qualifier' },
        phoneNumber: '+14155550123',
      };
    });
    beforeEach(() => {
      simulator.reset();
    });
    afterAll(() => simulator.stop());

    it('is not reported about a correct call, which is placed', async () => {
      expect(await host.triggerCall(right)).toMatchObject({ ok: true });
      expect(simulator.calls).toHaveLength(1);
    });

    it('does not include spaces around a call reference, which are removed', async () => {
      await host.triggerCall({ ...right, callReference: ' lead-42 ' });
      expect(askedIn(simulator.requests[0])).toEqual({
        phone_number: '+14155550123',
        initial_context: { call_reference: 'lead-42' },
      });
    });

    it.each(REFUSED)('is refused before any request when $when', async ({ change, says }) => {
      const outcome = await host.triggerCall({ ...right, ...change(right, simulator) });

      if (outcome.ok) throw new Error(`placed: ${JSON.stringify(outcome.output)}`);
      for (const words of says) expect(outcome.shown).toMatch(words);
      expect(simulator.requests).toHaveLength(0);
      expect(outcome.stored).not.toContain(right.apiKey);
    });

    it('explains the 404 if an Agent UUID is given as an API Trigger', async () => {
      const { uuid } = simulator.world.agents.appointmentReminder;
      const outcome = await host.triggerCall({
        ...right,
        agent: { by: 'triggerId', value: uuid },
      });

      if (outcome.ok) throw new Error(`placed: ${JSON.stringify(outcome.output)}`);
      expect(outcome.shown).toMatch(/If this is an Agent UUID, enter it as an Agent UUID/);
      expect(simulator.calls).toHaveLength(0);
      expect(outcome.stored).not.toContain(right.apiKey);
    });
  });
}
