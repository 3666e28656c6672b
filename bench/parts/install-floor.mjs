/**
 * The least that an install of small packages is: `install-floor.mjs PLACE STORE` reads the lockfile in PLACE/env, and of
 * each spec its manifest, spec file and tarball in PLACE/mirror, makes their digests, writes the files, gives each
 * package its name with one rename, and writes one database. It works in two threads. It relocates nothing, takes no lock
 * and trusts what it reads: it is here to be compared with.
 */
import { hash } from 'node:crypto';
import fs from 'node:fs';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';

const [FILE, FOLDER, PAX] = ['0', '5', 'x'].map((type) => type.charCodeAt(0));

if (isMainThread) await main(...process.argv.slice(2));
else parentPort.postMessage(installAll(workerData));

async function main(place, store) {
  const { concrete_specs: specs } = JSON.parse(fs.readFileSync(`${place}/env/spack.lock`, 'utf8'));
  const wanted = Object.entries(specs).filter(([, { external }]) => external === undefined);
  const all = wanted.map(([dagHash, { name, version }]) => ({ dagHash, name, version }));
  const folder = `${store}/linux-x86_64_v3`;
  fs.mkdirSync(folder, { recursive: true });
  fs.mkdirSync(`${store}/.spack-db`);
  const half = (odd) => ({ mirror: `${place}/mirror`, folder, list: all.filter((_, i) => i % 2 === odd) });
  const other = new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: half(1) });
    worker.on('message', resolve).on('error', reject);
  });
  const nodes = [...installAll(half(0)), ...(await other)];
  const record = { path: folder, installed: true, ref_count: 0, explicit: false, installation_time: 1 };
  const installs = Object.fromEntries(nodes.map((spec) => [spec.hash, { spec, ...record }]));
  fs.writeFileSync(`${store}/.spack-db/new`, JSON.stringify({ database: { version: '8', installs } }));
  fs.renameSync(`${store}/.spack-db/new`, `${store}/.spack-db/index.json`);
}

function installAll({ mirror, folder, list }) {
  return list.map((spec) => installOne(mirror, folder, spec));
}

/** @returns the spec's node */
function installOne(mirror, folder, { dagHash, name, version }) {
  const file = `${name}/${name}-${version}-${dagHash}.spec.manifest.json`;
  const { data } = JSON.parse(fs.readFileSync(`${mirror}/v3/manifests/spec/${file}`, 'utf8'));
  const isTarball = ({ mediaType }) => mediaType.includes('install');
  const document = JSON.parse(
    readBlob(
      mirror,
      data.find((each) => !isTarball(each)),
    ),
  );
  const staging = `${folder}/.new-${dagHash}`;
  fs.mkdirSync(staging);
  unpack(readBlob(mirror, data.find(isTarball)), dagHash, `${staging}/package`);
  fs.renameSync(`${staging}/package`, `${folder}/${name}-${version}-${dagHash}`);
  fs.rmdirSync(staging);
  return document.spec.nodes[0];
}

function readBlob(mirror, { checksum }) {
  const bytes = fs.readFileSync(`${mirror}/blobs/sha256/${checksum.slice(0, 2)}/${checksum}`);
  if (hash('sha256', bytes) !== checksum) throw new Error(`${checksum} is damaged`);
  return gunzipSync(bytes);
}

/** What is below the folder with the hash in its name. */
function unpack(tar, dagHash, to) {
  let long;
  for (let at = 0; tar[at] > 0; ) {
    const text = (start, length) => tar.latin1Slice(at + start, at + start + length).split('\0')[0];
    const [path, mode, size, type] = [long ?? text(0, 100), text(100, 8), text(124, 12), tar[at + 156]];
    const body = at + 512;
    const length = Number.parseInt(size, 8);
    const below = path.split(dagHash)[1]?.replace(/\/$/, '');
    long = type === PAX ? /\d+ path=(.*)\n/.exec(tar.latin1Slice(body, body + length))?.[1] : undefined;
    if (below !== undefined && type === FOLDER) fs.mkdirSync(to + below, Number.parseInt(mode, 8));
    if (below !== undefined && type === FILE) {
      const descriptor = fs.openSync(to + below, 'wx', Number.parseInt(mode, 8));
      if (length > 0) fs.writeSync(descriptor, tar, body, length);
      fs.closeSync(descriptor);
    }
    at = body + 512 * Math.ceil(length / 512);
  }
}
