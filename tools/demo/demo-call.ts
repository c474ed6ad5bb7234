import type { RunResult } from '@dograh/shared';
import type { HostCall } from '../hosts/host';

/** The call that the demo places through both hosts. */
export type DemoCall = Pick<HostCall, 'apiKey' | 'baseUrl' | 'phoneNumber'> & {
  /** An API Trigger's URL or its ID. */
  readonly trigger: string;
  readonly variables: readonly { readonly name: string; readonly value: string }[];
};

/** @returns the output of the step. @throws Error with the text that the host shows */
export type CallThroughHost = (call: DemoCall) => Promise<Pick<RunResult, 'workflow_run_id'>>;
