import {
  scripted,
  startChatModel,
  type ChatModel,
  type Turn,
} from '../../../tools/chat-model/chat-model';

describe('the chat model', () => {
  let model: ChatModel;
  const tools = [{ type: 'function', function: { name: 'Call_a_person', parameters: {} } }];
  const script: Turn[] = [
    { say: 'May I?' },
    { tool: 'Call_a_person', input: { phone_number: '+14155550123' } },
  ];

  beforeEach(async () => {
    model = await startChatModel(scripted(script));
  });
  afterEach(() => model.stop());

  const ask = async (body: object): Promise<[number, unknown]> => {
    const answer = await fetch(`${model.url}/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({ messages: [], ...body }),
    });
    return [answer.status, await answer.json()];
  };
  const answering = async (...turns: Turn[]): Promise<void> => {
    await model.stop();
    model = await startChatModel(scripted(turns));
  };

  it('answers turn by turn, then refuses', async () => {
    expect(await ask({ tools })).toMatchObject([
      200,
      { choices: [{ message: { content: 'May I?' }, finish_reason: 'stop' }] },
    ]);
    const call = { name: 'Call_a_person', arguments: '{"phone_number":"+14155550123"}' };
    expect(await ask({ tools })).toMatchObject([
      200,
      { choices: [{ message: { tool_calls: [{ function: call }] } }] },
    ]);
    expect(await ask({ tools })).toMatchObject([
      400,
      { error: { message: expect.stringContaining('no next turn') } },
    ]);
    expect(model.requests).toHaveLength(3);
  });

  it('refuses a turn whose tool the request does not offer', async () => {
    await ask({});
    expect(await ask({})).toMatchObject([400, {}]);
  });

  it('asks for several tools in one turn, each with an ID of its own', async () => {
    const use = { tool: 'Call_a_person', input: {} };
    await answering({ uses: [use, use] });
    const [, answer] = await ask({ tools });
    const { choices } = answer as { choices: { message: { tool_calls: { id: string }[] } }[] };
    const ids = choices[0]?.message.tool_calls.map(({ id }) => id);

    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(2);
  });

  it('fails with the status of the turn', async () => {
    await answering({ fail: 503 });

    expect(await ask({ tools })).toMatchObject([503, { error: {} }]);
  });

  it('sends the same answer as a stream', async () => {
    await answering({ say: 'Hello' }, { tool: 'Call_a_person', input: { phone_number: '+1' } });
    const stream = async (): Promise<string> => {
      const body = JSON.stringify({ messages: [], tools, stream: true });
      const answer = await fetch(`${model.url}/chat/completions`, { method: 'POST', body });
      expect(answer.headers.get('content-type')).toBe('text/event-stream');
      return await answer.text();
    };

    expect(await stream()).toMatch(/"content":"Hello"[^]*"finish_reason":"stop"[^]*\[DONE\]/);
    expect(await stream()).toMatch(/"name":"Call_a_person"[^]*"finish_reason":"tool_calls"/);
  });
});
