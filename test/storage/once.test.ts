import { describe, expect, it } from 'vitest';
import { throwIfCancelled } from '../../src/core/abort.ts';
import { once } from '../../src/storage/once.ts';

describe('what is done once', () => {
  it('is shared, and not done again', async () => {
    const runs: string[] = [];
    const ask = once(async (_signal, who: string) => {
      runs.push(who);
      await Promise.resolve();
    });
    await Promise.all([ask(undefined, 'a'), ask(undefined, 'b')]);
    await ask(undefined, 'c');
    expect(runs).toEqual(['a']);
  });

  it('is done again after a failure, of which all that shared it hear', async () => {
    let runs = 0;
    const ask = once(async () => {
      if (++runs === 1) throw new Error('no');
    });
    const outcomes = await Promise.allSettled([ask(undefined), ask(undefined)]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await ask(undefined);
    expect(runs).toBe(2);
  });

  it('goes on for the others when the one that began it is cancelled', async () => {
    let runs = 0;
    const ask = once(async (signal) => {
      runs++;
      await new Promise((resolve) => setTimeout(resolve, 5));
      throwIfCancelled(signal);
    });
    const controller = new AbortController();
    const outcomes = Promise.allSettled([ask(controller.signal), ask(undefined), ask(undefined)]);
    controller.abort();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(runs).toBe(2);
  });
});
