import { compareParameters } from './compare-parameters';
import { describeMismatch } from './describe-mismatch';
import { operationsOf, type JsonDocument, type Operation } from './openapi';
import { findMismatches, type Sides } from './schema-mismatches';

/** A difference that could break our client. */
export interface Difference {
  /** Method and path as in our contract. */
  route: string;
  problem: string;
}

/**
 * Finds everything in their OpenAPI document that could break a client of our contract. They must accept what we
 * send, and we must understand what they answer. Additions on their side are no difference.
 */
export function compareContracts(ours: JsonDocument, theirs: JsonDocument): Difference[] {
  const theirOperations = operationsOf(theirs);
  return operationsOf(ours).flatMap((operation) => {
    const problems = compareRoute({ ours, theirs }, operation, theirOperations);
    const route = `${operation.method} ${operation.path}`;
    return problems.map((problem) => ({ route, problem }));
  });
}

export function describeDifference({ route, problem }: Difference): string {
  return `${route}: ${problem}`;
}

interface Documents {
  ours: JsonDocument;
  theirs: JsonDocument;
}

function compareRoute(
  documents: Documents,
  our: Operation,
  theirOperations: Operation[],
): string[] {
  const samePath = theirOperations.filter((their) => shapeOf(their.path) === shapeOf(our.path));
  if (samePath.length === 0) return ['the route is gone'];
  const their = samePath.find(({ method }) => method === our.method);
  if (!their) {
    const methods = samePath.map(({ method }) => method).join(', ');
    return [`the method is gone; the path has ${methods}`];
  }
  return [
    ...compareParameters(documents, our, their),
    ...compareBodies(documents, our, their),
    ...compareAnswers(documents, our, their),
  ];
}

/** A path without the names of its parameters, because each document chooses its own names. */
function shapeOf(path: string): string {
  return path.replace(/\{[^}]*\}/g, '{}');
}

function compareBodies(documents: Documents, our: Operation, their: Operation): string[] {
  if (!our.body)
    return their.body?.required ? ['a request body is required now; we send none'] : [];
  if (!their.body) return ['the route takes no request body now; we send one'];
  const theirContent = their.body.content;
  return Object.entries(our.body.content).flatMap(([type, content]) => {
    if (!(type in theirContent)) {
      const taken = Object.keys(theirContent).join(', ');
      return [`the request body must be ${taken} now; we send ${type}`];
    }
    return mismatches({
      direction: 'request',
      writer: { schema: schemaOf(content), document: documents.ours },
      reader: { schema: schemaOf(theirContent[type]), document: documents.theirs },
    });
  });
}

function compareAnswers(documents: Documents, our: Operation, their: Operation): string[] {
  return [...our.answers].flatMap(([status, ourAnswer]) => {
    const ourJson = ourAnswer.content['application/json'];
    const theirAnswer = their.answers.get(status) ?? their.answers.get(`${status.charAt(0)}XX`);
    const theirJson = theirAnswer?.content['application/json'];
    const isError = !status.startsWith('2');
    // FastAPI does not know the errors of its routes, so a missing error means nothing.
    if (ourJson === undefined || (isError && theirJson === undefined)) return [];
    if (!theirAnswer) {
      return [`status ${status} is gone; declared are ${[...their.answers.keys()].join(', ')}`];
    }
    if (theirJson === undefined) return [`status ${status} has no JSON body now; we read it`];
    return mismatches(
      {
        direction: 'answer',
        writer: { schema: schemaOf(theirJson), document: documents.theirs },
        reader: { schema: schemaOf(ourJson), document: documents.ours },
      },
      isError ? `response ${status}` : 'response',
    );
  });
}

function mismatches(sides: Sides, part = 'request'): string[] {
  const found = findMismatches(sides).map((mismatch) =>
    describeMismatch(mismatch, sides.direction, { whole: `the ${part} body`, part }),
  );
  return [...new Set(found)];
}

function schemaOf(content: unknown): unknown {
  return typeof content === 'object' && content !== null && 'schema' in content
    ? content.schema
    : undefined;
}
