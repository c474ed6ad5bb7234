import { MAX_EXECUTIONS, parseOptions, USAGE } from '../../../tools/soak/options';

describe('the options of the soak tests', () => {
  it('mean 2000 calls and seed 1 if there are none', () => {
    expect(parseOptions([])).toEqual({ kind: 'calls', calls: 2000, seed: 1 });
  });

  it('choose the number of calls', () => {
    expect(parseOptions(['--calls', '50', '--seed', '7'])).toEqual({
      kind: 'calls',
      calls: 50,
      seed: 7,
    });
  });

  it('choose the agents, with 1000 executions', () => {
    expect(parseOptions(['--agents'])).toMatchObject({ kind: 'agents', executions: 1000, seed: 1 });
  });

  it('choose one family', () => {
    expect(parseOptions(['--agents', '--only', '0'])).toMatchObject({ kind: 'agents', only: 0 });
  });

  it.each([
    [['--calls', '0']],
    [['--calls', 'many']],
    [['--seed', '']],
    [['--executions', '10']],
    [['--only', '3']],
    [['--agents', '--calls', '10']],
    [['--agents', '--executions', '1.5']],
    [['--agents', '--executions', String(MAX_EXECUTIONS + 1)]],
    [['--agent']],
  ])('show the usage text for %j', (args) => {
    expect(() => parseOptions(args)).toThrow(USAGE);
  });
});
