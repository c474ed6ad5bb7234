import type { INodeParameters } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { callForm, credentialsFor } from '../../tools/hosts/n8n/call-form';
import { runDograhNode, type NodeOutcome } from '../../tools/hosts/n8n/engine';

/** A field with options takes any value from an expression. */
describe('a choice from an expression in n8n', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterAll(() => simulator.stop());

  const run = (fields: INodeParameters, item: object = {}): Promise<NodeOutcome> =>
    runDograhNode({
      parameters: callForm(fields),
      credentials: credentialsFor(simulator),
      items: [{ ...item }],
    });

  const FIELDS: readonly (readonly [string, (expression: string) => INodeParameters])[] = [
    ['Agent Variables (Initial Context)', (contextMode) => ({ contextMode })],
    ['Agent Version', (environment) => ({ environment })],
    ['Number Format', (numberFormat) => ({ options: { numberFormat } })],
    ['On Concurrency Limit', (onConcurrencyLimit) => ({ options: { onConcurrencyLimit } })],
    [
      'Greeting Type',
      (type) => ({ options: { greeting: { values: { type, text: 'Hi', recordingId: 'hi' } } } }),
    ],
    ['On Timeout', (onWaitTimeout) => ({ operation: 'triggerAndWait', onWaitTimeout })],
    [
      'Mapping Column Mode',
      (mappingMode) => ({
        contextMode: 'mapped',
        contextMapping: { mappingMode, value: { first_name: 'Ann' }, schema: [] },
      }),
    ],
  ];
  const VALUES = ['={{ $json.nothing }}', '={{ null }}', '={{ "" }}', '={{ "Wait" }}', '={{ 1 }}'];

  it.each(
    FIELDS.flatMap(([label, fields]) => VALUES.map((value) => [label, value, fields] as const)),
  )('is refused before any request if it is no option: %s = %s', async (label, value, fields) => {
    const { error } = await run(fields(value));

    expect(error?.message).toMatch(new RegExp(`^${label.replace(/[()]/g, '.')} must be `));
    expect(simulator.requests).toEqual([]);
  });

  it('is used if it is an option', async () => {
    const options = { numberFormat: '={{ $json.format }}', onConcurrencyLimit: '={{ "fail" }}' };
    const { error } = await run(
      { contextMode: '={{ "pairs" }}', environment: '={{ $json.version }}', options },
      { format: 'any', version: 'test' },
    );

    expect(error).toBeUndefined();
    expect(simulator.calls).toMatchObject([{ environment: 'test' }]);
  });
});
