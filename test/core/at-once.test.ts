import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { atOnce } from '../../src/core/at-once.ts';

/** A clock that stands still but for the work. */
function scene() {
  let now = 0;
  const attempt = atOnce(() => now);
  return (milliseconds: number) =>
    attempt(() => {
      now += milliseconds;
      return 'result';
    })?.done;
}

test('quick work is done at once, until the event loop is to have its turn', async () => {
  const work = scene();
  for (let i = 0; i < 4; i++) expect(work(1.5)).toBe('result');
  expect(work(1.5)).toBeUndefined();
  await turn();
  expect(work(1.5)).toBe('result');
});

test('after work that was waited for three times in a row, none is done at once for a while', async () => {
  const work = scene();
  const each = async (milliseconds: number) => {
    await turn();
    return work(milliseconds);
  };
  for (const milliseconds of [3, 3, 1, 3, 3, 3]) expect(await each(milliseconds)).toBe('result');
  for (let i = 0; i < 32; i++) expect(await each(0)).toBeUndefined();
  expect(await each(0)).toBe('result');
});

test('what the work throws is thrown, and nothing when it was not done', () => {
  const attempt = atOnce();
  const bad = () => {
    throw new Error('mine');
  };
  expect(() => attempt(bad)).toThrow('mine');
});
