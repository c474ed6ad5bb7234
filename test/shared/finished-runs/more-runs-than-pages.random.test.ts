import { givesEachRunOnce } from './random-story';

describe('a trigger with more runs than one poll reads', () => {
  givesEachRunOnce({ maxPages: 2, isLate: false });
});
