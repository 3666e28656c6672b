import { expect, it, vi } from 'vitest';
import { youngCollector } from '../../src/core/young-garbage.ts';

it('frees the bytes of buffers that nobody holds any more', async () => {
  const collect = youngCollector();
  collect();
  const before = process.memoryUsage().arrayBuffers;
  for (let i = 0; i < 100; i++) Buffer.allocUnsafeSlow(64 * 1024).fill(1);
  // The engine gives the bytes back in a thread of its own.
  await vi.waitFor(() => {
    collect();
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50 * 64 * 1024);
  });
  expect('gc' in globalThis).toBe(false);
});
