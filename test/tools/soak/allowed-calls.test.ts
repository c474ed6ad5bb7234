import { allowedCalls, type AttemptFacts } from '../../../tools/soak/agents/allowed-calls';

const ANN = '441134960001';
const BEN = '441134960002';

function attempt(facts: Partial<AttemptFacts>): AttemptFacts {
  return { asked: [], mayCallAgain: false, unclear: [], listLags: false, ...facts };
}

describe('the calls that the soak test allows', () => {
  it('of a tool are one for each number, however often the model asks', () => {
    const attempts = [attempt({ asked: [ANN, ANN, BEN] }), attempt({ asked: [ANN] })];

    expect(Object.fromEntries(allowedCalls('agent', attempts))).toEqual({ [ANN]: 1, [BEN]: 1 });
  });

  it('of a tool with Allow Repeated Calls are as many as the model asked for', () => {
    const attempts = [
      attempt({ asked: [ANN, ANN], mayCallAgain: true }),
      attempt({ asked: [ANN], mayCallAgain: true }),
    ];

    expect(allowedCalls('agent', attempts).get(ANN)).toBe(3);
  });

  it('of a tool that lost this option are one more at most', () => {
    const attempts = [
      attempt({ asked: [ANN, ANN], mayCallAgain: true }),
      attempt({ asked: [ANN, ANN] }),
    ];

    expect(allowedCalls('agent', attempts).get(ANN)).toBe(3);
  });

  it('of rows are one for each row, also after retries', () => {
    const attempts = [attempt({ asked: [ANN, ANN, BEN] }), attempt({ asked: [ANN, ANN, BEN] })];

    expect(Object.fromEntries(allowedCalls('rows', attempts))).toEqual({ [ANN]: 2, [BEN]: 1 });
  });

  it('of rows with an edited number are those of the attempt in which most rows had it', () => {
    const attempts = [
      attempt({ asked: [ANN, ANN] }),
      attempt({ asked: [BEN, ANN] }),
      attempt({ asked: [ANN, ANN] }),
    ];

    expect(Object.fromEntries(allowedCalls('rows', attempts))).toEqual({ [ANN]: 2, [BEN]: 1 });
  });

  it.each(['agent', 'rows'] as const)(
    'of an unclear call are one more if Dograh does not list it in a retry (%s)',
    (kind) => {
      const unclear = attempt({ asked: [ANN], unclear: [ANN] });
      const again = attempt({ asked: [ANN] });

      expect(allowedCalls(kind, [unclear, again]).get(ANN)).toBe(1);
      expect(allowedCalls(kind, [unclear, { ...again, listLags: true }]).get(ANN)).toBe(2);
    },
  );
});
