import { after, operation, problemsAfter } from '../../../tools/contract/changed-dograh';
import { contextRoute } from '../../../tools/contract/dograh-fixture';
import { orNull } from '../../../tools/contract/dograh-fixture-schemas';

describe('the comparison of answers reports', () => {
  const change = (name: string, schema?: Record<string, unknown>) =>
    problemsAfter(({ components }) => {
      const { properties } = components.schemas.TriggerCallResponse;
      if (schema) properties[name] = schema;
      else Reflect.deleteProperty(properties, name);
    });

  it('a removed field', () => {
    expect(change('workflow_run_id')).toEqual([
      'response field "workflow_run_id" is gone; we read it',
    ]);
  });

  it('a removed optional field', () => {
    const lines = after(({ components }) => {
      delete components.schemas.OrganizationContextResponse.properties['organization_id'];
    });
    expect(lines).toEqual([
      `GET ${contextRoute}: response field "organization_id" is gone; we read it`,
    ]);
  });

  it('a field that becomes optional', () => {
    const problems = problemsAfter(({ components }) => {
      components.schemas.TriggerCallResponse.required = ['status', 'workflow_run_id'];
    });
    expect(problems).toEqual([
      'response field "workflow_run_name" may be missing now; we rely on it',
    ]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['another type', { type: 'string' }, 'string'],
    ['a wider type', { type: 'number' }, 'number'],
    ['null', orNull('integer'), 'integer or null'],
    ['null, as a list of types', { type: ['integer', 'null'] }, 'integer or null'],
    ['no type at all', { title: 'Workflow Run Id' }, 'anything'],
    ['certain texts', { enum: ['a', 'b'] }, '"a" or "b"'],
  ])('%s in a field', (_what, schema, described) => {
    expect(change('workflow_run_id', schema)).toEqual([
      `response field "workflow_run_id" is ${described} now; we read integer`,
    ]);
  });

  it('a list instead of an object', () => {
    const problems = problemsAfter(({ components }) => {
      Object.assign(components.schemas, { TriggerCallResponse: { type: 'array', items: {} } });
    });
    expect(problems).toEqual(['the response body is array now; we read object']);
  });

  it('another status', () => {
    const problems = problemsAfter((theirs) => {
      const { responses } = operation(theirs);
      operation(theirs).responses = { '202': responses['200'] ?? {} };
    });
    expect(problems).toEqual(['status 200 is gone; declared are 202']);
  });

  it('a body that is not JSON', () => {
    const problems = problemsAfter((theirs) => {
      operation(theirs).responses['200'] = { description: 'Done' };
    });
    expect(problems).toEqual(['status 200 has no JSON body now; we read it']);
  });

  it('another shape of problems, deep in a declared error', () => {
    const problems = problemsAfter(({ components }) => {
      components.schemas.ValidationError.properties['loc'] = {
        type: 'array',
        items: { type: 'object' },
      };
    });
    expect(problems).toEqual([
      'response 422 field "detail[].loc[]" is object now; we read integer or string',
    ]);
  });
});
