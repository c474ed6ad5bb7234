import type { AgentReference } from '@dograh/shared';

/** A call as a person would fill in the form of either host. */
export interface HostCall {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly agent: { readonly by: Exclude<AgentReference['by'], 'trigger'>; readonly value: string };
  readonly environment?: 'production' | 'test';
  readonly phoneNumber: string;
  readonly contextJson?: string;
  readonly contextPairs?: readonly { readonly name: string; readonly value: string }[];
  readonly callReference?: string;
  /** Hours. */
  readonly skipIfCalledWithin?: number;
  readonly telephonyConfigurationId?: number;
  readonly fromPhoneNumberId?: number;
}

export type HostOutcome =
  | { readonly placed: true; readonly output: Record<string, unknown> }
  | {
      readonly placed: false;
      /** Everything a person gets to read: message, description, hint. */
      readonly shown: string;
      /** Everything that the host would store or log about it, for the search for the API key. */
      readonly stored: string;
    };

/** Runs the real thing: the built n8n package in n8n's engine, or the built app in Zapier's core. */
export interface Host {
  readonly name: 'n8n' | 'Zapier';
  triggerCall(call: HostCall): Promise<HostOutcome>;
}
