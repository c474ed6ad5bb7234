import type { AgentReference } from '@dograh/shared';

/** Whose agent, and which version of it, as a person would choose them in the form of either host. */
export interface HostChoice {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly agent: { readonly by: Exclude<AgentReference['by'], 'trigger'>; readonly value: string };
  readonly environment?: 'production' | 'test';
}

/** A call as a person would fill in the form. */
export interface HostCall extends HostChoice {
  /** A text, and whatever else an earlier step may give. */
  readonly phoneNumber: string | object;
  readonly contextJson?: string;
  readonly contextPairs?: readonly { readonly name: string; readonly value: unknown }[];
  /** By the names of variables: what stands in the fields of their own. The other two are left alone then. */
  readonly contextMapping?: Readonly<Record<string, unknown>>;
  /** A text, or the ID of a recording. */
  readonly greeting?: { readonly type: 'text' | 'audio'; readonly value: string };
  /** Yes or no, and whatever else an earlier step may give. `null`: the field is left alone. Default: no. */
  readonly requireVariables?: unknown;
  readonly callReference?: string | object;
  /** Hours. */
  readonly skipIfCalledWithin?: number;
  readonly telephonyConfigurationId?: number;
  readonly fromPhoneNumberId?: number;
  /** Any other field, by the key that it has in each host. */
  readonly fields?: FieldsOfHosts;
}

export interface FieldsOfHosts {
  readonly n8n: Readonly<Record<string, unknown>>;
  readonly zapier: Readonly<Record<string, unknown>>;
}

export type HostOutcome =
  | { readonly ok: true; readonly output: Record<string, unknown> }
  | {
      readonly ok: false;
      /** Everything a person gets to read: message, description, hint. */
      readonly shown: string;
      /** Everything that the host would store or log about it, for the search for the API key. */
      readonly stored: string;
    };

/** What the form shows for the variables of the chosen agent. */
export interface VariablesInForm {
  readonly fields: readonly {
    /** Of the variable. */
    readonly name: string;
    /** Whether the form says that it ought to be filled in. */
    readonly isNeeded: boolean;
    /** Everything that the form says about it. */
    readonly text: string;
  }[];
  /** What stands there instead of fields. */
  readonly remark: string;
}

/** Runs the real thing: the built n8n package in n8n's engine, or the built app in Zapier's core. */
export interface Host {
  readonly name: 'n8n' | 'Zapier';
  triggerCall(call: HostCall): Promise<HostOutcome>;
  previewCall(call: HostCall): Promise<HostOutcome>;
  variablesInForm(choice: HostChoice): Promise<VariablesInForm>;
}

/** Most calls of tests are about something else, and give the agent no variables. */
export function requirementOf({ requireVariables = false }: HostCall): unknown {
  return requireVariables ?? undefined;
}

/** @throws Error when it did not succeed */
export function outputOf(outcome: HostOutcome): Record<string, unknown> {
  if (outcome.ok) return outcome.output;
  throw new Error(outcome.shown);
}

/** @throws Error when it succeeded */
export function shownBy(outcome: HostOutcome): string {
  if (!outcome.ok) return outcome.shown;
  throw new Error(`It succeeded: ${JSON.stringify(outcome.output)}`);
}
