import { join } from 'node:path';
import { compareContracts, describeDifference } from './compare';
import { contractSize } from './contract-size';
import { readDocument } from './read-document';

const contractFile = join(__dirname, '../../shared/src/contract/openapi.yaml');

/** What a comparison with our contract found. */
export interface Comparison {
  /** In words, one for each difference that could break our client. */
  readonly differences: readonly string[];
  /** How much was compared: `29 routes and 371 fields`. */
  readonly size: string;
}

/**
 * Compares our contract with another OpenAPI document.
 * @param source a file or an http(s) URL
 * @throws Error for people if the document cannot be read
 */
export async function compareWithOurs(source: string): Promise<Comparison> {
  const [ours, theirs] = await Promise.all([readDocument(contractFile), readDocument(source)]);
  const { routes, fields } = contractSize(ours);
  return {
    differences: compareContracts(ours, theirs).map(describeDifference),
    size: `${String(routes)} routes and ${String(fields)} fields`,
  };
}
