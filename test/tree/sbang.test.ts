import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { release } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openByteFile } from '../../src/package/byte-file.ts';
import { ensureSbang, pathLimit, sbangPath, useSbang } from '../../src/tree/sbang.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { memoryFile } from '../package/memory-file.ts';

describe('sbang runs', () => {
  /** Says by what name it was started, and with what. */
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's
  const ECHO = '#!/bin/sh\necho "${0##*/}"; for each; do echo "[$each]"; done\n';

  async function run(lines: string, ...args: readonly string[]) {
    await using dir = await tempDir();
    await ensureSbang(dir.path);
    const bin = join(dir.path, 'bin');
    for (const name of ['python', 'perl', 'ruby', 'sbang2', 'lua']) {
      writeFileSync(join(bin, name), ECHO, { mode: 0o755 });
    }
    const script = join(dir.path, 'a script');
    writeFileSync(script, lines.replaceAll('BIN', bin), { mode: 0o755 });
    const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}` };
    const { status, stdout, stderr } = spawnSync('/bin/sh', [join(bin, 'sbang'), script, ...args], {
      encoding: 'utf8',
      cwd: bin,
      env,
    });
    return { status, out: stdout.replaceAll(script, 'SCRIPT').trim().split('\n'), stderr };
  }

  test.each([
    ['#!BIN/python', ['python', '[SCRIPT]', '[x y]']],
    ['#! BIN/python -u  -v', ['python', '[-u]', '[-v]', '[SCRIPT]', '[x y]']],
    ['#!/usr/bin/env python', ['python', '[SCRIPT]', '[x y]']],
    ['//!BIN/python', ['python', '[SCRIPT]', '[x y]']],
    ['--!BIN/lua', ['lua', '[SCRIPT]', '[x y]']],
    ['<?php #!BIN/python ?>', ['python', '[SCRIPT]', '[x y]']],
    ['#!BIN/perl -w', ['perl', '[-w]', '[-x]', '[SCRIPT]', '[x y]']],
    ['#!/usr/bin/env ruby', ['ruby', '[-x]', '[SCRIPT]', '[x y]']],
    // Nothing is evaluated or expanded.
    [
      '#!BIN/python $(touch pwned) `touch pwned` * "$HOME" ;',
      [
        'python',
        '[$(touch]',
        '[pwned)]',
        '[`touch]',
        '[pwned`]',
        '[*]',
        '["$HOME"]',
        '[;]',
        '[SCRIPT]',
        '[x y]',
      ],
    ],
  ])('%s', async (line, expected) => {
    const { status, out, stderr } = await run(`#!/bin/sh BIN/sbang\n${line}\nrest\n`, 'x y');
    expect({ status, out, stderr }).toEqual({ status: 0, out: expected, stderr: '' });
  });

  test('a script whose line ends the file', async () => {
    expect((await run('#!/bin/sh BIN/sbang\n#!BIN/python')).out).toEqual(['python', '[SCRIPT]']);
  });

  test.each([
    ['plain text\nmore\n', /no interpreter/],
    ['', /no interpreter/],
    ['#!/bin/sh BIN/sbang\n#!BIN/sbang\n', /sbang itself/],
  ])('not %j', async (lines, message) => {
    const { status, stderr } = await run(lines);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(message);
  });

  test('not without a script', async () => {
    await using dir = await tempDir();
    await ensureSbang(dir.path);
    const sbang = join(dir.path, 'bin/sbang');
    expect(spawnSync(sbang, []).status).toBe(127);
    expect(spawnSync(sbang, ['/no/such'], { encoding: 'utf8' }).stderr).toMatch(/cannot read/);
  });
});

