import { describeMismatch } from './describe-mismatch';
import { recordAt } from './json';
import type { JsonDocument, Operation, Parameter } from './openapi';
import { resolveReference } from './reference';
import { findMismatches } from './schema-mismatches';

interface Documents {
  ours: JsonDocument;
  theirs: JsonDocument;
}

/** What stands against our path, query, header and cookie parameters. */
export function compareParameters(
  documents: Documents,
  our: Operation,
  their: Operation,
): string[] {
  const pairs = our.parameters.map((parameter) => ({
    our: parameter,
    their: counterpart(parameter, our, their),
  }));
  const ofOurs = pairs.flatMap((pair) =>
    pair.their
      ? compareOne(documents, pair.our, pair.their)
      : goneUnlessKey(pair.our, documents.theirs),
  );
  const known = new Set(pairs.map((pair) => pair.their));
  const ofTheirs = their.parameters
    .filter((parameter) => parameter.required && parameter.in !== 'path' && !known.has(parameter))
    .map((parameter) => `${nameOf(parameter)} is required now; we do not send it`);
  return [...ofOurs, ...ofTheirs];
}

/** Path parameters match by position. Header names are case-insensitive. */
function counterpart(
  parameter: Parameter,
  our: Operation,
  their: Operation,
): Parameter | undefined {
  if (parameter.in === 'path') {
    const place = pathNames(our.path).indexOf(parameter.name);
    const theirName = pathNames(their.path)[place];
    return their.parameters.find((one) => one.in === 'path' && one.name === theirName);
  }
  return their.parameters.find((one) => one.in === parameter.in && keyOf(one) === keyOf(parameter));
}

function compareOne(documents: Documents, our: Parameter, their: Parameter): string[] {
  const required =
    their.required && !our.required ? [`${nameOf(our)} is required now; we may leave it out`] : [];
  const mismatches = findMismatches({
    direction: 'request',
    writer: { schema: our.schema, document: documents.ours },
    reader: { schema: their.schema, document: documents.theirs },
  });
  const described = mismatches.map((mismatch) =>
    describeMismatch(mismatch, 'request', { whole: nameOf(our), part: nameOf(our) }),
  );
  return [...required, ...described];
}

/** The API key may move from the parameters to the document's security schemes. Then it is sent in the same way. */
function goneUnlessKey(parameter: Parameter, theirs: JsonDocument): string[] {
  // The route matched, so it has a parameter in this position. A document may leave it undeclared.
  if (parameter.in === 'path') return [];
  const schemes = Object.values(recordAt(theirs, 'components', 'securitySchemes'));
  const isKey = schemes.some((value) => {
    const scheme = resolveReference(theirs, value);
    const isApiKey = scheme['type'] === 'apiKey' && scheme['in'] === parameter.in;
    return isApiKey && String(scheme['name']).toLowerCase() === parameter.name.toLowerCase();
  });
  return isKey ? [] : [`${nameOf(parameter)} is gone; we send it`];
}

function nameOf(parameter: Parameter): string {
  return parameter.in === 'header'
    ? `header "${parameter.name}"`
    : `${parameter.in} parameter "${parameter.name}"`;
}

function keyOf(parameter: Parameter): string {
  return parameter.in === 'header' ? parameter.name.toLowerCase() : parameter.name;
}

function pathNames(path: string): string[] {
  return [...path.matchAll(/\{([^}]*)\}/g)].map((match) => match[1] ?? '');
}
