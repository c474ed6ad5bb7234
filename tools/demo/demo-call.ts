import type { CallResult } from '@dograh/shared';
import type { HostCall } from '../hosts/host';

/** What the demo asks both hosts to do: a person, a number, and variables for the prompt. */
export type DemoCall = Pick<HostCall, 'apiKey' | 'baseUrl' | 'phoneNumber'> & {
  /** An API Trigger's URL or its ID. */
  readonly trigger: string;
  readonly variables: readonly { readonly name: string; readonly value: string }[];
};

/** What the step hands on. @throws Error with the words that the host shows */
export type CallThroughHost = (call: DemoCall) => Promise<Pick<CallResult, 'workflow_run_id'>>;
