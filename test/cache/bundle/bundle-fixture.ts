/** Bundles of the fixture's mirror, made and read by the command line, and hostile ones made by hand. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Header } from 'tar/header';
import { environmentOf, FIXTURES, mirrorOf } from '../../entry/command-line.ts';
import { type Ran, runVerb } from '../../entry/run-verb.ts';

export const ENV = environmentOf('1.2');
export const SIGNED = mirrorOf('1.2', 'signed');
export const UNSIGNED = mirrorOf('1.2', 'unsigned');
export const KEY = ['--trusted-keys', join(FIXTURES, 'toy-ci.pub.asc')];
export const FINGERPRINT_OF_KEY = /[0-9A-F]{40}/;

export function bundleIn(folder: string): (verb: string, ...args: readonly string[]) => Promise<Ran> {
  return (verb, ...args) => runVerb(['bundle', verb, ...args], folder);
}

export interface Member {
  readonly path: string;
  readonly content: string | Buffer;
  readonly type?: 'File' | 'SymbolicLink' | 'Link' | 'Directory';
  readonly linkpath?: string;
}

/** As `bundle create` writes it, unless it is told otherwise. */
export function tarOf(members: readonly Member[]): Buffer {
  const blocks = members.flatMap(({ path, content, type = 'File', linkpath = '' }) => {
    const bytes = Buffer.from(content);
    const block = Buffer.alloc(512);
    const mtime = new Date(0);
    const facts = { path, size: bytes.length, mode: 0o644, uid: 0, gid: 0, mtime, type, linkpath };
    new Header({ ...facts, uname: '', gname: '' }).encode(block);
    return [block, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

export const digest = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('hex');

export interface Forged {
  /** What the contents say. */
  readonly files: readonly Record<string, unknown>[];
  readonly bundle?: Record<string, unknown>;
  readonly contents?: Record<string, unknown>;
  /** What is there. */
  readonly members?: readonly Member[];
  readonly volumes?: readonly Record<string, unknown>[];
}

/** A volume whose documents fit to each other, and say what they are told to. */
export function forge(file: string, { files, bundle, contents, members = [], volumes }: Forged): string {
  const volume = `${JSON.stringify({ version: 1, files, ...contents })}\n`;
  const isSpec = ({ path }: Record<string, unknown>) => String(path).startsWith('v3/manifests/spec/');
  const summary = {
    specs: files.filter(isSpec).length,
    files: files.length,
    bytes: 0,
    sha256: digest(volume),
  };
  const head = {
    format: 'buildcache-bundle',
    version: 1,
    volumes: volumes ?? [summary],
    externals: [],
    ...bundle,
  };
  const documents = [
    { path: 'bundle.json', content: JSON.stringify(head) },
    { path: 'volume.json', content: volume },
  ];
  writeFileSync(file, tarOf([...documents, ...members]));
  return file;
}

export function fileOf(
  path: string,
  content: string,
): { readonly said: Record<string, unknown>; readonly member: Member } {
  return { said: { path, size: content.length, sha256: digest(content) }, member: { path, content } };
}

/** The same file with some bytes changed. */
export function damage(file: string, to: string, change: (bytes: Buffer) => Buffer): string {
  writeFileSync(to, change(readFileSync(file)));
  return to;
}
