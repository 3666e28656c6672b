import { describe, expect, it } from 'vitest';
import { imagePlatforms } from '../../src/plan/image-platforms.ts';
import type { SpecNode } from '../../src/spec/node.ts';
import { codeOf } from '../spec/node-fixture.ts';
import { makeNode } from '../spec/spec-nodes.ts';

function source(name: string, nodes: readonly SpecNode[], roots: readonly SpecNode[]) {
  const graph = {
    nodes: new Map(nodes.map((node) => [node.hash, node])),
    roots: roots.map(({ hash, name: spec }) => ({ hash, spec })),
  };
  return { name, graph };
}

const glibc = makeNode('glibc', { external: { path: '/usr' } });
const zlib = makeNode('zlib', { dependencies: [[glibc, 'link']] });
const cmake = makeNode('cmake');
const app = makeNode('app', {
  dependencies: [
    [zlib, 'link'],
    [cmake, 'build'],
  ],
});
const armApp = makeNode('arm-app', { target: 'neoverse_n1' });

describe('the platforms of an image', () => {
  it('have the roots and what they run with, without externals and what only builds', () => {
    const [only, ...others] = imagePlatforms([source('env', [app, zlib, cmake, glibc], [app, zlib, app])]);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ architecture: 'amd64', roots: [app.hash, zlib.hash] });
    expect(only?.specs).toEqual([zlib, app]);
  });

  it('are those of several environments, or of the roots of one', () => {
    for (const sources of [
      [source('arm', [armApp], [armApp]), source('env', [app, zlib], [app])],
      [source('both', [armApp, app, zlib], [armApp, app])],
    ]) {
      expect(imagePlatforms(sources).map(({ architecture, roots }) => [architecture, roots])).toEqual([
        ['amd64', [app.hash]],
        ['arm64', [armApp.hash]],
      ]);
    }
  });

  it('are refused where two environments are for one, a root needs another one, or there is nothing', () => {
    const twice = [source('one', [zlib], [zlib]), source('two', [cmake], [cmake])];
    expect(codeOf(() => imagePlatforms(twice))).toBe('usage');
    const mixed = makeNode('mixed', { dependencies: [[armApp, 'run']] });
    expect(codeOf(() => imagePlatforms([source('env', [mixed, armApp], [mixed])]))).toBe('bad-input');
    expect(codeOf(() => imagePlatforms([source('env', [glibc], [glibc])]))).toBe('usage');
  });
});
