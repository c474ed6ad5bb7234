/**
 * Generated from openapi.yaml by `npm run contract:types`. Change that file, not this one.
 */

export interface paths {
  '/api/v1/public/agent/{trigger}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Call somebody with the published version of the agent behind an API Trigger
     * @description Answers as soon as the telephony provider took the call. There is no idempotency key: the
     *     same request sent twice makes the phone ring twice.
     */
    post: operations['placeCallByTrigger'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/public/agent/test/{trigger}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Call somebody with the latest draft of the agent behind an API Trigger
     * @description A real call all the same. Runs the published version where there is no draft, and fills in
     *     the agent's own template-context defaults under the given context.
     */
    post: operations['placeTestCallByTrigger'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/public/agent/workflow/{workflow_uuid}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Call somebody with the published version of an agent named by its UUID
     * @description An Agent UUID is not an API Trigger; each is unknown on the other's routes.
     */
    post: operations['placeCallByAgentUuid'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/public/agent/test/workflow/{workflow_uuid}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Call somebody with the latest draft of an agent named by its UUID
     * @description As the test route of an API Trigger, with the Agent UUID in its place.
     */
    post: operations['placeTestCallByAgentUuid'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/organizations/context': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Which organisation an API key belongs to
     * @description Places nothing and costs nothing, so it is how a credential is checked.
     */
    get: operations['getOrganizationContext'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/organizations/usage/runs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The runs of the key's organisation, the newest first
     * @description Running ones, too, and those whose call failed before anybody was dialled. Says of none whether
     *     it is completed.
     */
    get: operations['listRuns'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/health': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Whether there is a Dograh at this address
     * @description Needs no API key, so it tells a wrong address from a wrong key.
     */
    get: operations['getHealth'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /** @description Who is called, and what the agent knows about it. */
    CallRequestBody: {
      /**
       * @description The destination. Dograh does not check its format here; most telephony providers want
       *     E.164, some take SIP URIs or extensions.
       */
      phone_number: string;
      /** @description Variables of the agent, by name. */
      initial_context?: {
        [key: string]: unknown;
      } | null;
      /** @description Which telephony configuration dials. Left out, Dograh chooses one. */
      telephony_configuration_id?: number | null;
      /** @description The caller ID, one of the phone numbers of that telephony configuration. */
      from_phone_number_id?: number | null;
    };
    CallAccepted: {
      /** @description `initiated` in every release so far. */
      status: string;
      /** @description The run's ID, unique in that Dograh. */
      workflow_run_id: number;
      /** @description The run's name, `WR-API-####` or `WR-TEST-####`. Not unique. */
      workflow_run_name: string;
    };
    OrganizationContext: {
      /** @description The organisation that the key belongs to. */
      organization_id?: number | null;
      /** @description The models that its agents use. Always there, so it tells this answer from any other JSON. */
      model_services: Record<string, never>;
    };
    Health: {
      /** @description `ok` where the server runs. */
      status: string;
      /** @description The release of Dograh. */
      version: string;
    };
    RunList: {
      runs: components['schemas']['ListedRun'][];
      /** @description From 1 on. */
      page: number;
      /** @description 0 where there are no runs. */
      total_pages: number;
    };
    ListedRun: {
      /** @description The run's ID, unique in that Dograh. */
      id: number;
      /** @description Not unique. */
      name: string;
      /** @description The agent's ID, a number. Not the Agent UUID. */
      workflow_id: number;
      /** @description The agent's name. */
      workflow_name: string | null;
      /** @description ISO-8601, UTC, by Dograh's clock. */
      created_at: string;
      /** @description 0 until the call is over. */
      call_duration_seconds: number;
      /** @description The destination as it was dialled. */
      called_number?: string | null;
      /** @description How the call ended, in the agent's words or the provider's; null until then. */
      disposition?: string | null;
      /** @description What the caller gave, with Dograh's own record of the run beside it. */
      initial_context?: {
        [key: string]: unknown;
      } | null;
      /** @description What the agent found out. `error` stands in it where nobody was dialled, and why. */
      gathered_context?: {
        [key: string]: unknown;
      } | null;
      recording_public_url?: string | null;
      transcript_public_url?: string | null;
      /** @description In US dollars. */
      charge_usd?: number | null;
    };
    ErrorBody: {
      detail: components['schemas']['ErrorDetail'];
    };
    /** @description A sentence for people, or on some routes something structured around one. */
    ErrorDetail:
      | string
      | components['schemas']['NestedErrorDetail']
      | components['schemas']['ValidationProblem'][];
    NestedErrorDetail: {
      message?: string;
      errors?: unknown[];
    } & {
      [key: string]: unknown;
    };
    RequestInvalidBody: {
      detail?: components['schemas']['ErrorDetail'];
    };
    /** @description One thing that is wrong with a request. */
    ValidationProblem: {
      /** @description Where it is, from the outside in. `["body", "phone_number"]`, for instance. */
      loc: (string | number)[];
      /** @description What is wrong with it, for people. */
      msg: string;
      /** @description What is wrong with it, for programs. */
      type: string;
    };
  };
  responses: {
    /** @description The call was handed to the telephony provider. */
    CallAccepted: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['CallAccepted'];
      };
    };
    /**
     * @description No call: telephony is not set up, the caller ID is not in that telephony configuration
     *     (`from_phone_number_not_found`), or the provider refused to dial. In the last case a
     *     completed run with disposition `error` exists all the same.
     */
    TelephonyRefused: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description The API key is missing or not valid. */
    KeyRefused: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /**
     * @description No call: the organisation has no credit left; the detail is the reason. A completed run with
     *     disposition `error` exists all the same.
     */
    QuotaExhausted: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description The API Trigger belongs to another organisation than the key. */
    OtherOrganization: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /**
     * @description Nothing to run under this identifier: unknown, not active, never published, the trigger is not
     *     in the version that would run, or the telephony configuration is unknown.
     */
    TargetNotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description The agent has no owner, so nobody could run it. */
    NoOwner: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /**
     * @description The organisation has as many live calls as it may have. Decided before anything is created;
     *     the answer does not say when to come back.
     */
    ConcurrencyLimit: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description The request does not have the right shape. Nothing was created. */
    RequestInvalid: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['RequestInvalidBody'];
      };
    };
    /**
     * @description Dograh or a proxy before it failed. Whether a call was placed is not known. The body may be
     *     anything, a proxy's HTML page too.
     */
    ServerFailed: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
        'text/html': string;
        'text/plain': string;
      };
    };
    /** @description The key is valid. */
    OrganizationContext: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['OrganizationContext'];
      };
    };
    /** @description One page of runs; an empty one behind the last. */
    RunList: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['RunList'];
      };
    };
    /** @description A Dograh is there and runs. */
    Health: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Health'];
      };
    };
  };
  parameters: {
    /**
     * @description The path of an API Trigger: a UUID unless somebody gave it a name of its own in the
     *     trigger's dialog.
     */
    Trigger: string;
    /** @description The Agent UUID. Dograh's API calls an agent a workflow. */
    AgentUuid: string;
    /** @description Lower bound of `created_at`, inclusive, as ISO-8601 in UTC. */
    CreatedFrom: string | null;
    /** @description Upper bound of `created_at`, inclusive, as ISO-8601 in UTC. */
    CreatedUntil: string | null;
    /** @description From 1 on. */
    Page: number;
    /** @description Runs per page. */
    PageSize: number;
    /**
     * @description JSON: a list of `{"attribute": …, "type": …, "value": …}`. Dograh ignores attributes that it does
     *     not know. `calledNumber` finds every number that contains the given one.
     */
    RunFilters: string | null;
    /** @description A key of the organisation that the agent belongs to. */
    ApiKey: string;
    /** @description Optional to Dograh because its dashboard signs in differently; we always send it. */
    OptionalApiKey: string;
  };
  requestBodies: {
    Call: {
      content: {
        'application/json': components['schemas']['CallRequestBody'];
      };
    };
  };
  headers: never;
  pathItems: never;
}
export type CallRequestBody = components['schemas']['CallRequestBody'];
export type CallAccepted = components['schemas']['CallAccepted'];
export type OrganizationContext = components['schemas']['OrganizationContext'];
export type Health = components['schemas']['Health'];
export type RunList = components['schemas']['RunList'];
export type ListedRun = components['schemas']['ListedRun'];
export type ErrorBody = components['schemas']['ErrorBody'];
export type ErrorDetail = components['schemas']['ErrorDetail'];
export type NestedErrorDetail = components['schemas']['NestedErrorDetail'];
export type RequestInvalidBody = components['schemas']['RequestInvalidBody'];
export type ValidationProblem = components['schemas']['ValidationProblem'];
export type ResponseCallAccepted = components['responses']['CallAccepted'];
export type ResponseTelephonyRefused = components['responses']['TelephonyRefused'];
export type ResponseKeyRefused = components['responses']['KeyRefused'];
export type ResponseQuotaExhausted = components['responses']['QuotaExhausted'];
export type ResponseOtherOrganization = components['responses']['OtherOrganization'];
export type ResponseTargetNotFound = components['responses']['TargetNotFound'];
export type ResponseNoOwner = components['responses']['NoOwner'];
export type ResponseConcurrencyLimit = components['responses']['ConcurrencyLimit'];
export type ResponseRequestInvalid = components['responses']['RequestInvalid'];
export type ResponseServerFailed = components['responses']['ServerFailed'];
export type ResponseOrganizationContext = components['responses']['OrganizationContext'];
export type ResponseRunList = components['responses']['RunList'];
export type ResponseHealth = components['responses']['Health'];
export type ParameterTrigger = components['parameters']['Trigger'];
export type ParameterAgentUuid = components['parameters']['AgentUuid'];
export type ParameterCreatedFrom = components['parameters']['CreatedFrom'];
export type ParameterCreatedUntil = components['parameters']['CreatedUntil'];
export type ParameterPage = components['parameters']['Page'];
export type ParameterPageSize = components['parameters']['PageSize'];
export type ParameterRunFilters = components['parameters']['RunFilters'];
export type ParameterApiKey = components['parameters']['ApiKey'];
export type ParameterOptionalApiKey = components['parameters']['OptionalApiKey'];
export type RequestBodyCall = components['requestBodies']['Call'];
export type $defs = Record<string, never>;
export interface operations {
  placeCallByTrigger: {
    parameters: {
      query?: never;
      header: {
        /** @description A key of the organisation that the agent belongs to. */
        'X-API-Key': components['parameters']['ApiKey'];
      };
      path: {
        /**
         * @description The path of an API Trigger: a UUID unless somebody gave it a name of its own in the
         *     trigger's dialog.
         */
        trigger: components['parameters']['Trigger'];
      };
      cookie?: never;
    };
    requestBody: components['requestBodies']['Call'];
    responses: {
      200: components['responses']['CallAccepted'];
      400: components['responses']['TelephonyRefused'];
      401: components['responses']['KeyRefused'];
      402: components['responses']['QuotaExhausted'];
      403: components['responses']['OtherOrganization'];
      404: components['responses']['TargetNotFound'];
      409: components['responses']['NoOwner'];
      422: components['responses']['RequestInvalid'];
      429: components['responses']['ConcurrencyLimit'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  placeTestCallByTrigger: {
    parameters: {
      query?: never;
      header: {
        /** @description A key of the organisation that the agent belongs to. */
        'X-API-Key': components['parameters']['ApiKey'];
      };
      path: {
        /**
         * @description The path of an API Trigger: a UUID unless somebody gave it a name of its own in the
         *     trigger's dialog.
         */
        trigger: components['parameters']['Trigger'];
      };
      cookie?: never;
    };
    requestBody: components['requestBodies']['Call'];
    responses: {
      200: components['responses']['CallAccepted'];
      400: components['responses']['TelephonyRefused'];
      401: components['responses']['KeyRefused'];
      402: components['responses']['QuotaExhausted'];
      403: components['responses']['OtherOrganization'];
      404: components['responses']['TargetNotFound'];
      409: components['responses']['NoOwner'];
      422: components['responses']['RequestInvalid'];
      429: components['responses']['ConcurrencyLimit'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  placeCallByAgentUuid: {
    parameters: {
      query?: never;
      header: {
        /** @description A key of the organisation that the agent belongs to. */
        'X-API-Key': components['parameters']['ApiKey'];
      };
      path: {
        /** @description The Agent UUID. Dograh's API calls an agent a workflow. */
        workflow_uuid: components['parameters']['AgentUuid'];
      };
      cookie?: never;
    };
    requestBody: components['requestBodies']['Call'];
    responses: {
      200: components['responses']['CallAccepted'];
      400: components['responses']['TelephonyRefused'];
      401: components['responses']['KeyRefused'];
      402: components['responses']['QuotaExhausted'];
      403: components['responses']['OtherOrganization'];
      404: components['responses']['TargetNotFound'];
      409: components['responses']['NoOwner'];
      422: components['responses']['RequestInvalid'];
      429: components['responses']['ConcurrencyLimit'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  placeTestCallByAgentUuid: {
    parameters: {
      query?: never;
      header: {
        /** @description A key of the organisation that the agent belongs to. */
        'X-API-Key': components['parameters']['ApiKey'];
      };
      path: {
        /** @description The Agent UUID. Dograh's API calls an agent a workflow. */
        workflow_uuid: components['parameters']['AgentUuid'];
      };
      cookie?: never;
    };
    requestBody: components['requestBodies']['Call'];
    responses: {
      200: components['responses']['CallAccepted'];
      400: components['responses']['TelephonyRefused'];
      401: components['responses']['KeyRefused'];
      402: components['responses']['QuotaExhausted'];
      403: components['responses']['OtherOrganization'];
      404: components['responses']['TargetNotFound'];
      409: components['responses']['NoOwner'];
      422: components['responses']['RequestInvalid'];
      429: components['responses']['ConcurrencyLimit'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  getOrganizationContext: {
    parameters: {
      query?: never;
      header?: {
        /** @description Optional to Dograh because its dashboard signs in differently; we always send it. */
        'X-API-Key'?: components['parameters']['OptionalApiKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['OrganizationContext'];
      401: components['responses']['KeyRefused'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  listRuns: {
    parameters: {
      query?: {
        /** @description Lower bound of `created_at`, inclusive, as ISO-8601 in UTC. */
        start_date?: components['parameters']['CreatedFrom'];
        /** @description Upper bound of `created_at`, inclusive, as ISO-8601 in UTC. */
        end_date?: components['parameters']['CreatedUntil'];
        /** @description From 1 on. */
        page?: components['parameters']['Page'];
        /** @description Runs per page. */
        limit?: components['parameters']['PageSize'];
        /**
         * @description JSON: a list of `{"attribute": …, "type": …, "value": …}`. Dograh ignores attributes that it does
         *     not know. `calledNumber` finds every number that contains the given one.
         */
        filters?: components['parameters']['RunFilters'];
      };
      header?: {
        /** @description Optional to Dograh because its dashboard signs in differently; we always send it. */
        'X-API-Key'?: components['parameters']['OptionalApiKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['RunList'];
      401: components['responses']['KeyRefused'];
      422: components['responses']['RequestInvalid'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  getHealth: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['Health'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
}
