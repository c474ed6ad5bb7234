import { inputError } from '../errors/input-error';
import type { BaseUrl } from './base-url';
import { isAgentPage } from './dashboard-page';
import { parseAddress, assertUsablePath, cleanAddress, type AddressField } from './web-address';

const FIELD: AddressField = { label: 'Dashboard URL', example: 'http://localhost:3010' };
const HOSTED = 'https://app.dograh.com';

/** The dashboard of a Dograh, for links. The client sends nothing to it. */
export class Dashboard {
  private constructor(readonly url: string | null) {}

  /**
   * Empty means the cloud dashboard, or no dashboard for a self-hosted Dograh: the API's address does not show where
   * that is.
   * @throws InvalidInputError
   */
  static parse(value: unknown, baseUrl: BaseUrl): Dashboard {
    const typed = value ?? '';
    if (typeof typed === 'string' && cleanAddress(typed) === '') {
      return new Dashboard(baseUrl.isHosted ? HOSTED : null);
    }
    const url = parseAddress(cleanAddress(typed), FIELD);
    const path = url.pathname.replace(/\/+$/, '');
    if (isAgentPage(path)) {
      throw inputError(
        'Dashboard URL is the address of one page of the dashboard.',
        `Remove /workflow and everything after it, e.g. ${FIELD.example}.`,
      );
    }
    assertUsablePath(path, url, FIELD);
    return new Dashboard(`${url.origin}${path}`);
  }

  /** Whether a URL is an address of this dashboard. On the cloud service, the API has the same host. */
  includes(url: URL): boolean {
    if (this.url === null || `${url.pathname}/`.includes('/api/v1/')) return false;
    return url.origin === new URL(this.url).origin;
  }

  agent(workflowId: number): string | null {
    return this.url === null ? null : `${this.url}/workflow/${workflowId}`;
  }

  /** Also null while the agent of the run is unknown. */
  run(workflowId: number | null, runId: number): string | null {
    const agent = workflowId === null ? null : this.agent(workflowId);
    return agent === null ? null : `${agent}/run/${runId}`;
  }

  campaign(campaignId: number): string | null {
    return this.url === null ? null : `${this.url}/campaigns/${campaignId}`;
  }
}
