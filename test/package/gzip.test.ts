import { createHash, randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GZIP_BLOCK, type GzipTotals, GzipWriter } from '../../src/package/gzip.ts';

describe('GzipWriter', () => {
  it.each([0, 1, 10_240, GZIP_BLOCK - 1, GZIP_BLOCK, GZIP_BLOCK + 1, 3 * GZIP_BLOCK + 77])(
    'compresses %d bytes to what gunzip gives back, and counts both sides',
    async (length) => {
      const input = sample(length);
      const { output, totals } = await compress(input, 2);
      expect(gunzipSync(output).equals(input)).toBe(true);
      expect(totals).toEqual({
        size: output.length,
        sha256: sha256(output),
        rawSize: length,
        rawSha256: sha256(input),
      });
    },
  );

  it("starts with Spack's header and is one member to the end", async () => {
    const { output } = await compress(sample(2 * GZIP_BLOCK + 5), 3);
    expect(output.subarray(0, 10).toString('hex')).toBe('1f8b08000000000000ff');
    expect(output.readUInt32LE(output.length - 4)).toBe(2 * GZIP_BLOCK + 5);
  });

  it('gives the same bytes whatever the number of jobs and however the input comes', async () => {
    const input = sample(4 * GZIP_BLOCK + 1234);
    const { output } = await compress(input, 1);
    for (const jobs of [2, 3, 16]) expect((await compress(input, jobs)).output.equals(output)).toBe(true);
    const steps = fc.array(fc.integer({ min: 1, max: 3 * GZIP_BLOCK }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(steps, async (lengths) => {
        expect((await compress(input, 2, lengths)).output.equals(output)).toBe(true);
      }),
      { numRuns: 6 },
    );
  });

  it('uses what came before a block: repeats across blocks cost little', async () => {
    const noise = randomBytes(16 * 1024);
    const block = Buffer.concat([randomBytes(GZIP_BLOCK - noise.length), noise]);
    const { output } = await compress(Buffer.concat([block, noise]), 2);
    expect(output.length).toBeLessThan(block.length + 2048);
  });

  it('holds no more blocks than jobs ask for while nobody takes the output', async () => {
    let release = () => {};
    const stuck = new Promise<void>((resolve) => {
      release = resolve;
    });
    const gzip = new GzipWriter(() => stuck, 2);
    const writing = gzip.write(sample(10 * GZIP_BLOCK));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(gzip.rawSize).toBe(3 * GZIP_BLOCK);
    release();
    await writing;
    expect((await gzip.finish()).rawSize).toBe(10 * GZIP_BLOCK);
  });

  it('lets others have a turn while its input never waits', async () => {
    const gzip = new GzipWriter(async () => {}, 64);
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await gzip.write(Buffer.alloc(40 * GZIP_BLOCK));
    clearInterval(timer);
    await gzip.finish();
    expect(turns).toBeGreaterThan(3);
  });

  it('fails with what the sink failed with, and calls it no more', async () => {
    let calls = 0;
    const gzip = new GzipWriter(async () => {
      calls++;
      throw new Error('disk full');
    }, 2);
    const filling = async () => {
      await gzip.write(sample(8 * GZIP_BLOCK));
      await gzip.finish();
    };
    await expect(filling()).rejects.toThrow('disk full');
    await gzip.settle();
    expect(calls).toBe(1);
  });

  it('settles only when the sink has taken what was on its way', async () => {
    let taking = 0;
    let taken = 0;
    const gzip = new GzipWriter(async () => {
      taking++;
      await new Promise((resolve) => setTimeout(resolve, 50));
      taken++;
    }, 4);
    await gzip.write(sample(3 * GZIP_BLOCK));
    await gzip.settle();
    expect([taking, taken]).toEqual([2, 2]);
  });
});

async function compress(
  input: Buffer,
  jobs: number,
  steps: readonly number[] = [input.length],
): Promise<{ output: Buffer; totals: GzipTotals }> {
  const parts: Buffer[] = [];
  const gzip = new GzipWriter(async (bytes) => {
    await new Promise((resolve) => setImmediate(resolve));
    parts.push(Buffer.from(bytes));
  }, jobs);
  let at = 0;
  for (const step of steps) {
    await gzip.write(input.subarray(at, at + step));
    at += step;
  }
  await gzip.write(input.subarray(at));
  const totals = await gzip.finish();
  return { output: Buffer.concat(parts), totals };
}

/** Somewhat compressible, the same each time. */
function sample(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let i = 0; i < length; i++) bytes[i] = (i * 2654435761) >>> 27;
  return bytes;
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
