import { scripted, startChatModel, type ChatModel, type Turn } from '../../../tools/chat-model/chat-model';

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
});
