import { startSimulator, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { refusalOf } from '../../support/refusal';

describe('design 5: callReference goes into the context as call_reference', () => {
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
    [42, '42'],
  ])('%j as %j', (reference, kept) => {
    expect(contextWith(reference, { a: 1 })).toEqual({ a: 1, call_reference: kept });
  });

  it.each([undefined, null, ''])('not when it is %j', (reference) => {
    expect(contextWith(reference)).toEqual({});
  });

  it.each(['  ', 1.5, {}, true, 'x'.repeat(201)])('refuses %j', (reference) => {
    expect(refusalOf(() => contextWith(reference)).message).toMatch(/is not a call reference/);
  });

  it.each([
    [['lead-42'], 'A list'],
    [{ id: 42 }, 'An object'],
    [new Date(0), 'An object'],
    [true, '"true"'],
  ])('says in plain words what %j is', (reference, named) => {
    expect(refusalOf(() => contextWith(reference)).message).toBe(
      `${named} is not a call reference.`,
    );
  });

  it('refuses to choose between two', () => {
    expect(refusalOf(() => contextWith('a', { call_reference: 'b' })).hint).toMatch(/Keep one/);
  });
});
