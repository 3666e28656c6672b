/** What prune keeps by size, git history, roots and pins; prune.test.ts has the rest. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { copyMirror, fixtureGraph } from '../../../cache/mirror-fixture.ts';
import {
  assertSound,
  folderDocuments,
  makeOld,
  manifestRecords,
  publishedHashes,
} from '../../../cache/mirror-state.ts';
import { tempDir } from '../../../harness/temp-dir.ts';
import { environmentOf } from '../../command-line.ts';
import { runVerb } from '../../run-verb.ts';

const graph = fixtureGraph('1.2');
const hashOf = (name: string) => [...graph.nodes.values()].find((node) => node.name === name)?.hash ?? '';
const ALL = ['gcc-runtime', 'libtoy', 'toyapp', 'toymake', 'toypy', 'zlib-toy'];
const LIBTOY = ['gcc-runtime', 'libtoy', 'zlib-toy'];

/** Forty days old, the first of `ages` the oldest. */
async function oldMirror(ages: readonly string[] = []) {
  const dir = await tempDir();
  const mirror = join(dir.path, 'mirror');
  copyMirror('1.2', 'unsigned', mirror);
  makeOld(mirror, 40);
  const keys = [...folderDocuments(mirror).keys()];
  for (const [i, name] of ages.entries()) {
    makeOld(
      mirror,
      90 - i,
      keys.filter((key) => key.includes(`/spec/${name}/`)),
    );
  }
  const prune = async (...args: readonly string[]) => {
    const { code, out, err } = await runVerb(['prune', mirror, '--json', ...args], dir.path, {
      PATH: process.env['PATH'] ?? '',
    });
    return { code, err, report: out === '' ? undefined : JSON.parse(out) };
  };
  const left = () => {
    const hashes = publishedHashes(folderDocuments(mirror));
    return ALL.filter((name) => hashes.has(hashOf(name)));
  };
  return {
    dir,
    mirror,
    prune,
    left,
    path: dir.path,
    [Symbol.asyncDispose]: () => dir[Symbol.asyncDispose](),
  };
}

/** A lockfile of one of the fixture's specs and all below it. */
function lockOf(name: string): string {
  const lock = JSON.parse(readFileSync(join(environmentOf('1.2'), 'spack.lock'), 'utf8'));
  const needed = new Set<string>();
  const visit = (hash: string) => {
    if (needed.has(hash)) return;
    needed.add(hash);
    for (const each of lock.concrete_specs[hash].dependencies ?? []) visit(each.hash);
  };
  visit(hashOf(name));
  const concrete = Object.entries(lock.concrete_specs).filter(([hash]) => needed.has(hash));
  const roots = [{ hash: hashOf(name), spec: name }];
  return JSON.stringify({ ...lock, roots, concrete_specs: Object.fromEntries(concrete) });
}

/** A repository whose commits have these lockfiles. */
function commitAll(folder: string, texts: readonly string[]) {
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
      cwd: folder,
      stdio: 'ignore',
    });
  git('init', '-q', '-b', 'main');
  mkdirSync(join(folder, 'env'), { recursive: true });
  for (const text of texts) {
    writeFileSync(join(folder, 'env/spack.lock'), text);
    git('add', 'env');
    git('commit', '-qm', 'next');
  }
  return git;
}

