import type { CallChannel } from './channel';

/** A filter of Dograh's list of runs. A number matches every number that contains it. */
export type RunFilter =
  | {
      readonly attribute: 'calledNumber' | 'callerNumber';
      readonly type: 'text';
      readonly value: { readonly value: string };
    }
  | {
      readonly attribute: 'runId' | 'workflowId' | 'campaignId';
      readonly type: 'number';
      readonly value: { readonly value: number };
    }
  | {
      readonly attribute: 'callDirection';
      readonly type: 'radio';
      readonly value: { readonly status: 'inbound' | 'outbound' };
    }
  | {
      readonly attribute: 'callChannel';
      readonly type: 'radio';
      readonly value: { readonly status: CallChannel };
    }
  | {
      readonly attribute: 'duration';
      readonly type: 'numberRange';
      readonly value: { readonly min: number; readonly max: number };
    }
  | {
      readonly attribute: 'dispositionCode';
      readonly type: 'multiSelect';
      readonly value: { readonly codes: readonly string[] };
    };

/** Also matches numbers that contain this one. */
export function byCalledNumber(number: string): RunFilter {
  return { attribute: 'calledNumber', type: 'text', value: { value: number } };
}

/** Also matches numbers that contain this one. */
export function byCallerNumber(number: string): RunFilter {
  return { attribute: 'callerNumber', type: 'text', value: { value: number } };
}

/** @param agentId Dograh's number of the agent */
export function byAgent(agentId: number): RunFilter {
  return { attribute: 'workflowId', type: 'number', value: { value: agentId } };
}

/** The calls of a campaign. */
export function byCampaign(campaignId: number): RunFilter {
  return { attribute: 'campaignId', type: 'number', value: { value: campaignId } };
}

export function byDirection(direction: 'inbound' | 'outbound'): RunFilter {
  return { attribute: 'callDirection', type: 'radio', value: { status: direction } };
}

/** Without tests in a browser and text chats. Older versions of Dograh ignore this filter. */
export function byPhone(): RunFilter {
  return { attribute: 'callChannel', type: 'radio', value: { status: 'telephony' } };
}

/** Matches only finished runs: a running call has no duration. */
export function byDuration(seconds: number): RunFilter {
  return { attribute: 'duration', type: 'numberRange', value: { min: seconds, max: seconds } };
}

/** Matches runs with one of these dispositions. */
export function byDisposition(dispositions: readonly string[]): RunFilter {
  return { attribute: 'dispositionCode', type: 'multiSelect', value: { codes: dispositions } };
}

export function byId(runId: number): RunFilter {
  return { attribute: 'runId', type: 'number', value: { value: runId } };
}
