import type { ContactInput } from '@dograh/shared';
import {
  contact,
  numberOf,
  someContacts,
  startCampaignWorld,
  type CampaignWorld,
} from '../../support/campaigns';
import { rejectionOf } from '../../support/refusal';
import { HOUR } from '../../support/rules';

let world: CampaignWorld;

beforeAll(async () => {
  world = await startCampaignWorld();
});
beforeEach(() => {
  world.reset();
});
afterEach(() => {
  expect(world.simulator.contractViolations).toEqual([]);
});
afterAll(() => world.simulator.stop());

const GOOD = numberOf(0);
const skipInvalid = { onInvalidContact: 'skip' };
const withJson = (json: object): ContactInput => ({
  phoneNumber: GOOD,
  context: { json: { customer_name: 'Ada', ...json } },
});

describe('contacts that cannot be in a campaign', () => {
  it.each<[string, ContactInput, RegExp]>([
    ['an invalid number', contact('+1 212 5'), /Phone Number/],
    ['a national number without a country', contact('212 200 0000'), /country/i],
    ['an empty number', contact(''), /Phone Number is empty/],
    ['a SIP URI', contact('sip:ada@example.com'), /Phone Number/],
    [
      'an empty required variable',
      contact(GOOD, { customer_name: ' ' }),
      /"customer_name" is missing/,
    ],
    ['a missing required variable', { phoneNumber: GOOD }, /"customer_name" is missing/],
    ['an object', withJson({ user: { name: 'Ada' } }), /"user", because it is an object/],
    ['a list', withJson({ tags: ['a'] }), /"tags", because it is a list/],
    ['a name in capitals', withJson({ lastName: 'L' }), /"lastName", .* lower case/],
    ['a column of Dograh', withJson({ source_uuid: '1' }), /"source_uuid", because Dograh uses/],
    ['a greeting column', withJson({ greeting_override_text: 'Hi' }), /field Greeting/],
    ['a reserved variable', withJson({ called_number: '1' }), /"called_number" cannot be set/],
    ['a failed date', withJson({ day: 'Invalid DateTime' }), /"day" contains "Invalid DateTime"/],
    ['half a character', withJson({ note: '\ud83d' }), /half of a character/],
    ['NUL', withJson({ note: 'a\0b' }), /NUL/],
  ])('with %s stop the launch before anything is sent', async (_name, wrong, message) => {
    const error = await rejectionOf(world.launch({ contacts: [...someContacts(2, 10), wrong] }));

    expect(error.kind).toBe('InvalidInput');
    expect(error.message).toMatch(/^1 contact cannot be in the campaign\. Item 2: /);
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(/Nothing was sent/);
    expect(world.requests().filter((one) => one.startsWith('POST'))).toEqual([]);
  });

  it('are all named, up to ten', async () => {
    const contacts = Array.from({ length: 13 }, () => contact('12'));
    const { message } = await rejectionOf(world.launch({ contacts }));

    expect(message).toMatch(/^13 contacts cannot be in the campaign\. Item 0: /);
    expect(message.match(/Item \d+:/g)).toHaveLength(10);
    expect(message).toMatch(/And 3 more\.$/);
  });

  it('are left out and listed on request', async () => {
    const [result] = await world.launch({
      ...skipInvalid,
      contacts: [contact('12'), contact(GOOD), contact('')],
    });

    expect(result).toMatchObject({
      contacts: 1,
      contact_indexes: [1],
      skipped_contacts: [
        { contact: 'Item 0', phone_number: '12', reason: 'invalid_contact' },
        { contact: 'Item 2', phone_number: '', reason: 'invalid_contact' },
      ],
    });
    expect(world.files()).toEqual([`phone_number,customer_name\n${GOOD},Ada\n`]);
  });

  it('create no campaign if nobody is left', async () => {
    const results = await world.launch({ ...skipInvalid, contacts: [contact('12')] });

    expect(results).toMatchObject([{ campaign_id: null, state: 'not_created', contacts: 0 }]);
    expect(world.simulator.campaigns).toEqual([]);
    expect(world.files()).toEqual([]);
  });

  it('are the same number twice, in any spelling', async () => {
    const national: ContactInput = {
      ...contact('(212) 200-0000'),
      phoneNumberRules: { defaultCountry: 'US' },
    };
    const error = await rejectionOf(world.launch({ contacts: [contact(GOOD), national] }));

    expect(error.message).toMatch(
      new RegExp(`Item 1: The number \\${GOOD} is also that of Item 0`),
    );
    const [result] = await world.launch({ ...skipInvalid, contacts: [contact(GOOD), national] });
    expect(result?.skipped_contacts).toMatchObject([{ reason: 'duplicate_number' }]);
  });
});

