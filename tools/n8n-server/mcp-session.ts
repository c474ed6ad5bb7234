import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';

/** A client of an MCP Server Trigger of n8n. */
export class McpSession {
  #requests = 0;

  private constructor(
    private readonly url: string,
    private sessionId: string,
  ) {}

  /** Retries on 404, because a new workflow registers its address late. */
  static async open(n8nUrl: string, path: string): Promise<McpSession> {
    const session = new McpSession(`${n8nUrl}/mcp/${path}`, '');
    for (let tries = 0; ; tries += 1) {
      const response = await session.#post('initialize', {
        protocolVersion: '2025-03-26',
        capabilities: {},
        clientInfo: { name: 'test', version: '1' },
      });
      const body = await response.text();
      session.sessionId = response.headers.get('mcp-session-id') ?? '';
      if (session.sessionId !== '') break;
      assert.ok(response.status === 404 && tries < 50, `${response.status} ${body}`);
      await delay(100);
    }
    await (await session.#post('notifications/initialized')).text();
    return session;
  }

  /** @returns the text of the tool's result */
  async use(name: string, input: object): Promise<string> {
    const response = await this.#post('tools/call', { name, arguments: input });
    const text = await response.text();
    // The response is one server-sent event.
    const [, data = text] = /^data: (.*)$/m.exec(text) ?? [];
    const { result } = JSON.parse(data) as { result?: { content: { text: string }[] } };
    return result?.content.map((part) => part.text).join('') ?? data;
  }

  #post(method: string, params?: object): Promise<Response> {
    const isNotification = params === undefined;
    return fetch(this.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...(this.sessionId !== '' && { 'mcp-session-id': this.sessionId }),
      },
      body: JSON.stringify({
        jsonrpc: '2.0',
        method,
        ...(!isNotification && { id: (this.#requests += 1), params }),
      }),
    });
  }
}
