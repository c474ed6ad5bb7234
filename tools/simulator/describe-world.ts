import { dispositionOf } from './ending';
import { agentsOf, organizationsOf, phoneNumbersOf, telephonyOf, type World } from './world';

/** Everything a person needs to call an agent of this world, for a terminal. */
export function describeWorld(url: string, world: World): string {
  const organizations = organizationsOf(world).flatMap((organization) => [
    '',
    `${organization.name}   API key ${organization.apiKey}`,
    ...agentLines(url, world, organization.id),
    ...telephonyLines(world, organization.id),
  ]);
  return [
    `A simulated Dograh listens at ${url}. It calls nobody. Ctrl-C stops it.`,
    ...organizations,
    '',
    ...describeNumbers(world),
    '',
    'Place a call:',
    curlLine(url, world),
    '',
  ].join('\n');
}

/** What to dial in order to reach nobody. */
export function describeNumbers(world: World): string[] {
  return [
    'Any number is answered, but for these:',
    ...Object.entries(world.endings).map(
      ([number, ending]) => `  ${number}  ${dispositionOf(ending)}`,
    ),
    ...world.unreachableNumbers.map((number) => `  ${number}  refused by the telephony provider`),
  ];
}

function agentLines(url: string, world: World, organizationId: number): string[] {
  return agentsOf(world)
    .filter((agent) => agent.organizationId === organizationId)
    .flatMap(({ name, trigger, uuid }) => [
      `  ${name}`,
      `    API Trigger ${url}/api/v1/public/agent/${trigger}`,
      `    Agent UUID  ${uuid}`,
    ]);
}

function telephonyLines(world: World, organizationId: number): string[] {
  return telephonyOf(world, organizationId).flatMap(({ id, name }) => [
    `  Telephony configuration ${String(id)}: ${name}`,
    ...phoneNumbersOf(world, id).map(
      (number) =>
        `    Phone number ${String(number.id)}: ${number.address} (${number.label ?? 'no label'})`,
    ),
  ]);
}

function curlLine(url: string, world: World): string {
  const { trigger } = world.agents.appointmentReminder;
  return [
    `curl -X POST ${url}/api/v1/public/agent/${trigger}`,
    `-H 'X-API-Key: ${world.acme.apiKey}'`,
    `-H 'Content-Type: application/json'`,
    `-d '{"phone_number": "+14155550123", "initial_context": {"customer_name": "Ada"}}'`,
  ].join(' ');
}
