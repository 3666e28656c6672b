import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EQUAL_ROOT, expectedContents, treeContents, withoutHooked } from '../commands/install-toy.ts';
import { startActionsCache } from '../harness/actions-cache.ts';
import { writeAction } from '../harness/fake-action.ts';
import { startHttpServer } from '../harness/http-server.ts';
import { type JobOptions, type StepOptions, startJob } from '../harness/runner.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { unpackStore } from '../package/store-fixture.ts';
import { environmentOf, FIXTURES, fromSource, mirrorOf, ROOT } from './command-line.ts';

const INSTALL = join(ROOT, 'install');
const KEY = readFileSync(join(FIXTURES, 'toy-ci.pub.asc'), 'utf8');

let root: string;
beforeEach(() => {
  // No longer than what the packages were built with, and as long for byte-for-byte comparison.
  root = mkdtempSync('/tmp/bc-'.padEnd(EQUAL_ROOT.length - 6, '-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** A job with the 1.2 environment in its workspace, and an action that runs a shell line. */
async function job(options: JobOptions = {}) {
  const dir = await tempDir();
  await cp(environmentOf('1.2'), join(dir.path, 'env'), { recursive: true });
  const started = await startJob({ workspace: dir.path, here: fromSource, ...options });
  return {
    ...started,
    workspace: dir.path,
    install: (step: StepOptions = {}) =>
      started.uses(INSTALL, {
        ...step,
        with: { 'install-tree': root, otherarch: true, 'trusted-keys': KEY, ...step.with },
      }),
    shell: async (line: string) => {
      const action = await writeAction(join(dir.path, 'shell'), {
        'action.yml': `runs:\n  using: composite\n  steps:\n    - shell: bash\n      run: ${JSON.stringify(line)}\n`,
      });
      return await started.uses(action);
    },
    async [Symbol.asyncDispose]() {
      await started[Symbol.asyncDispose]();
      await dir[Symbol.asyncDispose]();
    },
  };
}

const TARGET = {
  name: 'pull_request_target',
  payload: { pull_request: { number: 1, head: { repo: { full_name: 'm/r' } } } },
};

const signed = () => `toy=${mirrorOf('1.2', 'signed')}`;

describe('the sub-action install', () => {
  it('takes each line as a spec of its own, a hash too', async () => {
    await using run = await job();
    const step = await run.install({
      with: { mirrors: signed(), specs: 'toymake\n/nqmmpba', 'dry-run': true },
    });
    expect(step).toMatchObject({ exitCode: 0, annotations: [] });
    const installed = JSON.parse(step.outputs['installed'] ?? '') as { name: string; root: boolean }[];
    expect(
      installed
        .filter(({ root }) => root)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['toymake', 'toypy']);
  });

  it('a second step finds the program on the PATH, and what else it needs', async () => {
    await using run = await job({ here: () => undefined });
    const step = await run.install({ with: { mirrors: signed(), specs: 'toymake\ntoypy' } });
    expect(step).toMatchObject({ exitCode: 0, annotations: [] });
    const installed = JSON.parse(step.outputs['installed'] ?? '') as { name: string; outcome: string }[];
    expect(installed.filter(({ outcome }) => outcome === 'installed').map(({ name }) => name)).toEqual([
      'gcc-runtime',
      'toymake',
      'zlib-toy',
      'libtoy',
      'toypy',
    ]);
    expect(step.outputs['prefix']).toMatch(`${root}/linux-x86_64_v3/toymake-4.4-`);
    expect(step.summary).toContain('5 installed');
    const next = await run.shell(
      'command -v toypy; toymake; echo "cmake $CMAKE_PREFIX_PATH"; echo "pc $PKG_CONFIG_PATH"',
    );
    expect(next.exitCode).toBe(0);
    expect(next.log).toContain(`${root}/linux-x86_64_v3/toypy-`);
    expect(next.log).toContain(`toymake from ${root}/linux-x86_64_v3/toymake-`);
    expect(next.log).toMatch(/cmake \S*toymake-\S*:\S*toypy-\S*:\S*libtoy-/);
    expect(next.log).toMatch(/pc \S*zlib-toy-\S*\/lib\/pkgconfig/);
  });

  it('an environment; what fails is an error that says why, and the rest is there', async () => {
    await using run = await job();
    const step = await run.install({ with: { mirrors: signed(), environment: 'env' } });
    expect(step).toMatchObject({ exitCode: 0 });
    expect(withoutHooked(treeContents(root, EQUAL_ROOT))).toEqual(
      expectedContents('relocated-opt-toy-stor2.json'),
    );
    await using other = await job();
    const untrusted = await other.install({
      with: { mirrors: signed(), environment: 'env', 'trusted-keys': 'unset', 'install-tree': `${root}/x` },
    });
    expect(untrusted).toMatchObject({ exitCode: 1, outputs: { installed: expect.any(String) } });
    expect(untrusted.annotations[0]?.message).toMatch(/no key is trusted/);
    expect(readdirSync(`${root}/x`)).toEqual(['.spack-db']);
    const nothing = await other.install({
      if: 'always()',
      with: { mirrors: signed(), specs: 'nosuch' },
    });
    expect(nothing).toMatchObject({ exitCode: 1, outputs: { installed: '[]', prefix: '' } });
    expect(nothing.annotations).toMatchObject([{ message: expect.stringContaining('"nosuch"') }]);
  });

  it('the configuration and the runner say where to install when the input does not', async () => {
    await using run = await job();
    const fallback = await run.install({
      with: { mirrors: signed(), specs: 'gcc-runtime', 'install-tree': 'unset', 'dry-run': true },
    });
    expect(fallback.outputs['installed']).toContain(`"${run.toolCache}/spack/linux-x86_64_v3/gcc-runtime-`);
    const yaml = `spack:\n  config:\n    install_tree: {root: ${root}/from-config}\n`;
    writeFileSync(join(run.workspace, 'env/spack.yaml'), yaml);
    const configured = await run.install({
      with: { mirrors: signed(), environment: 'env', 'install-tree': 'unset', 'dry-run': true },
    });
    expect(configured.outputs['installed']).toContain(`"${root}/from-config/linux-x86_64_v3/`);
  });

  it.each([
    ['upstreams: {theirs: {install_tree: $env/tree}}'],
    ['config: {install_tree: {root: $env/tree}}'],
    ['upstreams: {theirs: {install_tree: $env/tree}}\n  config: {install_tree: {root: $env/tree}}'],
  ])('on pull_request_target a tree of the checkout counts for nothing: %s', async (section) => {
    await using run = await job({ event: TARGET });
    const theirs = join(run.workspace, 'env/tree');
    const { root: recorded } = unpackStore('1.2', theirs);
    const database = join(theirs, '.spack-db/index.json');
    writeFileSync(database, readFileSync(database, 'utf8').replaceAll(recorded, theirs));
    writeFileSync(join(run.workspace, 'env/spack.yaml'), `spack:\n  ${section}\n`);
    for (const tree of [`${root}/x`, 'unset']) {
      const step = await run.install({
        with: { mirrors: signed(), environment: 'env', 'install-tree': tree, 'dry-run': true },
      });
      expect(step).toMatchObject({ exitCode: 0 });
      expect(step.outputs['installed']).not.toContain('env/tree');
      expect(step.outputs['installed']).not.toContain('"present"');
    }
  });

  it.each([
    ['config: {install_tree: {projections: {all: "theirs/{name}"}}}'],
    ['config: {install_path_scheme: "theirs/{name}", install_tree: $env/tree}'],
    ['config: {install_tree: {padded_length: 200}}'],
    ['{config: {allow_sgid: false}, packages: {all: {permissions: {read: world, write: world}}}}'],
    ['packages: {gcc-runtime: {permissions: {read: user}}}'],
  ])(
    "on pull_request_target a kept tree stays as it is for others, and the runner's is not used: %s",
    async (section) => {
      await using run = await job({ event: TARGET });
      const specs = 'gcc-runtime';
      for (const [tree, at] of [
        [root, root],
        ['unset', join(run.temp, 'spack')],
      ] as const) {
        const spack = section.startsWith('{') ? section : `{${section}}`;
        writeFileSync(join(run.workspace, 'env/spack.yaml'), `spack: ${spack}\n`);
        const step = await run.install({
          with: { mirrors: signed(), environment: 'env', specs, 'install-tree': tree },
        });
        expect(step.exitCode, step.log).toBe(0);
        const prefix = step.outputs['prefix'] ?? '';
        expect(prefix.startsWith(`${at}/linux-x86_64_v3/gcc-runtime-`), prefix).toBe(true);
        expect(statSync(prefix).mode & 0o7777).toBe(0o755);
        expect(step.annotations).toMatchObject([
          { level: 'warning', message: expect.stringContaining('left out') },
        ]);
        expect(readdirSync(at)).not.toContain('theirs');
        expect(existsSync(join(run.toolCache, 'spack'))).toBe(false);
      }
    },
  );

  it('on pull_request_target nothing unsigned comes from a mirror that only the checkout names', async () => {
    await using run = await job({ event: TARGET });
    await cp(mirrorOf('1.2', 'unsigned'), join(run.workspace, 'env/theirs'), { recursive: true });
    const theirs = 'mirrors: {theirs: {url: $env/theirs, signed: false}}';
    writeFileSync(join(run.workspace, 'env/spack.yaml'), `spack: {${theirs}}\n`);
    writeFileSync(join(run.workspace, 'env/mirrors.yaml'), `{${theirs}}`);
    mkdirSync(join(run.workspace, 'empty'));
    const inputs = { environment: 'env', specs: 'gcc-runtime', 'install-tree': root };
    const install = (more: Record<string, string>) =>
      run.install({ if: 'always()', with: { ...inputs, ...more } });
    for (const mirrors of ['ours=./empty', 'env/mirrors.yaml']) {
      const step = await install({ mirrors });
      expect(step.exitCode, step.log).toBe(1);
      expect(step.log).toMatch(/"theirs" is not configured as signed, and counts as signed/);
      expect(step.path).toEqual([]);
    }
    const scope = await run.uses(join(ROOT, 'check'), {
      if: 'always()',
      with: { environment: 'env', 'spack-scope': true, 'index-cache': false },
    });
    const written = readFileSync(join(scope.outputs['spack-scope'] ?? '', 'mirrors.yaml'), 'utf8');
    expect(written).toContain('"signed":true');
    const named = await install({ 'only-mirrors': 'env/theirs' });
    expect(named.exitCode, named.log).toBe(0);
  });

  it('patchelf from where the user says, once, and only as it should be', async () => {
    await using served = await tempDir();
    await using run = await job();
    const script = '#!/bin/sh\nexit 0\n';
    writeFileSync(join(served.path, 'patchelf'), script);
    await using server = await startHttpServer({ root: served.path });
    const digest = createHash('sha256').update(script).digest('hex');
    const patchelf = `${server.url}/patchelf#sha256=${digest}`;
    const common = { mirrors: signed(), specs: 'gcc-runtime' };
    for (const requests of [1, 1]) {
      const step = await run.install({ with: { ...common, patchelf } });
      expect(step).toMatchObject({ exitCode: 0 });
      expect(server.requests).toHaveLength(requests);
    }
    const wrong = await run.install({
      with: { ...common, patchelf: `${server.url}/patchelf#sha256=${'0'.repeat(64)}` },
    });
    expect(wrong.annotations).toMatchObject([{ message: expect.stringContaining('not what it should be') }]);
    const bare = await run.install({
      if: 'always()',
      with: { ...common, patchelf: `${server.url}/patchelf` },
    });
    expect(bare.annotations).toMatchObject([{ message: expect.stringContaining('#sha256=') }]);
  });
});

describe('packages across jobs', () => {
  /** Packages in the folder that is saved. */
  const saved = (temp: string) =>
    readdirSync(join(temp, 'buildcache-packages'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      /[0-9a-f]{64}$/.test(name),
    );
  const tarballs = (requests: readonly { readonly path: string }[], temp: string) =>
    saved(temp).filter((name) => requests.some(({ path }) => path.endsWith(name.slice(-64))));

  it('a second job downloads none; what somebody has tampered with is refused', async () => {
    await using cache = await startActionsCache();
    await using temp = await tempDir(); // a runner has the same folders every time
    await using server = await startHttpServer({ root: mirrorOf('1.2', 'signed') });
    const options = { services: cache.env, temp: temp.path };
    const install = { with: { mirrors: `toy=${server.url}`, specs: 'toypy' } };
    const fresh = async () => {
      await rm(root, { recursive: true });
      await rm(join(temp.path, 'buildcache-packages'), { recursive: true });
      server.requests.length = 0;
    };
    {
      await using run = await job(options);
      expect(await run.install(install)).toMatchObject({ exitCode: 0 });
      expect(tarballs(server.requests, temp.path)).toHaveLength(4);
      for (const post of await run.finish()) expect(post.exitCode).toBe(0);
      expect(cache.entries()).toMatchObject([{ key: expect.stringMatching(/^buildcache-install-1-/) }]);
    }
    const good = treeContents(root);
    await fresh();
    {
      await using run = await job(options);
      const step = await run.install(install);
      expect(step).toMatchObject({ exitCode: 0, annotations: [] });
      expect(step.log).toContain('4 packages came from the Actions cache');
      expect(tarballs(server.requests, temp.path)).toEqual([]);
      expect(treeContents(root)).toEqual(good);
      for (const post of await run.finish()) expect(post.exitCode).toBe(0);
      expect(cache.entries()).toHaveLength(1);
    }
    await fresh();
    {
      // Another set of specs, saved by a job that had been taken over.
      await using run = await job(options);
      expect(await run.install({ with: { ...install.with, specs: 'toypy\ntoymake' } })).toMatchObject({
        exitCode: 0,
      });
      for (const name of saved(temp.path)) {
        const file = join(temp.path, 'buildcache-packages', name);
        const bytes = readFileSync(file);
        bytes.writeUInt8(bytes.readUInt8(bytes.length - 9) ^ 1, bytes.length - 9);
        writeFileSync(file, bytes);
      }
      for (const post of await run.finish()) expect(post.exitCode).toBe(0);
      expect(cache.entries()).toHaveLength(2);
    }
    await fresh();
    {
      await using run = await job(options);
      const step = await run.install({ with: { ...install.with, specs: 'toypy\ntoymake' } });
      expect(step).toMatchObject({ exitCode: 0 });
      expect(step.annotations).toMatchObject([
        { level: 'warning', message: expect.stringMatching(/5 restored files .* were refused/) },
      ]);
      expect(treeContents(root)).toMatchObject(good);
    }
  });
});
