import { campaignSchemas } from './dograh-fixture-campaigns';
import { listOf, model, orNull, type Schema } from './dograh-fixture-models';

export { listOf, orNull, type Model, type Schema } from './dograh-fixture-models';

/** The models of these routes, with few fields that we do not use. */
export function schemas() {
  return {
    ...agentSchemas(),
    ...telephonySchemas(),
    ...campaignSchemas(),
    TriggerCallRequest: model('TriggerCallRequest', ['phone_number'], {
      phone_number: { type: 'string', title: 'Phone Number' },
      initial_context: {
        anyOf: [{ type: 'object', additionalProperties: true }, { type: 'null' }],
        title: 'Initial Context',
      },
      telephony_configuration_id: orNull('integer'),
      from_phone_number_id: orNull('integer'),
    }),
    TriggerCallResponse: model(
      'TriggerCallResponse',
      ['status', 'workflow_run_id', 'workflow_run_name'],
      {
        status: { type: 'string', title: 'Status' },
        workflow_run_id: { type: 'integer', title: 'Workflow Run Id' },
        workflow_run_name: { type: 'string', title: 'Workflow Run Name' },
      },
    ),
    OrganizationContextResponse: model('OrganizationContextResponse', ['model_services'], {
      organization_id: orNull('integer'),
      organization_provider_id: orNull('string'),
      model_services: { type: 'object', title: 'Model Services' },
    }),
    HealthResponse: model('HealthResponse', ['status', 'version', 'deployment_mode'], {
      status: { type: 'string' },
      version: { type: 'string' },
      deployment_mode: { type: 'string' },
    }),
    UsageHistoryResponse: model('UsageHistoryResponse', ['runs', 'page', 'total_pages'], {
      runs: listOf('WorkflowRunUsageResponse'),
      page: { type: 'integer' },
      total_pages: { type: 'integer' },
    }),
    WorkflowRunUsageResponse: model(
      'WorkflowRunUsageResponse',
      ['id', 'name', 'workflow_id', 'workflow_name', 'created_at', 'call_duration_seconds'],
      {
        id: { type: 'integer' },
        name: { type: 'string' },
        workflow_id: { type: 'integer' },
        workflow_name: orNull('string'),
        created_at: { type: 'string' },
        call_duration_seconds: { type: 'integer' },
        called_number: orNull('string'),
        disposition: orNull('string'),
        initial_context: orNull('object'),
        gathered_context: orNull('object'),
        call_type: orNull('string'),
        caller_number: orNull('string'),
        mode: orNull('string'),
        ...publicUrls(),
        public_access_token: orNull('string'),
        charge_usd: orNull('number'),
      },
    ),
    DispositionCodesResponse: model('DispositionCodesResponse', ['codes'], {
      codes: { type: 'array', items: { type: 'string' } },
    }),
    HTTPValidationError: model('HTTPValidationError', [], {
      detail: { type: 'array', items: { $ref: '#/components/schemas/ValidationError' } },
    }),
    ValidationError: model('ValidationError', ['loc', 'msg', 'type'], {
      loc: { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'integer' }] } },
      msg: { type: 'string' },
      type: { type: 'string' },
      input: { title: 'Input' },
    }),
  };
}

function agentSchemas() {
  const definition = { type: 'object', additionalProperties: true };
  const agent = { id: { type: 'integer' }, name: { type: 'string' }, status: { type: 'string' } };
  return {
    WorkflowListResponse: model('WorkflowListResponse', ['id', 'name', 'status'], {
      ...agent,
      workflow_uuid: orNull('string'),
    }),
    WorkflowResponse: model('WorkflowResponse', [...Object.keys(agent), 'workflow_definition'], {
      ...agent,
      workflow_uuid: orNull('string'),
      version_status: orNull('string'),
      workflow_definition: definition,
      template_context_variables: orNull('object'),
    }),
    WorkflowVersionResponse: model('WorkflowVersionResponse', ['status', 'workflow_json'], {
      status: { type: 'string' },
      workflow_json: definition,
      template_context_variables: orNull('object'),
    }),
    WorkflowRunsResponse: model(
      'WorkflowRunsResponse',
      ['runs', 'total_count', 'page', 'total_pages'],
      {
        runs: listOf('WorkflowRunResponseSchema'),
        total_count: { type: 'integer' },
        page: { type: 'integer' },
        total_pages: { type: 'integer' },
      },
    ),
    WorkflowRunResponseSchema: model(
      'WorkflowRunResponseSchema',
      ['id', 'workflow_id', 'name', 'created_at', 'is_completed', 'cost_info', 'call_type'],
      {
        id: { type: 'integer' },
        workflow_id: { type: 'integer' },
        name: { type: 'string' },
        created_at: { type: 'string', format: 'date-time' },
        is_completed: { type: 'boolean' },
        call_type: { $ref: '#/components/schemas/CallType' },
        initial_context: orNull('object'),
        gathered_context: orNull('object'),
        usage_info: orNull('object'),
        cost_info: orNull('object'),
        annotations: orNull('object'),
        logs: orNull('object'),
        ...publicUrls(),
        public_access_token: orNull('string'),
      },
    ),
    CallType: { type: 'string', enum: ['inbound', 'outbound'] },
  };
}

function telephonySchemas() {
  return {
    TelephonyConfigurationListResponse: model(
      'TelephonyConfigurationListResponse',
      ['configurations'],
      { configurations: listOf('TelephonyConfigurationListItem') },
    ),
    TelephonyConfigurationListItem: model(
      'TelephonyConfigurationListItem',
      ['id', 'name', 'provider', 'is_default_outbound'],
      {
        id: { type: 'integer' },
        name: { type: 'string' },
        provider: { type: 'string' },
        is_default_outbound: { type: 'boolean' },
        is_ready_for_outbound: { type: 'boolean', default: true },
        outbound_blocked_reason: orNull('string'),
        inactive: { type: 'boolean', default: false },
      },
    ),
    PhoneNumberListResponse: model('PhoneNumberListResponse', ['phone_numbers'], {
      phone_numbers: listOf('PhoneNumberResponse'),
    }),
    PhoneNumberResponse: model(
      'PhoneNumberResponse',
      ['id', 'address', 'is_active', 'is_default_caller_id'],
      {
        id: { type: 'integer' },
        address: { type: 'string' },
        label: orNull('string'),
        is_active: { type: 'boolean' },
        is_default_caller_id: { type: 'boolean' },
      },
    ),
  };
}

function publicUrls(): Record<string, Schema> {
  const artifacts = ['recording', 'transcript', 'user_recording', 'bot_recording'];
  return Object.fromEntries(artifacts.map((one) => [`${one}_public_url`, orNull('string')]));
}
