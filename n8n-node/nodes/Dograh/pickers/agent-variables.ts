import { DograhError, type AgentVariable } from '@dograh/shared';
import type {
  ILoadOptionsFunctions,
  ResourceMapperField,
  ResourceMapperFields,
} from 'n8n-workflow';
import { connect } from '../../host/client';
import { toAgent } from '../resources/agent/choose-agent';

/**
 * A field for each variable that the chosen agent's chosen version uses. Where they cannot be read, calls can be
 * placed all the same, so the form says why instead of breaking off.
 */
export async function getAgentVariables(
  this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
  try {
    const agent = toAgent(this.getCurrentNodeParameter('agent'));
    if (agent.value === '') return nothing('Choose an agent first.');
    const environment = this.getCurrentNodeParameter('environment');
    const { variables } = await (await connect(this)).readAgent(agent, environment);
    if (variables.length === 0) return nothing('This agent uses no variables.');
    return { fields: variables.map(toField) };
  } catch (error) {
    return nothing(reasonOf(error));
  }
}

function toField({ name, fallback, required }: AgentVariable): ResourceMapperField {
  return {
    id: name,
    displayName: fallback === null || fallback === '' ? name : `${name} (or "${fallback}")`,
    required,
    defaultMatch: false,
    display: true,
  };
}

function nothing(emptyFieldsNotice: string): ResourceMapperFields {
  return { fields: [], emptyFieldsNotice };
}

/** Causes that need not keep Dograh from placing the call. */
const ONLY_OF_READING: ReadonlySet<DograhError['kind']> = new Set([
  'PermissionDenied',
  'NotFound',
  'Contract',
  'Server',
]);

function reasonOf(error: unknown): string {
  if (!(error instanceof DograhError)) return `The variables are not known. ${String(error)}`;
  return ONLY_OF_READING.has(error.kind)
    ? `The variables are not known, but calls can be placed: use Using Fields Below or Using JSON instead. ${error.fullMessage}`
    : `The variables are not known. ${error.fullMessage}`;
}
