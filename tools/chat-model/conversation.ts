import type { ChatMessage, ModelRequest, NextTurn, ToolUse, Turn } from './chat-model';

/** What the model sees of one conversation. */
export interface Conversation {
  /** The last message of the user. */
  readonly task: string;
  /** The uses of tools whose results the model has, oldest first. */
  readonly uses: readonly AnsweredUse[];
}

export interface AnsweredUse extends ToolUse {
  /** The ID of the request for the tool. */
  readonly id: string;
  /** As text if it is not JSON. */
  readonly result: unknown;
}

/** The turns of one conversation, or how the next turn depends on it. */
export type Script = readonly Turn[] | ((conversation: Conversation) => Turn | undefined);

export function conversationOf({ messages }: ModelRequest): Conversation {
  const asked = messages.flatMap(({ tool_calls: calls = [] }) => calls);
  const task = messages.findLast(({ role }) => role === 'user');
  return {
    task: task === undefined ? '' : textOf(task),
    uses: messages.flatMap((message) => {
      const call = asked.find(({ id }) => id === message.tool_call_id);
      if (message.role !== 'tool' || call === undefined) return [];
      const { name, arguments: input } = call.function;
      const given = JSON.parse(input) as ToolUse['input'];
      return [{ id: call.id, tool: name, input: given, result: parsed(textOf(message)) }];
    }),
  };
}

/** Answers each conversation from its own script. A turn that fails does so once. */
export class Conversations {
  readonly #scripts = new Map<string, Script>();

  /** @param task the text of the user's message */
  script(task: string, script: Script): void {
    this.#scripts.set(task, script);
  }

  clear(): void {
    this.#scripts.clear();
  }

  readonly nextTurn: NextTurn = (request) => {
    const conversation = conversationOf(request);
    const script = this.#scripts.get(conversation.task);
    if (typeof script === 'function') return script(conversation);
    const turn = script && turnAfter(script, conversation.uses.length);
    if (turn && 'fail' in turn) {
      this.script(
        conversation.task,
        script.filter((one) => one !== turn),
      );
    }
    return turn;
  };
}

/** The first turn that the model has not had yet, if it has this number of results. */
function turnAfter(turns: readonly Turn[], results: number): Turn | undefined {
  let expected = 0;
  return turns.find((turn) => {
    const isNext = expected >= results;
    expected += 'uses' in turn ? turn.uses.length : 'tool' in turn ? 1 : 0;
    return isNext;
  });
}

function textOf({ content }: ChatMessage): string {
  if (typeof content === 'string') return content;
  const parts = Array.isArray(content) ? (content as { readonly text?: unknown }[]) : [];
  return parts.map(({ text }) => (typeof text === 'string' ? text : '')).join('');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
