import { startSimulator, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { refusalOf } from '../../support/refusal';

describe('the call reference in the context', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  afterAll(() => simulator.stop());

  const contextWith = (callReference: unknown, json: object = {}): unknown =>
    clientTo(simulator.url, { apiKey: simulator.world.acme.apiKey }).prepare({
      agent: { by: 'triggerId', value: 'lead-qualifier' },
      phoneNumber: '+14155550123',
      context: { json },
      callReference,
    }).request.initialContext;

  it.each([
    ['lead-42', 'lead-42'],
    [' 42 ', '42'],
    ['\ufefflead\u00ad-42\u200b', 'lead-42'],
    ['lead\u202f42', 'lead 42'],
    [42, '42'],
  ])('writes %j as %j', (reference, kept) => {
    expect(contextWith(reference, { a: 1 })).toEqual({ a: 1, call_reference: kept });
  });

  it.each([undefined, null, ''])('is missing if the field is %j', (reference) => {
    expect(contextWith(reference)).toEqual({});
  });

  it.each(['  ', '\u200b', 1.5, {}, true, 'x'.repeat(201)])('refuses %j', (reference) => {
    expect(refusalOf(() => contextWith(reference)).message).toMatch(
      /^Call Reference must be a text or a whole number of at most 200 characters, not /,
    );
  });

  it.each([
    [['lead-42'], 'a list'],
    [{ id: 42 }, 'an object'],
    [new Date(0), 'an object'],
    [true, '"true"'],
  ])('says what %j is', (reference, named) => {
    expect(refusalOf(() => contextWith(reference)).message).toBe(
      `Call Reference must be a text or a whole number of at most 200 characters, not ${named}.`,
    );
  });

  it('does not choose between two', () => {
    const refusal = refusalOf(() => contextWith('a', { call_reference: 'b' }));

    expect(refusal.message).toMatch(/^Call Reference is given twice/);
    expect(refusal.hint).toMatch(/Keep one/);
  });
});