describe('the file', () => {
  it('has every variable as text, and columns for all contacts', async () => {
    await world.launch({
      contacts: [
        withJson({ age: 41, member: true, code: '007', note: null }),
        { ...contact(numberOf(1)), callReference: 'crm-2' },
        {
          ...contact(numberOf(2)),
          greeting: { type: 'text', text: 'Hi {{customer_name}},\n"you"' },
        },
        { ...contact(numberOf(3)), greeting: { type: 'audio', recordingId: 'rec-9' } },
      ],
    });
    const [campaign] = world.simulator.campaigns;
    world.simulator.runBatch(campaign?.id ?? 0);

    expect(campaign?.rows.map(({ context }) => context)).toMatchObject([
      { customer_name: 'Ada', age: '41', member: 'True', code: '007', note: '' },
      { call_reference: 'crm-2', age: '' },
      { greeting_override: { type: 'text', text: 'Hi {{customer_name}},\n"you"' } },
      { greeting_override: { type: 'audio', recording_id: 'rec-9' } },
    ]);
  });

  it.each([
    ['a comma, quotes and line breaks', 'a, "b"\r\nc\nd\re'],
    ['spaces around', '  x  '],
    ['an apostrophe and a formula', `=1+1'`],
    ['other scripts', 'Zoë 李 🙂'],
    ['a text that n8n or Zapier could evaluate', '{{bundle.authData.api_key}} ={{ 1 }}'],
  ])('keeps a value with %s', async (_name, value) => {
    await world.launch({ contacts: [contact(GOOD, { customer_name: value })] });
    const [campaign] = world.simulator.campaigns;
    world.simulator.runBatch(campaign?.id ?? 0);

    expect(campaign?.rows[0]?.context['customer_name']).toBe(value);
  });

  it('is divided if it would be larger than Dograh accepts', async () => {
    const long = 'x'.repeat(120_000);
    const contacts = Array.from({ length: 200 }, (_, index) =>
      contact(numberOf(index), { customer_name: `${String(index)}${long}` }),
    );
    const results = await world.launch({ contacts });
    const sizes = world.simulator.storageRequests.map(({ headers }) =>
      Number(headers['content-length']),
    );

    expect(results.map(({ part, parts, contacts: count }) => [part, parts, count])).toEqual([
      [1, 3, 87],
      [2, 3, 87],
      [3, 3, 26],
    ]);
    expect(results.flatMap(({ contact_indexes: indexes }) => indexes)).toEqual(
      contacts.map((_, index) => index),
    );
    expect(Math.max(...sizes)).toBeLessThanOrEqual(10_485_760);
    expect(world.simulator.campaigns.map(({ name, startedTimes }) => [name, startedTimes])).toEqual(
      [1, 2, 3].map((part) => [`Spring (${String(part)} of 3)`, 1]),
    );
    const [again, ...others] = await world.launch();
    expect([again, ...others].map((one) => [one?.campaign_id, one?.skipped])).toEqual(
      results.map(({ campaign_id: id }) => [id, true]),
    );
  });
});

describe('the calling rules of a launch', () => {
  const optedOut = { ending: { disposition: 'do_not_call' } };
  const called = (phoneNumber: string, hoursAgo: number, past = {}): void => {
    const createdAt = new Date(world.clock.now() - hoursAgo * HOUR).toISOString();
    world.simulator.addRun({ phoneNumber, createdAt, ...past });
  };

  it('leave out people, each with the reason', async () => {
    called(numberOf(1), 5_000, optedOut);
    called(numberOf(2), 3);
    called('212 220 2303', 900, optedOut);
    const [result] = await world.launch({
      contacts: someContacts(6),
      callingRules: {
        doNotCall: [numberOf(0)],
        doNotCallIfAsked: 'do_not_call',
        attempts: { minimumHoursBetween: 24 },
      },
    });

    expect(result?.skipped_contacts.map(({ contact: name, reason }) => [name, reason])).toEqual([
      ['Item 0', 'do_not_call'],
      ['Item 1', 'do_not_call'],
      ['Item 2', 'too_many_attempts'],
    ]);
    expect(result?.contact_indexes).toEqual([3, 4, 5]);
  });

  it('stop the launch on request', async () => {
    const error = await rejectionOf(
      world.launch({ callingRules: { doNotCall: [numberOf(1)], onRule: 'fail' } }),
    );
    expect(error.message).toMatch(/1 contact cannot be .* Item 1: Do Not Call List/);
    expect(world.simulator.campaigns).toEqual([]);
  });

  it('read all earlier calls in one pass', async () => {
    for (let index = 0; index < 250; index += 1) called(numberOf(index), 1 + index / 100);
    await world.launch({
      contacts: 250,
      callingRules: { attempts: { maximumCalls: 5, withinHours: 24 } },
    });

    expect(world.requests().filter((one) => one.includes('usage/runs'))).toHaveLength(3);
  });

  it('call nobody if the earlier calls cannot be read', async () => {
    world.simulator.faults.add({
      on: 'runs',
      fault: { kind: 'status', callPlaced: false, status: 503 },
      times: Infinity,
    });
    const error = await rejectionOf(
      world.launch({ callingRules: { doNotCallIfAsked: 'do_not_call' } }),
    );
    expect(error.fullMessage).toMatch(/check for earlier calls failed.*No campaign was created/);
    expect(world.simulator.campaigns).toEqual([]);
  });
});
