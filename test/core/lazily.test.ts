import { expect, it } from 'vitest';
import { lazily } from '../../src/core/lazily.ts';

it('opens when it is first asked, and once', async () => {
  let times = 0;
  const open = lazily(async () => ++times);
  expect(times).toBe(0);
  expect(await Promise.all([open(), open()])).toEqual([1, 1]);
  expect(await open()).toBe(1);
});

it('says the same failure to all', async () => {
  let times = 0;
  const open = lazily(async () => {
    throw new Error(`failure ${++times}`);
  });
  await expect(open()).rejects.toThrow('failure 1');
  await expect(open()).rejects.toThrow('failure 1');
});
