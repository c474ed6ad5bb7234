import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isRecord, recordAt, type JsonRecord } from '../contract/json';
import { operationsOf, type Operation } from '../contract/openapi';

const contractFile = join(__dirname, '../../shared/src/contract/openapi.yaml');

/** The contract that the simulator must follow. */
export interface Contract {
  /** The whole OpenAPI document. */
  document: JsonRecord;
  operations: ContractOperation[];
  /** The target of `$ref: '#/components/…'`. */
  components: JsonRecord;
}

export interface ContractOperation extends Operation {
  /** Returns the values of the path's parameters, or undefined for another path. */
  match(path: string): Record<string, string> | undefined;
}

let contract: Contract | undefined;

/** Reads the file once, because it does not change while simulators run. */
export function readContract(): Contract {
  contract ??= readFromFile();
  return contract;
}

function readFromFile(): Contract {
  const document: unknown = parse(readFileSync(contractFile, 'utf8'));
  if (!isRecord(document)) throw new Error(`${contractFile} is not an OpenAPI document.`);
  return {
    document,
    operations: operationsOf(document).map((operation) => ({
      ...operation,
      match: pathMatcher(operation.path),
    })),
    components: recordAt(document, 'components'),
  };
}

function pathMatcher(template: string): ContractOperation['match'] {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  const pattern = new RegExp(`^${template.replace(/\{\w+\}/g, '([^/]+)')}$`);
  return (path) => {
    const match = pattern.exec(path);
    if (!match) return undefined;
    return Object.fromEntries(names.map((name, index) => [name, match[index + 1] ?? '']));
  };
}
