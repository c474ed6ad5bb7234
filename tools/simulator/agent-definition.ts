/** A node of an agent as Dograh stores it. Its type decides which `data` it has. */
export interface AgentNode {
  id: string;
  type: 'startCall' | 'agentNode' | 'endCall' | 'globalNode' | 'trigger' | 'webhook';
  position: { x: number; y: number };
  data: Record<string, unknown> & { name: string };
}

/** The transition from one node to another. */
export interface AgentEdge {
  id: string;
  source: string;
  target: string;
  data: { label: string; condition: string; transition_speech?: string | null };
}

export interface AgentVersion {
  /** Paths of its API Trigger nodes. `nodes` does not contain them. */
  triggers: string[];
  /** Its other nodes. */
  nodes: AgentNode[];
  edges: AgentEdge[];
  /** The agent's own defaults for context variables. Only test runs get them. */
  templateContext: Record<string, unknown>;
}

/** Whether Dograh sends each run of this version to a webhook. */
export function hasWebhook({ nodes }: AgentVersion): boolean {
  return nodes.some(({ type }) => type === 'webhook');
}

/** A version as the JSON that Dograh stores: its conversation, and a node for each of its triggers. */
export function definitionOf(version: AgentVersion): Record<string, unknown> {
  return {
    nodes: [...version.triggers.map(triggerNode), ...version.nodes],
    edges: version.edges,
    viewport: { x: 0, y: 0, zoom: 1 },
  };
}

function triggerNode(path: string, index: number): AgentNode {
  return {
    id: `trigger-${String(index + 1)}`,
    type: 'trigger',
    position: { x: -320, y: index * 160 },
    data: { name: 'API Trigger', trigger_path: path, enabled: true },
  };
}

/** Texts and prompts of an agent, in the order of a call. Each of them may contain template variables. */
export interface Conversation {
  greeting: string;
  opening: string;
  /** The text between the opening and the main part. */
  transition?: string;
  main: string;
  closing: string;
  /** The prompt for all nodes. */
  everywhere?: string;
  /** The URL that receives each run. No server listens there. */
  webhook?: string;
}

/** The nodes and edges of a conversation in three steps. */
export function nodesOf(conversation: Conversation): Pick<AgentVersion, 'nodes' | 'edges'> {
  const { greeting, opening, transition = null, main, closing, everywhere, webhook } = conversation;
  const node = (type: AgentNode['type'], place: number, data: AgentNode['data']): AgentNode => ({
    id: type,
    type,
    position: { x: 0, y: place * 160 },
    data,
  });
  return {
    nodes: [
      node('startCall', 0, {
        name: 'Start',
        prompt: opening,
        greeting_type: 'text',
        greeting,
        is_start: true,
      }),
      node('agentNode', 1, { name: 'Conversation', prompt: main, extraction_enabled: false }),
      node('endCall', 2, { name: 'End', prompt: closing, is_end: true }),
      ...(everywhere === undefined
        ? []
        : [node('globalNode', -1, { name: 'Global', prompt: everywhere })]),
      ...(webhook === undefined
        ? []
        : [node('webhook', 3, { name: 'Webhook', endpoint_url: webhook, http_method: 'POST' })]),
    ],
    edges: [
      edge('startCall', 'agentNode', 'The right person is on the phone', transition),
      edge('agentNode', 'endCall', 'Everything has been said', null),
    ],
  };
}

function edge(source: string, target: string, condition: string, speech: string | null): AgentEdge {
  return {
    id: `${source}-${target}`,
    source,
    target,
    data: { label: condition, condition, transition_speech: speech },
  };
}
