import { startSimulator, type Simulator } from '../../tools/simulator';
import { outputOf, type FieldsOfHosts, type Host } from '../../tools/hosts/host';
import { askedIn } from './call-requests';

interface CallField extends FieldsOfHosts {
  readonly label: string;
  readonly phoneNumber?: string;
  /** What Dograh receives because of the field. */
  readonly sends: Readonly<Record<string, unknown>>;
}

/** A new field of a call needs one entry here to be tested in every host. */
export const CALL_FIELDS: readonly CallField[] = [
  {
    label: 'Call Reference',
    n8n: { callReference: 'lead-42' },
    zapier: { call_reference: 'lead-42' },
    sends: { initial_context: { call_reference: 'lead-42' } },
  },
  {
    label: 'Default Country',
    n8n: { defaultCountry: 'US' },
    zapier: { default_country: 'US' },
    phoneNumber: '(415) 555-0123',
    sends: { phone_number: '+14155550123' },
  },
  {
    label: 'Number Format',
    n8n: { numberFormat: 'any' },
    zapier: { number_format: 'any' },
    phoneNumber: 'sip:ann@pbx.example.com',
    sends: { phone_number: 'sip:ann@pbx.example.com' },
  },
];

/** Every host sends a field of the form to Dograh in the same way. */
export function sendsCallFields(host: Host): void {
  describe(`Trigger Call in ${host.name}`, () => {
    let simulator: Simulator;

    beforeAll(async () => {
      simulator = await startSimulator();
    });
    beforeEach(() => {
      simulator.reset();
    });
    afterAll(() => simulator.stop());

    it.each(CALL_FIELDS)('sends what $label says', async (field) => {
      const { url, world } = simulator;
      const { phoneNumber = '+14155550123', sends } = field;
      const outcome = await host.triggerCall({
        apiKey: world.acme.apiKey,
        baseUrl: url,
        agent: { by: 'triggerId', value: world.agents.leadQualifier.trigger },
        phoneNumber,
        fields: field,
      });

      expect(outputOf(outcome)).toMatchObject({ status: 'initiated' });
      expect(askedIn(simulator.callRequests[0])).toEqual({ phone_number: phoneNumber, ...sends });
    });
  });
}
