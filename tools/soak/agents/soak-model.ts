import type { NextTurn, Turn } from '../../chat-model/chat-model';
import { conversationOf } from '../../chat-model/conversation';
import { digitsOf } from './numbers';
import type { AttemptPlan, TurnPlan } from './plan';

/** A number that the model asked for. */
export interface AskedUse {
  readonly attempt: number;
  readonly phone: string;
}

/** A result of the tool that the model got. */
export interface SeenResult extends AskedUse {
  readonly result: unknown;
}

/** What the model of one family asked for and got. */
export class Talk {
  readonly asked: AskedUse[] = [];
  readonly seen: SeenResult[] = [];
  #attempt = 0;
  #turns = new Map<string, TurnPlan[]>();
  readonly #known = new Set<string>();

  begin(attempt: number, { turns }: AttemptPlan): void {
    this.#attempt = attempt;
    this.#turns = new Map(Object.entries(turns).map(([task, planned]) => [task, [...planned]]));
  }

  next(task: string): TurnPlan | undefined {
    return this.#turns.get(task)?.shift();
  }

  note(phones: readonly string[]): void {
    for (const phone of phones) this.asked.push({ attempt: this.#attempt, phone: digitsOf(phone) });
  }

  /** @param id the ID of the request for the tool. Each request to the model repeats the earlier results */
  see(id: string, phone: unknown, result: unknown): void {
    if (phone === undefined || this.#known.has(id)) return;
    this.#known.add(id);
    this.seen.push({ attempt: this.#attempt, phone: digitsOf(phone), result });
  }
}

/** Answers each conversation with the planned turns of its family. */
export class SoakModel {
  readonly #talks = new Map<string, Talk>();

  talkOf(family: number): Talk {
    const key = `Family ${family},`;
    const talk = this.#talks.get(key) ?? new Talk();
    this.#talks.set(key, talk);
    return talk;
  }

  readonly nextTurn: NextTurn = (request) => {
    const { task, uses } = conversationOf(request);
    const talk = this.#talks.get(/^Family \d+,/.exec(task)?.[0] ?? '');
    if (talk === undefined) return undefined;
    for (const { id, input, result } of uses) talk.see(id, input['phone_number'], result);
    const tools = request.tools ?? [];
    const toolWith = (argument: string): string | undefined =>
      tools.find((tool) => argument in (tool.function.parameters.properties ?? {}))?.function.name;
    const planned = talk.next(task);
    if (planned === 'fail') return { fail: 500 };
    const [argument, values] =
      planned === undefined
        ? ['', []]
        : 'phones' in planned
          ? ['phone_number', planned.phones]
          : ['task', planned.tasks];
    const tool = toolWith(argument);
    if (tool === undefined) return DONE;
    if (argument === 'phone_number') talk.note(values);
    return { uses: values.map((value) => ({ tool, input: { [argument]: value } })) };
  };
}

const DONE: Turn = { say: 'Done.' };
