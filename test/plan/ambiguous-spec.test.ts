import { describe, expect, it } from 'vitest';
import { ambiguousSpec } from '../../src/plan/ambiguous-spec.ts';
import { makeNode } from '../spec/spec-nodes.ts';

describe('ambiguousSpec', () => {
  const builds = Array.from({ length: 30 }, (_, i) =>
    makeNode('x', { version: `1.${i}`, hash: String.fromCharCode(97 + (i % 26)).repeat(32) }),
  );

  it('shows the first twenty and says how many more there are', () => {
    const error = ambiguousSpec('x', ' in the mirrors', builds, () => undefined, ', or wait');
    expect(error).toMatchObject({
      code: 'usage',
      message: '"x" matches 30 specs in the mirrors',
      facts: { hint: 'name one by its hash: /aaaaaaa, or wait' },
    });
    expect(error.facts.choices).toHaveLength(21);
    expect(error.facts.choices?.slice(19)).toEqual(['x@1.19 /ttttttt', 'and 10 more']);
  });

  it('shows all of a few', () => {
    const { facts } = ambiguousSpec('x', '', builds.slice(0, 2), () => undefined);
    expect(facts.choices).toEqual(['x@1.0 /aaaaaaa', 'x@1.1 /bbbbbbb']);
  });
});
