import '../../tools/hosts/n8n/n8n-environment';
import 'reflect-metadata';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BinaryDataBlobManager, BinaryDataService, type ErrorReporter } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';

type Manager = ConstructorParameters<typeof BinaryDataBlobManager>[0];

/** Packages in the versions that n8n's engine uses. */
const ofEngine = createRequire(createRequire(__filename).resolve('n8n-core'));
const { Container } = ofEngine('@n8n/di') as { Container: { get<T>(type: new () => T): T } };
const { FsByteStore } = ofEngine('@n8n/blob-storage') as {
  FsByteStore: new (options: object) => Manager;
};

/** The files of executions. By default, n8n's engine keeps them in memory. */
function service(): BinaryDataService {
  return Container.get(BinaryDataService as unknown as new () => BinaryDataService);
}

export async function bytesOf(file: IBinaryData | undefined): Promise<Buffer> {
  if (file === undefined) throw new Error('There is no file.');
  return service().getAsBuffer(file);
}

/** Stores files on disk from now on, as n8n's server does. */
export async function keepFilesOnDisk(): Promise<{
  names(): Promise<string[]>;
  stop(): Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'n8n-files-'));
  const reporter = { error: () => undefined, warn: () => undefined } as unknown as ErrorReporter;
  const store = new FsByteStore({ storagePath: folder, reportError: () => undefined });
  service().setManager('filesystem-v2', new BinaryDataBlobManager(store, reporter));
  return {
    names: async () => {
      const found = await readdir(folder, { recursive: true, withFileTypes: true });
      return found.filter((entry) => entry.isFile()).map(({ name }) => name);
    },
    stop: async () => {
      service().setManager('filesystem-v2', undefined as never);
      await rm(folder, { recursive: true });
    },
  };
}
