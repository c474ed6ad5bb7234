/**
 * Writes the TypeScript types of the contract (`npm run contract:types`).
 * With `--check` it writes nothing, and exits with 1 if the file is out of date. A folder as a further argument
 * replaces `shared/src/contract`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import openapiTS, { astToString } from 'openapi-typescript';
import * as prettier from 'prettier';

const contractFolder = join(__dirname, '../../shared/src/contract');

const banner = `/**
 * Generated from openapi.yaml by \`npm run contract:types\`. Change that file, not this one.
 */

`;

/** Used only if the repository has no Prettier configuration. */
const ownFormat: prettier.Options = { singleQuote: true, printWidth: 100 };

async function typesOfContract(sourceFile: string, targetFile: string): Promise<string> {
  const syntaxTree = await openapiTS(pathToFileURL(sourceFile), {
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    silent: true,
  });
  const format = (await prettier.resolveConfig(targetFile)) ?? ownFormat;
  return prettier.format(banner + astToString(syntaxTree), { ...format, parser: 'typescript' });
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { check: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [folder = contractFolder] = positionals;
  const targetFile = join(folder, 'types.gen.ts');
  const wanted = await typesOfContract(join(folder, 'openapi.yaml'), targetFile);
  if (!values.check) {
    await writeFile(targetFile, wanted);
    return 0;
  }
  const present = await readFile(targetFile, 'utf8').catch(() => '');
  if (present === wanted) return 0;
  console.error('types.gen.ts does not match openapi.yaml. Run `npm run contract:types`.');
  return 1;
}

main().then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    console.error(`The types could not be generated: ${String(error)}`);
    process.exitCode = 2;
  },
);
