import { works } from '../../../tools/live-check/finding';
import { Report } from '../../../tools/live-check/report';

function newReport(): { report: Report; lines: string[] } {
  const lines: string[] = [];
  const report = new Report((line) => {
    lines.push(line);
  });
  return { report, lines };
}

describe('the report of npm run check:dograh', () => {
  it('prints an error of the program in one line, without a stack trace', async () => {
    const { report, lines } = newReport();
    const run = (): Promise<never> => Promise.reject(new TypeError('first\n  second'));
    expect(await report.check({ name: 'agents', expected: 'agents', run })).toBeUndefined();
    expect(lines).toEqual([
      'differs    agents: Expected agents. Came: an error of this program. Please report it: TypeError: first second',
    ]);
    expect(report.hasDifference).toBe(true);
  });

  it('does not run a check with an obstacle', async () => {
    const { report, lines } = newReport();
    const run = jest.fn(() => Promise.resolve(works('Yes.', 1)));
    expect(await report.check({ name: 'runs', expected: '', run }, 'No key.')).toBeUndefined();
    expect(run).not.toHaveBeenCalled();
    expect(lines).toEqual(['not tried  runs: No key.']);
    expect(report.hasDifference).toBe(false);
  });

  it('returns what a check found', async () => {
    const { report, lines } = newReport();
    const run = () => Promise.resolve(works('Yes.', 7));
    expect(await report.check({ name: 'runs', expected: '', run })).toBe(7);
    expect(lines).toEqual(['works      runs: Yes.']);
  });
});
