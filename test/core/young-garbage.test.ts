import { expect, it } from 'vitest';
import { youngCollector } from '../../src/core/young-garbage.ts';

it('frees the bytes of buffers that nobody holds any more', () => {
  const collect = youngCollector();
  collect();
  const before = process.memoryUsage().arrayBuffers;
  for (let i = 0; i < 100; i++) Buffer.allocUnsafeSlow(64 * 1024).fill(1);
  collect();
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50 * 64 * 1024);
  expect('gc' in globalThis).toBe(false);
});
