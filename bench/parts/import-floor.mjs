// The least that an import of a volume into a folder does, in two threads: `node import-floor.mjs VOLUME FOLDER`. Each file
// is read, digested, compared, written, synced, and only then given its name. No document is read, and no index made.
import { createHash } from 'node:crypto';
import { closeSync, fsync, mkdirSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isMainThread, Worker, workerData } from 'node:worker_threads';

const THREADS = 2;
const UNDER_WAY = 8;
const BLOCK = 512;
const BUFFER = Buffer.allocUnsafeSlow(1024 * 1024);

if (isMainThread) start(...process.argv.slice(2));
else await take(workerData);

function start(volume, folder) {
  const input = openSync(volume);
  const manifest = documentAt(input, 0);
  const contents = documentAt(input, manifest.end);
  let at = contents.end;
  const files = JSON.parse(contents.text).files.map(({ path, size, sha256 }) => {
    const start = at + headLength(input, at);
    at = blocks(start + size);
    return { path: join(folder, path), start, size, sha256 };
  });
  for (const each of new Set(files.map(({ path }) => dirname(path)))) mkdirSync(each, { recursive: true });
  for (let i = 0; i < THREADS; i++) {
    const own = files.filter((_, at) => at % THREADS === i);
    new Worker(new URL(import.meta.url), { workerData: { volume, files: own } });
  }
}

async function take({ volume, files }) {
  const input = openSync(volume);
  const underWay = new Set();
  for (const file of files) {
    if (underWay.size === UNDER_WAY) await Promise.race(underWay);
    const placed = place(input, file).then(() => underWay.delete(placed));
    underWay.add(placed);
  }
  await Promise.all(underWay);
}

async function place(input, { path, start, size, sha256 }) {
  const staging = join(dirname(path), `.tmp-${sha256}`);
  const output = openSync(staging, 'wx');
  const hash = createHash('sha256');
  for (let done = 0; done < size; ) {
    const read = readSync(input, BUFFER, 0, Math.min(BUFFER.length, size - done), start + done);
    if (read === 0) throw new Error(`${path}: cut short`);
    hash.update(BUFFER.subarray(0, read));
    writeSync(output, BUFFER, 0, read);
    done += read;
  }
  if (hash.digest('hex') !== sha256) throw new Error(`${path}: wrong digest`);
  await new Promise((done, failed) => fsync(output, (error) => (error ? failed(error) : done())));
  closeSync(output);
  renameSync(staging, path);
}

function documentAt(input, at) {
  const size = Number.parseInt(read(input, at, BLOCK).toString('latin1', 124, 136), 8);
  const start = at + BLOCK;
  return { text: String(read(input, start, size)), end: blocks(start + size) };
}

/** A long name has a header of its own before the file's. */
function headLength(input, at) {
  const head = read(input, at, BLOCK);
  if (head.toString('latin1', 156, 157) !== 'x') return BLOCK;
  return 2 * BLOCK + blocks(Number.parseInt(head.toString('latin1', 124, 136), 8));
}

function read(input, at, size) {
  const bytes = Buffer.alloc(size);
  readSync(input, bytes, 0, size, at);
  return bytes;
}

function blocks(size) {
  return Math.ceil(size / BLOCK) * BLOCK;
}
