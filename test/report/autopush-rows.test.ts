import { expect, it } from 'vitest';
import {
  isTold,
  outcomeRow,
  type PushRow,
  rowsJson,
  rowText,
  skippedTexts,
  whenText,
} from '../../src/report/autopush-rows.ts';
import { fixtureGraph } from '../cache/mirror-fixture.ts';

const row = (name: string, reason: string, mirror = ''): PushRow => ({
  ...{ kind: 'skipped', name, version: '1', hash: 'abcdefghijklmnop', short_spec: name },
  ...{ mirror, reason, sha256: undefined },
});

it('says in one line what 300 specs have in common, and of one alone its name', () => {
  const cached = Array.from({ length: 300 }, (_, i) =>
    row(`p${i}`, 'unpacked from a build cache, not built here'),
  );
  expect(skippedTexts([...cached, row('x', 'external: not built here')])).toEqual([
    '300 skipped: unpacked from a build cache, not built here (p0@1/abcdefg, p1@1/abcdefg, p2@1/abcdefg, ' +
      'p3@1/abcdefg, p4@1/abcdefg and 295 more)',
    'x@1/abcdefg: skipped: external: not built here',
  ]);
});

it('keeps mirrors apart', () => {
  const rows = ['a', 'b'].flatMap((mirror) => [
    row('x', 'it is there', mirror),
    row('y', 'it is there', mirror),
  ]);
  expect(skippedTexts(rows)).toEqual([
    '2 skipped (a): it is there (x@1/abcdefg, y@1/abcdefg)',
    '2 skipped (b): it is there (x@1/abcdefg, y@1/abcdefg)',
  ]);
});

it('tells at once of what was pushed or failed, not of what was cancelled before its turn', () => {
  expect(isTold({ kind: 'failed', code: 'denied', reason: 'x' })).toBe(true);
  expect([isTold({ kind: 'present' }), isTold({ kind: 'not-tried' })]).toEqual([false, false]);
});

it('says what was pushed when', () => {
  const [node] = fixtureGraph('1.2').nodes.values();
  if (node === undefined) throw new Error('the fixture has specs');
  const pushed = { kind: 'pushed', sent: 5, size: 7000, sha256: 'a'.repeat(64) } as const;
  const options = { readOnly: false, stopped: '' };
  const late = outcomeRow(node, 'ours', pushed, options);
  const early = outcomeRow(node, 'ours', { ...pushed, when: 'building' }, options);
  expect(rowText(late)).toMatch(/: pushed \(ours\): 7(\.0)? kB$/);
  expect(rowText(early)).toBe(`${rowText(late)}, while building`);
  expect(whenText([late, early, early, row('x', 'it is there', 'ours')])).toBe(
    '2 pushed while building, 1 at the end',
  );
  expect(Object.keys(rowsJson([early], 'pushed')[0] as object)).toEqual(
    Object.keys(rowsJson([late], 'pushed')[0] as object),
  );
});
