import type { ValidSubmission } from './valid-submission';
import type { Field } from '../../../tools/hosts/zapier/submission';

/** For each rule, small changes of a valid app that break only this rule. */
export const BREACHES: readonly (readonly [
  rule: string,
  change: string,
  make: (app: ValidSubmission) => void,
])[] = [
  [
    'no field of a step asks for an API key',
    'a field called token',
    (app) => paintFields(app).push({ key: 'access_token', label: 'Code' }),
  ],
  [
    'no field of a step asks for an API key',
    'a field with the label API Key',
    (app) => findFields(app).push({ key: 'code', label: 'API Key' }),
  ],
  [
    'no field of a step asks for an API key',
    'a password field in a trigger',
    (app) => triggerFields(app).push({ key: 'code', label: 'Code', type: 'password' }),
  ],
  [
    'the help text of a secret links to the page where users find it',
    'a help text without a link',
    (app) => (theKey(app).helpText = 'Create one under API Keys.'),
  ],
  [
    'the help text of a secret links to the page where users find it',
    'no help text',
    (app) => delete theKey(app).helpText,
  ],
  [
    'a connection has a label that identifies it',
    'a label without a field',
    (app) => (app.definition.authentication.connectionLabel = 'Example'),
  ],
  [
    'a connection has a label that identifies it',
    'no label',
    (app) => delete app.definition.authentication.connectionLabel,
  ],
  [
    'fields for IDs have a dropdown',
    'an ID without a dropdown',
    (app) => paintFields(app).push({ key: 'room_id', label: 'Room' }),
  ],
  [
    'fields for IDs have a dropdown',
    'a label with UUID in a trigger',
    (app) => triggerFields(app).push({ key: 'room', label: 'Room UUID' }),
  ],
  [
    'fields for IDs have a dropdown',
    'an ID in a group of fields',
    (app) => paintFields(app).push({ key: 'rooms', children: [{ key: 'id', label: 'Room' }] }),
  ],
  [
    'the triggers that fill dropdowns exist',
    'a missing trigger',
    (app) => (theThing(app).dynamic = 'things.id.name'),
  ],
  [
    'the triggers that fill dropdowns exist',
    'a label that its trigger does not return',
    (app) => (theThing(app).dynamic = 'new_thing.id.color'),
  ],
  [
    'the searches that fill fields exist, and the fields have a dropdown',
    'a missing search',
    (app) => (theThing(app).search = 'thing.id'),
  ],
  [
    'the searches that fill fields exist, and the fields have a dropdown',
    'an ID that the search does not return',
    (app) => (theThing(app).search = 'find_thing.uuid'),
  ],
  [
    'the searches that fill fields exist, and the fields have a dropdown',
    'a search without a dropdown',
    (app) => paintFields(app).push({ key: 'room', label: 'Room', search: 'find_thing.id' }),
  ],
  [
    'a field that asks for a run ID offers Find Call as a search step',
    'a trigger with a run ID by its key and no search',
    (app) => triggerFields(app).push(withDropdown({ key: 'run_id', label: 'Run' })),
  ],
  [
    'a field that asks for a run ID offers Find Call as a search step',
    'a search with a run ID by its label and no search',
    (app) => findFields(app).push(withDropdown({ key: 'run', label: 'Run ID' })),
  ],
  [
    'a field that asks for a run ID offers Find Call as a search step',
    'another search',
    (app) => (theRunId(app).search = 'find_thing.id'),
  ],
  [
    'a field that asks for a run ID offers Find Call as a search step',
    'another output field of Find Call',
    (app) => (theRunId(app).search = 'find_run.name'),
  ],
  [
    'a field that asks for a run ID offers Find Call as a search step',
    'a run ID in a group of fields and no search',
    (app) => paintFields(app).push({ key: 'runs', children: [withDropdown({ key: 'run_id' })] }),
  ],
  [
    'a search-or-create names an existing search and an existing create',
    'a missing create',
    (app) => (app.definition.searchOrCreates.find_thing.create = 'make_thing'),
  ],
  [
    'a search-or-create names an existing search and an existing create',
    'a missing search',
    (app) => (app.definition.searchOrCreates.find_thing.search = 'thing'),
  ],
  [
    'a search has an input field',
    'a search without fields',
    (app) => (app.definition.searches.find_thing.operation.inputFields = []),
  ],
  [
    'a create has static input fields',
    'a create whose fields come from a function',
    ({ definition: { creates } }) =>
      (creates.paint_thing.operation = {
        ...creates.paint_thing.operation,
        inputFields: [(() => []) as unknown as Field],
      }),
  ],
  [
    'a help text says more than the label',
    'a repeated label',
    (app) => (theThing(app).helpText = 'thing.'),
  ],
  [
    'a help text says more than the label',
    'a repeated label in the connection',
    (app) =>
      app.definition.authentication.fields.push({ key: 'u', label: 'Host', helpText: 'Host' }),
  ],
  [
    'nothing offers a sandbox, test or development endpoint',
    'a choice of environments',
    (app) => paintFields(app).push({ key: 'where', label: 'Environment' }),
  ],
  [
    'nothing offers a sandbox, test or development endpoint',
    'a choice called Test',
    (app) => paintFields(app).push({ key: 'where', label: 'Where', choices: [{ label: 'Test' }] }),
  ],
  [
    'nothing offers a sandbox, test or development endpoint',
    'a choice called Sandbox, without a value of its own',
    (app) => paintFields(app).push({ key: 'where', label: 'Where', choices: ['Sandbox'] }),
  ],
  [
    'nothing offers a sandbox, test or development endpoint',
    'a Test Server in the connection',
    (app) => app.definition.authentication.fields.push({ key: 'where', label: 'Test Server' }),
  ],
  [
    'a visible operation has a sample',
    'an empty sample',
    (app) => (app.definition.creates.paint_thing.operation.sample = {}),
  ],
  [
    'a visible operation has a sample',
    'no sample',
    (app) => delete app.definition.triggers.new_thing.operation.sample,
  ],
  ['a sample has an ID', 'a null as ID', (app) => (theSample(app)['id'] = null)],
  [
    'dates in samples are ISO-8601, and times have a zone',
    'a time without a zone',
    (app) => (theProperties(app)['seen_on'] = '2026-03-02T09:30:00'),
  ],
  [
    'dates in samples are ISO-8601, and times have a zone',
    'a date in words',
    (app) => (theProperties(app)['seen_on'] = '02 Mar 2026'),
  ],
  [
    'dates in samples are ISO-8601, and times have a zone',
    'a date in words that starts with the month',
    (app) => (theProperties(app)['seen_on'] = 'March 2, 2026'),
  ],
  [
    'dates in samples are ISO-8601, and times have a zone',
    'a date with slashes',
    (app) => (theProperties(app)['seen_on'] = '03/02/2026'),
  ],
  [
    'dates in samples are ISO-8601, and times have a zone',
    'a time with a space in it',
    (app) => (theProperties(app)['seen_on'] = '2026-03-02 09:30:00Z'),
  ],
  [
    'dates in samples are ISO-8601, and times have a zone',
    'a month 13',
    (app) => (theProperties(app)['seen_on'] = '2026-13-02'),
  ],
  ...(
    [
      ['id', 'an integer', 7.5],
      ['name', 'a string', 7],
      ['made_at', 'a time', 'yesterday'],
      ['weight', 'a number', '4.5'],
      ['painted', 'a boolean', 'no'],
      ['properties', 'a dictionary', []],
      ['owner', 'an object', 'Ann'],
      ['colors', 'a list', 'red'],
      ['colors', 'a list of strings', [7]],
    ] as const
  ).map(
    ([key, type, value]) =>
      [
        'a sample has all output fields in their types',
        `${key} that is not ${type}`,
        (app: ValidSubmission) => (theSample(app)[key] = value),
      ] as const,
  ),
  [
    'a sample has all output fields in their types',
    'an output field that the sample does not have',
    (app) => delete theSample(app)['weight'],
  ],
  [
    'every value of a sample has an output field',
    'an additional value',
    (app) => (theSample(app)['color'] = 'red'),
  ],
  [
    'URLs start with https',
    'a placeholder without https',
    (app) => Object.assign(theThing(app), { placeholder: 'http://example.com' }),
  ],
  [
    'URLs start with https',
    'a sample without https',
    (app) => (theSample(app)['name'] = 'http://example.com/chair'),
  ],
  [
    'URLs in texts are links or code, and links open a web page',
    'a URL without a link',
    (app) => (theThing(app).helpText = 'See https://example.com for more.'),
  ],
  [
    'URLs in texts are links or code, and links open a web page',
    'a URL without a link in a description',
    (app) => (theCreate(app).display.description = 'Paints things of www.things.org.'),
  ],
  [
    'URLs in texts are links or code, and links open a web page',
    'a link without its closing bracket',
    (app) => (theThing(app).helpText = 'See [Things(https://example.com).'),
  ],
  [
    'URLs in texts are links or code, and links open a web page',
    'a link that runs something',
    (app) => (theThing(app).helpText = 'See [your things](javascript:alert(1)).'),
  ],
  [
    'URLs in texts are links or code, and links open a web page',
    'a link without a URL',
    (app) => (theThing(app).helpText = 'See [your things]().'),
  ],
  [
    'URLs in texts are links or code, and links open a web page',
    'HTML',
    (app) => (theThing(app).helpText = 'See <a href="/things">your things</a>.'),
  ],
  [
    'labels are in Title Case',
    'a lower-case word in the label of an operation',
    (app) => (theCreate(app).display.label = 'Paint thing'),
  ],
  [
    'labels are in Title Case',
    'a lower-case word in the label of a field',
    (app) => (theThing(app).label = 'thing'),
  ],
  [
    'labels are in Title Case',
    'a lower-case word in the label of an output field',
    (app) =>
      app.definition.triggers.thing_list.operation.outputFields.push(
        { key: 'id', label: 'the ID' },
        { key: 'name' },
      ),
  ],
  [
    'labels are in Title Case',
    'a lower-case word in the label of a connection field',
    (app) => (theKey(app).label = 'API key'),
  ],
  [
    'the description of a trigger is "Triggers when …."',
    'another start',
    (app) => (theTrigger(app).display.description = 'Triggers whenever a thing is made.'),
  ],
  [
    'the description of a trigger is "Triggers when …."',
    'another end',
    (app) => (theTrigger(app).display.description = 'Triggers when a thing is made'),
  ],
  [
    'a search is called "Find …" or "Check …"',
    'another verb',
    (app) => (app.definition.searches.find_thing.display.label = 'Get Thing'),
  ],
  [
    'a description starts with a verb',
    'an imperative',
    (app) => (theCreate(app).display.description = 'Paint one of your things.'),
  ],
  [
    'a description starts with a verb',
    'a pronoun',
    (app) => (theCreate(app).display.description = 'This paints one of your things.'),
  ],
  [
    'labels and descriptions of operations do not name the app',
    'the app’s name in a description',
    (app) => (theCreate(app).display.description = 'Paints one of your things in example.'),
  ],
  [
    'labels and descriptions of operations do not name the app',
    'the app’s name in a label',
    (app) => (theCreate(app).display.label = 'Paint Example Thing'),
  ],
  [
    'the description of the app has 40 to 140 characters and is only about the app',
    '39 characters',
    (app) => (app.description = 'Example keeps a list of all your things'),
  ],
  [
    'the description of the app has 40 to 140 characters and is only about the app',
    '141 characters',
    (app) => (app.description = app.description.padEnd(141, '!')),
  ],
  [
    'the description of the app has 40 to 140 characters and is only about the app',
    'Zapier’s name',
    (app) => (app.description = 'Example paints the things of all who use Zapier.'),
  ],
  [
    'the description of the app has 40 to 140 characters and is only about the app',
    'a text about the integration',
    (app) => (app.description = 'Example syncs the list of things that you own.'),
  ],
  ...(
    [
      ['not a PNG', (png) => png.write('JFIF', 0)],
      ['not square', (png) => png.writeUInt32BE(511, 20)],
      ['of 255 pixels', (png) => png.writeUInt32BE(png.writeUInt32BE(255, 16) && 255, 20)],
      ['without transparency', (png) => png.writeUInt8(2, 25)],
    ] as const satisfies readonly (readonly [string, (png: Buffer) => unknown])[]
  ).map(
    ([what, alter]) =>
      [
        'the icon is a square PNG in RGBA of at least 256 pixels',
        `an icon that is ${what}`,
        (app: ValidSubmission) => {
          const altered = Buffer.from(app.icon);
          alter(altered);
          app.icon = altered;
        },
      ] as const,
  ),
];

const theCreate = ({ definition }: ValidSubmission) => definition.creates.paint_thing;
const theTrigger = ({ definition }: ValidSubmission) => definition.triggers.new_thing;
const paintFields = (app: ValidSubmission): Field[] => theCreate(app).operation.inputFields;
const findFields = (app: ValidSubmission) =>
  app.definition.searches.find_thing.operation.inputFields;
const triggerFields = (app: ValidSubmission) => theTrigger(app).operation.inputFields;
const theThing = (app: ValidSubmission) => present(paintFields(app)[0]);
const theRunId = (app: ValidSubmission) =>
  present(paintFields(app).find(({ key }) => key === 'run_id'));
const withDropdown = (field: Field): Field => ({ ...field, dynamic: 'thing_list.id.name' });
const theKey = ({ definition }: ValidSubmission) => present(definition.authentication.fields[0]);
const theSample = (app: ValidSubmission) => present(theTrigger(app).operation.sample);
const theProperties = (app: ValidSubmission) =>
  theSample(app)['properties'] as Record<string, unknown>;

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The valid app has changed.');
  return value;
}
