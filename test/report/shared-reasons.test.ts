import { describe, expect, it } from 'vitest';
import { nameSome, shareReasons, tellReasonsOnce } from '../../src/report/shared-reasons.ts';

describe('shareReasons', () => {
  it('says once what differs only by its place, with the place of the first', () => {
    const failures = [
      { name: 'a', reason: 's3://b/v3/a.json: access denied: (403)' },
      { name: 'b', reason: 's3://b/v3/b.json: access denied: (403)' },
      { name: 'c', reason: 'the disk is full' },
    ];
    expect(shareReasons(failures)).toEqual([
      { reason: 's3://b/v3/a.json: access denied: (403)', names: ['a', 'b'] },
      { reason: 'the disk is full', names: ['c'] },
    ]);
  });

  it('keeps apart what differs in more', () => {
    const failures = [
      { name: 'a', reason: '/x: cannot write: no space' },
      { name: 'b', reason: '/x: cannot write: permission denied' },
    ];
    expect(shareReasons(failures)).toHaveLength(2);
  });
});

it('names a few', () => {
  expect(nameSome(['a', 'b', 'c'], 3)).toBe('a, b, c');
  expect(nameSome(['a', 'b', 'c', 'd', 'e'], 3)).toBe('a, b, c and 2 more');
});

it('tells a reason once, of failures only', () => {
  const tell = tellReasonsOnce();
  const failed = (reason: string) => ({ kind: 'failed', reason });
  expect(tell(failed('/a: full'))).toEqual(failed('/a: full'));
  expect(tell(failed('/b: full'))).toEqual(failed('as above'));
  const skipped = { kind: 'skipped', reason: 'there already' };
  expect([tell(skipped), tell(skipped)]).toEqual([skipped, skipped]);
});
