import { join } from 'node:path';
import { readOptions, ROOT } from '../../../tools/dev/options';

it('uses the folder of the repository and any free port by default', () => {
  expect(readOptions([])).toEqual({
    help: false,
    port: undefined,
    fresh: false,
    folder: join(ROOT, '.e2e/dev'),
  });
  expect(readOptions(['--port', '5700', '--fresh', '--folder', '/tmp/elsewhere'])).toEqual({
    help: false,
    port: 5700,
    fresh: true,
    folder: '/tmp/elsewhere',
  });
});

it.each(['no', '-1', '70000', ''])('reports --port=%s in one sentence', (port) => {
  expect(() => readOptions([`--port=${port}`])).toThrow('--port takes a number from 1 to 65535');
});
