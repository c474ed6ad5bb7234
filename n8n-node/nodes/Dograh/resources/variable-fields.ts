import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/**
 * The ways to enter the variables of an agent.
 * @param show for which operations
 * @param dependsOn the fields that choose the agent and its version. n8n clears all variables when one of them changes.
 */
export function variableFields(
  show: NonNullable<IDisplayOptions['show']>,
  dependsOn: string[],
): INodeProperties[] {
  return [
    {
      displayName: 'Agent Variables (Initial Context)',
      name: 'contextMode',
      type: 'options',
      displayOptions: { show },
      options: [
        { name: 'JSON', value: 'json', description: 'One JSON object with all variables' },
        {
          name: 'Names and Values',
          value: 'pairs',
          description: 'Add each variable with its name and value',
        },
        {
          name: 'One Field per Variable',
          value: 'mapped',
          description:
            'Reads the agent from Dograh and shows a field for each variable that it uses. A star (*) marks a variable without a fallback.',
        },
      ],
      default: 'mapped',
      description:
        'How to enter the variables of the agent. A variable fills a placeholder in its prompts. Dograh calls them the initial context.',
    },
    {
      displayName: 'Variables',
      name: 'contextMapping',
      type: 'resourceMapper',
      noDataExpression: true,
      default: { mappingMode: 'defineBelow', value: null },
      displayOptions: { show: { ...show, contextMode: ['mapped'] } },
      typeOptions: {
        loadOptionsDependsOn: dependsOn,
        resourceMapper: {
          resourceMapperMethod: 'getAgentVariables',
          mode: 'add',
          valuesLabel: 'Variables',
          fieldWords: { singular: 'variable', plural: 'variables' },
          addAllFields: true,
          multiKeyMatch: false,
          supportAutoMap: true,
          // Instead of this red message, getAgentVariables says why there are no fields.
          hideNoDataError: true,
        },
      },
      description:
        'The variables that the chosen version of the agent uses. Map Automatically takes each value from the input field with the same name. For user.name, it also takes the value of name inside the input field user.',
    },
    {
      displayName: 'Variables',
      name: 'contextPairs',
      type: 'fixedCollection',
      typeOptions: { multipleValues: true },
      placeholder: 'Add Variable',
      default: {},
      displayOptions: { show: { ...show, contextMode: ['pairs'] } },
      options: [
        {
          displayName: 'Variable',
          name: 'pair',
          values: [
            {
              displayName: 'Name',
              name: 'name',
              type: 'string',
              default: '',
              placeholder: 'e.g. customer_name',
              description:
                'The name as written in the prompt, without braces. A dot nests: user.name is name inside user.',
            },
            {
              displayName: 'Value',
              name: 'value',
              type: 'string',
              default: '',
              placeholder: 'e.g. Ann',
              description:
                'The value of the variable. A typed value is text. The result of an expression keeps its type, e.g. number or list.',
            },
          ],
        },
      ],
    },
    {
      displayName: 'Variables (JSON)',
      name: 'contextJson',
      type: 'json',
      default: '{}',
      displayOptions: { show: { ...show, contextMode: ['json'] } },
      placeholder: 'e.g. { "customer_name": "Ann" }',
      description: 'A JSON object with the name and value of each variable',
    },
  ];
}
