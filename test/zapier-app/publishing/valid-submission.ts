import type { Field, Operation, Submission } from '../../../tools/hosts/zapier/submission';

type WithFields = Operation & { operation: { inputFields: Field[]; outputFields: Field[] } };

/** A small app with one operation of each kind. */
export interface ValidSubmission extends Submission {
  definition: {
    authentication: { fields: Field[]; connectionLabel: unknown };
    triggers: { new_thing: WithFields; thing_list: WithFields };
    searches: { find_thing: WithFields; find_run: WithFields };
    creates: { paint_thing: WithFields };
    searchOrCreates: { find_thing: { search: string; create: string } };
  };
}

const outputFields = (): Field[] => [
  { key: 'id', label: 'ID', type: 'integer' },
  { key: 'name', label: 'Name', type: 'string' },
  { key: 'owner__name', label: 'Name of the Owner', type: 'string' },
  { key: 'made_at', label: 'Made At', type: 'datetime' },
  { key: 'weight', label: 'Weight', type: 'number' },
  { key: 'painted', label: 'Painted', type: 'boolean' },
  { key: 'properties', label: 'Properties', dict: true },
  { key: 'colors', label: 'Colors', type: 'string', list: true },
];

const sample = (): Record<string, unknown> => ({
  id: 7,
  name: 'Chair',
  owner: { name: 'Ann' },
  made_at: '2026-03-01T09:30:00Z',
  weight: 4.5,
  painted: false,
  properties: { seen_on: '2026-03-02' },
  colors: ['red'],
});

/** Creates an app that breaks no rule. */
export function validSubmission(icon: Uint8Array): ValidSubmission {
  const thing = (): Field => ({
    key: 'thing_id',
    label: 'Thing',
    dynamic: 'thing_list.id.name',
    search: 'find_thing.id',
    helpText: 'The thing to paint, from the list of [your things](https://example.com/things).',
  });
  return {
    title: 'Example',
    description: 'Example keeps a list of the things that you own, and paints them.',
    icon,
    definition: {
      authentication: {
        fields: [
          {
            key: 'api_key',
            label: 'API Key',
            type: 'password',
            helpText: 'Create one under [API Keys](https://example.com/keys).',
          },
        ],
        connectionLabel: '{{name}}',
      },
      triggers: {
        new_thing: {
          display: { label: 'New Thing', description: 'Triggers when a thing is made.' },
          operation: { inputFields: [], outputFields: outputFields(), sample: sample() },
        },
        thing_list: { display: { hidden: true }, operation: { inputFields: [], outputFields: [] } },
      },
      searches: {
        find_thing: {
          display: { label: 'Find Thing', description: 'Finds a thing by its name.' },
          operation: {
            inputFields: [{ key: 'name', label: 'Name' }],
            outputFields: outputFields(),
            sample: sample(),
          },
        },
        find_run: {
          display: { label: 'Find Run', description: 'Finds a run by its ID.' },
          operation: {
            inputFields: [{ key: 'run_id', label: 'Run ID' }],
            outputFields: outputFields(),
            sample: sample(),
          },
        },
      },
      creates: {
        paint_thing: {
          display: { label: 'Paint Thing', description: 'Paints one of your things.' },
          operation: {
            inputFields: [
              thing(),
              {
                key: 'color',
                label: 'Color',
                choices: [{ label: 'Red' }, { label: 'Test Red' }],
              },
              {
                key: 'note',
                label: 'Note',
                helpText: 'See `http` for how. Not `https://x.org/…`.',
              },
              {
                key: 'run_id',
                label: 'Run ID',
                dynamic: 'thing_list.id.name',
                search: 'find_run.id',
              },
            ],
            outputFields: outputFields(),
            sample: sample(),
          },
        },
      },
      searchOrCreates: { find_thing: { search: 'find_thing', create: 'paint_thing' } },
    },
  };
}
