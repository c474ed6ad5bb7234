import {
  DEFAULT_ENVIRONMENT,
  ENVIRONMENT_LABELS,
  type AgentReference,
  type Environment,
} from '@dograh/shared';
import type { IDisplayOptions, INodeProperties, INodePropertyMode } from 'n8n-workflow';
import { readChoice } from '../../execution/choice';
import { hasExpression, type Read } from '../../execution/parameters';
import { locatorValue } from '../../../locator-value';

type Shown = NonNullable<IDisplayOptions['show']>;

/** The ways to identify an agent. */
export function agentModes(): { readonly modes: INodePropertyMode[] } {
  return {
    modes: [
      {
        displayName: 'From List',
        name: 'list',
        type: 'list',
        placeholder: 'Choose an agent',
        typeOptions: { searchListMethod: 'searchAgents', searchable: true },
      },
      {
        displayName: 'By API Trigger URL',
        name: 'triggerUrl',
        type: 'string',
        placeholder: 'e.g. https://api.dograh.com/api/v1/public/agent/…',
        hint: 'An API Trigger is a node that you add to an agent in Dograh. Its settings show a production and a test URL. Copy the one that Agent Version needs.',
      },
      {
        displayName: 'By API Trigger ID',
        name: 'triggerId',
        type: 'string',
        placeholder: 'e.g. 7d166e00-5a1b-4c2d-8e3f-0123456789ab',
        hint: 'The last part of the API Trigger URL',
      },
      {
        displayName: 'By Agent UUID',
        name: 'agentUuid',
        type: 'string',
        placeholder: 'e.g. 3f2b8c1e-4d5a-4b6c-8d7e-9f0a1b2c3d4e',
        hint: 'In Dograh, open the settings of the agent and choose Agent UUID. The number in the address of the dashboard is not it.',
      },
    ],
  };
}

/** The ways that need no API Trigger. */
export function agentModesWithoutTrigger(): ReturnType<typeof agentModes> {
  const { modes } = agentModes();
  return { modes: modes.filter(({ name }) => name === 'list' || name === 'agentUuid') };
}

export function agentLocator(show: Shown): INodeProperties {
  return {
    displayName: 'Agent',
    name: 'agent',
    type: 'resourceLocator',
    default: { mode: 'list', value: '' },
    required: true,
    displayOptions: { show },
    description: 'The voice agent to use',
    ...agentModes(),
  };
}

export function agentVersion(show: Shown): INodeProperties {
  return {
    displayName: 'Agent Version',
    name: 'environment',
    type: 'options',
    displayOptions: { show },
    options: [
      {
        name: ENVIRONMENT_LABELS.test,
        value: 'test',
        description:
          'The draft of the agent, or the published version if there is no draft. Its calls are real, too.',
      },
      {
        name: ENVIRONMENT_LABELS.production,
        value: 'production',
        description: 'The latest published version of the agent',
      },
    ],
    default: DEFAULT_ENVIRONMENT,
    description: 'Which version of the agent to use',
  };
}

/** @throws InvalidInputError if an expression gives no version */
export function readAgentVersion(read: Read): Environment {
  return readChoice(read, 'environment', 'Agent Version', ['production', 'test']);
}

const MODES: Readonly<Record<string, AgentReference['by']>> = {
  list: 'list',
  triggerUrl: 'triggerUrl',
  triggerId: 'triggerId',
  agentUuid: 'agentUuid',
};

/**
 * A value without a mode comes from an expression for the whole field. An unknown mode comes from a hand-written workflow.
 * @param stored the locator as it is stored, before expressions are evaluated
 */
export function toAgent(locator: unknown, stored: unknown): AgentReference {
  if (typeof locator !== 'object' || locator === null) return { by: 'trigger', value: locator };
  const { mode, value } = locator as { mode?: string; value?: unknown };
  const known = mode !== undefined && Object.hasOwn(MODES, mode) ? MODES[mode] : undefined;
  if (known !== 'list') return { by: known ?? 'trigger', value };
  // An expression inside the list gives any Agent UUID.
  return hasExpression(locatorValue(stored))
    ? { by: 'agentUuid', value }
    : { by: 'list', value, name: nameInList(locator, stored) };
}

/** The name that the editor stored beside an agent from the list. Not that of an agent from an expression. */
export function nameInList(locator: unknown, stored: unknown): unknown {
  if (typeof locator !== 'object' || locator === null || hasExpression(locatorValue(stored)))
    return;
  const { mode, cachedResultName } = locator as { mode?: unknown; cachedResultName?: unknown };
  return mode === 'list' ? cachedResultName : undefined;
}
