import { expect, test } from 'vitest';
import { objectOf } from '../../src/core/json.ts';
import { decodeNode } from '../../src/spec/decode-node.ts';
import { hashHolds } from '../../src/spec/hash.ts';
import { cpuOf } from '../harness/cpu.ts';
import { node } from './node-fixture.ts';

test('a hundred thousand variants in no order take no longer than they must', () => {
  const names = Array.from({ length: 100_000 }, (_, i) => `v${i}`);
  const entries = names.map((name) => [name, 'x'] as const);
  const spec = decodeNode({ ...node('wide'), parameters: objectOf(entries) }, 5, 'wide', 'node');
  expect(cpuOf(() => expect(hashHolds(spec)).toBe(false))).toBeLessThan(2);
});
