import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { logPace, trackProgress } from '../../src/report/progress.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('gives a log of six hours some hundreds of lines', async () => {
  let lines = 0;
  const show = () => void lines++;
  const total = 10;
  const progress = trackProgress({
    label: 'Pushing',
    total,
    first: 2000,
    every: logPace,
    show,
    underWay: [],
  });
  for (let i = 0; i < 6 * 360; i++) {
    await vi.advanceTimersByTimeAsync(10_000);
    progress.advance(0);
  }
  progress.done();
  expect(lines).toBeGreaterThan(300);
  expect(lines).toBeLessThan(400);
});