describe('a store gets one', () => {
  test('that can be executed; again changes nothing', async () => {
    await using dir = await tempDir();
    await ensureSbang(dir.path);
    const file = sbangPath(dir.path);
    const before = statSync(file, { bigint: true });
    expect(before.mode & 0o777n).toBe(0o755n);
    await ensureSbang(dir.path);
    const after = statSync(file, { bigint: true });
    expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
    expect(readdirSync(join(dir.path, 'bin'))).toEqual(['sbang']);
  });

  test('that all may run who may run packages, whatever the umask', async () => {
    await using dir = await tempDir();
    const before = process.umask(0o077);
    try {
      await ensureSbang(dir.path);
    } finally {
      process.umask(before);
    }
    const modes = () => ['bin', 'bin/sbang'].map((name) => statSync(join(dir.path, name)).mode & 0o7777);
    expect(modes()).toEqual([0o755, 0o755]);
    rmSync(join(dir.path, 'bin'), { recursive: true });
    await ensureSbang(dir.path, { file: 0o750, directory: 0o2750, gid: process.getgid?.() });
    expect(modes()).toEqual([0o2750, 0o750]);
  });

  test('and what a killed process has left of making one is cleared away a day later', async () => {
    await using dir = await tempDir();
    mkdirSync(join(dir.path, 'bin'));
    const [old, young, other] = ['1', '2', 'x'].map(
      (digit) => `.sbang.${digit.repeat(8)}-0000-4000-8000-000000000000.tmp`,
    );
    for (const name of [old, young, other]) writeFileSync(join(dir.path, 'bin', name ?? ''), '');
    for (const name of [old, other]) utimesSync(join(dir.path, 'bin', name ?? ''), 0, 0);
    await ensureSbang(dir.path);
    expect(readdirSync(join(dir.path, 'bin')).sort()).toEqual([young, other, 'sbang']);
  });

  test('once, when packages that are installed side by side all make sure of it', async () => {
    for (let round = 0; round < 10; round++) {
      await using dir = await tempDir();
      await Promise.all(Array.from({ length: 8 }, () => ensureSbang(dir.path)));
      expect(readdirSync(join(dir.path, 'bin'))).toEqual(['sbang']);
    }
  });

  test("unless it has Spack's or something else; an older one of ours is replaced", async () => {
    await using dir = await tempDir();
    const file = join(dir.path, 'bin/sbang');
    mkdirSync(join(dir.path, 'bin'));
    writeFileSync(file, "#!/bin/sh\n# Spack's\n");
    await ensureSbang(dir.path);
    expect(readFileSync(file, 'utf8')).toBe("#!/bin/sh\n# Spack's\n");
    writeFileSync(file, '#!/bin/sh\n# buildcache-action sbang 0\n');
    await ensureSbang(dir.path);
    expect(readFileSync(file, 'utf8')).toMatch(/buildcache-action sbang [1-9]/);
    await using other = await tempDir();
    mkdirSync(join(other.path, 'bin'));
    symlinkSync('/no/such', join(other.path, 'bin/sbang'));
    await ensureSbang(other.path);
    expect(() => readFileSync(join(other.path, 'bin/sbang'))).toThrow(/ENOENT/);
    await using large = await tempDir();
    mkdirSync(join(large.path, 'bin'));
    writeFileSync(join(large.path, 'bin/sbang'), '');
    truncateSync(join(large.path, 'bin/sbang'), 3 * 1024 ** 3);
    await ensureSbang(large.path);
    expect(statSync(join(large.path, 'bin/sbang')).size).toBe(3 * 1024 ** 3);
  });

  test('not at a root that no script could name', async () => {
    const root = `/${'x'.repeat(511)}`;
    await expect(ensureSbang(root)).rejects.toMatchObject({ code: 'unsupported' });
    expect(sbangPath(`/${'x'.repeat(116)}`)).toHaveLength(127);
    expect(() => sbangPath(`/${'x'.repeat(117)}`, 127)).toThrow('too long for scripts to name sbang');
  });

  test.each([
    ['3.10.0-1160.el7.x86_64', 127],
    ['4.18.0-553.el8_10.x86_64', 127],
    ['5.0.21', 127],
    ['5.1.0', 245],
    ['5.15.153.1-microsoft-standard-WSL2', 245],
    ['6.8.0-1021-azure', 245],
    ['', 127],
  ])('at as long a root as the kernel takes: %s', (kernel, bytes) => {
    expect(pathLimit(kernel)).toBe(bytes);
  });

  test.skipIf(process.platform !== 'linux' || pathLimit(release()) === 127)(
    'at the longest root that this kernel takes, where scripts find it',
    async () => {
      await using dir = await tempDir();
      const long = (bytes: number) =>
        join(dir.path, 'x'.repeat(bytes - join(dir.path, '//bin/sbang').length - 1));
      const root = long(245);
      expect(sbangPath(root)).toHaveLength(245);
      expect(() => sbangPath(long(246))).toThrow('too long for scripts to name sbang');
      await ensureSbang(root);
      const script = join(dir.path, 'script');
      const line = `#!/bin/sh ${' '.repeat(120)}\n`;
      writeFileSync(script, `${line}echo "ran $1"\n`, { mode: 0o755 });
      const file = openByteFile(script, 'read-write');
      expect(useSbang(file, sbangPath(root))).toBe(true);
      file.close();
      expect(readFileSync(script, 'utf8').indexOf('\n')).toBe(255);
      expect(spawnSync(script, ['it'], { encoding: 'utf8' })).toMatchObject({
        status: 0,
        stdout: 'ran it\n',
      });
    },
  );
});

