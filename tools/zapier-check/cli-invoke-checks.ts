import assert from 'node:assert/strict';
import type { Run, Simulator } from '../simulator';
import {
  CALL_INPUT,
  zapier,
  type Bench,
  type Checks,
  type Finished,
  type Simulated,
} from './cli-bench';

type Item = Readonly<Record<string, unknown>>;

/** The command line runs each operation of the app as Zapier does. */
export const invokeChecks: Checks = {
  'invoke auth test': async (bench) => {
    const { exitCode, stdout, all } = await zapier(bench, 'invoke', 'auth', 'test');
    assert.equal(exitCode, 0, all);
    assert.deepEqual(JSON.parse(stdout), {
      organization_id: 1,
      organization: 'Organization 1',
      host: new URL(bench.simulator.url).host,
    });
    return 'connected';
  },
  'invoke auth label': async (bench) => {
    const { exitCode, stdout, all } = await zapier(bench, 'invoke', 'auth', 'label');
    assert.equal(exitCode, 0, all);
    assert.equal(stdout.trim(), `Organization 1 on ${new URL(bench.simulator.url).host}`);
    return stdout.trim();
  },
  'invoke create trigger_call': async (bench) => {
    const placedBefore = bench.simulator.calls.length;
    const { exitCode, stdout, all } = await invoke(bench, 'create trigger_call', CALL_INPUT);
    assert.equal(exitCode, 0, all);
    const [call, ...more] = bench.simulator.calls.slice(placedBefore);
    assert.deepEqual(more, [], 'more than one call was placed');
    assert.equal(call?.phoneNumber, CALL_INPUT.phone_number);
    const output = JSON.parse(stdout) as Item;
    assert.equal(output['workflow_run_id'], call.runId);
    assert.deepEqual(output['initial_context'], {
      first_name: 'Ann',
      company: { name: 'Acme' },
      email: 'ann@example.com',
    });
    return `run ${call.runId}`;
  },
  'invoke create trigger_call with a bad number': async (bench) => {
    const requestsBefore = bench.simulator.callRequests.length;
    const input = { ...CALL_INPUT, phone_number: '+1415' };
    const { exitCode, all } = await invoke(bench, 'create trigger_call', input);
    assert.notEqual(exitCode, 0, all);
    assert.match(all, /is too short/);
    assert.equal(bench.simulator.callRequests.length, requestsBefore);
    return 'refused, no call placed';
  },
  'invoke create trigger_call with hours that are not a number': async (bench) => {
    const requestsBefore = bench.simulator.callRequests.length;
    const input = { ...CALL_INPUT, call_reference: 'lead-42', skip_if_called_within: 'a day' };
    const { exitCode, all } = await invoke(bench, 'create trigger_call', input);
    assert.notEqual(exitCode, 0, all);
    // The command line wraps its error, which is JSON.
    const text = all.replaceAll(/[\s›]+/g, ' ');
    assert.match(text, /Skip If Called Within must be a number of hours, not \\"a day\\"/);
    assert.equal(bench.simulator.callRequests.length, requestsBefore);
    return 'refused, not read as 0';
  },
  'invoke create trigger_call with empty fields': async (bench) => {
    const placedBefore = bench.simulator.calls.length;
    const empty = { telephony_configuration_id: '', from_phone_number_id: '', preview_only: '' };
    const { exitCode, all } = await invoke(bench, 'create trigger_call', {
      ...CALL_INPUT,
      ...empty,
      skip_if_called_within: '',
    });
    assert.equal(exitCode, 0, all);
    assert.equal(bench.simulator.calls.length, placedBefore + 1);
    return 'placed';
  },
  'invoke create trigger_call with Preview Only': async (bench) => {
    const placedBefore = bench.simulator.callRequests.length;
    const input = { ...CALL_INPUT, preview_only: 'yes' };
    const { exitCode, stdout, all } = await invoke(bench, 'create trigger_call', input);
    assert.equal(exitCode, 0, all);
    assert.equal((JSON.parse(stdout) as Item)['agent_name'], 'Lead Qualifier');
    assert.equal(bench.simulator.callRequests.length, placedBefore);
    return 'no call placed';
  },
  'invoke trigger call_completed': async (bench) => {
    const run = bench.simulator.addRun({ direction: 'inbound' });
    const [listed, ...more] = await read(bench, 'trigger call_completed', { direction: 'inbound' });
    assert.deepEqual(more, [], 'it lists more than the one inbound call');
    assert.partialDeepStrictEqual(listed, asOutput(run));
    assert.match(String(listed?.['recording_file']), /^hydrate\|\|\|.*recordingFile/);
    return `run ${run.runId}`;
  },
  'invoke trigger agent_list': async (bench) => {
    const agents = await read(bench, 'trigger agent_list');
    assert.deepEqual(agents, agentsOf(bench.simulator));
    assert.deepEqual(await read(bench, 'trigger agent_list', {}, '--page', '1'), []);
    return `${agents.length} agents, all on the first page`;
  },
  'invoke search find_run': async (bench) => {
    const run = bench.simulator.addRun();
    // A newer run shows that the search does not just return the newest one.
    bench.simulator.addRun();
    const [found, ...more] = await read(bench, 'search find_run', { run_id: run.runId });
    assert.deepEqual(more, [], 'it finds more than the one call');
    assert.partialDeepStrictEqual(found, asOutput(run));
    return `run ${run.runId}`;
  },
  'invoke search find_run that finds nothing': async (bench) => {
    assert.deepEqual(await read(bench, 'search find_run', { run_id: 987_654 }), []);
    return 'an empty list';
  },
  'invoke search check_number': async (bench) => {
    const { phoneNumber } = bench.simulator.addRun();
    const [check, ...more] = await read(bench, 'search check_number', {
      phone_number: phoneNumber,
      calling_hours_from: '0:00',
      calling_hours_to: '24:00',
      calling_days: ['saturday', 'sunday'],
      maximum_calls: '1',
      maximum_calls_within: '24',
    });
    assert.deepEqual(more, [], 'it returns more than one check');
    assert.partialDeepStrictEqual(check, {
      id: phoneNumber,
      callable_now: false,
      skip_reason: 'too_many_attempts',
      rules: [{ rule: 'Maximum Calls' }, { rule: 'Calling Hours' }],
    });
    return String(check?.['callable_at']);
  },
  'invoke create trigger_call to a number in the Do Not Call List': async (bench) => {
    const requestsBefore = bench.simulator.callRequests.length;
    const input = { ...CALL_INPUT, do_not_call: `+14155550100, ${CALL_INPUT.phone_number}` };
    const { exitCode, stdout, all } = await invoke(bench, 'create trigger_call', input);
    assert.equal(exitCode, 0, all);
    const skipped = { id: null, skipped: true, skip_reason: 'do_not_call' };
    assert.partialDeepStrictEqual(JSON.parse(stdout), skipped);
    assert.equal(bench.simulator.callRequests.length, requestsBefore);
    return 'skipped, no call placed';
  },
  'invoke create launch_campaign with a CSV text': async (bench) => {
    const { exitCode, stdout, all } = await invoke(
      bench,
      'create launch_campaign',
      campaignOf(bench),
    );
    assert.equal(exitCode, 0, all);
    const [campaign, ...more] = bench.simulator.campaigns;
    assert.deepEqual(more, [], 'more than one campaign was created');
    assert.partialDeepStrictEqual(JSON.parse(stdout), {
      id: campaign?.id,
      contacts: 2,
      skipped: false,
    });
    assert.equal(campaign?.startedTimes, 1);
    return `campaign ${campaign.id}`;
  },
  'invoke create launch_campaign with the same reference': async (bench) => {
    const { exitCode, stdout, all } = await invoke(
      bench,
      'create launch_campaign',
      campaignOf(bench),
    );
    assert.equal(exitCode, 0, all);
    const [campaign, ...more] = bench.simulator.campaigns;
    assert.deepEqual(more, [], 'the campaign was launched twice');
    assert.partialDeepStrictEqual(JSON.parse(stdout), { id: campaign?.id, skipped: true });
    return 'not launched again';
  },
  'invoke create launch_campaign with line items': async (bench) => {
    const { exitCode, stdout, all } = await invoke(bench, 'create launch_campaign', {
      ...campaignOf(bench),
      file: '',
      campaign_reference: 'line-items',
      start_now: 'no',
      contacts: [{ phone_number: '+14155550123', variable$customer_name: 'Ann' }],
    });
    assert.equal(exitCode, 0, all);
    const created = bench.simulator.campaigns.at(-1);
    assert.partialDeepStrictEqual(JSON.parse(stdout), { id: created?.id, contacts: 1 });
    assert.equal(created?.startedTimes, 0);
    return `campaign ${created.id}`;
  },
  'invoke search find_campaign': async (bench) => {
    const [campaign] = bench.simulator.campaigns;
    const found = await read(bench, 'search find_campaign', { campaign_reference: 'two-people' });
    assert.partialDeepStrictEqual(found, [{ id: campaign?.id, contacts: 2 }]);
    return `campaign ${campaign?.id}`;
  },
  'invoke create pause_campaign and resume_campaign': async (bench) => {
    const [campaign] = bench.simulator.campaigns;
    const paused = await invoke(bench, 'create pause_campaign', { campaign: campaign?.id });
    assert.equal(paused.exitCode, 0, paused.all);
    assert.equal(campaign?.state, 'paused');
    const resumed = await invoke(bench, 'create resume_campaign', { campaign: campaign.id });
    assert.equal(resumed.exitCode, 0, resumed.all);
    return 'paused and resumed';
  },
  'invoke trigger campaign_list': async (bench) => {
    const listed = await read(bench, 'trigger campaign_list');
    const ids = bench.simulator.campaigns.map(({ id }) => String(id)).reverse();
    assert.deepEqual(
      listed.map(({ id }) => id),
      ids,
    );
    return `${ids.length} campaigns`;
  },
  'invoke trigger campaign_finished': async (bench) => {
    bench.simulator.advance(3 * 3_600_000);
    const [finished] = await read(bench, 'trigger campaign_finished');
    assert.partialDeepStrictEqual(finished, { campaign_name: 'Two people' });
    return `campaign ${String(finished?.['id'])}`;
  },
};

