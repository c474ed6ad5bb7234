import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What is in a folder that this made, and nothing else may be thrown away. */
const MARK = 'process-id.txt';
const NEXT_RUN = 'next-run-id.txt';
const FIRST_RUN_ID = 1001;

/** Where a playground keeps everything until it is started afresh. One at a time may have it. */
export class DataFolder {
  private constructor(readonly path: string) {}

  /** @throws Error with one sentence where another process has it, or it is somebody else's */
  static async take(path: string, fresh: boolean): Promise<DataFolder> {
    await mkdir(path, { recursive: true });
    const holder = Number(await contentOf(join(path, MARK)));
    if (holder > 0 && isRunning(holder)) {
      throw new Error(`npm run dev runs there already, as process ${holder}. Stop it first.`);
    }
    const files = await readdir(path);
    if (files.length > 0 && !files.includes(MARK)) {
      throw new Error(`${path} holds something else. Name an empty folder, or one of npm run dev.`);
    }
    if (fresh) await rm(path, { recursive: true, maxRetries: 5 });
    await mkdir(path, { recursive: true });
    await writeFile(join(path, MARK), String(process.pid));
    return new DataFolder(path);
  }

  /** n8n remembers runs by their IDs, which a simulator that starts again must not give twice. */
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
