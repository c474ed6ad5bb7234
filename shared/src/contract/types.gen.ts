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
     * Place a call with the published version of the agent behind an API Trigger
     * @description Responds when the telephony provider accepted the call. There is no idempotency key: the same
     *     request sent twice makes the phone ring twice.
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
     * Place a call with the latest draft of the agent behind an API Trigger
     * @description This is a real call, too. If there is no draft, it runs the published version. The agent's own
     *     defaults (template context) fill the variables that the request does not set.
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
     * Place a call with the published version of an agent named by its UUID
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
     * Place a call with the latest draft of an agent named by its UUID
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
     * Which organization an API key belongs to
     * @description Places no call and costs nothing. The check of a credential uses it.
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
     * The runs of the key's organization, newest first
     * @description Also running ones, and those whose call failed before dialing. The list does not show whether a
     *     run is completed.
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
  '/api/v1/organizations/disposition-codes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The dispositions that runs of the key's organization can have
     * @description Dograh's own first, then the organization's codes that its runs have. Older versions answer 404.
     */
    get: operations['listDispositions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workflow/fetch': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The agents of the key's organization */
    get: operations['listAgents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workflow/fetch/{workflow_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One agent in the version that the editor shows
     * @description The draft if there is one, otherwise the published version. `version_status` shows which.
     */
    get: operations['getAgent'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workflow/{workflow_id}/versions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The versions of an agent, newest first
     * @description Production runs the newest version whose status is `published`.
     */
    get: operations['listAgentVersions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workflow/{workflow_id}/runs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The runs of one agent, newest first unless asked for another order
     * @description Shows whether each run is completed, unlike the list of all runs. An unknown agent, or an agent
     *     of another organization, has no runs.
     */
    get: operations['listAgentRuns'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/workflow/{workflow_id}/runs/{run_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * All of one run
     * @description Creates the `public_access_token` of the run if there is something to download. Dograh ignores the
     *     agent's ID. The client sends the right one anyway.
     */
    get: operations['getRun'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/organizations/telephony-configs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The telephony configurations of the key's organization */
    get: operations['listTelephonyConfigurations'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/organizations/telephony-configs/{config_id}/phone-numbers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The phone numbers of one telephony configuration */
    get: operations['listPhoneNumbers'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/public/download/workflow/{token}/{artifact}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The address of a transcript or a recording
     * @description Needs no API key, only the token. The `*_public_url` fields of a run are addresses of this route.
     */
    get: operations['downloadArtifact'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/s3/presigned-upload-url': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * An address to which a file with contacts can be uploaded
     * @description Nobody is called. The file is then sent to `upload_url` with PUT, the same Content-Type and no API key.
     */
    post: operations['presignUpload'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/organizations/campaign-defaults': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The limits of campaigns of the key's organization */
    get: operations['getCampaignDefaults'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/campaign/create': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * A new campaign for an uploaded file with contacts
     * @description Nobody is called before the campaign is started. The same file can be used twice. Then there are two
     *     campaigns.
     */
    post: operations['createCampaign'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/campaign/': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * All campaigns of the key's organization, newest first
     * @description There are no pages and no filters.
     */
    get: operations['listCampaigns'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/campaign/{campaign_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One campaign */
    get: operations['getCampaign'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/campaign/{campaign_id}/progress': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The state of a campaign and of its file
     * @description Its percentage is wrong. The progress is `executed_count` of `total_queued_count` of the campaign.
     */
    get: operations['getCampaignProgress'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/campaign/{campaign_id}/runs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The runs of a campaign, newest first
     * @description Shows whether each run is completed, unlike the list of all runs.
     */
    get: operations['listCampaignRuns'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/campaign/{campaign_id}/report': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The finished runs of a campaign as CSV
     * @description Runs without a duration are not in it.
     */
    get: operations['getCampaignReport'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/campaign/{campaign_id}/source-download-url': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The address of the file with the contacts */
    get: operations['getCampaignSource'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/campaign/{campaign_id}/start': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Start a campaign, which calls its contacts
     * @description Works only in the state `created`, so a campaign starts at most once.
     */
    post: operations['startCampaign'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/campaign/{campaign_id}/pause': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Pause a campaign
     * @description The batch under way is still called. Pausing while the file is read has no effect.
     */
    post: operations['pauseCampaign'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/campaign/{campaign_id}/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Continue a paused campaign */
    post: operations['resumeCampaign'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/campaign/{campaign_id}/redial': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * A new campaign for the contacts that a completed campaign did not reach
     * @description Works once for each campaign. The new campaign is not started, and has no telephony configuration.
     */
    post: operations['redialCampaign'];
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
     * @description Needs no API key. So it distinguishes a wrong address from a wrong key.
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
      /** @description The organization that the key belongs to. */
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
    DispositionCodes: {
      /** @description Every value of `mapped_call_disposition` that is known. */
      codes: string[];
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
      /** @description The destination as it was dialed. */
      called_number?: string | null;
      /** @description `inbound` or `outbound`. */
      call_type?: string | null;
      /** @description The number that the callee saw; of an inbound call, the person's. */
      caller_number?: string | null;
      /** @description The telephony provider, or how a browser was connected, e.g. `smallwebrtc`. */
      mode?: string | null;
      /** @description How the agent, Dograh or the provider names the end of the call; null until then. */
      disposition?: string | null;
      /** @description What the caller gave, with Dograh's own record of the run beside it. */
      initial_context?: {
        [key: string]: unknown;
      } | null;
      /** @description What the agent found out. `error` stands in it where nobody was dialed, and why. */
      gathered_context?: {
        [key: string]: unknown;
      } | null;
      /**
       * @description An address of `downloadArtifact`; null while the run has no `public_access_token`. After that,
       *     transcript and mixed recording have an address even if there is no such file.
       */
      recording_public_url?: string | null;
      /**
       * @description An address of `downloadArtifact`; null while the run has no `public_access_token`. After that,
       *     transcript and mixed recording have an address even if there is no such file.
       */
      transcript_public_url?: string | null;
      /**
       * @description An address of `downloadArtifact`; null while the run has no `public_access_token`. After that,
       *     transcript and mixed recording have an address even if there is no such file.
       */
      user_recording_public_url?: string | null;
      /**
       * @description An address of `downloadArtifact`; null while the run has no `public_access_token`. After that,
       *     transcript and mixed recording have an address even if there is no such file.
       */
      bot_recording_public_url?: string | null;
      /** @description The key to the run's artifacts, as it stands in those addresses. */
      public_access_token?: string | null;
      /** @description In US dollars. */
      charge_usd?: number | null;
    };
    Run: {
      /** @description The run's ID, unique in that Dograh. */
      id: number;
      /** @description The agent's ID, a number. Not the Agent UUID. */
      workflow_id: number;
      /** @description Not unique. */
      name: string;
      /**
       * Format: date-time
       * @description ISO-8601, UTC, by Dograh's clock.
       */
      created_at: string;
      /**
       * @description May be true before the results are written. They are there when `gathered_context` has
       *     `call_disposition`.
       */
      is_completed: boolean;
      /** @enum {string} */
      call_type: 'inbound' | 'outbound';
      /** @description What the caller gave, with Dograh's own record of the run beside it. */
      initial_context?: {
        [key: string]: unknown;
      } | null;
      /**
       * @description What the agent found out. `call_disposition` says how the call ended and
       *     `mapped_call_disposition` the same in the organization's own codes; `error` is the
       *     reason why no number was dialed.
       */
      gathered_context?: {
        [key: string]: unknown;
      } | null;
      /** @description What the call used, `call_duration_seconds` among others; null until the results are written. */
      usage_info?: {
        [key: string]: unknown;
      } | null;
      /** @description `dograh_token_usage` and `call_duration_seconds`; null until they are known. No price. */
      cost_info: {
        [key: string]: unknown;
      } | null;
      /** @description What the QA nodes of the agent found, by node. Written after the results. */
      annotations?: {
        [key: string]: unknown;
      } | null;
      /**
       * @description An address of `downloadArtifact`; null while the run has no `public_access_token`. After that,
       *     transcript and mixed recording have an address even if there is no such file.
       */
      recording_public_url?: string | null;
      /**
       * @description An address of `downloadArtifact`; null while the run has no `public_access_token`. After that,
       *     transcript and mixed recording have an address even if there is no such file.
       */
      transcript_public_url?: string | null;
      /**
       * @description An address of `downloadArtifact`; null while the run has no `public_access_token`. After that,
       *     transcript and mixed recording have an address even if there is no such file.
       */
      user_recording_public_url?: string | null;
      /**
       * @description An address of `downloadArtifact`; null while the run has no `public_access_token`. After that,
       *     transcript and mixed recording have an address even if there is no such file.
       */
      bot_recording_public_url?: string | null;
      /** @description `telephony_status_callbacks` is the list of the provider's reports, each with a `status` such as `ringing`. */
      logs?: {
        [key: string]: unknown;
      } | null;
      /** @description The key to the run's artifacts, as it stands in those addresses. */
      public_access_token?: string | null;
    };
    /** @description A run as the list of one agent's runs has it. Where to download from stands in `Run` only. */
    AgentRun: {
      /** @description The run's ID, unique in that Dograh. */
      id: number;
      /** @description The agent's ID, a number. Not the Agent UUID. */
      workflow_id: number;
      /** @description Not unique. */
      name: string;
      /**
       * Format: date-time
       * @description ISO-8601, UTC, by Dograh's clock.
       */
      created_at: string;
      /**
       * @description May be true before the results are written. They are there when `gathered_context` has
       *     `call_disposition`.
       */
      is_completed: boolean;
      /** @enum {string} */
      call_type: 'inbound' | 'outbound';
      /** @description What the caller gave, with Dograh's own record of the run beside it. */
      initial_context?: {
        [key: string]: unknown;
      } | null;
      /**
       * @description What the agent found out. `call_disposition` says how the call ended and
       *     `mapped_call_disposition` the same in the organization's own codes; `error` is the
       *     reason why no number was dialed.
       */
      gathered_context?: {
        [key: string]: unknown;
      } | null;
      /** @description `dograh_token_usage` and `call_duration_seconds`; null until they are known. No price. */
      cost_info: {
        [key: string]: unknown;
      } | null;
    };
    AgentRunList: {
      runs: components['schemas']['AgentRun'][];
      /** @description On all pages together. */
      total_count: number;
      /** @description From 1 on. */
      page: number;
      /** @description 0 where there are no runs. */
      total_pages: number;
    };
    ListedAgent: {
      /** @description The agent's ID, a number. Not the Agent UUID. */
      id: number;
      /** @description Not unique. */
      name: string;
      /** @description `active` or `archived`. */
      status: string;
      /** @description The Agent UUID. */
      workflow_uuid?: string | null;
    };
    Agent: {
      /** @description The agent's ID, a number. Not the Agent UUID. */
      id: number;
      /** @description Not unique. */
      name: string;
      /** @description `active` or `archived`. */
      status: string;
      /** @description The Agent UUID. */
      workflow_uuid?: string | null;
      /** @description Which version this is, `draft` or `published`. */
      version_status?: string | null;
      /**
       * @description `nodes`, each with `type` and `data`, and `edges` with `data`. Template variables stand in
       *     `data.prompt` of the nodes `startCall`, `agentNode`, `endCall` and `globalNode`, in
       *     `data.greeting` of `startCall` and in `data.transition_speech` of edges. The path of an API
       *     Trigger is `data.trigger_path` of a node `trigger`.
       */
      workflow_definition: {
        [key: string]: unknown;
      };
      /** @description The agent's own defaults for variables. Only test runs get them. */
      template_context_variables?: {
        [key: string]: unknown;
      } | null;
    };
    AgentVersion: {
      /** @description `draft`, `published`, or `archived` where a newer one was published. */
      status: string;
      /**
       * @description `nodes`, each with `type` and `data`, and `edges` with `data`. Template variables stand in
       *     `data.prompt` of the nodes `startCall`, `agentNode`, `endCall` and `globalNode`, in
       *     `data.greeting` of `startCall` and in `data.transition_speech` of edges. The path of an API
       *     Trigger is `data.trigger_path` of a node `trigger`.
       */
      workflow_json: {
        [key: string]: unknown;
      };
      /** @description The agent's own defaults for variables. Only test runs get them. */
      template_context_variables?: {
        [key: string]: unknown;
      } | null;
    };
    TelephonyConfigurationList: {
      configurations: components['schemas']['TelephonyConfiguration'][];
    };
    TelephonyConfiguration: {
      /** @description What `telephony_configuration_id` of a call names. */
      id: number;
      name: string;
      /** @description `twilio`, for instance. */
      provider: string;
      /** @description Whether it dials where a call names none. */
      is_default_outbound: boolean;
      /** @description Whether it can place calls. */
      is_ready_for_outbound?: boolean;
      /** @description Why it cannot, for people. */
      outbound_blocked_reason?: string | null;
      /** @description Switched off. As good as not there for a call. */
      inactive?: boolean;
    };
    PhoneNumberList: {
      phone_numbers: components['schemas']['PhoneNumber'][];
    };
    PhoneNumber: {
      /** @description What `from_phone_number_id` of a call names. */
      id: number;
      /** @description The number, or a SIP URI or extension. */
      address: string;
      /** @description What people call it. */
      label?: string | null;
      /** @description A number that is not cannot be the caller ID. */
      is_active: boolean;
      /** @description Whether it is the caller ID where a call names none. */
      is_default_caller_id: boolean;
    };
    UploadRequest: {
      /** @description It remains visible in `file_key`. */
      file_name: string;
      /** @description In bytes. */
      file_size: number;
      /** @description The Content-Type with which the file will be sent; `text/csv` unless given. */
      content_type?: string;
    };
    UploadAddress: {
      /** @description Where the file is sent to with PUT. */
      upload_url: string;
      /** @description The `source_id` of a campaign with this file. */
      file_key: string;
      /** @description Seconds until the address is no longer valid. */
      expires_in: number;
    };
    CampaignDefaults: {
      /** @description Maximum number of concurrent calls of the organization. */
      concurrent_call_limit: number;
      /** @description The caller IDs of the default telephony configuration. 0 where there is none. */
      from_numbers_count: number;
      default_retry_config: components['schemas']['RetryConfig'];
    };
    /** @description How a campaign without its own retry settings calls again. */
    RetryConfig: {
      enabled: boolean;
      /** @description How often a contact is called again. */
      max_retries: number;
      retry_delay_seconds: number;
      retry_on_busy: boolean;
      retry_on_no_answer: boolean;
    };
    CampaignRequest: {
      name: string;
      /** @description The agent's ID, a number. Not the Agent UUID. */
      workflow_id: number;
      source_type: string;
      /** @description The `file_key` of the file. Dograh does not check whose file it is. */
      source_id: string;
      /** @description Which telephony configuration dials. Left out, Dograh chooses one. */
      telephony_configuration_id?: number | null;
      /**
       * @description Maximum number of concurrent calls of the campaign. At most the organization's limit, and in Dograh
       *     1.45 also at most the number of caller IDs.
       */
      max_concurrency?: number | null;
      retry_config?: components['schemas']['RetryRequest'] | null;
      schedule_config?: components['schemas']['ScheduleRequest'] | null;
      circuit_breaker?: components['schemas']['CircuitBreakerRequest'] | null;
    };
    /** @description When a contact is called again. Dograh retries only a busy line and a missing answer. */
    RetryRequest: {
      enabled?: boolean;
      /** @description 2 unless given. Without any retry settings, it is 1. */
      max_retries?: number;
      retry_delay_seconds?: number;
      retry_on_busy?: boolean;
      retry_on_no_answer?: boolean;
      /** @description Without effect, because Dograh never retries after a voicemail. */
      retry_on_voicemail?: boolean;
    };
    /** @description When Dograh may begin a batch of calls. A batch under way continues after a slot. */
    ScheduleRequest: {
      enabled?: boolean;
      /** @description An IANA time zone. UTC unless given. */
      timezone?: string;
      slots: components['schemas']['ScheduleSlot'][];
    };
    ScheduleSlot: {
      /** @description 0 is Monday. */
      day_of_week: number;
      /** @description Before `end_time`. */
      start_time: string;
      /** @description Exclusive. */
      end_time: string;
    };
    /** @description When too many failed calls pause the campaign. It is on unless switched off here. */
    CircuitBreakerRequest: {
      enabled?: boolean;
      failure_threshold?: number;
      window_seconds?: number;
      min_calls_in_window?: number;
    };
    RedialRequest: {
      name?: string | null;
      retry_on_voicemail?: boolean;
      retry_on_no_answer?: boolean;
      retry_on_busy?: boolean;
    };
    Campaign: {
      /** @description The campaign's ID, unique in that Dograh. */
      id: number;
      /** @description Not unique. */
      name: string;
      /** @description The agent's ID, a number. Not the Agent UUID. */
      workflow_id: number;
      /** @description The agent's name. */
      workflow_name: string;
      /** @description `created`, `syncing`, `running`, `paused`, `completed` or `failed`. */
      state: string;
      /** @description The `file_key` of the file, which contains the name of the file. */
      source_id: string;
      /** @description The contacts with a phone number. Null until the campaign has read its file. */
      total_rows: number | null;
      /**
       * Format: date-time
       * @description ISO-8601, UTC, by Dograh's clock.
       */
      created_at: string;
      /**
       * Format: date-time
       * @description When it was started. Null before.
       */
      started_at: string | null;
      /**
       * Format: date-time
       * @description In Dograh 1.45 an hour after the last activity.
       */
      completed_at: string | null;
      /** @description The rows that were dialed. Each retry is a row of its own. */
      executed_count?: number;
      /** @description All rows, retries included. */
      total_queued_count?: number;
      /** @description The campaign that this one redials. */
      parent_campaign_id?: number | null;
      /** @description The campaign that redials this one. */
      redialed_campaign_id?: number | null;
      /** @description Which telephony configuration dials. Null in a redial. */
      telephony_configuration_id?: number | null;
      /** @description Why it was paused or failed, if Dograh itself did it. */
      logs?: components['schemas']['CampaignLog'][];
    };
    CampaignLog: {
      /** @description ISO-8601, UTC, by Dograh's clock. */
      ts: string;
      /** @description `error`, for instance. */
      level: string;
      /** @description `circuit_breaker_tripped`, for instance. */
      event: string;
      /** @description What happened, for people. */
      message: string;
    };
    CampaignList: {
      campaigns: components['schemas']['Campaign'][];
    };
    CampaignProgress: {
      campaign_id: number;
      /** @description As in the campaign. */
      state: string;
      /** @description 0 until the campaign has read its file. */
      total_rows: number;
      /** @description Calls that failed, were busy or not answered. */
      failed_calls: number;
      /** @description The reading of the file. It has `status` and `error`. */
      source_sync: {
        [key: string]: unknown;
      };
    };
    CampaignRunList: {
      /** @description Each run is as in the list of one agent's runs. Dograh's document does not say so. */
      runs: {
        [key: string]: unknown;
      }[];
      /** @description On all pages together. */
      total_count: number;
      /** @description From 1 on. */
      page: number;
      /** @description 0 where there are no runs. */
      total_pages: number;
    };
    CampaignSource: {
      /** @description The address of the file. */
      download_url: string;
      /** @description Seconds until the address is no longer valid. */
      expires_in: number;
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
    /** @description The telephony provider accepted the call. */
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
     *     completed run with disposition `error` exists anyway.
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
     * @description No call: the organization has no credit left. The detail is the reason. A completed run with
     *     disposition `error` exists anyway.
     */
    QuotaExhausted: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description The API Trigger belongs to another organization than the key. */
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
    /** @description The agent has no owner, so it cannot run. */
    NoOwner: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /**
     * @description The organization's concurrency limit is reached. Nothing was created. The response does not say
     *     when to retry.
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
     * @description Dograh failed, or a proxy in front of it. It is unknown whether a call was placed. The body may be
     *     anything, for example a proxy's HTML page.
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
    /** @description One page of runs. Pages after the last one are empty. */
    RunList: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['RunList'];
      };
    };
    /** @description The dispositions. */
    DispositionCodes: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['DispositionCodes'];
      };
    };
    /** @description The key's organization has no agent with this ID. Agents of other organizations are not found, either. */
    AgentNotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description The key's organization has no run with this ID. */
    RunNotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description The key's organization has no telephony configuration with this ID. */
    TelephonyConfigurationNotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description The filters are not JSON. */
    FiltersUnreadable: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description The list of one agent's runs cannot be filtered by this attribute. */
    FilterRefused: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /**
     * @description The file is on another host. Its address is signed and valid for an hour. The API key must not be
     *     sent there.
     */
    ArtifactElsewhere: {
      headers: {
        Location: string;
        [name: string]: unknown;
      };
      content?: never;
    };
    /** @description There is no such kind of artifact. */
    ArtifactUnsupported: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description The token is unknown, or the run has no such artifact, or not yet. */
    ArtifactNotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description The agents, in no certain order. */
    AgentList: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ListedAgent'][];
      };
    };
    /** @description The versions. An agent has at least one. */
    AgentVersionList: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['AgentVersion'][];
      };
    };
    /** @description The agent. */
    Agent: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Agent'];
      };
    };
    /** @description The run. */
    Run: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Run'];
      };
    };
    /** @description One page of runs. Pages after the last one are empty. */
    AgentRunList: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['AgentRunList'];
      };
    };
    /** @description The configurations, those that cannot dial, too. */
    TelephonyConfigurationList: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['TelephonyConfigurationList'];
      };
    };
    /** @description The phone numbers, those that are switched off, too. */
    PhoneNumberList: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['PhoneNumberList'];
      };
    };
    /** @description The address for the file. It is signed, and on another host. The API key must not be sent there. */
    UploadAddress: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['UploadAddress'];
      };
    };
    /** @description The limits. */
    CampaignDefaults: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['CampaignDefaults'];
      };
    };
    /** @description The campaign. */
    Campaign: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['Campaign'];
      };
    };
    /** @description The campaigns. */
    CampaignList: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['CampaignList'];
      };
    };
    /** @description The progress. */
    CampaignProgress: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['CampaignProgress'];
      };
    };
    /** @description One page of runs. Pages after the last one are empty. */
    CampaignRunList: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['CampaignRunList'];
      };
    };
    /** @description A line for each finished run, after a line with the names of the columns. */
    CampaignReport: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'text/csv': string;
      };
    };
    /** @description The address of the file. It is signed and valid for an hour. */
    CampaignSource: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['CampaignSource'];
      };
    };
    /**
     * @description No campaign: the file has invalid contacts or lacks a variable of the agent, or a limit or the telephony
     *     configuration does not fit. The detail names rows by number. 2 is the first contact.
     */
    CampaignRefused: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description The key's organization has no campaign with this ID. */
    CampaignNotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description This is not possible in the state of the campaign. The detail has the state. */
    CampaignInOtherState: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description The API key is missing or not valid, or the organization has no telephony configuration. */
    KeyOrTelephonyMissing: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description The organization has no credit left. The detail is the reason. Nobody is called. */
    CampaignUnpaid: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
      };
    };
    /** @description The file belongs to another organization. */
    SourceOfOther: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/json': components['schemas']['ErrorBody'];
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
    /** @description The path of an API Trigger: a UUID, or a name that the user set in the trigger's dialog. */
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
     * @description JSON: a list of `{"attribute": …, "type": …, "value": …}`. Dograh ignores unknown attributes.
     *     `calledNumber` finds every number that contains the given one. `duration` finds no run without
     *     results, although the list shows 0 seconds for it.
     */
    RunFilters: string | null;
    /** @description The agent's ID, a number. Not the Agent UUID. */
    AgentId: number;
    /** @description A run of that agent. */
    RunId: number;
    /** @description A telephony configuration of the key's organization. */
    TelephonyConfigurationId: number;
    /** @description The run's `public_access_token`. */
    DownloadToken: string;
    /** @description The artifact of the call. The two recordings of one side do not contain the other side. */
    Artifact: 'transcript' | 'recording' | 'user_recording' | 'bot_recording';
    /** @description `active`, `archived`, or both with a comma. Without it, archived agents are listed, too. */
    AgentStatus: string;
    /** @description Maximum number of versions. Without it, all versions. */
    VersionLimit: number;
    /** @description What the runs are ordered by; `created_at` unless given. */
    SortBy: 'created_at' | 'duration';
    /** @description Descending unless given. */
    SortOrder: 'asc' | 'desc';
    /**
     * @description JSON: a list of `{"attribute": …, "type": …, "value": …}` with the attributes `dateRange`, `status`,
     *     `dispositionCode` and `duration`. Any other is refused.
     */
    AgentRunFilters: string;
    /** @description A campaign of the key's organization. */
    CampaignId: number;
    /** @description A key of the organization that the agent belongs to. */
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
    Upload: {
      content: {
        'application/json': components['schemas']['UploadRequest'];
      };
    };
    Campaign: {
      content: {
        'application/json': components['schemas']['CampaignRequest'];
      };
    };
    Redial: {
      content: {
        'application/json': components['schemas']['RedialRequest'];
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
export type DispositionCodes = components['schemas']['DispositionCodes'];
export type ListedRun = components['schemas']['ListedRun'];
export type Run = components['schemas']['Run'];
export type AgentRun = components['schemas']['AgentRun'];
export type AgentRunList = components['schemas']['AgentRunList'];
export type ListedAgent = components['schemas']['ListedAgent'];
export type Agent = components['schemas']['Agent'];
export type AgentVersion = components['schemas']['AgentVersion'];
export type TelephonyConfigurationList = components['schemas']['TelephonyConfigurationList'];
export type TelephonyConfiguration = components['schemas']['TelephonyConfiguration'];
export type PhoneNumberList = components['schemas']['PhoneNumberList'];
export type PhoneNumber = components['schemas']['PhoneNumber'];
export type UploadRequest = components['schemas']['UploadRequest'];
export type UploadAddress = components['schemas']['UploadAddress'];
export type CampaignDefaults = components['schemas']['CampaignDefaults'];
export type RetryConfig = components['schemas']['RetryConfig'];
export type CampaignRequest = components['schemas']['CampaignRequest'];
export type RetryRequest = components['schemas']['RetryRequest'];
export type ScheduleRequest = components['schemas']['ScheduleRequest'];
export type ScheduleSlot = components['schemas']['ScheduleSlot'];
export type CircuitBreakerRequest = components['schemas']['CircuitBreakerRequest'];
export type RedialRequest = components['schemas']['RedialRequest'];
export type Campaign = components['schemas']['Campaign'];
export type CampaignLog = components['schemas']['CampaignLog'];
export type CampaignList = components['schemas']['CampaignList'];
export type CampaignProgress = components['schemas']['CampaignProgress'];
export type CampaignRunList = components['schemas']['CampaignRunList'];
export type CampaignSource = components['schemas']['CampaignSource'];
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
export type ResponseDispositionCodes = components['responses']['DispositionCodes'];
export type ResponseAgentNotFound = components['responses']['AgentNotFound'];
export type ResponseRunNotFound = components['responses']['RunNotFound'];
export type ResponseTelephonyConfigurationNotFound =
  components['responses']['TelephonyConfigurationNotFound'];
export type ResponseFiltersUnreadable = components['responses']['FiltersUnreadable'];
export type ResponseFilterRefused = components['responses']['FilterRefused'];
export type ResponseArtifactElsewhere = components['responses']['ArtifactElsewhere'];
export type ResponseArtifactUnsupported = components['responses']['ArtifactUnsupported'];
export type ResponseArtifactNotFound = components['responses']['ArtifactNotFound'];
export type ResponseAgentList = components['responses']['AgentList'];
export type ResponseAgentVersionList = components['responses']['AgentVersionList'];
export type ResponseAgent = components['responses']['Agent'];
export type ResponseRun = components['responses']['Run'];
export type ResponseAgentRunList = components['responses']['AgentRunList'];
export type ResponseTelephonyConfigurationList =
  components['responses']['TelephonyConfigurationList'];
export type ResponsePhoneNumberList = components['responses']['PhoneNumberList'];
export type ResponseUploadAddress = components['responses']['UploadAddress'];
export type ResponseCampaignDefaults = components['responses']['CampaignDefaults'];
export type ResponseCampaign = components['responses']['Campaign'];
export type ResponseCampaignList = components['responses']['CampaignList'];
export type ResponseCampaignProgress = components['responses']['CampaignProgress'];
export type ResponseCampaignRunList = components['responses']['CampaignRunList'];
export type ResponseCampaignReport = components['responses']['CampaignReport'];
export type ResponseCampaignSource = components['responses']['CampaignSource'];
export type ResponseCampaignRefused = components['responses']['CampaignRefused'];
export type ResponseCampaignNotFound = components['responses']['CampaignNotFound'];
export type ResponseCampaignInOtherState = components['responses']['CampaignInOtherState'];
export type ResponseKeyOrTelephonyMissing = components['responses']['KeyOrTelephonyMissing'];
export type ResponseCampaignUnpaid = components['responses']['CampaignUnpaid'];
export type ResponseSourceOfOther = components['responses']['SourceOfOther'];
export type ResponseHealth = components['responses']['Health'];
export type ParameterTrigger = components['parameters']['Trigger'];
export type ParameterAgentUuid = components['parameters']['AgentUuid'];
export type ParameterCreatedFrom = components['parameters']['CreatedFrom'];
export type ParameterCreatedUntil = components['parameters']['CreatedUntil'];
export type ParameterPage = components['parameters']['Page'];
export type ParameterPageSize = components['parameters']['PageSize'];
export type ParameterRunFilters = components['parameters']['RunFilters'];
export type ParameterAgentId = components['parameters']['AgentId'];
export type ParameterRunId = components['parameters']['RunId'];
export type ParameterTelephonyConfigurationId =
  components['parameters']['TelephonyConfigurationId'];
export type ParameterDownloadToken = components['parameters']['DownloadToken'];
export type ParameterArtifact = components['parameters']['Artifact'];
export type ParameterAgentStatus = components['parameters']['AgentStatus'];
export type ParameterVersionLimit = components['parameters']['VersionLimit'];
export type ParameterSortBy = components['parameters']['SortBy'];
export type ParameterSortOrder = components['parameters']['SortOrder'];
export type ParameterAgentRunFilters = components['parameters']['AgentRunFilters'];
export type ParameterCampaignId = components['parameters']['CampaignId'];
export type ParameterApiKey = components['parameters']['ApiKey'];
export type ParameterOptionalApiKey = components['parameters']['OptionalApiKey'];
export type RequestBodyCall = components['requestBodies']['Call'];
export type RequestBodyUpload = components['requestBodies']['Upload'];
export type RequestBodyCampaign = components['requestBodies']['Campaign'];
export type RequestBodyRedial = components['requestBodies']['Redial'];
export type $defs = Record<string, never>;
export interface operations {
  placeCallByTrigger: {
    parameters: {
      query?: never;
      header: {
        /** @description A key of the organization that the agent belongs to. */
        'X-API-Key': components['parameters']['ApiKey'];
      };
      path: {
        /** @description The path of an API Trigger: a UUID, or a name that the user set in the trigger's dialog. */
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
        /** @description A key of the organization that the agent belongs to. */
        'X-API-Key': components['parameters']['ApiKey'];
      };
      path: {
        /** @description The path of an API Trigger: a UUID, or a name that the user set in the trigger's dialog. */
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
        /** @description A key of the organization that the agent belongs to. */
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
        /** @description A key of the organization that the agent belongs to. */
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
         * @description JSON: a list of `{"attribute": …, "type": …, "value": …}`. Dograh ignores unknown attributes.
         *     `calledNumber` finds every number that contains the given one. `duration` finds no run without
         *     results, although the list shows 0 seconds for it.
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
  listDispositions: {
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
      200: components['responses']['DispositionCodes'];
      401: components['responses']['KeyRefused'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  listAgents: {
    parameters: {
      query?: {
        /** @description `active`, `archived`, or both with a comma. Without it, archived agents are listed, too. */
        status?: components['parameters']['AgentStatus'];
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
      200: components['responses']['AgentList'];
      401: components['responses']['KeyRefused'];
      422: components['responses']['RequestInvalid'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  getAgent: {
    parameters: {
      query?: never;
      header?: {
        /** @description Optional to Dograh because its dashboard signs in differently; we always send it. */
        'X-API-Key'?: components['parameters']['OptionalApiKey'];
      };
      path: {
        /** @description The agent's ID, a number. Not the Agent UUID. */
        workflow_id: components['parameters']['AgentId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['Agent'];
      401: components['responses']['KeyRefused'];
      404: components['responses']['AgentNotFound'];
      422: components['responses']['RequestInvalid'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  listAgentVersions: {
    parameters: {
      query?: {
        /** @description Maximum number of versions. Without it, all versions. */
        limit?: components['parameters']['VersionLimit'];
      };
      header?: {
        /** @description Optional to Dograh because its dashboard signs in differently; we always send it. */
        'X-API-Key'?: components['parameters']['OptionalApiKey'];
      };
      path: {
        /** @description The agent's ID, a number. Not the Agent UUID. */
        workflow_id: components['parameters']['AgentId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['AgentVersionList'];
      401: components['responses']['KeyRefused'];
      404: components['responses']['AgentNotFound'];
      422: components['responses']['RequestInvalid'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  listAgentRuns: {
    parameters: {
      query?: {
        /** @description From 1 on. */
        page?: components['parameters']['Page'];
        /** @description Runs per page. */
        limit?: components['parameters']['PageSize'];
        /** @description What the runs are ordered by; `created_at` unless given. */
        sort_by?: components['parameters']['SortBy'];
        /** @description Descending unless given. */
        sort_order?: components['parameters']['SortOrder'];
        /**
         * @description JSON: a list of `{"attribute": …, "type": …, "value": …}` with the attributes `dateRange`, `status`,
         *     `dispositionCode` and `duration`. Any other is refused.
         */
        filters?: components['parameters']['AgentRunFilters'];
      };
      header?: {
        /** @description Optional to Dograh because its dashboard signs in differently; we always send it. */
        'X-API-Key'?: components['parameters']['OptionalApiKey'];
      };
      path: {
        /** @description The agent's ID, a number. Not the Agent UUID. */
        workflow_id: components['parameters']['AgentId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['AgentRunList'];
      400: components['responses']['FiltersUnreadable'];
      401: components['responses']['KeyRefused'];
      403: components['responses']['FilterRefused'];
      422: components['responses']['RequestInvalid'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  getRun: {
    parameters: {
      query?: never;
      header?: {
        /** @description Optional to Dograh because its dashboard signs in differently; we always send it. */
        'X-API-Key'?: components['parameters']['OptionalApiKey'];
      };
      path: {
        /** @description The agent's ID, a number. Not the Agent UUID. */
        workflow_id: components['parameters']['AgentId'];
        /** @description A run of that agent. */
        run_id: components['parameters']['RunId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['Run'];
      401: components['responses']['KeyRefused'];
      404: components['responses']['RunNotFound'];
      422: components['responses']['RequestInvalid'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  listTelephonyConfigurations: {
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
      200: components['responses']['TelephonyConfigurationList'];
      401: components['responses']['KeyRefused'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  listPhoneNumbers: {
    parameters: {
      query?: never;
      header?: {
        /** @description Optional to Dograh because its dashboard signs in differently; we always send it. */
        'X-API-Key'?: components['parameters']['OptionalApiKey'];
      };
      path: {
        /** @description A telephony configuration of the key's organization. */
        config_id: components['parameters']['TelephonyConfigurationId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['PhoneNumberList'];
      401: components['responses']['KeyRefused'];
      404: components['responses']['TelephonyConfigurationNotFound'];
      422: components['responses']['RequestInvalid'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  downloadArtifact: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The run's `public_access_token`. */
        token: components['parameters']['DownloadToken'];
        /** @description The artifact of the call. The two recordings of one side do not contain the other side. */
        artifact: components['parameters']['Artifact'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      302: components['responses']['ArtifactElsewhere'];
      400: components['responses']['ArtifactUnsupported'];
      404: components['responses']['ArtifactNotFound'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  presignUpload: {
    parameters: {
      query?: never;
      header?: {
        /** @description Optional to Dograh because its dashboard signs in differently; we always send it. */
        'X-API-Key'?: components['parameters']['OptionalApiKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: components['requestBodies']['Upload'];
    responses: {
      200: components['responses']['UploadAddress'];
      401: components['responses']['KeyRefused'];
      422: components['responses']['RequestInvalid'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  getCampaignDefaults: {
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
      200: components['responses']['CampaignDefaults'];
      401: components['responses']['KeyRefused'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  createCampaign: {
    parameters: {
      query?: never;
      header?: {
        /** @description Optional to Dograh because its dashboard signs in differently; we always send it. */
        'X-API-Key'?: components['parameters']['OptionalApiKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: components['requestBodies']['Campaign'];
    responses: {
      200: components['responses']['Campaign'];
      400: components['responses']['CampaignRefused'];
      401: components['responses']['KeyRefused'];
      404: components['responses']['AgentNotFound'];
      422: components['responses']['RequestInvalid'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  listCampaigns: {
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
      200: components['responses']['CampaignList'];
      401: components['responses']['KeyRefused'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  getCampaign: {
    parameters: {
      query?: never;
      header?: {
        /** @description Optional to Dograh because its dashboard signs in differently; we always send it. */
        'X-API-Key'?: components['parameters']['OptionalApiKey'];
      };
      path: {
        /** @description A campaign of the key's organization. */
        campaign_id: components['parameters']['CampaignId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['Campaign'];
      401: components['responses']['KeyRefused'];
      404: components['responses']['CampaignNotFound'];
      422: components['responses']['RequestInvalid'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  getCampaignProgress: {
    parameters: {
      query?: never;
      header?: {
        /** @description Optional to Dograh because its dashboard signs in differently; we always send it. */
        'X-API-Key'?: components['parameters']['OptionalApiKey'];
      };
      path: {
        /** @description A campaign of the key's organization. */
        campaign_id: components['parameters']['CampaignId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['CampaignProgress'];
      401: components['responses']['KeyRefused'];
      404: components['responses']['CampaignNotFound'];
      422: components['responses']['RequestInvalid'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  listCampaignRuns: {
    parameters: {
      query?: {
        /** @description From 1 on. */
        page?: components['parameters']['Page'];
        /** @description Runs per page. */
        limit?: components['parameters']['PageSize'];
        /**
         * @description JSON: a list of `{"attribute": …, "type": …, "value": …}` with the attributes `dateRange`, `status`,
         *     `dispositionCode` and `duration`. Any other is refused.
         */
        filters?: components['parameters']['AgentRunFilters'];
      };
      header?: {
        /** @description Optional to Dograh because its dashboard signs in differently; we always send it. */
        'X-API-Key'?: components['parameters']['OptionalApiKey'];
      };
      path: {
        /** @description A campaign of the key's organization. */
        campaign_id: components['parameters']['CampaignId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['CampaignRunList'];
      400: components['responses']['FiltersUnreadable'];
      401: components['responses']['KeyRefused'];
      403: components['responses']['FilterRefused'];
      404: components['responses']['CampaignNotFound'];
      422: components['responses']['RequestInvalid'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  getCampaignReport: {
    parameters: {
      query?: never;
      header?: {
        /** @description Optional to Dograh because its dashboard signs in differently; we always send it. */
        'X-API-Key'?: components['parameters']['OptionalApiKey'];
      };
      path: {
        /** @description A campaign of the key's organization. */
        campaign_id: components['parameters']['CampaignId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['CampaignReport'];
      401: components['responses']['KeyRefused'];
      404: components['responses']['CampaignNotFound'];
      422: components['responses']['RequestInvalid'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  getCampaignSource: {
    parameters: {
      query?: never;
      header?: {
        /** @description Optional to Dograh because its dashboard signs in differently; we always send it. */
        'X-API-Key'?: components['parameters']['OptionalApiKey'];
      };
      path: {
        /** @description A campaign of the key's organization. */
        campaign_id: components['parameters']['CampaignId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['CampaignSource'];
      401: components['responses']['KeyRefused'];
      403: components['responses']['SourceOfOther'];
      404: components['responses']['CampaignNotFound'];
      422: components['responses']['RequestInvalid'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  startCampaign: {
    parameters: {
      query?: never;
      header?: {
        /** @description Optional to Dograh because its dashboard signs in differently; we always send it. */
        'X-API-Key'?: components['parameters']['OptionalApiKey'];
      };
      path: {
        /** @description A campaign of the key's organization. */
        campaign_id: components['parameters']['CampaignId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['Campaign'];
      400: components['responses']['CampaignInOtherState'];
      401: components['responses']['KeyOrTelephonyMissing'];
      402: components['responses']['CampaignUnpaid'];
      404: components['responses']['CampaignNotFound'];
      422: components['responses']['RequestInvalid'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  pauseCampaign: {
    parameters: {
      query?: never;
      header?: {
        /** @description Optional to Dograh because its dashboard signs in differently; we always send it. */
        'X-API-Key'?: components['parameters']['OptionalApiKey'];
      };
      path: {
        /** @description A campaign of the key's organization. */
        campaign_id: components['parameters']['CampaignId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['Campaign'];
      400: components['responses']['CampaignInOtherState'];
      401: components['responses']['KeyOrTelephonyMissing'];
      402: components['responses']['CampaignUnpaid'];
      404: components['responses']['CampaignNotFound'];
      422: components['responses']['RequestInvalid'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  resumeCampaign: {
    parameters: {
      query?: never;
      header?: {
        /** @description Optional to Dograh because its dashboard signs in differently; we always send it. */
        'X-API-Key'?: components['parameters']['OptionalApiKey'];
      };
      path: {
        /** @description A campaign of the key's organization. */
        campaign_id: components['parameters']['CampaignId'];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: components['responses']['Campaign'];
      400: components['responses']['CampaignInOtherState'];
      401: components['responses']['KeyOrTelephonyMissing'];
      402: components['responses']['CampaignUnpaid'];
      404: components['responses']['CampaignNotFound'];
      422: components['responses']['RequestInvalid'];
      '5XX': components['responses']['ServerFailed'];
    };
  };
  redialCampaign: {
    parameters: {
      query?: never;
      header?: {
        /** @description Optional to Dograh because its dashboard signs in differently; we always send it. */
        'X-API-Key'?: components['parameters']['OptionalApiKey'];
      };
      path: {
        /** @description A campaign of the key's organization. */
        campaign_id: components['parameters']['CampaignId'];
      };
      cookie?: never;
    };
    requestBody: components['requestBodies']['Redial'];
    responses: {
      200: components['responses']['Campaign'];
      400: components['responses']['CampaignInOtherState'];
      401: components['responses']['KeyOrTelephonyMissing'];
      402: components['responses']['CampaignUnpaid'];
      404: components['responses']['CampaignNotFound'];
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
