import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imageSpecs } from '../../src/cache/oci/layers.ts';
import { planLayers } from '../../src/plan/image-layers.ts';
import { readLockfile } from '../../src/spec/lockfile.ts';
import type { SpecNode } from '../../src/spec/node.ts';
import { generateEnvironment } from '../harness/generate.ts';
import { codeOf } from '../spec/node-fixture.ts';
import { makeNode } from '../spec/spec-nodes.ts';

/** Specs that need any of those before them; some have a name together. */
const someSpecs = fc
  .array(fc.record({ below: fc.array(fc.nat(), { maxLength: 6 }), isOther: fc.boolean() }), { maxLength: 60 })
  .map((parts) => {
    const specs: SpecNode[] = [];
    for (const [i, { below, isOther }] of parts.entries()) {
      const chosen = new Set(i === 0 ? [] : below.map((n) => n % i));
      const dependencies = [...chosen].flatMap((n) => {
        const spec = specs[n];
        return spec === undefined ? [] : [[spec, n % 3 === 0 ? 'run' : 'link'] as const];
      });
      const hash = i.toString(36).padStart(32, '0');
      specs.push(makeNode(isOther ? 'other' : `package-${i}`, { hash, dependencies }));
    }
    return specs;
  });

const hashes = (layers: readonly (readonly SpecNode[])[]) =>
  layers.map((layer) => layer.map(({ hash }) => hash));

describe('the layers of an image', () => {
  it('are planned for a spec that needs more than a call can have arguments', () => {
    const below = Array.from({ length: 2000 }, (_, i) =>
      makeNode(`package-${i}`, { hash: i.toString(36).padStart(32, '0') }),
    );
    const top = makeNode('top', {
      hash: 'z'.repeat(32),
      dependencies: Array.from({ length: 150_000 }, (_, i) => [below[i % 2000] as SpecNode, 'link'] as const),
    });
    expect(planLayers([top, ...below], 2001).at(-1)).toEqual([top]);
  });

  it('have each package once, are at most as many as allowed, and do not depend on the order of the specs', () => {
    fc.assert(
      fc.property(
        someSpecs,
        fc.integer({ min: 1, max: 70 }),
        fc.infiniteStream(fc.nat()),
        (specs, most, random) => {
          const layers = planLayers(specs, most);
          expect(
            layers
              .flat()
              .map(({ hash }) => hash)
              .sort(),
          ).toEqual(specs.map(({ hash }) => hash).sort());
          expect(layers.length).toBeLessThanOrEqual(most);
          expect(layers.every((layer) => layer.length > 0)).toBe(true);
          const keys = new Map(specs.map((spec) => [spec, random.next().value]));
          const shuffled = [...specs].sort((a, b) => Number(keys.get(a)) - Number(keys.get(b)));
          expect(hashes(planLayers(shuffled, most))).toEqual(hashes(layers));
        },
      ),
    );
  });

  it('are one for each package, dependencies first, where that is allowed', () => {
    fc.assert(
      fc.property(someSpecs, (specs) => {
        const layers = planLayers(specs, Math.max(1, specs.length));
        const place = new Map(layers.map(([spec], i) => [spec?.hash, i]));
        expect(layers.length).toBe(specs.length);
        for (const { hash, dependencies } of specs) {
          for (const below of dependencies) expect(place.get(below.hash)).toBeLessThan(place.get(hash) ?? -1);
        }
      }),
    );
  });

  it('keep what most others need apart, whether that is needed directly or not, and merge the tail', () => {
    const base = makeNode('base');
    const middle = makeNode('middle', { dependencies: [[base, 'link']] });
    const leaves = 'abcdefgh'.split('').map((name) => makeNode(name, { dependencies: [[middle, 'run']] }));
    const built = makeNode('built', { dependencies: [] });
    const builders = 'ijklmnopq'
      .split('')
      .map((name) => makeNode(name, { dependencies: [[built, 'build']] }));
    const layers = planLayers([...leaves, ...builders, built, middle, base], 4);
    expect(layers.slice(0, 2)).toEqual([[base], [middle]]);
    expect(layers.slice(2).flat()).toHaveLength(18);
  });

  it('stay the same, all but a few, when one package is another one', () => {
    for (const specs of [120, 400]) {
      const graph = readLockfile(generateEnvironment({ specs, seed: specs }).lockfile, 'spack.lock');
      const roots = [...new Set(graph.roots.map(({ hash }) => hash))];
      const all = imageSpecs(graph, roots);
      const before = planLayers(all, 99);
      const shares = roots.slice(0, 20).flatMap((root) => {
        const without = imageSpecs(
          graph,
          roots.filter((hash) => hash !== root),
        );
        const anew = all.map((spec) => (spec.hash === root ? { ...spec, hash: 'z'.repeat(32) } : spec));
        return [without, anew].map((changed) => {
          const known = new Set(hashes(planLayers(changed, 99)).map(String));
          const kept = before.filter((layer) => known.has(String(layer.map(({ hash }) => hash))));
          return kept.flat().length / all.length;
        });
      });
      expect(Math.min(...shares)).toBeGreaterThan(0.75);
      expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeGreaterThan(0.95);
    }
  });

  it('are at least one', () => {
    expect(codeOf(() => planLayers([makeNode('a')], 0))).toBe('usage');
    expect(planLayers([], 1)).toEqual([]);
  });

  it('are planned in no time for thousands of packages that need each other', () => {
    const specs: SpecNode[] = [];
    for (let i = 0; i < 3000; i++) {
      const below = [...new Set([i - 1, i - 7, Math.floor(i / 2)])].flatMap((n) => specs[n] ?? []);
      const hash = i.toString(36).padStart(32, '0');
      specs.push(makeNode(`p${i}`, { hash, dependencies: below.map((spec) => [spec, 'link'] as const) }));
    }
    const before = process.cpuUsage();
    expect(planLayers(specs, 100).length).toBeLessThanOrEqual(100);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(2000);
  });
});
