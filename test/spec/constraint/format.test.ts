import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ANYTHING } from '../../../src/spec/constraint/constraint.ts';
import { formatConstraint } from '../../../src/spec/constraint/format.ts';
import { parseSpec, parseSpecs } from '../../../src/spec/constraint/parse.ts';
import { runs } from '../../harness/runs.ts';
import { constraints, specLike } from './arbitrary.ts';

const rewrite = (text: string) => formatConstraint(parseSpec(text));

describe('formatConstraint', () => {
  it.each([
    ['hdf5@1.14:+mpi~shared api=default %gcc@12 ^mpi=openmpi@4'],
    ['builtin.zlib@=1.3.1++pic'],
    ["foo cflags='-O2 -g' platform=linux os=debian12 target=x86_64:,zen /abc"],
    ['%[when=+cuda deptypes=build] c,cxx=gcc'],
    ['foo ^[virtuals=mpi] *@3 ^*+x %cmake'],
    ['*'],
  ])('leaves %s as it is', (text) => {
    expect(rewrite(text)).toBe(text);
  });

  it.each([
    ['foo -bar', 'foo~bar'],
    ['foo @ 1.2 , 1.3 + x', 'foo@1.2,1.3+x'],
    ['arch=linux-None-zen2', 'platform=linux target=zen2'],
    ['foo k=True', 'foo+k'],
    ['foo k="it\'s"', 'foo k="it\'s"'],
    ["foo k='plain'", 'foo k=plain'],
    ['foo %clang', 'foo %llvm'],
    ['foo/abc', 'foo /abc'],
  ])('writes %s as %s', (text, written) => {
    expect(rewrite(text)).toBe(written);
  });

  it('writes a constraint that asks nothing so that it can be read', () => {
    expect(parseSpec(formatConstraint(ANYTHING))).toEqual(ANYTHING);
  });

  it('is undone by parsing', () => {
    fc.assert(
      fc.property(constraints(parseSpec), (constraint) => {
        expect(parseSpec(formatConstraint(constraint))).toEqual(constraint);
      }),
      { numRuns: runs(1000) },
    );
  });

  it('keeps the meaning of whatever was parsed', () => {
    fc.assert(
      fc.property(specLike, (text) => {
        let read: ReturnType<typeof parseSpecs>;
        try {
          read = parseSpecs(text);
        } catch {
          return;
        }
        expect(read.map((spec) => parseSpec(formatConstraint(spec)))).toEqual(read);
      }),
      { numRuns: runs(5000) },
    );
  });
});
