import { readFileSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { findPresence, type SpecState } from '../../../src/cache/reading/presence.ts';
import { listen } from '../../harness/listen.ts';
import { tempDir } from '../../harness/temp-dir.ts';
import {
  built,
  copyMirror,
  fixtureGraph,
  openHttp,
  readersOf,
  type SpackVersion,
} from '../mirror-fixture.ts';
import { NO_INDEX_STORE } from '../no-index-store.ts';

/** What a server answers for a tarball, given its content. */
type Answer = (response: ServerResponse, content: Buffer, isHead: boolean) => void;

/** States of all specs by a server over a mirror that answers so for tarballs, whether it has them or not. */
async function statesBy(version: SpackVersion, answer: Answer): Promise<Set<SpecState['state']>> {
  await using dir = await tempDir();
  copyMirror(version, 'unsigned', dir.path);
  const tarballs = new Set<string>();
  await using server = await listen((request, response) => {
    const path = join(dir.path, request.url ?? '');
    const isThere = statSync(path, { throwIfNoEntry: false })?.isFile() === true;
    const content = isThere ? readFileSync(path) : Buffer.alloc(0);
    if (content[0] === 0x1f) {
      tarballs.add(path);
      return answer(response, content, request.method === 'HEAD');
    }
    response.writeHead(isThere ? 200 : 404, { 'content-length': content.length });
    response.end(content);
  });
  const storage = await openHttp(server.url, { retries: 0 });
  try {
    const graph = fixtureGraph(version);
    const options = { verify: 'blobs', forbidden: 'auto', jobs: 4, store: NO_INDEX_STORE, ttlMs: 0 } as const;
    const { states } = await findPresence(readersOf(storage, graph), built(graph), options);
    expect(tarballs.size).toBeGreaterThan(0);
    return new Set([...states.values()].map(({ state }) => state));
  } finally {
    await storage.close();
  }
}

const PAGE = `<!DOCTYPE html>\n<html><body>${'Please log in. '.repeat(100)}</body></html>`;

/** @param withLength whether the headers say how long the body is */
function sends(
  body: (content: Buffer) => Buffer | string,
  headers: Record<string, string>,
  withLength: boolean,
): Answer {
  return (response, content) => {
    const bytes = Buffer.from(body(content));
    response.writeHead(200, { ...headers, ...(withLength ? { 'content-length': bytes.length } : {}) });
    response.write(bytes);
    response.end();
  };
}

const HTML = { 'content-type': 'text/html; charset=utf-8' };
const BYTES = { 'content-type': 'application/octet-stream' };

describe.each<SpackVersion>(['1.2', '0.23'])('a mirror of Spack %s that is asked for tarballs', (version) => {
  test.each<[string, Answer]>([
    ['a page, with its length', sends(() => PAGE, HTML, true)],
    ['a page, in pieces', sends(() => PAGE, HTML, false)],
    ['a page that is said to be no page, in pieces', sends(() => PAGE, BYTES, false)],
    ['a packed page', sends(() => gzipSync(PAGE), { ...HTML, 'content-encoding': 'gzip' }, true)],
    ['a packed page in pieces', sends(() => gzipSync(PAGE), { ...BYTES, 'content-encoding': 'gzip' }, false)],
  ])('gives no answer with %s', async (_, answer) => {
    expect(await statesBy(version, answer)).toEqual(new Set(['unknown']));
  });

  test.each<[string, Answer]>([
    ['in pieces', sends((content) => content, BYTES, false)],
    ['as if it were a page', sends((content) => content, HTML, true)],
    [
      'packed once more',
      sends((content) => gzipSync(content), { ...BYTES, 'content-encoding': 'gzip' }, true),
    ],
    [
      'with the packing that it has',
      sends((content) => content, { ...BYTES, 'content-encoding': 'gzip' }, true),
    ],
    [
      'although HEAD says that they have no bytes',
      (response, content, isHead) => {
        response.writeHead(200, { 'content-length': isHead ? 0 : content.length });
        response.end(isHead ? undefined : content);
      },
    ],
    [
      'in pieces, although HEAD says that they have no bytes',
      (response, content, isHead) => {
        response.writeHead(200, isHead ? { 'content-length': 0 } : {});
        response.end(isHead ? undefined : content);
      },
    ],
    [
      'although HEAD says that they are not there',
      (response, content, isHead) => {
        response.writeHead(isHead ? 404 : 200);
        response.end(isHead ? undefined : content);
      },
    ],
    [
      'without a length for HEAD',
      (response, content, isHead) => {
        response.writeHead(200, isHead ? {} : { 'content-length': content.length });
        response.end(isHead ? undefined : content);
      },
    ],
  ])('has those that it sends %s', async (_, answer) => {
    expect(await statesBy(version, answer)).toEqual(new Set(['present']));
  });
});

// As for a manifest: a success without content is no word for what is not there.
test.each<[number, SpecState['state']]>([
  [404, 'missing'],
  [410, 'missing'],
  [204, 'unknown'],
  [202, 'unknown'],
])('a mirror that answers %i for its tarballs: %s', async (status, state) => {
  const nothing: Answer = (response) => {
    response.writeHead(status);
    response.end();
  };
  expect(await statesBy('1.2', nothing)).toEqual(new Set([state]));
});
