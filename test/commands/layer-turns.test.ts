import fc from 'fast-check';
import pLimit from 'p-limit';
import { expect, it } from 'vitest';
import { LayerTurns } from '../../src/commands/layer-turns.ts';
import { runs } from '../harness/runs.ts';

it('waits for those before it, and for nobody else', async () => {
  const turns = new LayerTurns(['a', 'b', 'c']);
  expect(['a', 'b', 'c', 'd'].map((hash) => turns.isToCome(hash, 'b'))).toEqual([true, false, false, false]);
  let ended = false;
  const waiting = turns.settled(['a', 'c', 'd'], 'b').then(() => {
    ended = true;
  });
  await Promise.resolve();
  expect(ended).toBe(false);
  turns.settle('a');
  await waiting;
  expect(turns.isToCome('a', 'b')).toBe(false);
  turns.settle('a');
  turns.settle('nobody');
});

it('says who failed, but not of those whose layer was there before', async () => {
  const turns = new LayerTurns(['a', 'b', 'c', 'd']);
  turns.settle('a');
  for (const hash of ['a', 'b', 'nobody']) turns.fail(hash);
  turns.settle('b');
  turns.settle('c');
  expect(await turns.settled(['a', 'b', 'c', 'nobody'], 'd')).toEqual(new Set(['b']));
  expect(['a', 'b', 'c', 'd'].filter((hash) => turns.hasFailed(hash))).toEqual(['b']);
});

it('ends however few are under way at once, whoever says to need whom', async () => {
  const needs = fc.array(fc.array(fc.nat(9), { maxLength: 4 }), { minLength: 10, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(needs, fc.integer({ min: 1, max: 3 }), async (all, atOnce) => {
      const turns = new LayerTurns(all.map((_, i) => String(i)));
      const limit = pLimit(atOnce);
      const done: number[] = [];
      const run = async (i: number) => {
        await turns.settled((all[i] ?? []).map(String), String(i));
        for (const other of all[i] ?? []) if (other < i) expect(done).toContain(other);
        done.push(i);
        turns.settle(String(i));
      };
      await Promise.all(all.map((_, i) => limit(run, i)));
      expect(done.length).toBe(10);
    }),
    { numRuns: runs(200) },
  );
});
