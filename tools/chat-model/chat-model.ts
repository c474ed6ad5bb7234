import { createServer, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '../support/servers';

/** One use of a tool that the model asks for. */
export interface ToolUse {
  readonly tool: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What the model answers: a text for the user, one or more tools to run, or an HTTP status from 400. */
export type Turn =
  | { readonly say: string }
  | ToolUse
  | { readonly uses: readonly ToolUse[] }
  | { readonly fail: number };

export interface ChatMessage {
  readonly role: string;
  readonly content: unknown;
  /** Of an answer of the model that asks for tools. */
  readonly tool_calls?: readonly {
    readonly id: string;
    readonly function: { readonly name: string; readonly arguments: string };
  }[];
  /** Of the result of a tool. */
  readonly tool_call_id?: string;
}

/** The parts of a request that the answers and the tests read. */
export interface ModelRequest {
  readonly stream?: boolean;
  readonly messages: readonly ChatMessage[];
  readonly tools?: readonly {
    readonly function: {
      readonly name: string;
      readonly description?: string;
      readonly parameters: { readonly properties?: Readonly<Record<string, unknown>> };
    };
  }[];
}

export interface ChatModel {
  /** The base URL for a credential of the type `openAiApi`. */
  readonly url: string;
  /** Every request for a completion, oldest first. */
  readonly requests: readonly ModelRequest[];
  stop(): Promise<void>;
}

const MODEL = 'gpt-5-mini';
const CREATED = 1_767_225_600;

/** @param count how many requests came before this one. @returns undefined for a request that it cannot answer */
export type NextTurn = (request: ModelRequest, count: number) => Turn | undefined;

/** Answers turn by turn, whatever is asked. */
export function scripted(turns: readonly Turn[]): NextTurn {
  return (_, count) => turns[count];
}

/**
 * A chat model on loopback with OpenAI's chat completions API. It answers 400 when there is no next turn, or when the
 * turn needs a tool that the request does not offer. A request can ask for a stream.
 */
export async function startChatModel(nextTurn: NextTurn): Promise<ChatModel> {
  const requests: ModelRequest[] = [];
  const answerTo = async (request: IncomingMessage): Promise<Answer> => {
    const { pathname } = new URL(request.url ?? '', 'http://model.invalid');
    if (request.method === 'GET' && pathname === '/v1/models') {
      return [200, { object: 'list', data: [{ id: MODEL, object: 'model' }] }];
    }
    if (request.method !== 'POST' || pathname !== '/v1/chat/completions') return refusal(404, 'No');
    const asked = JSON.parse(await text(request)) as ModelRequest;
    const turn = nextTurn(asked, requests.length);
    requests.push(asked);
    if (turn === undefined) return refusal(400, 'There is no next turn.');
    if ('fail' in turn) return refusal(turn.fail, 'The model failed.');
    const uses = usesOf(turn);
    const missing = uses.find((use) => !offers(asked, use));
    if (missing !== undefined) return refusal(400, `There is no tool ${missing.tool}.`);
    const message = messageOf(turn, requests.length);
    return asked.stream === true ? [200, chunksOf(message)] : [200, completion(message)];
  };
  const server: Server = createServer((request, response) => {
    void answerTo(request)
      .catch((error: unknown) => refusal(400, String(error)))
      .then(([status, body]) => {
        const isStream = typeof body === 'string';
        response.writeHead(status, {
          'content-type': isStream ? 'text/event-stream' : 'application/json',
        });
        response.end(isStream ? body : JSON.stringify(body));
      });
  });
  const listening = await listen(server);
  return { url: `${listening.url}/v1`, requests, stop: () => listening.stop() };
}

/** The status and the body: JSON, or the text of a stream. */
type Answer = [status: number, body: object | string];

interface Message {
  readonly id: string;
  readonly content: string | null;
  readonly toolCalls: readonly object[];
}

function usesOf(turn: Turn): readonly ToolUse[] {
  if ('uses' in turn) return turn.uses;
  return 'tool' in turn ? [turn] : [];
}

function offers({ tools = [] }: ModelRequest, use: ToolUse): boolean {
  return tools.some((tool) => tool.function.name === use.tool);
}

function messageOf(turn: Turn, count: number): Message {
  return {
    id: `chatcmpl-${count}`,
    content: 'say' in turn ? turn.say : null,
    toolCalls: usesOf(turn).map(({ tool, input }, index) => ({
      index,
      id: `call_${count}_${index}`,
      type: 'function',
      function: { name: tool, arguments: JSON.stringify(input) },
    })),
  };
}

function completion({ id, content, toolCalls }: Message): object {
  const message = {
    role: 'assistant',
    content,
    ...(toolCalls.length > 0 && { tool_calls: toolCalls }),
  };
  return {
    id,
    object: 'chat.completion',
    created: CREATED,
    model: MODEL,
    choices: [{ index: 0, message, finish_reason: finishReason(toolCalls) }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  };
}

/** The same as server-sent events. */
function chunksOf({ id, content, toolCalls }: Message): string {
  const chunk = (delta: object, reason: string | null): object => ({
    id,
    object: 'chat.completion.chunk',
    created: CREATED,
    model: MODEL,
    choices: [{ index: 0, delta, finish_reason: reason }],
  });
  const said = content === null ? [] : [{ content }];
  const called = toolCalls.map((call) => ({ tool_calls: [call] }));
  const chunks = [
    ...[{ role: 'assistant', content: '' }, ...said, ...called].map((delta) => chunk(delta, null)),
    chunk({}, finishReason(toolCalls)),
  ];
  return [...chunks.map((one) => JSON.stringify(one)), '[DONE]']
    .map((data) => `data: ${data}\n\n`)
    .join('');
}

function finishReason(toolCalls: readonly object[]): string {
  return toolCalls.length > 0 ? 'tool_calls' : 'stop';
}

function refusal(status: number, message: string): Answer {
  return [status, { error: { message, type: 'invalid_request_error' } }];
}
