import { describe, expect, test } from 'vitest';
import { decodeNode } from '../../src/spec/decode-node.ts';
import { dagHash, verifyHash } from '../../src/spec/hash.ts';
import type { SpecFormat, SpecNode } from '../../src/spec/node.ts';
import { differenceInEntry, differenceOf, differingAttribute } from '../../src/spec/same-nodes.ts';
import { type Dict, edge, node } from './node-fixture.ts';

const COMMIT = 'a'.repeat(40);
const OTHER = 'b'.repeat(40);

function of(dict: Dict, format: SpecFormat = 5): SpecNode {
  const decoded = decodeNode(dict, format, 'x', 'x');
  verifyHash(decoded, 'x');
  return decoded;
}

describe('a commit that one of the documents lacks', () => {
  const parameters = (more: Dict) => ({ parameters: { build_system: 'generic', cflags: [], ...more } });
  const low = node('low', parameters({}));
  const high = node('high', { dependencies: [edge(low)] });
  const bare = of(low);
  const added = (commit: unknown) => of({ ...low, ...parameters({ commit }) });
  const nodesOf = (one: SpecNode) => new Map([of(high), one].map((each) => [each.hash, each]));
  const both = (a: SpecNode, b: SpecNode) => [differingAttribute(a, b), differingAttribute(b, a)];

  test('does not count where Spack has added it to a spec that it reused', () => {
    expect(both(bare, added(COMMIT))).toEqual([undefined, undefined]);
    for (const differ of [differenceOf, differenceInEntry]) {
      expect(differ(high.hash, nodesOf(bare), nodesOf(added(COMMIT)))).toBeUndefined();
      expect(differ(high.hash, nodesOf(added(COMMIT)), nodesOf(bare))).toBeUndefined();
    }
  });

  test('does not count where a newer Spack has rewritten the document without it', () => {
    const rewritten = of(low, 6);
    expect(both(rewritten, added(COMMIT))).toEqual([undefined, undefined]);
    expect(both(rewritten, of({ ...low, ...parameters({ commit: COMMIT }) }, 6))).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('counts where the hash covers it, whatever the other document calls itself', () => {
    const built = node('low', parameters({ commit: COMMIT }));
    for (const loose of [
      { annotations: { original_specfile_version: 4 } },
      parameters({ cflags: ['-b', '-a'] }),
    ]) {
      const lacking = of({ ...built, ...parameters({}), ...loose });
      expect(both(of(built), lacking)).not.toContain(undefined);
    }
    expect(
      both(of(built), of({ ...built, ...parameters({}), annotations: { original_specfile_version: 4 } })),
    ).toEqual(['that it has a commit', 'that it has a commit']);
  });

  test('is compared where both have one, and all else as ever', () => {
    expect(both(added(COMMIT), added(OTHER))).toEqual(['the commit', 'the commit']);
    const loose = { annotations: { original_specfile_version: 4 } };
    for (const change of [
      { version: '6.6.6' },
      parameters({ shared: true }),
      parameters({ commit: 'main' }),
    ]) {
      const changed = of({ ...low, ...loose, ...change });
      expect(both(changed, added(COMMIT))).not.toContain(undefined);
    }
  });
});

test('the compiler of a node whose flags Spack may have ordered anew is compared, where both documents have one', () => {
  const { annotations: _a, hash: _h, ...dict } = node('app', { parameters: { cflags: ['-g', '-O2'] } });
  const gcc = { ...dict, compiler: { name: 'gcc', version: '12.2.0' } };
  const hash = dagHash(gcc);
  const reused = of({ ...gcc, parameters: { cflags: ['-O2', '-g'] }, hash }, 4);
  expect(differingAttribute(of({ ...gcc, hash }, 4), reused)).toBeUndefined();
  for (const compiler of [
    { name: 'clang', version: '12.2.0' },
    { name: 'gcc', version: '13.1.0' },
  ])
    expect(differingAttribute(of({ ...gcc, compiler, hash }, 4), reused)).toBe('the compiler');
  const rewritten = { ...dict, hash, annotations: { original_specfile_version: 4, compiler: 'gcc@=12.2.0' } };
  expect(differingAttribute(of(rewritten, 5), reused)).toBeUndefined();
});
