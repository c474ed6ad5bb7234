import { after, operation, problemsAfter } from '../../../tools/contract/changed-dograh';
import { contextRoute } from '../../../tools/contract/dograh-fixture';

describe('the comparison of request bodies reports', () => {
  const change = (name: string, schema?: Record<string, unknown>) =>
    problemsAfter(({ components }) => {
      const { properties } = components.schemas.TriggerCallRequest;
      if (schema) properties[name] = schema;
      else Reflect.deleteProperty(properties, name);
    });

  it('a removed optional field', () => {
    expect(change('initial_context')).toEqual([
      'request field "initial_context" is gone; we send it',
    ]);
  });

  it('a renamed field', () => {
    const problems = problemsAfter(({ components }) => {
      const request = components.schemas.TriggerCallRequest;
      request.required = ['to'];
      request.properties = { ...request.properties, to: { type: 'string' } };
      delete request.properties['phone_number'];
    });
    expect(problems).toEqual([
      'request field "phone_number" is gone; we send it',
      'request field "to" is required now; we do not send it',
    ]);
  });

  it('a required field that we may leave out', () => {
    const problems = problemsAfter(({ components }) => {
      components.schemas.TriggerCallRequest.required.push('telephony_configuration_id');
    });
    expect(problems).toEqual([
      'request field "telephony_configuration_id" is required now; we may leave it out',
    ]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['another type', { type: 'object' }, 'takes object now; we send string'],
    ['certain values', { enum: ['a', 'b'] }, 'takes "a" or "b" now; we send string'],
    [
      'a pattern',
      { type: 'string', pattern: '^x' },
      'must have pattern ^x now; what we send may not',
    ],
    [
      'a length',
      { type: 'string', maxLength: 16 },
      'must have maxLength 16 now; what we send may not',
    ],
  ])('a field that takes %s', (_what, schema, problem) => {
    expect(change('phone_number', schema)).toEqual([`request field "phone_number" ${problem}`]);
  });

  it('a field that no longer takes null', () => {
    expect(change('from_phone_number_id', { type: 'integer' })).toEqual([
      'request field "from_phone_number_id" takes integer now; we send integer or null',
    ]);
  });

  it('a context with only certain keys', () => {
    const context = { properties: { name: { type: 'string' } } };
    expect(change('initial_context', { anyOf: [{ type: 'null' }, context] })).toEqual([
      'request field "initial_context" takes only fields of certain names now; we send others too',
    ]);
  });

  it('a context with only certain values', () => {
    const context = { type: 'object', additionalProperties: { type: 'string' } };
    expect(change('initial_context', { anyOf: [context, { type: 'null' }] })).toEqual([
      'request field "initial_context.*" takes string now; we send anything',
    ]);
  });

  it('a body that is not JSON', () => {
    const problems = problemsAfter((theirs) => {
      operation(theirs).requestBody = { content: { 'multipart/form-data': {} } };
    });
    expect(problems).toEqual([
      'the request body must be multipart/form-data now; we send application/json',
    ]);
  });

  it('a route that no longer accepts a body', () => {
    const problems = problemsAfter((theirs) => {
      delete operation(theirs).requestBody;
    });
    expect(problems).toEqual(['the route takes no request body now; we send one']);
  });

  it('a required body where we send none', () => {
    const lines = after((theirs) => {
      operation(theirs, contextRoute, 'get').requestBody = { required: true, content: {} };
    });
    expect(lines).toEqual([`GET ${contextRoute}: a request body is required now; we send none`]);
  });
});
