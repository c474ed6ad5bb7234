import { after, operation, problemsAfter } from '../../../tools/contract/changed-dograh';
import { byTrigger, contextRoute, header } from '../../../tools/contract/dograh-fixture';

describe('the comparison of parameters reports', () => {
  it('a renamed header of the API key', () => {
    const problems = problemsAfter((theirs) => {
      operation(theirs).parameters[1] = header('Authorization', { type: 'string' });
    });
    expect(problems).toEqual([
      'header "X-API-Key" is gone; we send it',
      'header "Authorization" is required now; we do not send it',
    ]);
  });

  it('a required parameter that we may leave out', () => {
    const lines = after((theirs) => {
      operation(theirs, contextRoute, 'get').parameters[1] = header('X-API-Key', {
        type: 'string',
      });
    });
    expect(lines).toEqual([
      `GET ${contextRoute}: header "X-API-Key" is required now; we may leave it out`,
    ]);
  });

  it('a required parameter of the whole path', () => {
    const problems = problemsAfter((theirs) => {
      const mode = { name: 'mode', in: 'query', required: true, schema: { type: 'string' } };
      Object.assign(theirs.paths[byTrigger] ?? {}, { parameters: [mode] });
    });
    expect(problems).toEqual(['query parameter "mode" is required now; we do not send it']);
  });

  it('a path that takes only UUIDs, because our triggers may have names', () => {
    const problems = problemsAfter((theirs) => {
      Object.assign(operation(theirs).parameters[0] ?? {}, {
        schema: { type: 'string', format: 'uuid' },
      });
    });
    expect(problems).toEqual([
      'path parameter "trigger" must have format uuid now; what we send may not',
    ]);
  });
});