describe('prune --max-size', () => {
  const sizes = (mirror: string) => {
    const documents = [...folderDocuments(mirror)];
    const named = documents.filter(([key]) => key.startsWith('v3/manifests/spec/'));
    const records = named.flatMap(([, bytes]) => manifestRecords(bytes));
    const blobs = new Map(records.map(({ checksum, contentLength }) => [checksum, contentLength]));
    return [...blobs.values()].reduce((sum, size) => sum + size, 0);
  };

  it('removes what was needed longest ago, and no more than it has to', async () => {
    // Nobody has asked for zlib-toy for long, but libtoy needs it.
    await using at = await oldMirror(['zlib-toy', 'toymake', 'toypy', 'toyapp', 'libtoy', 'gcc-runtime']);
    const before = sizes(at.mirror);
    const whole = await at.prune('--max-size', `${before}`);
    expect(whole).toMatchObject({ code: 0, report: { removed: [], size: { before, after: before } } });
    const one = await at.prune('--max-size', `${before - 1}`, '--yes');
    expect(one).toMatchObject({ code: 0, report: { removed: [{ hash: hashOf('toymake') }], problems: [] } });
    expect(one.report.plan.find((each: { goes: boolean }) => each.goes)).toMatchObject({
      reason: 'over-bound',
      bytes: expect.any(Number),
    });
    expect(sizes(at.mirror)).toBe(one.report.size.after);
    assertSound(folderDocuments(at.mirror));
    const few = await at.prune('--max-size', `${before >> 1}B`, '--yes');
    expect(few.report.over_bound).toBeNull();
    expect(sizes(at.mirror)).toBeLessThanOrEqual(before >> 1);
    expect(few.report.blobs.removed.count).toBeGreaterThan(0);
    assertSound(folderDocuments(at.mirror));
  });

  it('says why it stays above where what is kept is larger than that', async () => {
    await using at = await oldMirror();
    const { code, report } = await at.prune('--max-size', '1', '--pin', 'libtoy', '--yes');
    expect(code).toBe(0);
    expect(report.over_bound).toMatch(
      /^what has to stay comes to .* above 1 B: 2 needed by what stays, 1 named by pin libtoy$/,
    );
    expect(at.left()).toEqual(LIBTOY);
    const young = await oldMirror();
    makeOld(young.mirror, 0);
    const none = await young.prune('--max-size', '1', '--yes');
    expect(none.report).toMatchObject({
      removed: [],
      over_bound: expect.stringMatching(/6 younger than --grace$/),
    });
    await young[Symbol.asyncDispose]();
  });

  it('keeps lockfiles and what is too young, and takes of the rest what the bound asks for', async () => {
    await using at = await oldMirror(['toymake', 'toypy', 'toyapp']);
    const list = join(at.path, 'keep');
    writeFileSync(list, hashOf('libtoy'));
    const before = sizes(at.mirror);
    await at.prune('--max-size', `${before - 1}`, '-k', list, '--yes');
    expect(at.left()).toEqual(ALL.filter((name) => name !== 'toymake'));
    // Younger than that is only toyapp, which needs toypy.
    await at.prune('--max-size', '1', '-k', list, '--older-than', '89d', '--yes');
    expect(at.left()).toEqual(ALL.filter((name) => name !== 'toymake'));
    await at.prune('--max-size', '1', '-k', list, '--older-than', '85d', '--yes');
    expect(at.left()).toEqual(LIBTOY);
  });

  it('removes all only where that is said', async () => {
    await using at = await oldMirror();
    const before = folderDocuments(at.mirror);
    expect(await at.prune('--max-size', '0', '--yes')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/all 6 entries would be removed.*--remove-all/),
    });
    expect(folderDocuments(at.mirror)).toEqual(before);
    expect(await at.prune('--max-size', '0', '--remove-all', '--yes')).toMatchObject({ code: 0 });
    expect(at.left()).toEqual([]);
    expect(await at.prune('--max-size', '0', '--pin', 'libtoy', '--yes')).toMatchObject({ code: 0 });
  });

  it('removes nothing where it cannot tell how large an entry is', async () => {
    await using at = await oldMirror();
    const key = [...folderDocuments(at.mirror).keys()].find((each) => each.includes('spec/toymake/')) ?? '';
    writeFileSync(join(at.mirror, key), '{"version":3,"data":[]}');
    makeOld(at.mirror, 40);
    const { code, report } = await at.prune('--max-size', '1', '--yes');
    expect(code).toBe(1);
    expect(report.removed).toEqual([]);
    expect(report.plan.every((each: { reason: string }) => each.reason === 'unclear')).toBe(true);
    expect(report.problems.join()).toMatch(/no entry is removed/);
  });

  it.each(['', 'x', '-1', '1P', '1.2345G', '1iB', 'G', '1 G'])('refuses %j', async (text) => {
    await using at = await oldMirror();
    expect(await at.prune('--max-size', text)).toMatchObject({
      code: 2,
      err: expect.stringContaining('200G'),
    });
  });
});

