import { chmodSync, linkSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { patchElf, signMachO } from '../../src/package/relocate-tools.ts';

let root: string;
let file: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tools-test-'));
  file = join(root, 'binary');
  writeFileSync(file, 'contents', { mode: 0o755 });
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A program that does this. */
function program(script: string): string {
  const path = join(root, 'program');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

function tools(path: string) {
  return { patchelf: path, codesign: path };
}

/** Writes down its arguments. */
function recorder(): { readonly path: string; readonly calls: () => string[] } {
  const path = program(`printf '%s\\n' "$@" >> '${root}/calls'`);
  return { path, calls: () => readFileSync(join(root, 'calls'), 'utf8').trimEnd().split('\n') };
}

test('patchelf is told what is to change, and only that', async () => {
  const { path, calls } = recorder();
  const rpath = Buffer.from('/new/lib:$ORIGIN');
  await patchElf(tools(path), file, { rpath, interpreter: Buffer.from('/new/ld.so') }, undefined);
  await patchElf(tools(path), file, { rpath, interpreter: undefined }, undefined);
  await patchElf(tools(path), file, { rpath: undefined, interpreter: Buffer.from('/new/ld.so') }, undefined);
  expect(calls()).toEqual([
    ...['--force-rpath', '--set-rpath', '/new/lib:$ORIGIN', '--set-interpreter', '/new/ld.so', file],
    ...['--force-rpath', '--set-rpath', '/new/lib:$ORIGIN', file],
    ...['--set-interpreter', '/new/ld.so', file],
  ]);
});

test('patchelf would take a value that starts with an @ from a file', async () => {
  const { path } = recorder();
  const rpath = Buffer.from('@/etc/passwd');
  const unsupported = expect.objectContaining({ code: 'unsupported' });
  await expect(patchElf(tools(path), file, { rpath, interpreter: undefined }, undefined)).rejects.toThrow(
    unsupported,
  );
  const bytes = Buffer.from([0x2f, 0xff]);
  await expect(
    patchElf(tools(path), file, { rpath: bytes, interpreter: undefined }, undefined),
  ).rejects.toThrow(unsupported);
});

test('a patchelf that is missing, and one that fails', async () => {
  const paths = { rpath: Buffer.from('/x'), interpreter: undefined };
  await expect(patchElf(tools(join(root, 'none')), file, paths, undefined)).rejects.toThrow(
    expect.objectContaining({ code: 'unsupported', message: expect.stringContaining('no patchelf') }),
  );
  const failing = program('echo "cannot do that" >&2; exit 1');
  await expect(patchElf(tools(failing), file, paths, undefined)).rejects.toThrow(
    expect.objectContaining({ code: 'unsupported', facts: { found: 'cannot do that' } }),
  );
});

test('a patchelf that does not end is ended', async () => {
  const paths = { rpath: Buffer.from('/x'), interpreter: undefined };
  const hanging = { ...tools(program('exec sleep 60')), patienceMs: 50 };
  await expect(patchElf(hanging, file, paths, undefined)).rejects.toThrow(
    expect.objectContaining({ code: 'unsupported', facts: { found: 'it was ended after 0.05 s' } }),
  );
  await expect(signMachO(hanging, file, join(root, 'scratch'), undefined)).rejects.toThrow(
    expect.objectContaining({ code: 'unsupported' }),
  );
});

test('cancelling ends it', async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 20);
  const paths = { rpath: Buffer.from('/x'), interpreter: undefined };
  await expect(patchElf(tools(program('sleep 60')), file, paths, controller.signal)).rejects.toThrow(
    expect.objectContaining({ name: 'AbortError' }),
  );
});

test('codesign works on a copy, so that the file keeps its links and its mode', async () => {
  linkSync(file, join(root, 'link'));
  const codesign = program('[ "$1" = -fs- ] && printf signed > "$2.new" && mv "$2.new" "$2"');
  await signMachO(tools(codesign), file, join(root, 'scratch'), undefined);
  expect(readFileSync(join(root, 'link'), 'utf8')).toBe('signed');
  expect(statSync(file).mode & 0o777).toBe(0o755);
});

test('without codesign nothing is signed', async () => {
  await signMachO({ patchelf: 'patchelf', codesign: undefined }, file, join(root, 'scratch'), undefined);
  expect(readFileSync(file, 'utf8')).toBe('contents');
});

test.each([
  ['quoted by Node', 'exit 1', 'x'],
  ['of patchelf', 'head -c 5000 /dev/zero | tr "\\0" e >&2; exit 1', 'x'],
  ['that cannot be handed over', 'exit 0', '@'],
])('a line of any length %s is cut short in the error', async (_, script, first) => {
  const rpath = Buffer.from(first + 'x'.repeat(50_000));
  const patching = patchElf(tools(program(script)), file, { rpath, interpreter: undefined }, undefined);
  const error: unknown = await patching.catch((thrown: unknown) => thrown);
  expect(String((error as { facts?: { found?: string } }).facts?.found).length).toBe(1_000);
});
