import { refusesTexts } from '../behaviour/texts';
import { outputOf, shownBy, type HostOutcome } from '../../tools/hosts/host';
import { n8n } from '../../tools/hosts/n8n/host';
import { startSimulator, type Simulator } from '../../tools/simulator';

refusesTexts(n8n);

describe('an expression in n8n', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterAll(() => simulator.stop());

  const callWith = (expression: string): Promise<HostOutcome> =>
    n8n.triggerCall({
      apiKey: simulator.world.acme.apiKey,
      baseUrl: simulator.url,
      agent: { by: 'triggerId', value: 'lead-qualifier' },
      phoneNumber: '+14155550123',
      requireVariables: false,
      contextPairs: [{ name: 'text', value: `={{ ${expression} }}` }],
    });

  it.each([
    ["Array.from('Zoë😀!').slice(0, 4).join('')", 'Zoë😀'],
    ["'Ann\\0'.replaceAll('\\0', '')", 'Ann'],
    ['JSON.stringify({ id: 7 })', '{"id":7}'],
  ])('from a hint works: %s', async (expression, text) => {
    expect(outputOf(await callWith(expression))).toMatchObject({ initial_context: { text } });
  });

  it.each([
    ["DateTime.fromISO('tomorrow')", /"Invalid DateTime" instead of a date/],
    ["DateTime.fromISO('tomorrow').toFormat('dd LLL')", /"Invalid DateTime" instead of a date/],
    ['`on ${DateTime.fromISO("tomorrow")}`', /"Invalid DateTime" instead of a date/],
    ["new Date('tomorrow').toString()", /"Invalid Date" instead of a date/],
    ["'to ' + { id: 7 }", /"\[object Object\]" instead of a value/],
    ["'Zoë😀'.slice(0, 4)", /half of a character/],
  ])('is refused if it gives no value: %s', async (expression, says) => {
    expect(shownBy(await callWith(expression))).toMatch(says);
    expect(simulator.requests).toEqual([]);
  });
});