describe('prune --keep-roots and --pin', () => {
  it('keeps what is named and all it needs', async () => {
    await using at = await oldMirror();
    const roots = join(at.path, 'roots');
    writeFileSync(roots, `# ours\nlibtoy@1:\n/${hashOf('toymake')}\n\n`);
    const { code, report } = await at.prune('--keep-roots', roots, '--yes');
    expect(code).toBe(0);
    expect(new Set(at.left())).toEqual(new Set([...LIBTOY, 'toymake']));
    const reasons = Object.fromEntries(
      report.plan.map((each: { hash: string; reason: string; by: string }) => [
        each.hash,
        [each.reason, each.by],
      ]),
    );
    expect(reasons[hashOf('libtoy')]).toEqual(['named', `root libtoy@1: of ${roots}`]);
    expect(reasons[hashOf('zlib-toy')]?.[0]).toBe('needed');
    expect(reasons[hashOf('toypy')]).toEqual(['unnamed', null]);
  });

  it('keeps a pin whatever else is said, and lets nothing go for a pin alone', async () => {
    await using at = await oldMirror();
    expect(await at.prune('--pin', 'toypy', '--yes')).toMatchObject({ code: 0, report: { removed: [] } });
    const list = join(at.path, 'keep');
    writeFileSync(list, hashOf('libtoy'));
    await at.prune('-k', list, '--pin', 'toymake', '--yes');
    expect(new Set(at.left())).toEqual(new Set([...LIBTOY, 'toymake']));
  });

  it.each([
    [['--pin', 'libtoi'], 'no entry of the mirror matches "libtoi"'],
    [['--pin', 'libtoy@9:'], 'no entry of the mirror matches "libtoy@9:"'],
    [['--pin', 'libtoy@@'], 'libtoy@@'],
    [['--keep-roots', 'empty'], 'no spec in the list of roots'],
    [['--keep-roots', 'wrong'], 'no entry of the mirror matches "nothing-here"'],
    [['--keep-roots', 'absent'], 'absent'],
  ])('refuses %j, for what it was to keep would go', async (args, message) => {
    await using at = await oldMirror();
    writeFileSync(join(at.path, 'empty'), '# nothing\n');
    writeFileSync(join(at.path, 'wrong'), 'libtoy\nnothing-here\n');
    const before = folderDocuments(at.mirror);
    const ran = await at.prune(...args, '--older-than', '30d', '--remove-all', '--yes');
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining(message) });
    expect(folderDocuments(at.mirror)).toEqual(before);
  });

  it('cannot tell what is named while an entry cannot be read', async () => {
    await using at = await oldMirror();
    const key = [...folderDocuments(at.mirror).keys()].find((each) => each.includes('spec/toypy/')) ?? '';
    rmSync(join(at.mirror, 'v3/manifests/index'), { recursive: true });
    writeFileSync(join(at.mirror, key), 'log in first');
    makeOld(at.mirror, 40);
    const { code, report } = await at.prune('--older-than', '30d', '--pin', 'libtoy', '--yes');
    expect({ code, removed: report.removed }).toEqual({ code: 1, removed: [] });
  });
});

describe('prune --keep-git', () => {
  it('keeps what the lockfiles of all these commits list', async () => {
    await using at = await oldMirror();
    const git = commitAll(at.path, [lockOf('toypy'), lockOf('libtoy'), lockOf('toymake')]);
    git('tag', 'v1', 'HEAD~2');
    const two = ['--keep-git', 'main~2..main', '--lockfile', 'env/spack.lock'];
    const { code, report } = await at.prune(...two);
    expect(code).toBe(2);
    expect(report.removed.map(({ hash }: { hash: string }) => hash)).toEqual(['toyapp', 'toypy'].map(hashOf));
    const by = report.plan.find((each: { hash: string }) => each.hash === hashOf('libtoy')).by;
    expect(by).toBe('main~2..main (2 commits, 2 lockfiles)');
    await at.prune(...two, '--keep-git', 'refs/tags/*', '--yes');
    expect(at.left()).toEqual(ALL.filter((name) => name !== 'toyapp'));
    // By itself it is the environment's lockfile.
    expect((await at.prune('-e', 'env', '--keep-git', 'main', '--yes')).code).toBe(0);
    expect(at.left()).toContain('toymake');
    expect(at.left()).not.toContain('libtoy');
    assertSound(folderDocuments(at.mirror));
  });

  it.each([
    [['main..main'], 'there is no commit in'],
    [['main~7..main'], 'fetch-depth: 0'],
    [['refs/tags/*'], 'no ref matches'],
    [['main', '--lockfile', 'other'], 'has other'],
    [['main', '--lockfile', 'env/spack.lock', '--lockfile', 'Env/spack.lock'], 'has Env/spack.lock'],
    [['main~1'], 'git:'],
    [['main~2'], 'keeps nothing'],
  ])('removes nothing for %j, also beside what is sound', async (args, message) => {
    await using at = await oldMirror();
    const none = JSON.stringify({ ...JSON.parse(lockOf('libtoy')), roots: [], concrete_specs: {} });
    commitAll(at.path, [none, '{"_meta": {"file-type"', lockOf('libtoy')]);
    const before = folderDocuments(at.mirror);
    const keep = ['--lockfile', 'env/spack.lock', '--keep-git', 'main', '--keep-git', ...args];
    const lockfile = args.includes('--lockfile') ? keep.slice(2) : keep;
    const ran = await at.prune(...lockfile, '--yes');
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining(message) });
    expect(folderDocuments(at.mirror)).toEqual(before);
  });

  it('needs each lockfile in some commit, and not in those of each range', async () => {
    await using at = await oldMirror();
    const git = commitAll(at.path, [lockOf('toypy'), lockOf('libtoy')]);
    git('tag', 'v1');
    git('mv', 'env', 'new');
    git('commit', '-qm', 'moved');
    const keep = ['--keep-git', 'main', '--lockfile', 'new', '--lockfile', 'env'];
    expect(await at.prune(...keep)).toMatchObject({ code: 2, err: expect.stringContaining('has env.') });
    const { report } = await at.prune(...keep, '--keep-git', 'refs/tags/*');
    expect(report.removed.map(({ hash }: { hash: string }) => hash)).not.toContain(hashOf('libtoy'));
  });

  it('removes nothing for a lockfile without commits, which would keep nothing', async () => {
    await using at = await oldMirror();
    const before = folderDocuments(at.mirror);
    const ran = await at.prune('--lockfile', 'env/spack.lock', '--older-than', '1d', '--yes');
    expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('--keep-git') });
    expect(folderDocuments(at.mirror)).toEqual(before);
  });
});

