import { hurryWaits } from './host-time';

hurryWaits();

/** The length of the timer that Node really starts. */
function lengthOf(ms: number): number {
  const timer = setTimeout(() => undefined, ms) as unknown as { readonly _idleTimeout: number };
  const { _idleTimeout: length } = timer;
  clearTimeout(timer as unknown as NodeJS.Timeout);
  return length;
}

describe('hurryWaits', () => {
  it('shortens a wait', () => {
    expect(lengthOf(15_000)).toBe(60);
  });

  it('keeps the length of a short wait', () => {
    expect(lengthOf(150)).toBe(150);
  });

  it('keeps the length of a timer with the time limit of a request', () => {
    AbortSignal.timeout(30_000);

    expect(lengthOf(30_000)).toBe(30_000);
  });
});
