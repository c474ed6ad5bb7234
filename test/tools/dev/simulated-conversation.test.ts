import type { ModelRequest } from '../../../tools/chat-model/chat-model';
import { nextTurn } from '../../../tools/dev/simulated-conversation';

type Message = ModelRequest['messages'][number];
const user = (content: string): Message => ({ role: 'user', content });
const assistant = (content: string): Message => ({ role: 'assistant', content });
const tool = (content: string): Message => ({ role: 'tool', content });

const REQUEST = user('Call Ben at +1 415 555 0123 about his order.');
const QUESTION = 'I will call Ben at +1 415 555 0123 about his order. May I?';
const CALL = {
  tool: 'Call_a_person',
  input: { phone_number: '+1 415 555 0123', first_name: 'Ben', reason: 'his order' },
};
const ROW = user('Name: Dan\nNotes: Wants a new appointment.');
const PLACED = assistant('Run 1002 is under way. Ask me in a few seconds how it went.');

describe('the simulated chat model', () => {
  it('asks before it calls', () => {
    expect(nextTurn({ messages: [REQUEST] })).toEqual({ say: QUESTION });
  });

  it.each(['yes', 'Please call him.', 'Call him again'])(
    'calls when the user writes "%s"',
    (text) => {
      expect(nextTurn({ messages: [REQUEST, assistant(QUESTION), user(text)] })).toEqual(CALL);
    },
  );

  it('takes the name from "my name is"', () => {
    const text = 'Call me at +14155550123, my name is Ann, about my appointment.';
    expect(nextTurn({ messages: [user(text)] })).toEqual({
      say: 'I will call Ann at +14155550123 about my appointment. May I?',
    });
  });

  it.each([
    ['[{"workflow_run_id":1002,"status":"initiated"}]', PLACED.content],
    ['[{"workflow_run_id":1002,"skipped":true}]', expect.stringContaining('already called')],
    ['[{"workflow_run_id":1002,"outcome":"busy"}]', 'Run 1002 is finished. Its outcome: busy.'],
    ['No such number', 'The tool reported a problem: No such number'],
  ])('reports what the tool answered: %s', (answer, say) => {
    expect(nextTurn({ messages: [REQUEST, tool(answer)] })).toEqual({ say });
  });

  it('looks up the last call', () => {
    expect(nextTurn({ messages: [REQUEST, PLACED, user('How did it go?')] })).toEqual({
      tool: 'Look_up_a_call',
      input: { run_id: '1002' },
    });
  });

  it('decides about a row from its notes', () => {
    expect(nextTurn({ messages: [ROW] })).toEqual({
      tool: 'Call_a_person',
      input: { reason: 'Wants a new appointment.' },
    });
    expect(nextTurn({ messages: [user('Name: Ben\nNotes: Paid yesterday.')] })).toEqual({
      say: 'Ben needs no call.',
    });
  });

  it.each([
    ['[{"workflow_run_id":1002,"status":"initiated"}]', 'Dan is being called.'],
    ['[{"workflow_run_id":1002,"skipped":true}]', expect.stringContaining('was called before')],
    ['[{"error":"No such number"}]', 'Dan was not called. The tool reported a problem.'],
  ])('reports about a row what the tool answered: %s', (answer, say) => {
    expect(nextTurn({ messages: [ROW, tool(answer)] })).toEqual({ say });
  });

  it('says what to write when it does not understand', () => {
    expect(nextTurn({ messages: [user('Hello')] })).toEqual({
      say: expect.stringContaining('Call Ann at'),
    });
  });
});
