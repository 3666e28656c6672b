import { expect, test } from 'vitest';
import { makeArena, playPairs } from './hostile-arena.ts';

test('every pair of tricks', async () => {
  const arena = makeArena();
  expect(await playPairs(arena, 1)).toBeGreaterThan(1200);
  arena.remove();
});
