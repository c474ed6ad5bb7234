import { defineInputFields } from 'zapier-platform-core';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Zapier shows these fields together. */
export const callingRuleGroup = { key: 'calling_rules', label: 'Calling Rules' };
const group = callingRuleGroup.key;

/**
 * Who may be called, and when: the same for calls and for Check Number. Numbers are text fields, as in the fields of
 * Trigger Call.
 */
export const callingRuleFields = defineInputFields([
  {
    key: 'calling_hours_from',
    label: 'Calling Hours From',
    type: 'string',
    required: false,
    placeholder: '09:00',
    group,
    helpText:
      'Time from which calls are allowed, by the clock of the called person. A number can be in several time zones. Then it must be within the hours in all of them. Outside the hours, **Trigger Call** dials no number, and the Zap continues with **Skipped** true. Use a Filter or Paths on **Skipped**: false means called. To call later, add Delay Until with **Callable At**, then **Trigger Call** again. If both times are empty, calls are allowed at any time.',
  },
  {
    key: 'calling_hours_to',
    label: 'Calling Hours To',
    type: 'string',
    required: false,
    placeholder: '20:00',
    group,
    helpText:
      'No call begins at this time or later. A call that has begun continues. `24:00` is the end of the day.',
  },
  {
    key: 'calling_days',
    label: 'Calling Days',
    type: 'string',
    list: true,
    required: false,
    choices: WEEKDAYS.map((label) => {
      const value = label.toLowerCase();
      return { value, sample: value, label };
    }),
    group,
    helpText:
      'Days on which calls are allowed within **Calling Hours From** and **Calling Hours To**. If empty, Monday to Friday.',
  },
  {
    key: 'second_hours_from',
    label: 'Second Hours From',
    type: 'string',
    required: false,
    placeholder: '14:00',
    group,
    helpText:
      'Begin of a second range of time on the same days, for example after a break at noon.',
  },
  {
    key: 'second_hours_to',
    label: 'Second Hours To',
    type: 'string',
    required: false,
    placeholder: '18:00',
    group,
    helpText: 'End of the second range of time.',
  },
  {
    key: 'dates_without_calls',
    label: 'Dates Without Calls',
    type: 'text',
    required: false,
    placeholder: '2026-12-25',
    group,
    helpText:
      'Holidays, by the clock of the called person: one date per line, such as `2026-12-25`.',
  },
  {
    key: 'time_zone',
    label: 'Time Zone',
    type: 'string',
    required: false,
    placeholder: 'America/New_York',
    group,
    helpText:
      'Time zone of the called person, if you know it, such as `America/New_York`. If empty, the time zones of the number count. A toll-free number has none, so it is called only with a time zone here.',
  },
  {
    key: 'do_not_call',
    label: 'Do Not Call List',
    type: 'text',
    required: false,
    group,
    helpText:
      'Numbers that are not called: one per line, or a list from an earlier step. If an entry is not a phone number, the step fails. Numbers without a country code need **Default Country**.',
  },
  {
    key: 'do_not_call_if_asked',
    label: 'Do Not Call If They Asked',
    type: 'string',
    required: false,
    placeholder: 'do_not_call',
    group,
    helpText:
      'Dispositions of people who do not want to be called, usually `do_not_call`. A disposition is the word with which your agent records how a call ended. Separate several with commas. If any earlier call to the number ended with one of them, the number is not called. If empty, this rule is off.',
  },
  {
    key: 'maximum_calls',
    label: 'Maximum Calls',
    type: 'string',
    required: false,
    placeholder: '3',
    group,
    helpText:
      'Maximum number of calls to the number within the hours of the next field. All calls of your Dograh organization count: of every agent, and also unanswered ones.',
  },
  {
    key: 'maximum_calls_within',
    label: 'Maximum Calls Within (Hours)',
    type: 'string',
    required: false,
    placeholder: '24',
    group,
    helpText:
      'Hours before the call in which earlier calls count. Fill it in together with **Maximum Calls**.',
  },
  {
    key: 'minimum_hours_between',
    label: 'Minimum Hours Between Calls',
    type: 'string',
    required: false,
    placeholder: '24',
    group,
    helpText:
      'Hours that must pass after a call to the number before it is called again, by any agent. An unanswered call counts too. If empty or 0, this rule is off.',
  },
]);