/** A launch for the agent that needs only `customer_name`. */
function campaignOf({ simulator }: Simulated) {
  return {
    name: 'Two people',
    campaign_reference: 'two-people',
    agent: simulator.world.agents.triggerOnlyInDraft.uuid,
    file: 'phone_number,customer_name\n+14155550123,Ann\n+14155550124,Bob',
  };
}

/** @param operation kind and key, as in `create trigger_call` */
function invoke(
  bench: Bench,
  operation: string,
  input: object,
  ...flags: readonly string[]
): Promise<Finished> {
  const given = ['-i', JSON.stringify(input), ...flags];
  return zapier(bench, 'invoke', ...operation.split(' '), '--non-interactive', ...given);
}

/** Returns the list that a trigger or a search prints. Asserts that no call was placed. */
async function read(
  bench: Simulated,
  operation: string,
  input: object = {},
  ...flags: readonly string[]
): Promise<readonly Item[]> {
  const { simulator } = bench;
  const callsBefore = simulator.callRequests.length;
  const { exitCode, stdout, all } = await invoke(bench, operation, input, ...flags);
  assert.equal(exitCode, 0, all);
  assert.equal(simulator.callRequests.length, callsBefore, 'a call was placed');
  return JSON.parse(stdout) as readonly Item[];
}

/** The output of the app for a run of the simulator. */
function asOutput({ runId, runName, phoneNumber, createdAt }: Run): Item {
  return {
    id: runId,
    workflow_run_id: runId,
    workflow_run_name: runName,
    agent_name: 'Appointment Reminder',
    status: 'completed',
    outcome: 'answered',
    disposition: 'user_hangup',
    phone_number: phoneNumber,
    started_at: createdAt,
  };
}

function agentsOf({ world: { acme, agents } }: Simulator): Item[] {
  return Object.values(agents)
    .filter(({ status, organizationId }) => status === 'active' && organizationId === acme.id)
    .map(({ uuid, name }) => ({ id: uuid, agent_uuid: uuid, agent_name: name }))
    .sort((one, other) => one.agent_name.localeCompare(other.agent_name));
}
