import { parseYesOrNo } from '@dograh/shared';
import { defineCreate, type Bundle, type OutputFields, type ZObject } from 'zapier-platform-core';
import { callingRuleGroup } from '../calling-rule-fields';
import { dograhClient } from '../host/client';
import { inEditor, inZap } from '../host/errors';
import { MAX_REQUEST_MS } from '../host/time-limits';
import { callOutputFields, toOutput, type CallOutput } from '../outputs/call-output';
import {
  previewOutputFields,
  toPreviewOutput,
  type PreviewOutput,
} from '../outputs/preview-output';
import { triggeredCall } from '../outputs/call-output.sample';
import { inputFields } from './trigger-call-fields';
import { toCallInput, type TriggerCallInput } from './trigger-call-input';

async function perform(
  z: ZObject,
  bundle: Bundle<TriggerCallInput>,
): Promise<CallOutput | PreviewOutput> {
  return inZap(z, async () => {
    const client = dograhClient(z, bundle, MAX_REQUEST_MS.placeCall);
    return client.guard(async () => {
      const isPreviewed = isPreview(bundle.inputData);
      const call = client.prepare(toCallInput(bundle));
      return isPreviewed ? toPreviewOutput(await call.preview()) : toOutput(await call.place());
    });
  });
}

/** The output fields that only a preview has. */
async function extraPreviewFields(
  z: ZObject,
  bundle: Bundle<TriggerCallInput>,
): Promise<OutputFields> {
  return inEditor(z, async () => {
    const client = dograhClient(z, bundle, MAX_REQUEST_MS.placeCall);
    return client.guard(() =>
      Promise.resolve(isPreview(bundle.inputData) ? previewOutputFields : []),
    );
  });
}

/** @throws InvalidInputError for a value that is not clearly yes or no, because a wrong guess would place a call */
function isPreview({ preview_only: given }: TriggerCallInput): boolean {
  return parseYesOrNo(given, 'Preview Only');
}

export const triggerCall = defineCreate({
  key: 'trigger_call',
  noun: 'Call',
  display: {
    label: 'Trigger Call',
    description:
      'Calls a phone number with one of your voice agents. The Zap does not wait for the call to end. To start a Zap with the result when a call ends, use Call Completed.',
  },
  operation: {
    inputFields,
    inputFieldGroups: [callingRuleGroup],
    perform,
    sample: { ...triggeredCall },
    outputFields: [...callOutputFields, extraPreviewFields],
  },
});
