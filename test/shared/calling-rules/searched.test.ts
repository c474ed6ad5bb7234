import type { EarlierCall } from '../../../shared/src/calling-rules/call-history';
import { searched } from '../../../shared/src/calling-rules/opt-out';

const callOf = (day: string): EarlierCall =>
  ({ run: { createdAt: Date.parse(day) } }) as EarlierCall;

it.each([
  [[], 'Dograh lists no earlier call to this number.'],
  [['2026-08-03'], 'Searched the only call to this number that Dograh lists, of 2026-08-03.'],
  [
    ['2026-08-03', '2026-07-14'],
    'Searched all 2 calls to this number that Dograh lists, back to 2026-07-14.',
  ],
])('says how far back the search for earlier calls went: %j', (days, sentence) => {
  expect(searched(days.map(callOf))).toBe(sentence);
});
