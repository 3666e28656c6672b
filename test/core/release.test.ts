import { describe, expect, it } from 'vitest';
import { release, releaseInflated, toMove } from '../../src/core/release.ts';

const MIB = 1024 * 1024;
/** From Node 22 on. */
const canRelease = 'transfer' in ArrayBuffer.prototype;

describe('the memory of buffers', () => {
  it.runIf(canRelease)('is given back at once where they are large', () => {
    const bytes = Buffer.allocUnsafeSlow(MIB);
    const part = bytes.subarray(10);
    release(part);
    expect([bytes.length, part.length]).toEqual([0, 0]);
    release(bytes); // twice does no harm
  });

  it('stays where it may be shared with others', () => {
    const [one, other] = [Buffer.from('one'), Buffer.from('other')];
    release(one);
    expect([String(one), String(other)]).toEqual(['one', 'other']);
  });

  it.runIf(canRelease)('is given back with the last piece that zlib has put there, not before', () => {
    const memory = Buffer.allocUnsafeSlow(MIB);
    const [first, last] = [memory.subarray(0, 100), memory.subarray(100)];
    releaseInflated(first);
    expect([first.length, last.length]).toEqual([100, MIB - 100]);
    releaseInflated(last);
    expect([first.length, last.length]).toEqual([0, 0]);
  });

  it('is moved to a thread where they are large and all of it, else a copy is', () => {
    const whole = Buffer.alloc(MIB, 'x');
    expect(toMove(whole)).toBe(whole);
    for (const bytes of [whole.subarray(1), Buffer.from('x')]) {
      const moved = toMove(bytes);
      expect(moved.buffer).not.toBe(bytes.buffer);
      expect(moved.buffer.byteLength).toBe(bytes.length);
      expect(bytes.equals(moved)).toBe(true);
    }
  });
});
