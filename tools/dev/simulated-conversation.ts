/** What the simulated chat model of `npm run dev` answers: it can ask for one call and look up its result. */
import type { ModelRequest, Turn } from '../chat-model/chat-model';

const PHONE_NUMBER = /\+\d[\d ()-]{6,}\d/;
const AGREES = /^\s*(yes|ok|okay|sure|please|go ahead)\b|\b(again|once more)\b/i;
const HELP = 'Write, for example: Call Ann at +1 415 555 0123 about her appointment.';

export function nextTurn({ messages }: ModelRequest): Turn {
  const texts = messages.map(({ content }) => textOf(content));
  const last = texts.at(-1) ?? '';
  if (messages.at(-1)?.role === 'tool') return { say: reportOf(last) };
  if (PHONE_NUMBER.test(last)) return { say: questionAbout(callIn(last)) };

  const request = texts.findLast(
    (text, index) => messages[index]?.role === 'user' && PHONE_NUMBER.test(text),
  );
  if (request !== undefined && AGREES.test(last)) {
    return { tool: 'Call_a_person', input: callIn(request) };
  }
  const runId = texts.findLast((text) => RUN.test(text))?.match(RUN)?.[1];
  return runId === undefined ? { say: HELP } : { tool: 'Look_up_a_call', input: { run_id: runId } };
}

const RUN = /\bRun (\d+)/;

interface RequestedCall {
  readonly phone_number: string;
  readonly first_name: string;
  readonly reason: string;
}

function callIn(text: string): RequestedCall & Readonly<Record<string, string>> {
  return {
    phone_number: PHONE_NUMBER.exec(text)?.[0] ?? '',
    first_name: /(?:\bcall |\bname is )(?!me\b)(\p{L}+)/iu.exec(text)?.[1] ?? 'Ann',
    reason: /\babout ([^.?!]+)/i.exec(text)?.[1] ?? 'the appointment',
  };
}

function questionAbout({ phone_number, first_name, reason }: RequestedCall): string {
  return `I will call ${first_name} at ${phone_number} about ${reason}. May I?`;
}

/** The tools answer with the JSON of their output items. */
function reportOf(answer: string): string {
  const runId = /"workflow_run_id":\s*(\d+)/.exec(answer)?.[1];
  if (runId === undefined) return `The tool reported a problem: ${answer}`;
  if (/"skipped":\s*true/.test(answer)) {
    return `Run ${runId} already called this number in this chat, so nobody is called again.`;
  }
  const outcome = /"outcome":\s*"(\w+)"/.exec(answer)?.[1];
  if (outcome !== undefined) return `Run ${runId} is finished. Its outcome: ${outcome}.`;
  return `Run ${runId} is under way. Ask me in a few seconds how it went.`;
}

function textOf(content: unknown): string {
  return typeof content === 'string' ? content : JSON.stringify(content);
}
