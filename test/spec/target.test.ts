import { describe, expect, it } from 'vitest';
import { BuildcacheError } from '../../src/core/errors.ts';
import {
  formatTargetSet,
  microarchitectures,
  parseTargetSet,
  runnableOn,
  targetFamily,
  targetInSet,
  targetSetsOverlap,
} from '../../src/spec/target.ts';

const isIn = (name: string, set: string) => targetInSet(name, parseTargetSet(set));

describe('microarchitectures', () => {
  it('have all features of their ancestors', () => {
    const all = microarchitectures();
    expect(all.size).toBeGreaterThan(60);
    for (const target of all.values()) {
      for (const name of target.ancestors) {
        const ancestor = all.get(name);
        expect(
          [...(ancestor?.features ?? ['unknown'])].filter((feature) => !target.features.has(feature)),
        ).toEqual([]);
      }
      expect(target.ancestors.has(target.name)).toBe(false);
    }
  });

  it('know their family', () => {
    expect(targetFamily('zen4')).toBe('x86_64');
    expect(targetFamily('prescott')).toBe('x86');
    expect(targetFamily('neoverse_v1')).toBe('aarch64');
    expect(targetFamily('power9le')).toBe('ppc64le');
    expect(targetFamily('x86_64')).toBe('x86_64');
    expect(targetFamily('quantum1')).toBe('quantum1');
  });
});

describe('runnableOn', () => {
  it.each([
    ['zen2', 'zen2', true],
    ['zen2', 'x86_64_v3', true],
    ['zen2', 'x86_64', true],
    ['zen2', 'zen3', false],
    ['zen2', 'haswell', false],
    ['zen2', 'x86_64_v4', false],
    ['icelake', 'skylake', true],
    ['m2', 'm1', true],
    ['m2', 'x86_64', false],
    ['quantum1', 'quantum1', true],
    ['quantum1', 'x86_64', false],
  ])('%s runs %s: %s', (host, target, answer) => {
    expect(runnableOn(host, target)).toBe(answer);
  });
});

describe('target sets', () => {
  it.each([
    ['zen2', 'zen2', true],
    ['zen2', 'zen3,zen2', true],
    ['zen2', 'x86_64', false],
    ['zen2', 'x86_64:', true],
    ['zen2', 'x86_64_v2:zen4', true],
    ['zen2', ':haswell', false],
    ['x86_64_v3', ':haswell', true],
    ['haswell', 'x86_64_v2:icelake', true],
    ['zen', 'x86_64_v2:icelake', false],
    ['zen', 'aarch64:,x86_64_v3:', true],
    ['quantum1', 'x86_64:', false],
    ['quantum1', '*', true],
    ['quantum1', ':', true],
  ])('%s in %s: %s', (name, set, answer) => {
    expect(isIn(name, set)).toBe(answer);
    expect(formatTargetSet(parseTargetSet(set))).toBe(set);
  });

  it('cannot be bounded by what is not known', () => {
    expect(() => parseTargetSet('quantum1:')).toThrow(BuildcacheError);
    expect(() => parseTargetSet('zen:zen2:zen3')).toThrow(/"zen2:zen3"/);
  });

  it('overlap where some target is in both', () => {
    const overlap = (a: string, b: string) => targetSetsOverlap(parseTargetSet(a), parseTargetSet(b));
    expect(overlap('x86_64_v3:', ':icelake')).toBe(true);
    expect(overlap('x86_64_v3:', 'aarch64:')).toBe(false);
    expect(overlap('quantum1', 'quantum1,quantum2')).toBe(true);
    expect(overlap('quantum1', 'x86_64:')).toBe(false);
  });
});
