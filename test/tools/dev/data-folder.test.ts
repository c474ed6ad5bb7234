import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolder } from '../../../tools/dev/data-folder';

let path: string;

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'dograh-data-'));
});

afterEach(() => rm(path, { recursive: true, force: true }));

const keep = (): Promise<void> => writeFile(join(path, 'kept.txt'), 'a file');
const isKept = (): boolean => existsSync(join(path, 'kept.txt'));

it('keeps its files, except with --fresh', async () => {
  const first = await DataFolder.take(path, false);
  await keep();
  await first.keepNextRunId(1007);
  await first.leave();

  const again = await DataFolder.take(path, false);
  expect([isKept(), await again.nextRunId()]).toEqual([true, 1007]);
  await again.leave();

  const fresh = await DataFolder.take(path, true);
  expect([isKept(), await fresh.nextRunId()]).toEqual([false, 1001]);
});

it.each([true, false])('is used by one process at a time (--fresh: %s)', async (fresh) => {
  await DataFolder.take(path, false);
  await keep();

  await expect(DataFolder.take(path, fresh)).rejects.toThrow(
    `npm run dev already runs in this folder, as process ${process.pid}. Stop it first.`,
  );
  expect(isKept()).toBe(true);
});

it('never deletes other files', async () => {
  await keep();

  await expect(DataFolder.take(path, true)).rejects.toThrow('holds other files');
  expect(isKept()).toBe(true);
});
