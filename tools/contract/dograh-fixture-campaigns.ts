import { listOf, model, orNull, type Schema } from './dograh-fixture-models';

/** The models of the campaign routes, with few fields that we do not use. */
export function campaignSchemas() {
  const retryReasons = Object.fromEntries(
    ['busy', 'no_answer', 'voicemail'].map((reason) => [`retry_on_${reason}`, yesOrNo]),
  );
  return {
    PresignedUploadUrlRequest: model('PresignedUploadUrlRequest', ['file_name', 'file_size'], {
      file_name: { type: 'string', pattern: '.*\\.csv$' },
      file_size: { type: 'integer', exclusiveMinimum: 0, maximum: 10485760 },
      content_type: { type: 'string', default: 'text/csv' },
    }),
    PresignedUploadUrlResponse: model(
      'PresignedUploadUrlResponse',
      ['upload_url', 'file_key', 'expires_in'],
      {
        upload_url: { type: 'string' },
        file_key: { type: 'string' },
        expires_in: { type: 'integer' },
      },
    ),
    CampaignDefaultsResponse: model(
      'CampaignDefaultsResponse',
      ['concurrent_call_limit', 'from_numbers_count', 'default_retry_config'],
      {
        concurrent_call_limit: { type: 'integer' },
        from_numbers_count: { type: 'integer' },
        default_retry_config: { $ref: '#/components/schemas/RetryConfigResponse' },
      },
    ),
    RetryConfigResponse: model(
      'RetryConfigResponse',
      ['enabled', 'max_retries', 'retry_delay_seconds', 'retry_on_busy', 'retry_on_no_answer'],
      {
        enabled: yesOrNo,
        max_retries: { type: 'integer' },
        retry_delay_seconds: { type: 'integer' },
        retry_on_busy: yesOrNo,
        retry_on_no_answer: yesOrNo,
      },
    ),
    CreateCampaignRequest: model(
      'CreateCampaignRequest',
      ['name', 'workflow_id', 'source_type', 'source_id'],
      {
        name: { type: 'string', minLength: 1, maxLength: 255 },
        workflow_id: { type: 'integer' },
        source_type: { type: 'string', pattern: '^csv$' },
        source_id: { type: 'string' },
        telephony_configuration_id: orNull('integer'),
        max_concurrency: {
          anyOf: [{ type: 'integer', minimum: 1, maximum: 100 }, { type: 'null' }],
        },
        retry_config: modelOrNull('RetryConfigRequest'),
        schedule_config: modelOrNull('ScheduleConfigRequest'),
        circuit_breaker: modelOrNull('CircuitBreakerConfigRequest'),
      },
    ),
    RetryConfigRequest: model('RetryConfigRequest', [], {
      enabled: yesOrNo,
      max_retries: { type: 'integer', minimum: 0, maximum: 10 },
      retry_delay_seconds: { type: 'integer', minimum: 30, maximum: 3600 },
      ...retryReasons,
    }),
    ScheduleConfigRequest: model('ScheduleConfigRequest', ['slots'], {
      enabled: yesOrNo,
      timezone: { type: 'string' },
      slots: { ...listOf('TimeSlotRequest'), minItems: 1, maxItems: 50 },
    }),
    TimeSlotRequest: model('TimeSlotRequest', ['day_of_week', 'start_time', 'end_time'], {
      day_of_week: { type: 'integer', minimum: 0, maximum: 6 },
      start_time: { type: 'string', pattern: '^\\d{2}:\\d{2}$' },
      end_time: { type: 'string', pattern: '^\\d{2}:\\d{2}$' },
    }),
    CircuitBreakerConfigRequest: model('CircuitBreakerConfigRequest', [], {
      enabled: yesOrNo,
      failure_threshold: { type: 'number', minimum: 0, maximum: 1 },
      window_seconds: { type: 'integer', minimum: 30, maximum: 600 },
      min_calls_in_window: { type: 'integer', minimum: 1, maximum: 100 },
    }),
    RedialCampaignRequest: model('RedialCampaignRequest', [], {
      name: { anyOf: [{ type: 'string', minLength: 1, maxLength: 255 }, { type: 'null' }] },
      ...retryReasons,
    }),
    ...answerSchemas(),
  };
}

function answerSchemas() {
  return {
    CampaignResponse: model(
      'CampaignResponse',
      [
        ...['id', 'name', 'workflow_id', 'workflow_name', 'state', 'source_id'],
        ...['total_rows', 'created_at', 'started_at', 'completed_at'],
      ],
      {
        id: { type: 'integer' },
        name: { type: 'string' },
        workflow_id: { type: 'integer' },
        workflow_name: { type: 'string' },
        state: { type: 'string' },
        source_id: { type: 'string' },
        total_rows: orNull('integer'),
        created_at: time,
        started_at: { anyOf: [time, { type: 'null' }] },
        completed_at: { anyOf: [time, { type: 'null' }] },
        executed_count: { type: 'integer', default: 0 },
        total_queued_count: { type: 'integer', default: 0 },
        parent_campaign_id: orNull('integer'),
        redialed_campaign_id: orNull('integer'),
        telephony_configuration_id: orNull('integer'),
        logs: listOf('CampaignLogEntryResponse'),
      },
    ),
    CampaignLogEntryResponse: model(
      'CampaignLogEntryResponse',
      ['ts', 'level', 'event', 'message'],
      {
        ts: { type: 'string' },
        level: { type: 'string' },
        event: { type: 'string' },
        message: { type: 'string' },
      },
    ),
    CampaignsResponse: model('CampaignsResponse', ['campaigns'], {
      campaigns: listOf('CampaignResponse'),
    }),
    CampaignProgressResponse: model(
      'CampaignProgressResponse',
      ['campaign_id', 'state', 'total_rows', 'failed_calls', 'source_sync'],
      {
        campaign_id: { type: 'integer' },
        state: { type: 'string' },
        total_rows: { type: 'integer' },
        failed_calls: { type: 'integer' },
        source_sync: { type: 'object', additionalProperties: true },
      },
    ),
    CampaignRunsResponse: model(
      'CampaignRunsResponse',
      ['runs', 'total_count', 'page', 'total_pages'],
      {
        runs: { type: 'array', items: { type: 'object', additionalProperties: true } },
        total_count: { type: 'integer' },
        page: { type: 'integer' },
        total_pages: { type: 'integer' },
      },
    ),
    CampaignSourceDownloadResponse: model(
      'CampaignSourceDownloadResponse',
      ['download_url', 'expires_in'],
      { download_url: { type: 'string' }, expires_in: { type: 'integer' } },
    ),
  };
}

const yesOrNo: Schema = { type: 'boolean' };
const time: Schema = { type: 'string', format: 'date-time' };

function modelOrNull(name: string): Schema {
  return { anyOf: [{ $ref: `#/components/schemas/${name}` }, { type: 'null' }] };
}
