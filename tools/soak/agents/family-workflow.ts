import type { INodeParameters } from 'n8n-workflow';
import { agentWorkflow } from '../../n8n-server/agent-workflow';
import type { WorkflowFile } from '../../n8n-server/n8n-rest';
import { insertBefore, loopOver } from '../../n8n-server/workflow-edits';
import { nothing, type NewNode } from '../../n8n-server/workflow-nodes';
import type { AgentPlan, AttemptPlan, FamilyPlan } from './plan';
import { REFORMAT, RETRY_ON_FAIL } from './parameters';
import { rowsWorkflow } from './rows-workflow';

/** The IDs of the credentials. */
export interface Credentials {
  readonly dograh: string;
  readonly model: string;
}

const FAILING: NewNode = {
  name: 'Next',
  type: 'n8n-nodes-base.stopAndError',
  typeVersion: 1,
  parameters: { errorMessage: 'This node fails.' },
};

/** The name of the Dograh node in this attempt. */
export function nodeName({ subject }: FamilyPlan, { edit }: AttemptPlan): string {
  if (subject.kind === 'rows') return edit.isRenamed ? 'Calls' : 'Dograh';
  return edit.isRenamed ? 'Phone' : 'Call';
}

/** The workflow of this attempt. */
export function familyWorkflow(
  plan: FamilyPlan,
  attempt: AttemptPlan,
  credentials: Credentials,
): WorkflowFile {
  const { subject, family } = plan;
  const { edit } = attempt;
  const path = `family-${family}`;
  const name = nodeName(plan, attempt);
  const next = attempt.nextFails ? FAILING : nothing('Next');
  let workflow: WorkflowFile;
  if (subject.kind === 'agent') {
    workflow = agentPart(subject, attempt, { path, name, next, ...credentials });
  } else {
    workflow = rowsWorkflow(subject, attempt, { path, name, next, dograh: credentials.dograh });
    if (subject.loopSize > 0) workflow = loopOver(workflow, name, subject.loopSize);
  }
  if (edit.isNoteInserted) workflow = insertBefore(workflow, 'Next', nothing('Note'));
  const nodes = workflow.nodes.map((node) =>
    node.name === name && edit.isReplaced ? { ...node, id: `${node.id}-copy` } : node,
  );
  return { ...workflow, nodes };
}

interface Parts extends Credentials {
  readonly path: string;
  readonly name: string;
  readonly next: NewNode;
}

function agentPart(
  subject: AgentPlan,
  { edit, mayCallAgain }: AttemptPlan,
  { path, name, next, dograh, model }: Parts,
): WorkflowFile {
  const number = "$fromAI('phone_number', 'The number to call', 'string')";
  const call: INodeParameters = {
    phoneNumber: `={{ ${number}${edit.isReformatted ? REFORMAT : ''} }}`,
    options: { callAgain: mayCallAgain, timeoutSeconds: edit.timeoutSeconds },
  };
  return agentWorkflow({
    path,
    dograh,
    model,
    next,
    call,
    version: subject.version,
    isNested: subject.isNested,
    isLooped: subject.isLooped,
    toolName: name,
    toolSettings: { onError: subject.toolOnError, ...(subject.toolRetries && RETRY_ON_FAIL) },
    agentSettings: subject.agentRetries ? RETRY_ON_FAIL : {},
    agentOptions: subject.batchSize > 1 ? { batching: { batchSize: subject.batchSize } } : {},
  });
}
