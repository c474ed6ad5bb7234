import { REDIAL_CHOICES, type RedialInput } from '@dograh/shared';
import type { IDataObject, INode, INodeProperties } from 'n8n-workflow';
import type { Read } from '../../execution/parameters';
import { assertNoTool } from '../../execution/tool';
import { readCallingRules } from '../calling-rules/read-calling-rules';
import { inOrder } from '../in-order';
import { defaultCountryField } from '../number-fields';
import type { Operation } from '../operation';
import { readCampaign } from './choose-campaign';
import { launchOutput, withoutIndexes } from './launch';
import { rulesOfCampaign, startNowField } from './launch-options';
import { assertHasValue } from './launch-input';

const show = { resource: ['campaign'], operation: ['redial'] };

const fields: INodeProperties[] = [
  {
    displayName: 'Outcomes',
    name: 'outcomes',
    type: 'multiOptions',
    required: true,
    default: [],
    displayOptions: { show },
    options: REDIAL_CHOICES.map(({ label, value, description }) => ({
      name: label,
      value,
      description,
    })).sort((one, other) => one.name.localeCompare(other.name)),
    description: 'Which contacts to call again, by the outcome of their last call',
  },
  {
    displayName: 'Executing this step starts real calls, even in a test',
    name: 'redialCallsReally',
    type: 'notice',
    default: '',
    displayOptions: { show, hide: { '@tool': [true] } },
  },
];

const options: INodeProperties = {
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add Option',
  default: {},
  displayOptions: { show },
  options: inOrder([
    // The schedule of the campaign stays.
    ...rulesOfCampaign.filter(({ name }) => name !== 'callingHours'),
    {
      displayName: 'Campaign Name',
      name: 'campaignName',
      type: 'string',
      default: '',
      placeholder: 'e.g. Spring offer, second try',
      description:
        'The name of the new campaign. Without this option, the name of the first campaign with (Redial).',
    },
    {
      displayName: 'Campaign Reference',
      name: 'campaignReference',
      type: 'string',
      default: '',
      placeholder: 'e.g. spring-offer-2026-05-second',
      description:
        'Your own ID of this redial. The same reference is launched only once. Without this option, a campaign is redialed only once.',
    },
    defaultCountryField,
    startNowField,
  ]),
};

/** Calls some contacts of a finished campaign again, in a new campaign. */
export const redial: Operation = {
  option: {
    name: 'Redial',
    value: 'redial',
    action: 'Redial campaign',
    description:
      'Call contacts of a finished campaign again, by the outcome of their last call, with the same telephony configuration',
  },
  fields: [...fields, ...launchOutput.fields(show), options],
  execute: async ({ client, context, node, read }) => {
    assertNoTool(node, 'Redial');
    const toItem = launchOutput.read({ read });
    const signal = context.getExecutionCancelSignal();
    const campaigns = await client.redialCampaign(readRedial(read, node), signal);
    return campaigns.map((campaign) => toItem(withoutIndexes(campaign)));
  },
};

function readRedial(read: Read, node: INode): RedialInput {
  const given = read('options', {}) as IDataObject;
  if ('startNow' in given) assertHasValue(given['startNow'], startNowField.displayName);
  return {
    campaignId: readCampaign(read),
    outcomes: read('outcomes'),
    name: given['campaignName'],
    reference: given['campaignReference'],
    startNow: given['startNow'],
    callingRules: readCallingRules(given, node),
    phoneNumberRules: { defaultCountry: given['defaultCountry'] },
  };
}
