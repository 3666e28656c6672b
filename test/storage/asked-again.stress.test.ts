import { expect, test, vi } from 'vitest';
import { askedAgain } from '../../src/storage/asked-again.ts';

test('what a server lists and does not have just now is asked for again', async () => {
  const ask = vi.fn<() => Promise<string | undefined>>().mockResolvedValueOnce(undefined);
  ask.mockResolvedValueOnce('there');
  expect(await askedAgain({}, ask)).toBe('there');
  expect(ask).toHaveBeenCalledTimes(2);
});

test('a folder of this machine is asked once', async () => {
  const ask = vi.fn(async () => undefined);
  expect(await askedAgain({ fileOf: (key) => key }, ask)).toBeUndefined();
  expect(ask).toHaveBeenCalledTimes(1);
});

test('a server that has lost much is taken at its word, until it has something', async () => {
  const server = {};
  const lost = vi.fn(async () => undefined);
  const started = performance.now();
  await Promise.all(Array.from({ length: 40 }, () => askedAgain(server, lost)));
  expect(lost).toHaveBeenCalledTimes(120);
  for (let more = 0; more < 1000; more++) await askedAgain(server, lost);
  expect(lost).toHaveBeenCalledTimes(1120);
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(await askedAgain(server, async () => 'there')).toBe('there');
  lost.mockClear();
  await askedAgain(server, lost);
  expect(lost).toHaveBeenCalledTimes(3);
});

test('what goes wrong is thrown, and no more is asked', async () => {
  const ask = vi.fn(() => Promise.reject(new Error('reset')));
  await expect(askedAgain({}, ask)).rejects.toThrow('reset');
  expect(ask).toHaveBeenCalledTimes(1);
});
