import { dograhDocument } from '../../../tools/contract/dograh-fixture';
import { startSimulator, type PlannedFault, type Simulator } from '../../../tools/simulator';
import { hurryWaits } from '../../support/host-time';
import { CALLING, check, lineOf, nameIn, NUMBER, READING, type LineName } from './live-check';

hurryWaits();

const ALL = [...READING, ...CALLING];
const CALL = ['--call', NUMBER, '--agent', 'Appointment Reminder'];

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ callDurationMs: 50 });
});
beforeEach(() => {
  simulator.reset();
  simulator.addRun();
});
afterAll(() => simulator.stop());

describe('each line of npm run check:dograh', () => {
  it('works with a usual Dograh', async () => {
    const checked = await check(simulator, CALL);
    expect(checked.verdicts).toEqual(ALL.map((name) => [name, 'works']));
    expect(checked.worksAll).toBe(true);
    expect(simulator.calls).toHaveLength(1);
    expect(simulator.contractViolations).toEqual([]);
  });

  /** The fault is there only while the line is checked. */
  const faults: readonly {
    readonly line: LineName;
    readonly fault: Omit<PlannedFault, 'times'>;
    readonly says: RegExp;
    readonly notTried: readonly LineName[];
  }[] = [
    {
      line: 'contract',
      fault: { on: 'openapi', fault: offContract(changedDocument()) },
      says: /no difference in 29 routes and \d+ fields\. Came: POST \S+trigger}: .* is string now; .*; and 1 more, see npm run contract -- http/,
      notTried: [],
    },
    {
      line: 'connection',
      fault: { on: 'context', fault: status(401, 'Invalid or expired API key') },
      says: /a Dograh that accepts the key\. Came: Dograh does not accept the API key/,
      notTried: ALL.slice(2),
    },
    {
      line: 'agents',
      fault: { on: 'agents', fault: offContract({}) },
      says: /the list of active agents\. Came: The list of agents from \S+ has an unexpected format/,
      notTried: ['variables', ...CALLING],
    },
    {
      line: 'variables',
      fault: { on: 'agents', fault: status(403, 'No access') },
      says: /the variables of an agent\. Came: The API key has no access to this data/,
      notTried: CALLING,
    },
    {
      line: 'telephony',
      fault: { on: 'telephony', fault: offContract([]) },
      says: /the list of telephony configurations\. Came: The list of telephony configurations/,
      notTried: [],
    },
    {
      line: 'runs',
      fault: { on: 'run', fault: offContract({ id: 1001 }) },
      says: /the list of runs, and one of its runs\. Came: The response about run \d+ from/,
      notTried: ['transcript', 'recording', ...CALLING],
    },
    {
      line: 'transcript',
      fault: { on: 'storage', fault: status(403, 'Expired') },
      says: /the transcript of run \d+\. Came: \S+ answered 403 when it was asked for the transcript/,
      notTried: [],
    },
    {
      line: 'recording',
      fault: { on: 'storage', fault: { kind: 'cut-off', callPlaced: true } },
      says: /the recording of run \d+\. Came: The connection to \S+ was lost before the recording/,
      notTried: [],
    },
    {
      line: 'call',
      fault: { on: 'call', fault: status(402, 'Out of credit') },
      says: /an accepted call\. Came: .*Out of credit/,
      notTried: ['by reference', 'by number'],
    },
    {
      line: 'by reference',
      fault: { on: 'runs', fault: offContract({ runs: [], total_pages: 0 }) },
      says: /run \d+ by its call reference\. Came: no run\.$/,
      notTried: [],
    },
    {
      line: 'by number',
      fault: { on: 'runs', fault: offContract({ runs: [], total_pages: 0 }) },
      says: /run \d+ by its number\. Came: no run\.$/,
      notTried: [],
    },
  ];

  it.each(faults)('differs alone: $line', async ({ line, fault, says, notTried }) => {
    const before = ALL[ALL.indexOf(line) - 1];
    const begin = (): void => {
      simulator.faults.add({ ...fault, times: Infinity });
    };
    if (before === undefined) begin();
    const checked = await check(simulator, CALL, (printed) => {
      if (nameIn(printed) === before) begin();
      if (nameIn(printed) === line) simulator.faults.clear();
    });

    const verdict = (name: LineName): string => {
      if (name === line) return 'differs';
      return notTried.includes(name) ? 'not tried' : 'works';
    };
    expect(checked.verdicts).toEqual(ALL.map((name) => [name, verdict(name)]));
    expect(lineOf(checked, line)).toMatch(/^differs {4}[a-z ]+: Expected /);
    expect(lineOf(checked, line)).toMatch(says);
    expect(checked.worksAll).toBe(false);
    expect(simulator.calls).toHaveLength(verdict('call') === 'works' ? 1 : 0);
  });

  it('has a test for every line', () => {
    expect(faults.map(({ line }) => line)).toEqual(ALL);
  });
});

function status(code: number, detail: string): PlannedFault['fault'] {
  return { kind: 'status', callPlaced: false, status: code, body: { detail } };
}

function offContract(body: unknown): PlannedFault['fault'] {
  return { kind: 'off-contract', callPlaced: true, body };
}

function changedDocument(): unknown {
  const document = dograhDocument();
  document.components.schemas.TriggerCallResponse.properties['workflow_run_id'] = {
    type: 'string',
  };
  return document;
}
