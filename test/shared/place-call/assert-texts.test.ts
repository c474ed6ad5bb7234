import type { CallInput, DograhError } from '@dograh/shared';
import { startSimulator, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { placeCall } from '../../support/place-call';
import { rejectionOf } from '../../support/refusal';

const PHONE = '+14155550123';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
beforeEach(() => {
  simulator.reset();
});
afterAll(() => simulator.stop());

function place(input: Partial<CallInput>): ReturnType<typeof placeCall> {
  return placeCall(clientTo(simulator.url, { apiKey: simulator.world.acme.apiKey }), {
    agent: { by: 'agentUuid', value: simulator.world.agents.leadQualifier.uuid },
    phoneNumber: PHONE,
    ...input,
  });
}

async function refusal(input: Partial<CallInput>): Promise<DograhError> {
  const error = await rejectionOf(place(input));
  expect(error).toMatchObject({ kind: 'InvalidInput', callPlaced: 'no', retryable: false });
  expect(simulator.callRequests).toEqual([]);
  return error;
}

describe('a text in the body of a call', () => {
  it.each<[string, Partial<CallInput>, string]>([
    [
      'a variable',
      { context: { pairs: [{ name: 'customer_name', value: 'Zoë \ud83d' }] } },
      'The variable "customer_name" contains half of a character (U+D83D).',
    ],
    [
      'a nested name',
      { context: { json: { user: [{ 'a\0': 1 }] } } },
      'The name of the variable "user[0].a" U+0000 contains the invisible character NUL (U+0000).',
    ],
    [
      'the field Greeting',
      { greeting: { type: 'text', text: 'Hi Zoë \ud83d' } },
      'Greeting contains half of a character (U+D83D).',
    ],
    [
      'the variable that replaces the greeting',
      { context: { json: { greeting_override: { type: 'text', text: '\ude00' } } } },
      'The variable "greeting_override.text" contains half of a character (U+DE00).',
    ],
    [
      'the field Call Reference',
      { callReference: 'Invalid DateTime' },
      'Call Reference contains "Invalid DateTime" instead of a date.',
    ],
    [
      'the variable call_reference',
      { context: { json: { call_reference: 'lead\0' } } },
      'The variable "call_reference" contains the invisible character NUL (U+0000).',
    ],
    [
      'a number in any format',
      { phoneNumber: '[object Object]', phoneNumberRules: { format: 'any' } },
      'Phone Number contains "[object Object]" instead of a value.',
    ],
  ])('is refused before any request in %s', async (_where, input, message) => {
    expect((await refusal(input)).message).toBe(message);
    expect(simulator.requests).toEqual([]);
  });

  it.each([
    ['Invalid Date', /instead of a date/],
    ['Invalid date', /instead of a date/],
    [' Invalid Duration\n', /"Invalid Duration" instead of a date/],
    ['Invalid Interval', /instead of a date/],
    ['Your appointment is on Invalid DateTime.', /"Invalid DateTime" instead of a date/],
    ['[object Object],[object Object]', /"\[object Object\]" instead of a value/],
    ['Plan: [object Promise]', /"\[object Promise\]" instead of a value/],
  ])('is refused if a conversion left it: %j', async (text, sentence) => {
    const { message } = await refusal({ context: { json: { user: { plan: text } } } });

    expect(message).toMatch(/^The variable "user.plan" contains/);
    expect(message).toMatch(sentence);
  });

  it.each([
    'Zoë 😀 👩‍👩‍👧',
    '日本語 𠮷野家',
    'Invalid Date of Birth',
    'Invalidate the ticket',
    'an [object of desire]',
    '\\u0000 \\ud83d \ufffd',
  ])('is sent unchanged if nothing is wrong: %s', async (text) => {
    await place({ context: { pairs: [{ name: 'text', value: text }] } });

    expect(simulator.calls).toMatchObject([{ initialContext: { text } }]);
  });

  it('is not part of the name that an error suggests', async () => {
    const { hint } = await refusal({
      context: { pairs: [{ name: 'first name \ud83d', value: 1 }] },
    });

    expect(hint).toContain('Name it "first_name"');
  });

  it('is also refused in a record whose variables are known only after a request', async () => {
    const values = { first_name: 'Zoë😀'.slice(0, 4), notes: 'Not a variable \ud83d' };
    const { message } = await refusal({ context: { record: values } });

    expect(message).toBe('The variable "first_name" contains half of a character (U+D83D).');
  });

  it('is ignored in a field of a record that is no variable', async () => {
    const values = { first_name: 'Zoë', notes: 'Not a variable \ud83d' };
    await place({ context: { record: values } });

    expect(simulator.calls).toMatchObject([{ initialContext: { first_name: 'Zoë' } }]);
  });
});