// What Spack 1.2's `filter_shebang` makes of them.
test.each([
  ['python', '#!L/python3.11 -s\n', 'FIRST#!L/python3.11 -s\n'],
  ['lua', '#!L/lua\n', 'FIRST--!L/lua\n'],
  ['luajit', '#!L/luajit -x\n', 'FIRST--!L/luajit -x\n'],
  ['node', '#! L/node\n', 'FIRST//! L/node\n'],
  ['php', '#!L/php\n', 'FIRST<?php #!L/php\n ?>'],
  ['no newline', '#!L/sh', 'FIRST#!L/sh'],
])('a long line is put second: %s', async (_, line, expected) => {
  await using dir = await tempDir();
  const long = `/${'x'.repeat(130)}`;
  const content = (text: string) =>
    text.replaceAll('L/', `${long}/`).replace('FIRST', '#!/bin/sh /s/bin/sbang\n');
  const rest = line.endsWith('\n') ? 'body \0\n' : '';
  writeFileSync(join(dir.path, 'script'), content(line) + rest, { mode: 0o755 });
  expect(rewrite(join(dir.path, 'script'))).toBe(true);
  expect(readFileSync(join(dir.path, 'script'), 'utf8')).toBe(content(expected) + rest);
  expect(rewrite(join(dir.path, 'script'))).toBe(false);
});

function rewrite(file: string): boolean {
  const script = openByteFile(file, 'read-write');
  const isChanged = useSbang(script, '/s/bin/sbang');
  script.close();
  return isChanged;
}

test('other files stay as they are', async () => {
  await using dir = await tempDir();
  const long = `#!/${'x'.repeat(130)}\n`;
  const put = (name: string, text: string, mode: number) => {
    writeFileSync(join(dir.path, name), text, { mode });
    return name;
  };
  const names = [
    put('not-executable', long, 0o644),
    put('short', '#!/bin/sh\n', 0o755),
    put('text', 'x'.repeat(200), 0o755),
    put('blank', `#!${' '.repeat(200)}\n`, 0o755),
    put('endless', `#!/${'x'.repeat(5000)}\n`, 0o755),
    put('limit', `#!/${'x'.repeat(123)}\n`, 0o755),
  ];
  for (const name of names) expect([name, rewrite(join(dir.path, name))]).toEqual([name, false]);
});

test('a script of any size is moved piece by piece', () => {
  const line = `#!/${'x'.repeat(130)}/python\n`;
  const body = Buffer.alloc(9 * 1024 * 1024 + 17);
  for (let i = 0; i < body.length; i += 997) body[i] = i % 251;
  const file = memoryFile(Buffer.concat([Buffer.from(line), body]));
  const lengths: number[] = [];
  const script = {
    ...file,
    get size() {
      return file.size;
    },
    read(at: number, length: number) {
      lengths.push(length);
      return file.read(at, length);
    },
    identity: '',
    isExecutable: true,
    close: () => undefined,
  };
  expect(useSbang(script, '/s/bin/sbang')).toBe(true);
  const expected = Buffer.concat([Buffer.from(`#!/bin/sh /s/bin/sbang\n${line}`), body]);
  expect(file.contents.equals(expected)).toBe(true);
  expect(Math.max(...lengths)).toBeLessThanOrEqual(4 * 1024 * 1024);
});
