import type { INodeProperties } from 'n8n-workflow';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** The options that say who may be called, and when. */
export const callingRuleOptions: readonly INodeProperties[] = [
  {
    displayName: 'Call Attempts',
    name: 'attempts',
    type: 'fixedCollection',
    // Without `values`, n8n's editor does not add the option.
    default: { values: {} },
    placeholder: 'Set Maximum',
    description:
      'How often a number may be called. All calls of your Dograh organization count: of every agent, and also unanswered ones.',
    options: [
      {
        displayName: 'Maximum',
        name: 'values',
        values: [
          {
            displayName: 'Maximum Calls',
            name: 'maximumCalls',
            type: 'number',
            typeOptions: { minValue: 1, maxValue: 100 },
            default: 3,
            description: 'Maximum number of calls to one number within these hours',
          },
          {
            // n8n cuts a longer label, and with it the unit.
            displayName: 'Within (Hours)',
            name: 'withinHours',
            type: 'number',
            typeOptions: { minValue: 0 },
            default: 24,
            description: 'How many hours back calls count, e.g. 24',
          },
        ],
      },
    ],
  },
  {
    displayName: 'Calling Hours',
    name: 'callingHours',
    type: 'fixedCollection',
    default: { values: {} },
    placeholder: 'Set Hours',
    description:
      'Calls only within these hours, by the clock of the person. The node derives the time zones from the number. A call is allowed only if all of them are within the hours.',
    options: [
      {
        displayName: 'Hours',
        name: 'values',
        values: [
          {
            displayName: 'Calling Days',
            name: 'days',
            type: 'multiOptions',
            options: WEEKDAYS.map((name) => ({ name, value: name.toLowerCase() })),
            default: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
            description: 'The days on which calls are allowed',
          },
          {
            displayName: 'Calling Hours From',
            name: 'from',
            type: 'string',
            default: '09:00',
            placeholder: 'e.g. 09:00',
            description: 'The time at which calls may begin',
          },
          {
            displayName: 'Calling Hours To',
            name: 'to',
            type: 'string',
            default: '20:00',
            placeholder: 'e.g. 20:00',
            description:
              'The time from which no call is placed. A call that has begun continues. 24:00 is the end of the day.',
          },
          {
            displayName: 'Dates Without Calls',
            name: 'datesWithoutCalls',
            type: 'string',
            typeOptions: { rows: 3 },
            default: '',
            placeholder: 'e.g. 2026-12-25',
            description: 'Holidays: one date per line, or an expression that gives a list of dates',
          },
          {
            displayName: 'Second Hours From',
            name: 'secondFrom',
            type: 'string',
            default: '',
            placeholder: 'e.g. 14:00',
            description: 'A second range of time, e.g. after a break at noon',
          },
          {
            displayName: 'Second Hours To',
            name: 'secondTo',
            type: 'string',
            default: '',
            placeholder: 'e.g. 18:00',
            description: 'The end of the second range',
          },
          {
            displayName: 'Time Zone',
            name: 'timeZone',
            type: 'string',
            default: '',
            placeholder: 'e.g. America/New_York',
            description:
              'The clock that counts, e.g. the time zone in the record of the person. If empty, the time zones of the number count. A toll-free number has none, so it is called only with a time zone here.',
          },
        ],
      },
    ],
  },
  {
    displayName: 'Do Not Call If They Asked',
    name: 'doNotCallIfAsked',
    type: 'string',
    default: 'do_not_call',
    placeholder: 'e.g. do_not_call, wrong_number',
    description:
      'Dispositions of people who do not want to be called. If any earlier call to the number ended with one of them, the number is not called. Separate several with commas.',
  },
  {
    displayName: 'Do Not Call List',
    name: 'doNotCall',
    type: 'string',
    typeOptions: { rows: 3 },
    default: '',
    placeholder: "e.g. {{ $('Read list').all().map(row => row.json.phone) }}",
    description:
      'Numbers that are not called: an expression that gives a list, or one number per line. Use .all() as in the example: a field that you drag in is only one row. Numbers without a country code need Default Country.',
  },
  {
    displayName: 'Minimum Hours Between Calls',
    name: 'minimumHoursBetween',
    type: 'number',
    typeOptions: { minValue: 0 },
    default: 24,
    description:
      'Hours that must pass after a call to the number before it is called again, by any agent. An unanswered call counts too. 0 turns it off.',
  },
  {
    displayName: 'On Calling Rule',
    name: 'onRule',
    type: 'options',
    options: [
      { name: 'Fail', value: 'fail', description: 'The item fails' },
      {
        name: 'Skip',
        value: 'skip',
        description: 'The item continues with skipped = true, skip_reason and callable_at',
      },
      {
        name: 'Wait',
        value: 'wait',
        description:
          'The item waits for the calling hours, up to Maximum Queue Time. Other items are called meanwhile. If the hours begin later, or for another rule, the item is skipped.',
      },
    ],
    default: 'skip',
    description:
      'What to do when a calling rule does not allow a call. The calling rules are the options about hours, attempts and people who must not be called.',
  },
];
