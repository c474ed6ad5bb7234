import { parseCredentials, type DograhClient } from '@dograh/shared';
import type { AgentSummary } from '../../shared/src/agents/list-agents';
import { clientTo } from '../support/client-to';
import { agentsCheck, variablesCheck } from './check-agents';
import { announcement, byNumberCheck, byReferenceCheck, callCheck, newCall } from './check-call';
import { connectionCheck } from './check-connection';
import { contractCheck } from './check-contract';
import { newestFinishedCall, recordingCheck, transcriptCheck } from './check-files';
import { runsCheck } from './check-runs';
import { telephonyCheck } from './check-telephony';
import type { LiveCheckOptions } from './options';
import { Report } from './report';

/**
 * Checks a Dograh, and prints one line for each check. Dials only if the options have a number.
 * @returns whether everything that was tried works
 */
export async function checkDograh(
  options: LiveCheckOptions,
  print: (line: string) => void,
): Promise<boolean> {
  const { baseUrl: address, apiKey: key } = options;
  const { baseUrl, apiKey } = parseCredentials({ apiKey: key, baseUrl: address }, 'private');
  const report = new Report((line) => {
    print(apiKey.redact(line));
  });
  const client = clientTo(address, { apiKey: key });
  await report.check(contractCheck(baseUrl.resolve('/openapi.json')));
  const isConnected = await report.check(connectionCheck(client));
  const noConnection = isConnected === true ? undefined : 'The connection does not work.';
  const caller = await checkReading(client, options.agent, report, noConnection);
  if (options.phoneNumber !== undefined) {
    await checkCall(client, caller, options.phoneNumber, report);
  }
  return !report.hasDifference;
}

/** The agent for a call, or why no call should be placed. */
type Caller = AgentSummary | { readonly obstacle: string };

async function checkReading(
  client: DograhClient,
  wantedAgent: string | undefined,
  report: Report,
  noConnection: string | undefined,
): Promise<Caller> {
  const agents = await report.check(agentsCheck(client), noConnection);
  const noAgents = noConnection ?? unless(agents, 'The agents cannot be listed.');
  const agent = await report.check(variablesCheck(client, agents ?? [], wantedAgent), noAgents);
  await report.check(telephonyCheck(client), noConnection);
  const runs = await report.check(runsCheck(client), noConnection);
  const noRuns = noConnection ?? unless(runs, 'The runs cannot be read.');
  const finished = newestFinishedCall(runs ?? []);
  await report.check(transcriptCheck(client, finished), noRuns);
  await report.check(recordingCheck(client, finished), noRuns);
  const obstacle = noAgents ?? noRuns;
  if (obstacle !== undefined) return { obstacle };
  return agent ?? { obstacle: 'The agent cannot be read.' };
}

async function checkCall(
  client: DograhClient,
  caller: Caller,
  phoneNumber: string,
  report: Report,
): Promise<void> {
  if ('obstacle' in caller) {
    for (const name of ['call', 'by reference', 'by number']) {
      report.skip(name, caller.obstacle);
    }
    return;
  }
  const call = newCall(caller, phoneNumber);
  report.say(announcement(call));
  const id = await report.check(callCheck(client, call));
  const noRun = unless(id, 'The run of the call is not known.');
  await report.check(byReferenceCheck(client, call, id ?? 0), noRun);
  await report.check(byNumberCheck(client, call, id ?? 0), noRun);
}

function unless(found: unknown, obstacle: string): string | undefined {
  return found === undefined ? obstacle : undefined;
}
