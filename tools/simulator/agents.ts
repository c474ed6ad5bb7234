import { definitionOf, type AgentVersion } from './agent-definition';
import { Refusal } from './answer';
import type { Runs } from './runs';
import { agentsOf, type Agent, type Organization, type World } from './world';

const statuses = ['active', 'archived'];

/** Dograh's list of an organization's agents: one status after the other, or all of them mixed. */
export function listAgents(
  { status = '' }: Record<string, string>,
  organization: Organization,
  world: World,
  runs: Runs,
): unknown {
  const own = agentsOf(world).filter((agent) => agent.organizationId === organization.id);
  const listed =
    status === ''
      ? own
      : readStatuses(status).flatMap((wanted) => own.filter((agent) => agent.status === wanted));
  return listed.map((agent) => ({
    id: agent.id,
    name: agent.name,
    status: agent.status,
    created_at: agent.createdAt,
    total_runs: runs.all.filter((run) => run.agentUuid === agent.uuid).length,
    folder_id: null,
    workflow_uuid: agent.uuid,
  }));
}

/** One agent in the version that a person edits. */
export function getAgent(id: string, organization: Organization, world: World): unknown {
  const agent = agentWithId(id, organization, world);
  const [newest] = versionsOf(agent);
  if (!newest) throw new Refusal(500, 'Internal Server Error');
  return {
    id: agent.id,
    name: agent.name,
    status: agent.status,
    created_at: agent.createdAt,
    workflow_definition: definitionOf(newest.content),
    current_definition_id: newest.id,
    template_context_variables: newest.content.templateContext,
    call_disposition_codes: { disposition_codes: [] },
    total_runs: null,
    workflow_configurations: {},
    version_number: newest.number,
    version_status: newest.status,
    workflow_uuid: agent.uuid,
  };
}

/** The versions of one agent, the newest first. */
export function listAgentVersions(
  id: string,
  { limit }: Record<string, string>,
  organization: Organization,
  world: World,
): unknown {
  const versions = versionsOf(agentWithId(id, organization, world));
  const listed = limit === undefined ? versions : versions.slice(0, Number(limit));
  return listed.map((version) => ({
    id: version.id,
    version_number: version.number,
    status: version.status,
    created_at: '2026-01-05T09:00:00Z',
    published_at: version.status === 'draft' ? null : '2026-01-05T10:00:00Z',
    workflow_json: definitionOf(version.content),
    workflow_configurations: {},
    template_context_variables: version.content.templateContext,
  }));
}

interface NumberedVersion {
  id: number;
  number: number;
  status: 'draft' | 'published' | 'archived';
  content: AgentVersion;
}

/** The newest first. The draft is newer than the published version. */
function versionsOf(agent: Agent): NumberedVersion[] {
  const { draft, published, archivedVersions } = agent;
  const contents = [
    ...(draft ? [{ status: 'draft' as const, content: draft }] : []),
    ...(published ? [{ status: 'published' as const, content: published }] : []),
    ...archivedVersions.map((content) => ({ status: 'archived' as const, content })),
  ];
  return contents.map(({ status, content }, index) => {
    const number = contents.length - index;
    return { id: agent.id * 100 + number, number, status, content };
  });
}

/** Searches only the organization's own agents. So Dograh reports another organization's agent as not found. */
function agentWithId(id: string, organization: Organization, world: World): Agent {
  const agent = agentsOf(world).find(
    (candidate) => candidate.id === Number(id) && candidate.organizationId === organization.id,
  );
  if (!agent) throw new Refusal(404, `Workflow with id ${id} not found`);
  return agent;
}

function readStatuses(text: string): string[] {
  const wanted = text.split(',').map((status) => status.trim());
  const unknown = [...new Set(wanted)].filter((status) => !statuses.includes(status)).toSorted();
  if (unknown.length === 0) return wanted;
  // Here Dograh's detail is a sentence, not a list.
  throw new Refusal(
    422,
    `Invalid workflow status filter: ${asPythonWrites(unknown.map((one) => one || '<empty>'))}. ` +
      `Allowed values: ${asPythonWrites(statuses)}.`,
  );
}

function asPythonWrites(texts: string[]): string {
  return `[${texts.map((text) => `'${text}'`).join(', ')}]`;
}
