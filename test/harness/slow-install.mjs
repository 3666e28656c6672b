/** Lists the specs of a store in its database one by one: node slow-install.mjs STORE ALL.json MILLISECONDS */
import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const [store, all, milliseconds] = process.argv.slice(2);
const file = join(store, '.spack-db/index.json');
const { database } = JSON.parse(readFileSync(all, 'utf8'));
const installs = {};
const order = new Map();
const visit = (hash) => {
  for (const below of database.installs[hash].spec.dependencies ?? [])
    if (!order.has(below.hash)) visit(below.hash);
  order.set(hash, database.installs[hash]);
};
for (const hash of Object.keys(database.installs)) if (!order.has(hash)) visit(hash);
for (const [hash, record] of order) {
  installs[hash] = record;
  if (record.spec.external !== undefined) continue;
  writeFileSync(`${file}.new`, JSON.stringify({ database: { version: database.version, installs } }));
  renameSync(`${file}.new`, file);
  appendFileSync(join(store, 'listed'), `${hash} ${Date.now()}\n`);
  await sleep(Number(milliseconds));
}
if (!existsSync(file)) process.exit(1);
