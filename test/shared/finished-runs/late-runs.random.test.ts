import { givesEachRunOnce } from './random-story';

describe('a trigger while Dograh writes runs late', () => {
  givesEachRunOnce({ maxPages: 20, isLate: true });
});
