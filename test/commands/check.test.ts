import { expect, test } from 'vitest';
import { checkSpecs } from '../../src/commands/check.ts';
import type { Reporter } from '../../src/report/reporter.ts';
import { makeNode } from '../spec/spec-nodes.ts';

test('so many specs on so many mirrors that it takes minutes are refused before any is asked', async () => {
  const node = makeNode('zlib');
  const options = { mirrors: Array.from({ length: 200 }) } as unknown as Parameters<typeof checkSpecs>[2];
  const specs = Array.from({ length: 2000 }, () => node);
  await expect(
    checkSpecs(specs, { nodes: new Map(), roots: [] }, options, {} as Reporter),
  ).rejects.toMatchObject({
    code: 'too-large',
    facts: { found: '2000 specs, 200 mirrors' },
  });
});
