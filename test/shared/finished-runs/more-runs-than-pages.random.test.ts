import { givesEachRunOnce } from './random-story';

describe('a trigger with more runs than one poll may read', () => {
  givesEachRunOnce({ maxPages: 2, isLate: false });
});
