import type { CallRequestBody } from '../../shared/src/contract/types.gen';

/** A call as one of the four routes asks for it. */
export interface CallOrder {
  target: { kind: 'trigger'; trigger: string } | { kind: 'agent-uuid'; uuid: string };
  environment: 'production' | 'test';
  apiKey: string;
  body: CallRequestBody;
}
