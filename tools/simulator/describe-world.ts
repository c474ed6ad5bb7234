import { dispositionOf } from './ending';
import { agentsOf, organizationsOf, phoneNumbersOf, telephonyOf, type World } from './world';

/** The keys and addresses that a person at a terminal needs to call an agent of this world. */
export function describeWorld(url: string, world: World): string {
  const organizations = organizationsOf(world).flatMap((organization) => [
    '',
    `${organization.name}   API key ${organization.apiKey}`,
    ...agentLines(url, world, organization.id),
    ...telephonyLines(world, organization.id),
  ]);
  return [
    `A simulated Dograh listens at ${url}. No phone rings. Press Ctrl-C to stop it.`,
    ...organizations,
    '',
    ...describeNumbers(world),
    '',
    'To place a call, run this in another terminal. The call takes about 2 seconds:',
    curlLine(url, world),
    '',
  ].join('\n');
}

/** The numbers for which a call is not answered by a person. */
export function describeNumbers(world: World): string[] {
  const endings = Object.entries(world.endings).filter(
    ([, ending]) => dispositionOf(ending) !== dispositionOf({}),
  );
  return [
    'A call to any number is answered, except to these:',
    ...endings.map(([number, ending]) => `  ${number}  ${dispositionOf(ending)}`),
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
