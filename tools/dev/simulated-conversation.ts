/**
 * What the simulated chat model of `npm run dev` answers. In a chat, it can ask for one call and look up its result.
 * About a row of a list, it decides from the notes whether to call.
 */
import type { ModelRequest, Turn } from '../chat-model/chat-model';

const PHONE_NUMBER = /\+\d[\d ()-]{6,}\d/;
const AGREES = /^\s*(yes|ok|okay|sure|please|go ahead)\b|\b(again|once more)\b/i;
/** The prompt of agent-calls-a-list.json. */
const ROW = /^Name: (.+)\nNotes: (.+)$/;
const WAITS_FOR_A_CALL = /\b(asked|wants|would like)\b/i;
const HELP = 'Write, for example: Call Ann at +1 415 555 0123 about her appointment.';

export function nextTurn({ messages }: ModelRequest): Turn {
  const texts = messages.map(({ content }) => textOf(content));
  const last = texts.at(-1) ?? '';
  const row = ROW.exec(texts.findLast((_, index) => messages[index]?.role === 'user') ?? '');
  if (row !== null) {
    const [, name = '', notes = ''] = row;
    return messages.at(-1)?.role === 'tool'
      ? { say: rowReportOf(last, name) }
      : decisionAbout(name, notes);
  }
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
const RUN_ID = /"workflow_run_id":\s*(\d+)/;
const SKIPPED = /"skipped":\s*true/;

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

function decisionAbout(name: string, notes: string): Turn {
  return WAITS_FOR_A_CALL.test(notes)
    ? { tool: 'Call_a_person', input: { reason: notes } }
    : { say: `${name} needs no call.` };
}

function rowReportOf(answer: string, name: string): string {
  if (!RUN_ID.test(answer)) return `${name} was not called. The tool reported a problem.`;
  return SKIPPED.test(answer)
    ? `${name} is not called now, because this number was called before.`
    : `${name} is being called.`;
}

/** The tools answer with the JSON of their output items. */
function reportOf(answer: string): string {
  const runId = RUN_ID.exec(answer)?.[1];
  if (runId === undefined) return `The tool reported a problem: ${answer}`;
  if (SKIPPED.test(answer)) {
    return `Run ${runId} already called this number in this chat, so nobody is called again.`;
  }
  const outcome = /"outcome":\s*"(\w+)"/.exec(answer)?.[1];
  if (outcome !== undefined) return `Run ${runId} is finished. Its outcome: ${outcome}.`;
  return `Run ${runId} is under way. Ask me in a few seconds how it went.`;
}

function textOf(content: unknown): string {
  return typeof content === 'string' ? content : JSON.stringify(content);
}
