import { createServer, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { listen } from '../support/servers';

/** What the model answers: a text for the user, or a tool to run. */
export type Turn =
  | { readonly say: string }
  | { readonly tool: string; readonly input: Readonly<Record<string, unknown>> };

/** The parts of a request that the answers and the tests read. */
export interface ModelRequest {
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
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

/** @param count how many requests came before this one. @returns undefined for a request that it cannot answer */
export type NextTurn = (request: ModelRequest, count: number) => Turn | undefined;

/** Answers turn by turn, whatever is asked. */
export function scripted(turns: readonly Turn[]): NextTurn {
  return (_, count) => turns[count];
}

/**
 * A chat model on loopback with OpenAI's chat completions API. It answers 400 when there is no next turn, or when the
 * turn needs a tool that the request does not offer.
 */
export async function startChatModel(nextTurn: NextTurn): Promise<ChatModel> {
  const requests: ModelRequest[] = [];
  const answerTo = async (request: IncomingMessage): Promise<[number, object]> => {
    const { pathname } = new URL(request.url ?? '', 'http://model.invalid');
    if (request.method === 'GET' && pathname === '/v1/models') {
      return [200, { object: 'list', data: [{ id: MODEL, object: 'model' }] }];
    }
    if (request.method !== 'POST' || pathname !== '/v1/chat/completions') return refusal(404, 'No');
    const asked = JSON.parse(await text(request)) as ModelRequest;
    const turn = nextTurn(asked, requests.length);
    requests.push(asked);
    if (turn === undefined) return refusal(400, 'There is no next turn.');
    if ('tool' in turn && !asked.tools?.some((tool) => tool.function.name === turn.tool)) {
      return refusal(400, `There is no tool ${turn.tool}.`);
    }
    return [200, completion(turn, requests.length)];
  };
  const server: Server = createServer((request, response) => {
    void answerTo(request)
      .catch((error: unknown) => refusal(400, String(error)))
      .then(([status, body]) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      });
  });
  const listening = await listen(server);
  return { url: `${listening.url}/v1`, requests, stop: () => listening.stop() };
}

function completion(turn: Turn, count: number): object {
  const calls = 'tool' in turn ? [toolCall(turn.tool, turn.input, count)] : undefined;
  const message = {
    role: 'assistant',
    content: 'say' in turn ? turn.say : null,
    ...(calls && { tool_calls: calls }),
  };
  return {
    id: `chatcmpl-${count}`,
    object: 'chat.completion',
    created: 1_767_225_600,
    model: MODEL,
    choices: [{ index: 0, message, finish_reason: calls ? 'tool_calls' : 'stop' }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  };
}

function toolCall(name: string, input: object, count: number): object {
  return {
    id: `call_${count}`,
    type: 'function',
    function: { name, arguments: JSON.stringify(input) },
  };
}

function refusal(status: number, message: string): [number, object] {
  return [status, { error: { message, type: 'invalid_request_error' } }];
}
