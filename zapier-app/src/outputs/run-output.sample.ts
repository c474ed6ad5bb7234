import type { RunOutput } from './run-output';

/** An answered call that has ended. */
export const finishedCall: RunOutput = {
  id: 1204,
  workflow_run_id: 1204,
  workflow_run_name: 'WR-API-1204',
  workflow_id: 101,
  agent_name: 'Appointment Reminder',
  status: 'completed',
  outcome: 'answered',
  disposition: 'user_hangup',
  phone_number: '+14155550123',
  duration_seconds: 74,
  started_at: '2026-08-03T14:30:05.000Z',
  gathered_context: {
    appointment_confirmed: 'yes',
    call_disposition: 'user_hangup',
    mapped_call_disposition: 'user_hangup',
  },
  initial_context: { customer_name: 'Ann', call_reference: 'lead-42' },
  recording_url:
    'https://api.dograh.com/api/v1/public/download/workflow/5f0c7a52-6f0a-4f6e-9c1d-2b8f3f1f7a10/recording',
  transcript_url:
    'https://api.dograh.com/api/v1/public/download/workflow/5f0c7a52-6f0a-4f6e-9c1d-2b8f3f1f7a10/transcript',
  transcript: 'assistant: Hello Ann! Does Tuesday suit you?\nuser: Yes, it does.',
  cost: 0.37,
  environment: 'production',
  run_url: 'https://app.dograh.com/workflow/101/run/1204',
  recovered: false,
  skipped: false,
  skip_reason: null,
  callable_at: null,
  notes: [],
  mode: 'twilio',
  channel: 'telephony',
  caller_number: '+14155550100',
  usage_info: { llm: {}, tts: {}, stt: {}, call_duration_seconds: 74 },
  annotations: {
    qa_4: {
      model: 'gpt-4.1',
      node_results: {
        2: { node_name: 'Greeting', tags: [], summary: 'Ann confirms.', score: 9 },
      },
    },
  },
  // Zapier turns a value that is neither a file nor a URL into a text file.
  recording_file: 'The recording of the call, as a WAV file.',
  transcript_file: 'assistant: Hello Ann! Does Tuesday suit you?\nuser: Yes, it does.',
};
