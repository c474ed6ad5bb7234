import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { compareContracts, describeDifference } from './compare';
import {
  byTrigger,
  dograhDocument,
  type DograhDocument,
  type DograhOperation,
} from './dograh-fixture';
import { recordAt, type JsonRecord } from './json';

const contractFile = join(__dirname, '../../shared/src/contract/openapi.yaml');

export const ourContract: JsonRecord = recordAt(parse(readFileSync(contractFile, 'utf8')));

/** Returns the reported differences after this change to Dograh's document. */
export function after(change: (theirs: DograhDocument) => void): string[] {
  const theirs = dograhDocument();
  change(theirs);
  return compareContracts(ourContract, theirs).map(describeDifference);
}

/** Returns the problems of one route, for changes that apply to all four call routes. */
export function problemsAfter(change: (theirs: DograhDocument) => void): string[] {
  const route = 'POST /api/v1/public/agent/{trigger}: ';
  return after(change)
    .filter((line) => line.startsWith(route))
    .map((line) => line.slice(route.length));
}

/** An operation of the document, which the test changes. */
export function operation(
  theirs: DograhDocument,
  path = byTrigger,
  method = 'post',
): DograhOperation {
  const found = theirs.paths[path]?.[method];
  if (!found) throw new Error(`The fixture has no ${method} ${path}.`);
  return found;
}
