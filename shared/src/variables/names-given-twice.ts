import { visit } from 'jsonc-parser';
import { assertNotTooDeep, givenTwiceError } from './json-value';

type Path = readonly (string | number)[];

/**
 * Refuses valid JSON that has one name twice in an object. JavaScript would keep only the last value.
 * @throws InvalidInputError that names the variable, also if JSON has too many levels
 */
export function assertNoNameTwice(json: string): void {
  const namesOfOpenObjects: Set<string>[] = [];
  const assertReadable = (path: Path): void => {
    assertNotTooDeep(asName(path), path.length);
  };
  visit(json, {
    onObjectBegin: (_offset, _length, _line, _column, path) => {
      assertReadable(path());
      namesOfOpenObjects.push(new Set());
    },
    onObjectEnd: () => {
      namesOfOpenObjects.pop();
    },
    onArrayBegin: (_offset, _length, _line, _column, path) => {
      assertReadable(path());
    },
    onObjectProperty: (name, _offset, _length, _line, _column, pathOfObject) => {
      const names = namesOfOpenObjects.at(-1);
      if (names?.has(name) === true) throw givenTwiceError(asName([...pathOfObject(), name]));
      names?.add(name);
    },
  });
}

function asName(path: Path): string {
  return path
    .map((part, index) =>
      typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${part}`,
    )
    .join('');
}
