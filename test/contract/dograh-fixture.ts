import type { JsonDocument } from './openapi';

type Schema = Record<string, unknown>;

export const byTrigger = '/api/v1/public/agent/{uuid}';
export const contextRoute = '/api/v1/organizations/context';

/** A small OpenAPI document as FastAPI writes one for Dograh: titles everywhere, null as a variant, no 4xx but 422. */
export function dograhDocument(): DograhDocument {
  return {
    openapi: '3.1.0',
    info: { title: 'Dograh API', version: '1.0.0' },
    paths: {
      [byTrigger]: { post: callRoute('uuid') },
      '/api/v1/public/agent/test/{uuid}': { post: callRoute('uuid') },
      '/api/v1/public/agent/workflow/{workflow_uuid}': { post: callRoute('workflow_uuid') },
      '/api/v1/public/agent/test/workflow/{workflow_uuid}': { post: callRoute('workflow_uuid') },
      [contextRoute]: {
        get: {
          parameters: [
            { ...header('authorization', orNull('string')), required: false },
            { ...header('X-API-Key', orNull('string')), required: false },
          ],
          responses: answers('OrganizationContextResponse'),
        },
      },
      '/api/v1/organizations/usage/runs': {
        get: {
          parameters: [
            ...['start_date', 'end_date', 'filters'].map((name) => query(name, orNull('string'))),
            query('page', { type: 'integer', minimum: 1, default: 1 }),
            query('limit', { type: 'integer', minimum: 1, maximum: 100, default: 50 }),
            { ...header('X-API-Key', orNull('string')), required: false },
          ],
          responses: answers('UsageHistoryResponse'),
        },
      },
      '/api/v1/health': { get: { parameters: [], responses: answers('HealthResponse') } },
      '/api/v1/something/else': { get: { parameters: [], responses: {} } },
    },
    components: { schemas: schemas() },
  };
}

/** Typed as far as tests change it. */
export interface DograhDocument extends JsonDocument {
  paths: Record<string, Record<string, DograhOperation>>;
  components: { schemas: ReturnType<typeof schemas>; securitySchemes?: Schema };
}

export interface DograhOperation {
  parameters: Schema[];
  requestBody?: Schema;
  responses: Record<string, Schema>;
}

function schemas() {
  return {
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
      runs: { type: 'array', items: { $ref: '#/components/schemas/WorkflowRunUsageResponse' } },
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
        recording_public_url: orNull('string'),
        transcript_public_url: orNull('string'),
        charge_usd: orNull('number'),
      },
    ),
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

function model(title: string, required: string[], properties: Record<string, Schema>) {
  return { type: 'object', title, required, properties };
}

export function orNull(type: string): Schema {
  return { anyOf: [{ type }, { type: 'null' }], title: 'Some Title' };
}

export function header(name: string, schema: Schema): Schema {
  return { name, in: 'header', required: true, schema: { ...schema, title: name } };
}

function query(name: string, schema: Schema): Schema {
  return { name, in: 'query', required: false, schema: { ...schema, title: name } };
}

function callRoute(pathParameter: string): DograhOperation {
  return {
    parameters: [
      { name: pathParameter, in: 'path', required: true, schema: { type: 'string' } },
      header('X-API-Key', { type: 'string' }),
    ],
    requestBody: { required: true, content: json('TriggerCallRequest') },
    responses: answers('TriggerCallResponse'),
  };
}

function answers(schema: string): Record<string, Schema> {
  return {
    '200': { description: 'Successful Response', content: json(schema) },
    '404': { description: 'Not found' },
    '422': { description: 'Validation Error', content: json('HTTPValidationError') },
  };
}

function json(schema: string): Schema {
  return { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } };
}
