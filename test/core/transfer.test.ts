import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { counted, counting, watching } from '../../src/core/transfer.ts';

describe('watching', () => {
  const seen: (string | number | undefined)[] = [];
  const watch = (doing: string, bytes: number | undefined) => {
    seen.push(doing, bytes);
    return { add: (more: number) => void seen.push(more), end: () => void seen.push('end') };
  };

  it('tells of the beginning, the bytes and the end, also of what fails', async () => {
    await watching(watch, 'sending a', 3, async (onBytes) => onBytes?.(2));
    expect(seen.splice(0)).toEqual(['sending a', 3, 2, 'end']);
    const failing = watching(watch, 'sending b', undefined, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(seen.splice(0)).toEqual(['sending b', undefined, 'end']);
  });

  it('runs the task where nobody watches', async () => {
    expect(await watching(undefined, 'a', 1, async (onBytes) => onBytes)).toBeUndefined();
  });
});

it('counts what passes, and changes nothing of it', async () => {
  const chunks = [Buffer.from('ab'), Buffer.from('cde')];
  for (const pass of [
    (onBytes: (bytes: number) => void) => Readable.from(chunks).pipe(counting(onBytes)),
    (onBytes: (bytes: number) => void) => Readable.from(counted(Readable.from(chunks), onBytes)),
  ]) {
    let bytes = 0;
    const all = await buffer(
      pass((more) => {
        bytes += more;
      }),
    );
    expect([all.toString(), bytes]).toEqual(['abcde', 5]);
  }
});
