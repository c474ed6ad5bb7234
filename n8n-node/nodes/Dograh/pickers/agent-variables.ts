import { whyVariablesAreUnknown, type AgentVariable } from '@dograh/shared';
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
    return nothing(whyVariablesAreUnknown(error, 'use Names and Values or JSON instead'));
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
