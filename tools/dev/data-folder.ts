import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Only a folder with this file may be deleted: this program made it. */
const MARK = 'process-id.txt';
const NEXT_RUN = 'next-run-id.txt';
const FIRST_RUN_ID = 1001;

/** Where `npm run dev` stores everything until `--fresh`. One process at a time uses it. */
export class DataFolder {
  private constructor(readonly path: string) {}

  /** @throws Error with one sentence when another process uses it, or when it holds other files */
  static async take(path: string, fresh: boolean): Promise<DataFolder> {
    await mkdir(path, { recursive: true });
    const holder = Number(await contentOf(join(path, MARK)));
    if (holder > 0 && isRunning(holder)) {
      throw new Error(
        `npm run dev already runs in this folder, as process ${holder}. Stop it first.`,
      );
    }
    const files = await readdir(path);
    if (files.length > 0 && !files.includes(MARK)) {
      throw new Error(
        `${path} holds other files. Choose an empty folder, or one that npm run dev made.`,
      );
    }
    if (fresh) await rm(path, { recursive: true, maxRetries: 5 });
    await mkdir(path, { recursive: true });
    await writeFile(join(path, MARK), String(process.pid));
    return new DataFolder(path);
  }

  /** n8n stores run IDs, so a new simulator must not use one again. */
  async nextRunId(): Promise<number> {
    return Number(await contentOf(join(this.path, NEXT_RUN))) || FIRST_RUN_ID;
  }

  async keepNextRunId(runId: number): Promise<void> {
    await writeFile(join(this.path, NEXT_RUN), String(runId));
  }

  async leave(): Promise<void> {
    await writeFile(join(this.path, MARK), '');
  }
}

function contentOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
