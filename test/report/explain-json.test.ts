import { expect, test } from 'vitest';
import type { Cause } from '../../src/plan/explain/causes.ts';
import { explanationJson } from '../../src/report/explain-json.ts';
import { cpuOf } from '../harness/cpu.ts';
import { makeNode } from '../spec/spec-nodes.ts';

test('of a spec that very many causes drag along, all of them are told in time', () => {
  const node = makeNode('zlib', { hash: 'z'.repeat(32) });
  const cause: Cause = { case: 'change', pairs: [], changes: [], drags: [node], counted: 0 };
  const causes = Array.from({ length: 100_000 }, () => cause);
  const seconds = cpuOf(() => {
    const { specs } = explanationJson({ causes, answers: [{ is: 'new', node }] });
    expect(specs).toEqual([
      expect.objectContaining({ causes: expect.objectContaining({ length: 100_000 }) }),
    ]);
  });
  expect(seconds).toBeLessThan(3);
});
