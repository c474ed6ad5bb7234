import { compareContracts } from '../../../tools/contract/compare';
import {
  after,
  operation,
  ourContract,
  problemsAfter,
} from '../../../tools/contract/changed-dograh';
import {
  byTrigger,
  dograhDocument,
  header,
  type DograhDocument,
} from '../../../tools/contract/dograh-fixture';
import { orNull, type Model } from '../../../tools/contract/dograh-fixture-schemas';

describe('no difference', () => {
  it('is found between our contract and itself', () => {
    expect(compareContracts(ourContract, ourContract)).toEqual([]);
  });

  it('is found between our contract and a Dograh, in the style of FastAPI', () => {
    expect(after(() => undefined)).toEqual([]);
  });

  it.each<[string, (theirs: DograhDocument) => void]>([
    [
      'an optional request field more',
      ({ components }) => {
        components.schemas.TriggerCallRequest.properties['webhook'] = orNull('string');
      },
    ],
    [
      'a response field more',
      ({ components }) => {
        components.schemas.TriggerCallResponse.properties['workflow_id'] = { type: 'integer' };
      },
    ],
    [
      'a request field that takes more than before',
      ({ components }) => {
        components.schemas.TriggerCallRequest.properties['from_phone_number_id'] = {
          anyOf: [{ type: 'number' }, { type: 'string' }, { type: 'null' }],
        };
      },
    ],
    [
      'a response field that says less than before',
      ({ components }) => {
        components.schemas.TriggerCallResponse.properties['status'] = { const: 'initiated' };
      },
    ],
    [
      'OpenAPI 3.0 with nullable instead of a null type',
      (theirs) => {
        theirs['openapi'] = '3.0.3';
        const { properties } = theirs.components.schemas.TriggerCallRequest;
        properties['telephony_configuration_id'] = { type: 'integer', nullable: true };
        properties['from_phone_number_id'] = { allOf: [{ type: 'integer' }], nullable: true };
        properties['initial_context'] = { type: 'object', nullable: true };
      },
    ],
    [
      'a model split over allOf',
      ({ components }) => {
        const { status, ...others } = components.schemas.TriggerCallResponse.properties;
        const parts = [{ status }, others].map((properties) => ({
          type: 'object',
          properties,
          required: Object.keys(properties),
        }));
        Object.assign(components.schemas, { TriggerCallResponse: { allOf: parts } });
      },
    ],
    [
      'the API key as a security scheme instead of a parameter',
      (theirs) => {
        theirs.components.securitySchemes = {
          key: { type: 'apiKey', in: 'header', name: 'x-api-key' },
        };
        const route = operation(theirs);
        route.parameters = route.parameters.filter((one) => one['in'] === 'path');
      },
    ],
    [
      'the header name in another case',
      (theirs) => {
        operation(theirs).parameters[1] = header('x-api-key', { type: 'string' });
      },
    ],
    [
      'an answer declared for all of 2XX',
      (theirs) => {
        const { responses } = operation(theirs);
        const { '200': accepted, ...others } = responses;
        operation(theirs).responses = { ...others, '2XX': accepted ?? {} };
      },
    ],
    [
      'errors without a schema',
      (theirs) => {
        operation(theirs).responses['422'] = { description: 'Wrong' };
      },
    ],
  ])('is made by %s', (_what, change) => {
    expect(after(change)).toEqual([]);
  });
});

describe('routes', () => {
  it('are reported if they are gone', () => {
    const lines = after((theirs) => {
      Reflect.deleteProperty(theirs.paths, byTrigger);
    });
    expect(lines).toEqual(['POST /api/v1/public/agent/{trigger}: the route is gone']);
  });

  it('are reported if only their method is gone', () => {
    const lines = after((theirs) => {
      theirs.paths[byTrigger] = { put: operation(theirs) };
    });
    expect(lines).toEqual([
      'POST /api/v1/public/agent/{trigger}: the method is gone; the path has PUT',
    ]);
  });
});

describe('unusual documents', () => {
  it('a schema that contains itself is compared completely', () => {
    const problems = problemsAfter(({ components }) => {
      components.schemas.TriggerCallResponse.properties['previous'] = {
        anyOf: [{ $ref: '#/components/schemas/TriggerCallResponse' }, { type: 'null' }],
      };
    });
    expect(problems).toEqual([]);
  });

  it('a reference without a target is named', () => {
    const compare = () =>
      after(({ components }) => {
        Reflect.deleteProperty(components.schemas, 'TriggerCallResponse');
      });
    expect(compare).toThrow(
      '#/components/schemas/TriggerCallResponse does not exist in the document.',
    );
  });

  it.each(['#/components/schemas/A', 'https://example.com/a.json'])(
    'a reference %s',
    (reference) => {
      const compare = () =>
        after(({ components }) => {
          Object.assign(components.schemas, { A: { $ref: '#/components/schemas/A' } });
          components.schemas.TriggerCallResponse.properties['status'] = { $ref: reference };
        });
      expect(compare).toThrow(reference);
    },
  );
});

describe('each field of our contract is compared', () => {
  const unread = ['organization_provider_id', 'deployment_mode'];
  const fields = Object.values(dograhDocument().components.schemas)
    .filter((schema): schema is Model => 'properties' in schema)
    .filter(({ title }) => !title.includes('Validation'))
    .flatMap(({ title, properties }) =>
      Object.entries(properties).map(([field, { type }]) => ({ title, field, type })),
    )
    .filter(({ field }) => !unread.includes(field));

  /** The field as a difference names it, with its owner. */
  const nameIn = (field: string): string => `field "([\\w.[\\]]+\\.)?${field}"`;

  const modelOf = (theirs: DograhDocument, title: string): Model => {
    const schema = Object.entries(theirs.components.schemas).find(([name]) => name === title)?.[1];
    if (!schema || !('properties' in schema)) throw new Error(`The fixture has no ${title}.`);
    return schema;
  };

  it.each(fields)('$title: a missing $field is reported', ({ title, field }) => {
    const lines = after((theirs) => {
      const model = modelOf(theirs, title);
      Reflect.deleteProperty(model.properties, field);
      model.required = model.required.filter((name) => name !== field);
    });
    expect(lines.join()).toMatch(new RegExp(`${nameIn(field)} is gone`));
  });

  it.each(fields)('$title: another type of $field is reported', ({ title, field, type }) => {
    const another = type === 'array' ? 'object' : 'array';
    const lines = after((theirs) => {
      modelOf(theirs, title).properties[field] = { type: another };
    });
    expect(lines.join()).toMatch(new RegExp(`${nameIn(field)} (is|takes) ${another} now`));
  });
});
