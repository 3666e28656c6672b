// A build for ../watch.mjs: node watch-build.mjs STORE ALL.json SECONDS CORES lists the specs of a store one by one, each
// after so many seconds of CPU, so many at once; dependencies come first. Leaves the file `over` in the store.
import { fork } from 'node:child_process';
import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [store, all, seconds, cores] = process.argv.slice(2);
if (store === 'burn') burn();
else await build();

async function build() {
  const file = join(store, '.spack-db/index.json');
  const { database } = JSON.parse(readFileSync(all, 'utf8'));
  const order = new Map();
  const visit = (hash) => {
    for (const below of database.installs[hash].spec.dependencies ?? [])
      if (!order.has(below.hash)) visit(below.hash);
    order.set(hash, database.installs[hash]);
  };
  for (const hash of Object.keys(database.installs)) if (!order.has(hash)) visit(hash);
  const installs = {};
  const queue = [];
  for (const [hash, record] of order) {
    if (record.spec.external === undefined) queue.push(hash);
    else installs[hash] = record;
  }
  const list = (hash) => {
    installs[hash] = order.get(hash);
    writeFileSync(`${file}.new`, JSON.stringify({ database: { version: database.version, installs } }));
    renameSync(`${file}.new`, file);
    appendFileSync(join(store, 'listed'), `${Date.now()}\n`);
  };
  const worker = async () => {
    for (let hash = queue.shift(); hash !== undefined; hash = queue.shift()) {
      const child = fork(fileURLToPath(import.meta.url), ['burn', '', seconds]);
      await new Promise((resolve) => child.once('close', resolve));
      list(hash);
    }
  };
  await Promise.all(Array.from({ length: Number(cores) }, worker));
  writeFileSync(join(store, 'over'), '');
}

function burn() {
  const most = Number(process.argv[4]) * 1e6;
  const spent = () => {
    const { user, system } = process.cpuUsage();
    return user + system;
  };
  let x = 1;
  while (spent() < most) for (let i = 0; i < 1e6; i++) x = (x * 1_103_515_245 + 12_345) % 2_147_483_648;
}
