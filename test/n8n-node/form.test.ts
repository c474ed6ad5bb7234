import { NodeHelpers, Workflow, type INodeParameters, type INodeProperties } from 'n8n-workflow';
import {
  DOGRAH_NODE,
  dograhNodeType,
  nodeTypes,
  TRIGGER_NODE,
} from '../../tools/hosts/n8n/n8n-host';
import { toolType } from './tool-of-agent';

/** n8n's lint rules do not check options that come from several files. */
describe('the form of the Dograh node', () => {
  it.each([
    ['agent', 'get', 'Get Agent'],
    ['agent', 'getAll', 'Get Many Agents'],
    ['call', 'preview', 'Preview Call'],
    ['call', 'trigger', 'Trigger Call'],
    ['call', 'triggerAndWait', 'Trigger Call and Wait for Result'],
    ['campaign', 'downloadReport', 'Download Report'],
    ['campaign', 'get', 'Get Campaign'],
    ['campaign', 'getAll', 'Get Many Campaigns'],
    ['campaign', 'getResults', 'Get Results'],
    ['campaign', 'launch', 'Launch Campaign'],
    ['campaign', 'pause', 'Pause Campaign'],
    ['campaign', 'redial', 'Redial Campaign'],
    ['campaign', 'resume', 'Resume Campaign'],
    ['run', 'downloadRecording', 'Download Recording'],
    ['run', 'get', 'Get Run'],
    ['run', 'getAll', 'Get Many Runs'],
    ['run', 'getTranscript', 'Get Transcript'],
  ])('has the subtitle of the operation %s %s', async (resource, operation, subtitle) => {
    expect(await subtitleOf({ resource, operation })).toBe(subtitle);
  });

  it.each([
    ['callFinished', 'Call Finished'],
    ['campaignFinished', 'Campaign Finished'],
  ])('of the trigger has the subtitle of the event %s', async (event, subtitle) => {
    expect(await subtitleOf({ event }, TRIGGER_NODE)).toBe(subtitle);
    expect(await subtitleOf({}, TRIGGER_NODE)).toBe('Call Finished');
  });

  it('lists resources and operations in alphabetical order', async () => {
    const lists = (await fields()).filter(
      ({ name }) => name === 'resource' || name === 'operation',
    );

    expect(lists).toHaveLength(5);
    for (const { options = [] } of lists) {
      const names = options.map(({ name }) => name);
      expect(names).toEqual([...names].sort());
    }
  });

  it('describes each operation and names its action in sentence case', async () => {
    const operations = (await fields()).filter(({ name }) => name === 'operation');

    for (const option of operations.flatMap(({ options = [] }) => options)) {
      expect(option).toMatchObject({
        action: expect.stringMatching(/^[A-Z][a-z ]+$/) as unknown,
        // A single sentence has no period.
        description: expect.stringMatching(/^[A-Z]([^.]*[^.]|.*\. .*\.)$/) as unknown,
      });
    }
  });

  it('offers Allow Repeated Calls only to tools, and no expression in it', async () => {
    const options = (await fields()).flatMap(({ options = [] }) => options as INodeProperties[]);
    const option = options.find(({ name }) => name === 'callAgain');
    if (option === undefined) throw new Error('There is no such option.');
    const isShown = (description: Parameters<typeof NodeHelpers.displayParameter>[3]): boolean =>
      NodeHelpers.displayParameter({}, option, { typeVersion: 1 }, description);

    expect(option.noDataExpression).toBe(true);
    expect(isShown((await toolType()).description)).toBe(true);
    expect(isShown((await dograhNodeType()).description)).toBe(false);
  });

  async function fields(): Promise<INodeProperties[]> {
    return (await dograhNodeType()).description.properties;
  }

  /** Evaluates the subtitle as the editor does. */
  async function subtitleOf(parameters: INodeParameters, type = DOGRAH_NODE): Promise<unknown> {
    const { description } = await dograhNodeType(type.split('.').at(-1));
    const node = {
      id: 'dograh',
      name: 'Dograh',
      type,
      typeVersion: 1,
      position: [0, 0] as [number, number],
      parameters,
    };
    const workflow = new Workflow({
      nodes: [node],
      connections: {},
      active: false,
      nodeTypes: await nodeTypes(),
    });
    return workflow.expression.getSimpleParameterValue(
      node,
      description.subtitle,
      'internal',
      {},
      undefined,
      '',
    );
  }
});
