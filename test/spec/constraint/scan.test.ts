import { describe, expect, it } from 'vitest';
import {
  isBareValue,
  isIdentifier,
  isPackageName,
  isPlainValue,
  scan,
} from '../../../src/spec/constraint/scan.ts';

/** Each token's kind with the text it was cut from. */
function cut(text: string): string[] {
  return scan(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);
}

describe('scan', () => {
  it.each([
    ['foo-bar@1.2-x+y~z', ['name foo-bar', 'version @1.2-x', 'boolean +y', 'boolean ~z']],
    ['foo -bar', ['name foo', 'boolean -bar']],
    ['a.b.c.d', ['name a.b.c.d']],
    ['foo@1.2 , 1.3: k=v', ['name foo', 'version @1.2 , 1.3:', 'pair k=v']],
    ['@1.2:k=v', ['version @1.2:', 'pair k=v']],
    ['@git.main/x=1.2+y', ['version @git.main/x=1.2', 'boolean +y']],
    ['k=v+w^x%y', ['pair k=v+w^x%y']],
    ["k='a'b", ["pair k='a'", 'name b']],
    ['k==v l:==w', ['pair k==v', 'pair l:==w']],
    ['%%gcc%clang^bar', ['edge %%', 'name gcc', 'edge %', 'name clang', 'edge ^', 'name bar']],
    ['%[deptypes=link] c,cxx=gcc', ['edge-open %[', 'pair deptypes=link', 'edge-close ] c,cxx=', 'name gcc']],
    ['^mpi=a.openmpi@4', ['edge ^mpi=', 'name a.openmpi', 'version @4']],
    ['^mpi=*', ['edge ^', 'pair mpi=*']],
    ['^cflags=-O2', ['edge ^', 'pair cflags=-O2']],
    ['*/abc', ['name *', 'hash /abc']],
    ['foo/abc', ['name foo', 'hash /abc']],
    [' \t\n', []],
  ])('%j', (text, tokens) => {
    expect(cut(text)).toEqual(tokens);
  });

  it('tells `=` from `==`, with a value that is one', () => {
    expect(scan('k==')).toMatchObject([{ name: 'k', value: '=', propagate: false }]);
    expect(scan('k===v')).toMatchObject([{ name: 'k', value: '=v', propagate: true }]);
  });

  it('takes the backslashes out of quotes that they escape, and no others', () => {
    expect(scan("k='a\\'b\\n\"'")).toMatchObject([{ value: 'a\'b\\n"' }]);
  });
});

describe('what a text can be', () => {
  it('an identifier or a package name', () => {
    expect(['c', 'zlib-api', '7zip', 'a.b', 'a b', '', '-c'].map(isIdentifier)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(['a.b.c', 'zlib', 'a..b', 'a.', 'é'].map(isPackageName)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('a value without quotes', () => {
    const values = ['Release', '/opt/x-1.2', ':v', 'a=b', '=v', 'a%b', '*', 'a\\', 'a b', ''];
    expect(values.filter(isBareValue)).toEqual(values.slice(0, 8));
    expect(values.filter(isPlainValue)).toEqual(values.slice(0, 4));
  });
});
