import { listOf, orNull, schemas, type Schema } from './dograh-fixture-schemas';
import type { JsonDocument } from './openapi';

export const byTrigger = '/api/v1/public/agent/{uuid}';
export const contextRoute = '/api/v1/organizations/context';

/** A small OpenAPI document in FastAPI's style: titles everywhere, null as a variant, 422 as the only 4xx. */
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
        get: readRoute(answers('UsageHistoryResponse'), [
          ...['start_date', 'end_date', 'filters'].map((name) => query(name, orNull('string'))),
          ...pages(),
        ]),
      },
      '/api/v1/organizations/disposition-codes': {
        get: readRoute(answers('DispositionCodesResponse')),
      },
      ...agentRoutes(),
      ...telephonyRoutes(),
      ...campaignRoutes(),
      '/api/v1/public/download/workflow/{token}/{artifact_type}': {
        get: {
          parameters: [path('token', 'string'), path('artifact_type', 'string')],
          responses: { '200': { description: 'Successful Response', content: jsonOf({}) } },
        },
      },
      '/api/v1/health': { get: { parameters: [], responses: answers('HealthResponse') } },
      '/api/v1/something/else': { get: { parameters: [], responses: {} } },
    },
    components: { schemas: schemas() },
  };
}

/** Has types only for the parts that tests change. */
export interface DograhDocument extends JsonDocument {
  paths: Record<string, Record<string, DograhOperation>>;
  components: { schemas: ReturnType<typeof schemas>; securitySchemes?: Schema };
}

export interface DograhOperation {
  parameters: Schema[];
  requestBody?: Schema;
  responses: Record<string, Schema>;
}

function agentRoutes(): DograhDocument['paths'] {
  const agentId = path('workflow_id', 'integer');
  const limit = { type: 'integer', minimum: 1, maximum: 100 };
  return {
    '/api/v1/workflow/fetch': {
      get: readRoute(answers('WorkflowListResponse', 'list'), [query('status', orNull('string'))]),
    },
    '/api/v1/workflow/fetch/{workflow_id}': {
      get: readRoute(answers('WorkflowResponse'), [agentId]),
    },
    '/api/v1/workflow/{workflow_id}/versions': {
      get: readRoute(answers('WorkflowVersionResponse', 'list'), [
        agentId,
        query('limit', { anyOf: [limit, { type: 'null' }] }),
      ]),
    },
    '/api/v1/workflow/{workflow_id}/runs': {
      get: readRoute(answers('WorkflowRunsResponse'), [
        agentId,
        ...['filters', 'sort_by', 'sort_order'].map((name) => query(name, orNull('string'))),
        ...pages(),
      ]),
    },
    '/api/v1/workflow/{workflow_id}/runs/{run_id}': {
      get: readRoute(answers('WorkflowRunResponseSchema'), [agentId, path('run_id', 'integer')]),
    },
  };
}

function telephonyRoutes(): DograhDocument['paths'] {
  const folder = '/api/v1/organizations/telephony-configs';
  return {
    [folder]: { get: readRoute(answers('TelephonyConfigurationListResponse')) },
    [`${folder}/{config_id}/phone-numbers`]: {
      get: readRoute(answers('PhoneNumberListResponse'), [path('config_id', 'integer')]),
    },
  };
}

function campaignRoutes(): DograhDocument['paths'] {
  const folder = '/api/v1/campaign';
  const one = [path('campaign_id', 'integer')];
  const campaign = answers('CampaignResponse');
  const file = { '200': { description: 'Successful Response', content: jsonOf({}) } };
  return {
    '/api/v1/s3/presigned-upload-url': {
      post: writeRoute('PresignedUploadUrlRequest', answers('PresignedUploadUrlResponse')),
    },
    '/api/v1/organizations/campaign-defaults': {
      get: readRoute(answers('CampaignDefaultsResponse')),
    },
    [`${folder}/create`]: { post: writeRoute('CreateCampaignRequest', campaign) },
    [`${folder}/`]: { get: readRoute(answers('CampaignsResponse')) },
    [`${folder}/{campaign_id}`]: { get: readRoute(campaign, one) },
    [`${folder}/{campaign_id}/progress`]: {
      get: readRoute(answers('CampaignProgressResponse'), one),
    },
    [`${folder}/{campaign_id}/runs`]: {
      get: readRoute(answers('CampaignRunsResponse'), [
        ...one,
        query('filters', orNull('string')),
        ...pages(),
      ]),
    },
    [`${folder}/{campaign_id}/report`]: { get: readRoute(file, one) },
    [`${folder}/{campaign_id}/source-download-url`]: {
      get: readRoute(answers('CampaignSourceDownloadResponse'), one),
    },
    [`${folder}/{campaign_id}/start`]: { post: readRoute(campaign, one) },
    [`${folder}/{campaign_id}/pause`]: { post: readRoute(campaign, one) },
    [`${folder}/{campaign_id}/resume`]: { post: readRoute(campaign, one) },
    [`${folder}/{campaign_id}/redial`]: {
      post: writeRoute('RedialCampaignRequest', campaign, one),
    },
  };
}

export function header(name: string, schema: Schema): Schema {
  return { name, in: 'header', required: true, schema: { ...schema, title: name } };
}

function query(name: string, schema: Schema): Schema {
  return { name, in: 'query', required: false, schema: { ...schema, title: name } };
}

function path(name: string, type: string): Schema {
  return { name, in: 'path', required: true, schema: { type, title: name } };
}

function pages(): Schema[] {
  return [
    query('page', { type: 'integer', minimum: 1, default: 1 }),
    query('limit', { type: 'integer', minimum: 1, maximum: 100, default: 50 }),
  ];
}

/** The dashboard also uses this route, so the key is optional. */
function readRoute(
  responses: DograhOperation['responses'],
  parameters: Schema[] = [],
): DograhOperation {
  const key = { ...header('X-API-Key', orNull('string')), required: false };
  return { parameters: [...parameters, key], responses };
}

function writeRoute(
  body: string,
  responses: DograhOperation['responses'],
  parameters: Schema[] = [],
): DograhOperation {
  const requestBody = { required: true, content: json(body) };
  return { ...readRoute(responses, parameters), requestBody };
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

function answers(schema: string, shape: 'object' | 'list' = 'object'): Record<string, Schema> {
  return {
    '200': {
      description: 'Successful Response',
      content: shape === 'list' ? jsonOf(listOf(schema)) : json(schema),
    },
    '404': { description: 'Not found' },
    '422': { description: 'Validation Error', content: json('HTTPValidationError') },
  };
}

function json(schema: string): Schema {
  return jsonOf({ $ref: `#/components/schemas/${schema}` });
}

function jsonOf(schema: Schema): Schema {
  return { 'application/json': { schema } };
}
