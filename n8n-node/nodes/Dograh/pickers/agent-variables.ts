import { isBlank, whyVariablesAreUnknown, type AgentVariable } from '@dograh/shared';
import type {
  ILoadOptionsFunctions,
  ResourceMapperField,
  ResourceMapperFields,
} from 'n8n-workflow';
import { connect } from '../../host/client';
import { toAgent } from '../resources/agent/choose-agent';
import { variableLabel } from './variable-label';

const NO_AGENT =
  'Choose an agent first. If an expression chooses it, use Map Automatically, Names and Values or JSON.';

/**
 * A field for each variable that the chosen version of the agent uses. If the agent cannot be read, calls are still
 * possible. So the form shows a notice with the reason and does not fail.
 */
export async function getAgentVariables(
  this: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
  try {
    const locator = this.getCurrentNodeParameter('agent');
    const agent = toAgent(locator, locator);
    if (isBlank(agent.value)) return notice(NO_AGENT);
    const environment = this.getCurrentNodeParameter('environment');
    const { variables } = await (await connect(this)).readAgent(agent, environment);
    if (variables.length === 0) return notice('This agent uses no variables.');
    return { fields: variables.map(toField) };
  } catch (error) {
    return notice(whyVariablesAreUnknown(error, 'use Names and Values or JSON instead'));
  }
}

function toField(variable: AgentVariable): ResourceMapperField {
  return {
    id: variable.name,
    displayName: variableLabel(variable),
    required: variable.required,
    defaultMatch: false,
    display: true,
  };
}

function notice(emptyFieldsNotice: string): ResourceMapperFields {
  return { fields: [], emptyFieldsNotice };
}
