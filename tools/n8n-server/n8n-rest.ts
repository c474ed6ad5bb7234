import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import type {
  IConnections,
  INode,
  IPinData,
  IRunExecutionData,
  IWorkflowSettings,
} from 'n8n-workflow';

/** The types of the package are for ES modules only. */
const { parse } = createRequire(__filename)('flatted') as { parse: (text: string) => unknown };

export interface Owner {
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly password: string;
}

/** A workflow as n8n's editor exports it. */
export interface WorkflowFile {
  readonly name: string;
  readonly nodes: readonly INode[];
  readonly connections: IConnections;
  readonly settings?: IWorkflowSettings;
  readonly pinData?: IPinData;
}

export interface StoredWorkflow extends WorkflowFile {
  readonly id: string;
  readonly versionId: string;
}

export interface StoredExecution {
  readonly id: string;
  readonly status: string;
  readonly mode: string;
  readonly workflowId: string;
  /** When n8n resumes it. */
  readonly waitTill: string | null;
}

/** @param stored the text that n8n stores of an execution */
export function parseExecution(stored: string): IRunExecutionData {
  return parse(stored) as IRunExecutionData;
}

/** The API that n8n's own editor uses. */
export class N8nRest {
  #cookie = '';

  constructor(private readonly url: string) {}

  async isUp(): Promise<boolean> {
    return fetch(`${this.url}/rest/settings`).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  /** Signs in as the owner. A new n8n gets this owner first. */
  async signIn(owner: Owner): Promise<void> {
    const { userManagement } = (await this.request('GET', '/settings')) as {
      userManagement: { showSetupOnFirstLoad: boolean };
    };
    await (userManagement.showSetupOnFirstLoad ? this.setUpOwner(owner) : this.logIn(owner));
  }

  async setUpOwner(owner: Owner): Promise<void> {
    await this.request('POST', '/owner/setup', owner);
  }

  async logIn({ email, password }: Pick<Owner, 'email' | 'password'>): Promise<void> {
    await this.request('POST', '/login', { emailOrLdapLoginId: email, password });
  }

  /** @returns the ID of the credential */
  async createCredential(type: string, name: string, data: object): Promise<string> {
    const { id } = (await this.request('POST', '/credentials', { type, name, data })) as {
      id: string;
    };
    return id;
  }

  async credentials(): Promise<readonly { readonly id: string; readonly name: string }[]> {
    return (await this.request('GET', '/credentials')) as { id: string; name: string }[];
  }

  async changeCredential(id: string, type: string, name: string, data: object): Promise<void> {
    await this.request('PATCH', `/credentials/${id}`, { type, name, data });
  }

  /** @returns the result of the credential's test button */
  async testCredential(
    type: string,
    data: object,
  ): Promise<{ readonly status: string; readonly message: string }> {
    const credentials = { id: '', name: 'Under test', type, data };
    return (await this.request('POST', '/credentials/test', { credentials })) as {
      status: string;
      message: string;
    };
  }

  async createWorkflow(workflow: WorkflowFile): Promise<StoredWorkflow> {
    return (await this.request('POST', '/workflows', {
      ...workflow,
      // The editor stores a new workflow with this setting, too.
      settings: { executionOrder: 'v1', ...workflow.settings },
      active: false,
    })) as StoredWorkflow;
  }

  /** The workflows of the list, without their nodes. */
  async workflows(): Promise<readonly { readonly id: string; readonly name: string }[]> {
    return (await this.request('GET', '/workflows')) as { id: string; name: string }[];
  }

  async workflow(id: string): Promise<StoredWorkflow> {
    return (await this.request('GET', `/workflows/${id}`)) as StoredWorkflow;
  }

  /** Saves an edited workflow without publishing it. A retry uses the saved one. */
  async changeWorkflow(id: string, { nodes, connections }: WorkflowFile): Promise<StoredWorkflow> {
    return (await this.request('PATCH', `/workflows/${id}`, {
      nodes,
      connections,
    })) as StoredWorkflow;
  }

  /** Starts an execution like the editor's button. @returns its ID, before it ends */
  async run(workflow: StoredWorkflow, trigger: string): Promise<string> {
    const { executionId } = (await this.request('POST', `/workflows/${workflow.id}/run`, {
      workflowData: workflow,
      triggerToStartFrom: { name: trigger },
    })) as { executionId: string };
    return executionId;
  }

  async activate({ id, versionId }: StoredWorkflow): Promise<void> {
    await this.request('POST', `/workflows/${id}/activate`, { versionId });
  }

  async deactivate({ id }: StoredWorkflow): Promise<void> {
    await this.request('POST', `/workflows/${id}/deactivate`, {});
  }

  /** Newest first. */
  async executionsOf(workflowId: string): Promise<readonly StoredExecution[]> {
    const filter = encodeURIComponent(JSON.stringify({ workflowId }));
    const { results } = (await this.request('GET', `/executions?filter=${filter}&limit=100`)) as {
      results: readonly StoredExecution[];
    };
    return results;
  }

  /** The stored data of an execution. */
  async execution(
    id: string,
  ): Promise<{ readonly status: string; readonly data: IRunExecutionData }> {
    const { status, data } = await this.storedExecution(id);
    return { status, data: parseExecution(data) };
  }

  /** The same as the text that n8n stores. */
  async storedExecution(id: string): Promise<{ readonly status: string; readonly data: string }> {
    return (await this.request('GET', `/executions/${id}`)) as { status: string; data: string };
  }

  /**
   * Does the same as "Retry with currently saved workflow" in the list of executions.
   * @returns the new execution, after it has ended
   */
  async retry(id: string): Promise<StoredExecution> {
    return (await this.request('POST', `/executions/${id}/retry`, {
      loadWorkflow: true,
    })) as StoredExecution;
  }

  /** Stops an execution like the editor's button. A node may still run after this resolves. */
  async stop(id: string): Promise<void> {
    await this.request('POST', `/executions/${id}/stop`);
  }

  /** Loads dynamic lists and fields like the editor. @param kind e.g. `options`, `resource-locator-results` */
  async dynamicParameters(kind: string, request: object): Promise<unknown> {
    return this.request('POST', `/dynamic-node-parameters/${kind}`, request);
  }

  /** Calls a webhook. Retries on 404, because a new workflow registers its webhook late. */
  async webhook(
    path: string,
    body: object,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number; body: unknown }> {
    for (let tries = 0; ; tries += 1) {
      const response = await fetch(`${this.url}/webhook/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      });
      const text = await response.text();
      if (response.status !== 404 || tries >= 50)
        return { status: response.status, body: parseBody(text) };
      await delay(100);
    }
  }

  async request(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.url}/rest${path}`, {
      method,
      headers: {
        cookie: this.#cookie,
        'browser-id': 'e2e',
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) this.#cookie = cookie.split(';')[0] ?? '';
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
    const parsed = parseBody(text);
    return isWrapped(parsed) ? parsed.data : parsed;
  }
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isWrapped(value: unknown): value is { readonly data: unknown } {
  return typeof value === 'object' && value !== null && 'data' in value;
}
