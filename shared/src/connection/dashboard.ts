import { inputError } from '../errors/input-error';
import type { BaseUrl } from './base-url';
import { parseAddress, assertUsablePath, trimAddress, type AddressField } from './web-address';

const FIELD: AddressField = { name: 'dashboard URL', example: 'http://localhost:3010' };
const HOSTED = 'https://app.dograh.com';
/** What the browser's address goes on with, where somebody looks at an agent. */
const PAGE_OF_AGENT = /\/workflow\/\d/;

/** Where people look at one Dograh, for links. Nothing is ever sent there. */
export class Dashboard {
  private constructor(readonly url: string | null) {}

  /**
   * Nothing given means that of the hosted service, or none for a Dograh of one's own: its dashboard has an
   * address that cannot be told from that of its API.
   * @throws InvalidInputError for what is no address
   */
  static parse(value: unknown, baseUrl: BaseUrl): Dashboard {
    const typed = value ?? '';
    if (typeof typed === 'string' && trimAddress(typed) === '') {
      return new Dashboard(baseUrl.isHosted ? HOSTED : null);
    }
    const url = parseAddress(trimAddress(typed), FIELD);
    const path = url.pathname.replace(/\/+$/, '');
    if (PAGE_OF_AGENT.test(path)) {
      throw inputError(
        'The dashboard URL is that of one of its pages.',
        `Remove everything from /workflow on, e.g. ${FIELD.example}.`,
      );
    }
    assertUsablePath(path, url, FIELD);
    return new Dashboard(`${url.origin}${path}`);
  }

  agent(workflowId: number): string | null {
    return this.url === null ? null : `${this.url}/workflow/${workflowId}`;
  }

  /** Null also where Dograh has not said yet whose run it is. */
  run(workflowId: number | null, runId: number): string | null {
    const agent = workflowId === null ? null : this.agent(workflowId);
    return agent === null ? null : `${agent}/run/${runId}`;
  }
}
