import type { CallRequestBody } from '../../shared/src/contract/types.gen';

/** The request of a call through one of the four routes. */
export interface CallOrder {
  target: { kind: 'trigger'; trigger: string } | { kind: 'agent-uuid'; uuid: string };
  environment: 'production' | 'test';
  apiKey: string;
  body: CallRequestBody;
}
