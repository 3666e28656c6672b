import { describe, expect, it } from 'vitest';
import { conflictWith } from '../../../src/spec/constraint/conflict.ts';
import { parseSpec } from '../../../src/spec/constraint/parse.ts';

/** The conflict that two dependencies have, each written alone. */
function between(first: string, second: string): string | undefined {
  const edge = parseSpec(second).dependencies[0];
  if (edge === undefined) throw new Error('no dependency');
  return conflictWith(parseSpec(first).dependencies, edge);
}

describe('conflictWith', () => {
  it.each([
    ['^bar@1', '^bar@2', 'conflicting versions of dependency bar'],
    ['%bar@1', '^bar@2', 'conflicting versions of dependency bar'],
    ['^bar+a', '^bar~a', 'conflicting values for variant a of dependency bar'],
    ['^bar k=x', '^bar+k', 'conflicting values for variant k of dependency bar'],
    ['^bar k:=x', '^bar k=y', 'conflicting values for variant k of dependency bar'],
    ['^bar/abc', '^bar/abd', 'conflicting hashes of dependency bar'],
    ['^x.bar', '^y.bar', 'conflicting namespaces of dependency bar'],
    ['^bar os=a', '^bar os=b', 'conflicting architectures of dependency bar'],
    ['^bar target=zen:', '^bar target=:haswell', 'conflicting targets of dependency bar'],
    ['^[deptypes=link,build] bar', '^[deptypes=build] bar', 'conflicting types of dependency bar'],
    ['^[deptypes=link] bar', '^[deptypes=run] bar', 'conflicting types of dependency bar'],
  ])('%s and %s: %s', (first, second, conflict) => {
    expect(between(first, second)).toBe(conflict);
  });

  it.each([
    ['^bar@1:2', '^bar@2:3'],
    ['^bar+a', '^bar+b'],
    ['^bar k=x', '^bar k=y'],
    ['^bar k=*', '^bar+k'],
    ['^bar/abc', '^bar/ab'],
    ['^bar@1', '^baz@2'],
    ['^*@1', '^*@2'],
    ['^[when=+a] bar@1', '^[when=~a] bar@2'],
    ['^[deptypes=build] bar@1', '^[deptypes=link,run] bar@2'],
    ['^bar@1', '^[deptypes=link] bar@2'],
  ])('none between %s and %s', (first, second) => {
    expect(between(first, second)).toBeUndefined();
  });
});