it('shows what it is about to do before it does it', async () => {
  await using at = await oldMirror();
  const list = join(at.path, 'keep');
  writeFileSync(list, hashOf('libtoy'));
  const ran = await runVerb(['prune', at.mirror, '-k', list, '--yes', '-v'], at.path);
  const lines = ran.out.split('\n');
  const at7 = (name: string) => hashOf(name).slice(0, 7);
  expect(lines[0]).toMatch(
    new RegExp(`^goes: toyapp-1\\.0/${at7('toyapp')} \\([\\d.]+ k?B\\): named by nothing$`),
  );
  expect(ran.out).toMatch(/^To go: 3: 3 named by nothing$/m);
  expect(ran.out).toMatch(new RegExp(`^stays: libtoy-[\\d.]+/${at7('libtoy')}: named by keep-list `, 'm'));
  expect(ran.out).toMatch(
    new RegExp(`^stays: zlib-toy-[\\d.]+/${at7('zlib-toy')}: needed by (libtoy|gcc-runtime)`, 'm'),
  );
  expect(ran.out).toMatch(/^To stay: 3: 2 needed by what stays, 1 named by keep-list /m);
  expect(ran.out.indexOf('To stay')).toBeLessThan(ran.out.indexOf('\nremoved: '));
});

it('keeps a history where that is wanted, and says where things go', async () => {
  await using at = await oldMirror();
  const [list, history] = [join(at.path, 'keep'), join(at.path, 'history.json')];
  writeFileSync(list, hashOf('libtoy'));
  const dry = await at.prune('-k', list, '--history', history, '--dry-run');
  expect(dry.report.trend).toBeNull();
  expect(existsSync(history)).toBe(false);
  expect((await at.prune('--history', history, '--yes')).report.trend).toBeNull();
  const { report } = await at.prune('-k', list, '--history', history, '--yes');
  expect(report.trend).toEqual({
    since: expect.any(String),
    entries: -3,
    bytes: expect.any(Number),
  });
  expect(JSON.parse(readFileSync(history, 'utf8')).runs).toMatchObject([
    { entries: 6, removed: 0 },
    { entries: 3, removed: 3, freed: report.blobs.removed.bytes },
  ]);
  const text = await runVerb(['prune', at.mirror, '--history', history], at.path);
  expect(text.out).toMatch(/^Since \d{4}-\d\d-\d\d: −3 entries, −[\d.]+ k?B$/m);
  const both = [1, 2].map(() => at.prune('-k', list, '--history', history, '--yes'));
  await Promise.all(both);
  expect(JSON.parse(readFileSync(history, 'utf8')).runs).toHaveLength(4);
});

it('removes nothing where the history cannot be read, and leaves it as it is', async () => {
  await using at = await oldMirror();
  const [list, history] = [join(at.path, 'keep'), join(at.path, 'history.json')];
  writeFileSync(list, hashOf('libtoy'));
  writeFileSync(history, '{"version": 1, "runs"');
  const ran = await at.prune('-k', list, '--history', history, '--yes');
  expect(ran).toMatchObject({ code: 2, err: expect.stringContaining('history.json') });
  expect(at.left()).toEqual(ALL);
  expect(readFileSync(history, 'utf8')).toBe('{"version": 1, "runs"');
});
