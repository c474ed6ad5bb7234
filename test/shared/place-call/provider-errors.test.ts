// Names of providers. cspell:ignore Telnyx Exotel PJSIP
import { startSimulator, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { DrivenClock } from '../../support/clocks';
import { placeCall } from '../../support/place-call';
import { rejectionOf } from '../../support/refusal';
import { hideRuns } from '../../behaviour/call-requests';
import { humanSentence } from '../../../shared/src/transport/human-sentence';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
beforeEach(() => {
  simulator.reset();
});
afterAll(() => simulator.stop());

const refusalOf = (status: number, detail: unknown) => {
  simulator.faults.add({
    on: 'call',
    fault: { kind: 'status', callPlaced: false, status, body: { detail } },
  });
  const { apiKey } = simulator.world.acme;
  const clock = new DrivenClock(0, undefined, Date.now());
  const agent = { by: 'triggerId', value: 'lead-qualifier' } as const;
  return rejectionOf(
    placeCall(clientTo(simulator.url, { apiKey, clock }), { agent, phoneNumber: '+14155550123' }),
  );
};

const TWILIO = {
  code: 21211,
  message: "The 'To' number +1555 is not a valid phone number.",
  more_info: 'https://www.twilio.com/docs/errors/21211',
  status: 400,
};
const TWILIO_SAYS = "The 'To' number +1555 is not a valid phone number";
const VONAGE =
  "{'type': 'https://developer.vonage.com/api-errors#bad-request', 'title': 'Bad Request', 'detail': \"The 'to' number isn\\'t valid\", 'instance': 'a1b2'}";

/** The text after "Failed to initiate call: ", and the sentence in it. */
const PROVIDERS: readonly (readonly [string, string, string])[] = [
  ['Twilio', `400: ${JSON.stringify(TWILIO)}`, TWILIO_SAYS],
  ['Twilio, indented', `400: ${JSON.stringify(TWILIO, null, 2)}`, TWILIO_SAYS],
  [
    'Telnyx',
    '422: {"errors": [{"code": "10016", "title": "Phone number must be in +E.164 format", "detail": "The \'to\' parameter must be in +E.164 format.", "source": {"pointer": "/to"}}]}',
    "The 'to' parameter must be in +E.164 format",
  ],
  [
    'Vonage, as Python prints it',
    `400: Failed to initiate Vonage call: ${VONAGE}`,
    "The 'to' number isn't valid",
  ],
  [
    'Vonage, with the reason in a list',
    "400: Failed to initiate Vonage call: {'type': 'VALIDATION', 'error_title': 'Bad Request', 'invalid_parameters': [{'name': 'to[0].number', 'reason': 'must be 7 to 15 digits'}]}",
    'must be 7 to 15 digits',
  ],
  [
    'Plivo',
    '400: Failed to initiate Plivo call: {"api_id": "5c1e", "error": "to parameter is not a valid number"}',
    'to parameter is not a valid number',
  ],
  [
    'Plivo, with a list per field',
    '400: Failed to initiate Plivo call: {"api_id":"5c1e","error":{"to":["+1555 is not a valid number"]}}',
    '+1555 is not a valid number',
  ],
  [
    'Vobiz',
    '401: Failed to initiate Vobiz call: {"api_id":"1","error":"authentication failed"}',
    'authentication failed',
  ],
  [
    'Cloudonix',
    '400: Failed to initiate call via Cloudonix (HTTP 400): {"error":"INVALID_DESTINATION","message":"The destination is not routable"}',
    'The destination is not routable',
  ],
  [
    'an Asterisk',
    '400: Failed to create ARI channel: {"message":"Endpoint not found: PJSIP/204"}',
    'Endpoint not found: PJSIP/204',
  ],
  [
    'Exotel',
    '400: {"RestException":{"Status":400,"Message":"Bad or missing parameters: To"}}',
    'Bad or missing parameters: To',
  ],
  [
    'Exotel, as XML',
    '400: <?xml version="1.0"?><TwilioResponse><RestException><Status>400</Status><Message>Bad or missing parameters: To</Message></RestException></TwilioResponse>',
    'Bad or missing parameters: To',
  ],
  [
    'an error inside an error',
    `400: ${JSON.stringify({ error: JSON.stringify({ error: JSON.stringify(TWILIO) }) })}`,
    TWILIO_SAYS,
  ],
  [
    'JSON that is cut off in the text',
    `400: ${JSON.stringify(TWILIO).slice(0, 80)}`,
    "The 'To' number +1555 is not a valid phone number",
  ],
  ['JSON that is cut off before the text', '400: {"code": 20003, "mess', 'error code 20003'],
  ['JSON without words', '400: {"status": 400}', ''],
  ['only a code', '400: {"code": 13}', 'error code 13'],
  [
    'an introduction',
    `400: Rejected by the carrier. Response: ${JSON.stringify(TWILIO)}`,
    `Rejected by the carrier. Response: ${TWILIO_SAYS}`,
  ],
  [
    'a web page',
    '403: <html><head><title>403 Blocked by firewall</title></head></html>',
    '403 Blocked by firewall',
  ],
  ['a plain text', '400: Authenticate', 'Authenticate'],
  [
    'a plain text with brackets',
    "400: Use one of ['a', 'b'] and {{name}}",
    "Use one of ['a', 'b'] and {{name}}",
  ],
];

describe('a refusal by a telephony provider', () => {
  it.each(PROVIDERS)('shows only the sentence of %s', async (_name, reason, sentence) => {
    const detail = `Failed to initiate call: ${reason}`;

    expect(await refusalOf(400, detail)).toMatchObject({
      kind: 'Telephony',
      callPlaced: 'no',
      message: sentence === '' ? 'Dograh could not dial.' : `Dograh could not dial: ${sentence}.`,
      detail,
    });
  });

  it('keeps a long detail, but not a long sentence', async () => {
    const detail = `Failed to initiate call: 400: ${JSON.stringify({ message: 'No! '.repeat(300) })}`;
    const refusal = await refusalOf(400, detail);

    expect(refusal.detail).toBe(detail);
    expect(refusal.message.length).toBeLessThan(340);
  });

  it('shows no key that is hidden in the JSON', async () => {
    const { apiKey } = simulator.world.acme;
    const escaped = Array.from(
      apiKey,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
    const refusal = await refusalOf(
      400,
      `Failed to initiate call: 400: {"message": "No ${escaped.join('')} here"}`,
    );

    expect(refusal.message).toBe('Dograh could not dial: No [API key] here.');
  });
});

describe('an answer that leaves open whether the provider dialed', () => {
  it.each([
    `503: {"code": 20503, "message": "400: Failed"}`,
    `{"message": "400: The number is not valid"}`,
    `{"detail": "Cannot connect to host api.twilio.com"}`,
    `<html><title>400: Bad</title></html>`,
    `Failed to initiate Vonage call: {'title': '400: Bad Request'}`,
  ])('stays unknown, whatever the sentence in it says: %s', async (reason) => {
    hideRuns(simulator);
    const detail = `Failed to initiate call: ${reason}`;

    expect(await refusalOf(400, detail)).toMatchObject({ callPlaced: 'unknown', detail });
  });

  it('stays unknown if the text is in an object of another shape', async () => {
    hideRuns(simulator);
    const detail = { cause: { text: 'Failed to initiate call: Server disconnected' } };

    expect(await refusalOf(400, detail)).toMatchObject({ callPlaced: 'unknown' });
  });

  it('shows the sentence, too', async () => {
    hideRuns(simulator);
    const detail = 'Failed to initiate call: 503: {"code": 20503, "message": "Service is down"}';

    expect((await refusalOf(400, detail)).message).toMatch(/ answered 400: Service is down\./);
  });
});

describe('the sentence in a hostile text', () => {
  it.each([
    ['open brackets', '[{'.repeat(50_000)],
    ['open quotation marks', '{"message": "'.repeat(20_000)],
    ['backslashes', `{"message": "${'\\'.repeat(100_000)}`],
    ['spaces', `{"message"${' '.repeat(100_000)}`],
    ['tags', '<a>'.repeat(50_000)],
    ['prefixes', '400: '.repeat(50_000)],
    ['dots', `${'a.'.repeat(50_000)}Error`],
  ])(
    'is found quickly among many %s',
    (_what, text) => {
      expect(humanSentence(text).length).toBeLessThanOrEqual(301);
    },
    1_000,
  );

  it.each([
    ['{"auth_token": "my secret words", "code": 7}', 'error code 7'],
    ['{"apiKey": "my secret words", "detail": "The line is busy"}', 'The line is busy'],
    ['{"AuthSid": "my secret words"}', ''],
    ['{"session": "my secret words", "from": "Ann Lee"}', ''],
    ['{"error": "x", "headers": ["Basic QUMx MjM6"]}', 'Basic …'],
    [
      '{"message": "Open https://a.example/b?token=abcdef&x=1"}',
      'Open https://a.example/b?token=…&x=1',
    ],
    [
      '{"message": "No answer from /Calls.json?auth_token=abcdef"}',
      'No answer from /Calls.json?auth_token=…',
    ],
    [
      '{"message": "Not reached: https://user:secret@a.example"}',
      'Not reached: https://…@a.example',
    ],
  ])('is never the text of a secret: %s', (text, sentence) => {
    expect(humanSentence(text)).toBe(sentence);
  });

  it('is the text of a web page without its tags', () => {
    expect(humanSentence('<p class="big">The line is busy</p>')).toBe('The line is busy');
  });

  it('has no line breaks and no invisible characters', () => {
    expect(humanSentence('{"message": "Not\\n\\u202ea\\u0000 number"}')).toBe('Not a number');
  });
});
