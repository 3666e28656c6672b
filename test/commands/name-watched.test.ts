/** What a watcher's journal says was sent, where a build beside it has written the journal. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { specManifestKey } from '../../src/cache/layouts/layout3.ts';
import { parseManifest } from '../../src/cache/layouts/manifest.ts';
import { openLayout3Writer } from '../../src/cache/writing/cache-writer.ts';
import { confirmWatched } from '../../src/commands/confirm-watched.ts';
import { nameWatched } from '../../src/commands/name-watched.ts';
import { sha256 } from '../../src/core/digest.ts';
import { readJournal } from '../../src/entry/action/watch-journal.ts';
import { unknownMirror } from '../../src/mirrors/select.ts';
import { SILENT } from '../../src/report/reporter.ts';
import { specEmitter } from '../../src/spec/emit-spec.ts';
import type { SpecNode } from '../../src/spec/node.ts';
import { openFileStorage } from '../../src/storage/file/file.ts';
import { graphs, specOf } from '../cache/signed-fixture.ts';
import { tempDir } from '../harness/temp-dir.ts';
import { CONNECTION } from './install-toy.ts';

const { nodes } = graphs['1.2'];

it("signs a spec's own document, whatever blobs the journal says were sent of it", async () => {
  await using dir = await tempDir();
  const [built, other] = [specOf('1.2', 'toyapp'), specOf('1.2', 'libtoy')];
  const storage = openFileStorage(join(dir.path, 'mirror'));
  const cache = openLayout3Writer(storage, undefined);
  const bytes = gzipSync('a tarball');
  const file = join(dir.path, 'tarball');
  writeFileSync(file, bytes);
  const tarball = { file, size: bytes.length, sha256: sha256(bytes) };
  const documentOf = ({ hash }: SpecNode) => specEmitter({ nodes }).document(hash);
  const recordsOf = (spec: SpecNode) => {
    const manifest = readFileSync(join(dir.path, 'mirror', specManifestKey(spec)));
    return parseManifest(manifest, '').records;
  };
  await cache.publish(other, { tarball, document: documentOf(other) }, undefined);
  await cache.sendBlobs?.({ tarball, document: documentOf(built) });
  const { size, sha256: digest } = tarball;
  const line = { is: 'blobs', mirror: 'm', hash: built.hash, sent: 1, size, sha256: digest };
  appendFileSync(join(dir.path, 'journal.jsonl'), JSON.stringify({ ...line, records: recordsOf(other) }));

  const { watched } = await readJournal(dir.path);
  const signed: string[] = [];
  const signer = {
    fingerprint: 'F',
    publicKey: '',
    sign: async (text: string) => {
      signed.push(text);
      return text;
    },
  };
  await nameWatched(
    watched,
    { specs: [built], nodes },
    {
      mirrors: [unknownMirror(pathToFileURL(join(dir.path, 'mirror')).href, 'm')],
      openSigner: async () => signer,
      connection: CONNECTION,
      trust: async () => undefined,
      makeStatement: ({ hash }, { sha256: about }) => ({ hash, about }),
      signal: new AbortController().signal,
    },
    SILENT,
  );
  expect(signed).toHaveLength(1);
  const said = parseManifest(Buffer.from(signed[0] ?? ''), '').statement;
  expect(said).toEqual({ hash: built.hash, about: digest });
  const [, document] = recordsOf(built);
  expect(document?.sha256).not.toBe(recordsOf(other)[1]?.sha256);
  const { root } = await cache.reader.readSpec(
    (await cache.reader.read(built)) ?? expect.fail('it was not named'),
  );
  expect(root.hash).toBe(built.hash);
});

it('takes no digest for pushed that the mirror does not have for that spec', async () => {
  await using dir = await tempDir();
  const [right, wrong, absent] = ['toyapp', 'libtoy', 'toymake'].map((name) => specOf('1.2', name));
  if (!(right && wrong && absent)) throw new Error('three are needed');
  const bytes = gzipSync('a tarball');
  const file = join(dir.path, 'tarball');
  writeFileSync(file, bytes);
  const tarball = { file, size: bytes.length, sha256: sha256(bytes) };
  const cache = openLayout3Writer(openFileStorage(join(dir.path, 'mirror')), undefined);
  for (const spec of [right, wrong])
    await cache.publish(spec, { tarball, document: specEmitter({ nodes }).document(spec.hash) }, undefined);
  const note = ({ hash }: SpecNode, digest: string, more: object = {}) => {
    const line = { is: 'entry', mirror: 'm', hash, sent: 1, size: tarball.size, sha256: digest, ...more };
    appendFileSync(join(dir.path, 'journal.jsonl'), `${JSON.stringify(line)}\n`);
  };
  note(right, tarball.sha256);
  note(wrong, 'a'.repeat(64));
  note(absent, tarball.sha256);
  const mirrors = [unknownMirror(pathToFileURL(join(dir.path, 'mirror')).href, 'm')];
  const asking = { mirrors, connection: CONNECTION, signal: new AbortController().signal };
  const { watched } = await readJournal(dir.path);
  await confirmWatched(watched, [right, wrong, absent], asking);
  expect([...(watched.get('m')?.pushed.keys() ?? [])]).toEqual([right.hash]);
  // A name of an image is a line of the list of digests.
  note(right, tarball.sha256, { image: { name: `x\n${'a'.repeat(64)}  y`, sha256: tarball.sha256 } });
  const again = await readJournal(dir.path);
  await confirmWatched(again.watched, [right], asking);
  expect([...(again.watched.get('m')?.pushed.keys() ?? [])]).toEqual([]);
});
