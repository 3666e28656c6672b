import { expect, it } from 'vitest';
import { isTold, type PushRow, skippedTexts } from '../../src/report/autopush-rows.ts';

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
