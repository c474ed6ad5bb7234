import { csvLine, parseCsv } from '../../../tools/simulator/campaigns/csv-file';

describe('a CSV file is read as Python reads it', () => {
  it.each<[string, string, string[][]]>([
    [
      'rows and columns',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['Windows line ends', 'a\r\n1\r\n', [['a'], ['1']]],
    ['a last row without a line end', 'a\n1', [['a'], ['1']]],
    [
      'empty columns',
      ',a,\n,,\n',
      [
        ['', 'a', ''],
        ['', '', ''],
      ],
    ],
    ['an empty column at the end of the file', 'a,', [['a', '']]],
    ['blank lines, which have no column', 'a\n\n1\n\n', [['a'], [], ['1'], []]],
    ['an empty column in quotes', '""\n', [['']]],
    [
      'commas, quotes and line ends in quotes',
      '"a,b","say ""x""","1\n2"',
      [['a,b', 'say "x"', '1\n2']],
    ],
    ['quotes within a column', 'a"b",c', [['a"b"', 'c']]],
    ['text after quotes', '"a"b,c', [['ab', 'c']]],
    ['quotes that never end', '"a,b\nc', [['a,b\nc']]],
    ['a byte order mark, which belongs to the first column', '\uFEFFa', [['\uFEFFa']]],
    ['nothing', '', []],
  ])('with %s', (_what, text, rows) => {
    expect(parseCsv(text)).toEqual(rows);
  });

  it('but not with line ends of old Macs', () => {
    expect(() => parseCsv('a\rb')).toThrow('new-line character seen in unquoted field');
  });
});

it('a line of a CSV file has quotes where they are needed', () => {
  const line = csvLine(['a', 'b,c', 'say "x"', '1\n2', 3, '']);
  expect(line).toBe('a,"b,c","say ""x""","1\n2",3,');
  expect(parseCsv(line)).toEqual([['a', 'b,c', 'say "x"', '1\n2', '3', '']]);
});
