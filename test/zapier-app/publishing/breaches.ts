import type { SoundSubmission } from './valid-submission';
import type { Field } from '../../../tools/hosts/zapier/submission';

/** Each rule, and the smallest change of an app that breaks it. */
export const BREACHES: readonly (readonly [
  rule: string,
  change: string,
  make: (app: SoundSubmission) => void,
])[] = [
  [
    'no field of a step asks for an API key',
    'a field called token',
    (app) => paintFields(app).push({ key: 'access_token', label: 'Code' }),
  ],
  [
    'no field of a step asks for an API key',
    'a field labelled API Key',
    (app) => findFields(app).push({ key: 'code', label: 'API Key' }),
  ],
  [
    'no field of a step asks for an API key',
    'a field for passwords in a trigger',
    (app) => triggerFields(app).push({ key: 'code', label: 'Code', type: 'password' }),
  ],
  [
    'the help text of a secret in the connection links to where it is found',
    'the link only named',
    (app) => (theKey(app).helpText = 'Create one under API Keys.'),
  ],
  [
    'the help text of a secret in the connection links to where it is found',
    'no help text',
    (app) => delete theKey(app).helpText,
  ],
  [
    'connections have a label that tells them apart',
    'a label without a field',
    (app) => (app.definition.authentication.connectionLabel = 'Example'),
  ],
  [
    'connections have a label that tells them apart',
    'no label',
    (app) => delete app.definition.authentication.connectionLabel,
  ],
  [
    'fields for IDs have a dropdown',
    'an ID to type in',
    (app) => paintFields(app).push({ key: 'room_id', label: 'Room' }),
  ],
  [
    'fields for IDs have a dropdown',
    'an ID to type in, by its label, in a trigger',
    (app) => triggerFields(app).push({ key: 'room', label: 'Room UUID' }),
  ],
  [
    'fields for IDs have a dropdown',
    'an ID to type in, within a group',
    (app) => paintFields(app).push({ key: 'rooms', children: [{ key: 'id', label: 'Room' }] }),
  ],
  [
    'the triggers that fill dropdowns exist',
    'a trigger that is not there',
    (app) => (theThing(app).dynamic = 'things.id.name'),
  ],
  [
    'the triggers that fill dropdowns exist',
    'a label that its trigger does not give',
    (app) => (theThing(app).dynamic = 'new_thing.id.colour'),
  ],
  [
    'the searches that fill fields exist, and the fields have a dropdown',
    'a search that is not there',
    (app) => (theThing(app).search = 'thing.id'),
  ],
  [
    'the searches that fill fields exist, and the fields have a dropdown',
    'an ID that the search does not give',
    (app) => (theThing(app).search = 'find_thing.uuid'),
  ],
  [
    'the searches that fill fields exist, and the fields have a dropdown',
    'a search without a dropdown',
    (app) => paintFields(app).push({ key: 'room', label: 'Room', search: 'find_thing.id' }),
  ],
  [
    'a field that asks for a run ID offers Find Call as a search step',
    'no search for a run ID, by its key, in a trigger',
    (app) => triggerFields(app).push(withDropdown({ key: 'run_id', label: 'Run' })),
  ],
  [
    'a field that asks for a run ID offers Find Call as a search step',
    'no search for a run ID, by its label, in another search',
    (app) => findFields(app).push(withDropdown({ key: 'run', label: 'Run ID' })),
  ],
  [
    'a field that asks for a run ID offers Find Call as a search step',
    'a search that finds something else',
    (app) => (theRunId(app).search = 'find_thing.id'),
  ],
  [
    'a field that asks for a run ID offers Find Call as a search step',
    'something else that Find Call knows of a run',
    (app) => (theRunId(app).search = 'find_run.name'),
  ],
  [
    'a field that asks for a run ID offers Find Call as a search step',
    'no search, within a group',
    (app) => paintFields(app).push({ key: 'runs', children: [withDropdown({ key: 'run_id' })] }),
  ],
  [
    'searches that may create name a search and a create that exist',
    'a create that is not there',
    (app) => (app.definition.searchOrCreates.find_thing.create = 'make_thing'),
  ],
  [
    'searches that may create name a search and a create that exist',
    'a search that is not there',
    (app) => (app.definition.searchOrCreates.find_thing.search = 'thing'),
  ],
  [
    'a search has a field to search by',
    'a search without fields',
    (app) => (app.definition.searches.find_thing.operation.inputFields = []),
  ],
  [
    'a create has fields that are there for everybody',
    'a create whose fields a function gives',
    ({ definition: { creates } }) =>
      (creates.paint_thing.operation = {
        ...creates.paint_thing.operation,
        inputFields: [(() => []) as unknown as Field],
      }),
  ],
  [
    'a help text says more than the label',
    'the label once more',
    (app) => (theThing(app).helpText = 'thing.'),
  ],
  [
    'a help text says more than the label',
    'the label once more in the connection',
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
    'a server for tests in the connection',
    (app) => app.definition.authentication.fields.push({ key: 'where', label: 'Test Server' }),
  ],
  [
    'what users can choose has a sample',
    'an empty sample',
    (app) => (app.definition.creates.paint_thing.operation.sample = {}),
  ],
  [
    'what users can choose has a sample',
    'no sample',
    (app) => delete app.definition.triggers.new_thing.operation.sample,
  ],
  ['a sample has an ID', 'a null in its place', (app) => (theSample(app)['id'] = null)],
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
    'a date in words, the month first',
    (app) => (theProperties(app)['seen_on'] = 'March 2, 2026'),
  ],
  [
    'dates in samples are ISO-8601, and times have a zone',
    'a date with slashes',
    (app) => (theProperties(app)['seen_on'] = '03/02/2026'),
  ],
  [
    'dates in samples are ISO-8601, and times have a zone',
    'a time with a blank in it',
    (app) => (theProperties(app)['seen_on'] = '2026-03-02 09:30:00Z'),
  ],
  [
    'dates in samples are ISO-8601, and times have a zone',
    'a month that there is not',
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
    ] as const
  ).map(
    ([key, type, value]) =>
      [
        'a sample has what the output fields describe, in their types',
        `${key} that is not ${type}`,
        (app: SoundSubmission) => (theSample(app)[key] = value),
      ] as const,
  ),
  [
    'a sample has what the output fields describe, in their types',
    'a field that is not in it',
    (app) => delete theSample(app)['weight'],
  ],
  [
    'output fields describe all of a sample',
    'a value more',
    (app) => (theSample(app)['colour'] = 'red'),
  ],
  [
    'addresses are https',
    'a placeholder without it',
    (app) => Object.assign(theThing(app), { placeholder: 'http://example.com' }),
  ],
  [
    'addresses are https',
    'a sample without it',
    (app) => (theSample(app)['name'] = 'http://example.com/chair'),
  ],
  [
    'addresses in texts are links or code, and links lead to a web page',
    'a bare address',
    (app) => (theThing(app).helpText = 'See https://example.com for more.'),
  ],
  [
    'addresses in texts are links or code, and links lead to a web page',
    'a bare address in a description',
    (app) => (theCreate(app).display.description = 'Paints things of www.things.org.'),
  ],
  [
    'addresses in texts are links or code, and links lead to a web page',
    'a link without its bracket',
    (app) => (theThing(app).helpText = 'See [Things(https://example.com).'),
  ],
  [
    'addresses in texts are links or code, and links lead to a web page',
    'a link that runs something',
    (app) => (theThing(app).helpText = 'See [your things](javascript:alert(1)).'),
  ],
  [
    'addresses in texts are links or code, and links lead to a web page',
    'a link that leads nowhere',
    (app) => (theThing(app).helpText = 'See [your things]().'),
  ],
  [
    'addresses in texts are links or code, and links lead to a web page',
    'HTML',
    (app) => (theThing(app).helpText = 'See <a href="/things">your things</a>.'),
  ],
  [
    'labels are in Title Case',
    'a small letter in the label of a step',
    (app) => (theCreate(app).display.label = 'Paint thing'),
  ],
  [
    'labels are in Title Case',
    'a small letter in the label of a field',
    (app) => (theThing(app).label = 'thing'),
  ],
  [
    'labels are in Title Case',
    'a small letter in the label of an output field',
    (app) =>
      app.definition.triggers.thing_list.operation.outputFields.push(
        { key: 'id', label: 'the ID' },
        { key: 'name' },
      ),
  ],
  [
    'labels are in Title Case',
    'a small letter in the label of a field of the connection',
    (app) => (theKey(app).label = 'API key'),
  ],
  [
    'a trigger says "Triggers when …."',
    'another beginning',
    (app) => (theTrigger(app).display.description = 'Triggers whenever a thing is made.'),
  ],
  [
    'a trigger says "Triggers when …."',
    'another end',
    (app) => (theTrigger(app).display.description = 'Triggers when a thing is made'),
  ],
  [
    'a search is called "Find …"',
    'another verb',
    (app) => (app.definition.searches.find_thing.display.label = 'Get Thing'),
  ],
  [
    'a description begins with a verb',
    'an imperative',
    (app) => (theCreate(app).display.description = 'Paint one of your things.'),
  ],
  [
    'a description begins with a verb',
    'a pronoun',
    (app) => (theCreate(app).display.description = 'This paints one of your things.'),
  ],
  [
    'descriptions and labels of steps leave out the name of the app',
    'its name in a description',
    (app) => (theCreate(app).display.description = 'Paints one of your things in example.'),
  ],
  [
    'descriptions and labels of steps leave out the name of the app',
    'its name in a label',
    (app) => (theCreate(app).display.label = 'Paint Example Thing'),
  ],
  [
    'the description of the app has 40 to 140 characters, and is about the app alone',
    '39 characters',
    (app) => (app.description = 'Example keeps a list of all your things'),
  ],
  [
    'the description of the app has 40 to 140 characters, and is about the app alone',
    '141 characters',
    (app) => (app.description = app.description.padEnd(141, '!')),
  ],
  [
    'the description of the app has 40 to 140 characters, and is about the app alone',
    'Zapier’s name',
    (app) => (app.description = 'Example paints the things of all who use Zapier.'),
  ],
  [
    'the description of the app has 40 to 140 characters, and is about the app alone',
    'what the integration does',
    (app) => (app.description = 'Example syncs the list of things that you own.'),
  ],
  ...(
    [
      ['no PNG', (png) => png.write('JFIF', 0)],
      ['not square', (png) => png.writeUInt32BE(511, 20)],
      ['of 255 pixels', (png) => png.writeUInt32BE(png.writeUInt32BE(255, 16) && 255, 20)],
      ['without transparency', (png) => png.writeUInt8(2, 25)],
    ] as const satisfies readonly (readonly [string, (png: Buffer) => unknown])[]
  ).map(
    ([what, alter]) =>
      [
        'the icon is a square PNG in RGBA of at least 256 pixels',
        `an icon that is ${what}`,
        (app: SoundSubmission) => {
          const altered = Buffer.from(app.icon);
          alter(altered);
          app.icon = altered;
        },
      ] as const,
  ),
];

const theCreate = ({ definition }: SoundSubmission) => definition.creates.paint_thing;
const theTrigger = ({ definition }: SoundSubmission) => definition.triggers.new_thing;
const paintFields = (app: SoundSubmission): Field[] => theCreate(app).operation.inputFields;
const findFields = (app: SoundSubmission) =>
  app.definition.searches.find_thing.operation.inputFields;
const triggerFields = (app: SoundSubmission) => theTrigger(app).operation.inputFields;
const theThing = (app: SoundSubmission) => present(paintFields(app)[0]);
const theRunId = (app: SoundSubmission) =>
  present(paintFields(app).find(({ key }) => key === 'run_id'));
const withDropdown = (field: Field): Field => ({ ...field, dynamic: 'thing_list.id.name' });
const theKey = ({ definition }: SoundSubmission) => present(definition.authentication.fields[0]);
const theSample = (app: SoundSubmission) => present(theTrigger(app).operation.sample);
const theProperties = (app: SoundSubmission) =>
  theSample(app)['properties'] as Record<string, unknown>;

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The sound app has changed.');
  return value;
}
