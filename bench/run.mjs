// `npm run bench -- NAME…`: runs the named benchmarks, each in a file of that name that exports `run()`.
import { readdirSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/** What benchmarks share. */
const PARTS = [
  'run.mjs',
  'measure.mjs',
  'http-process.mjs',
  's3-process.mjs',
  'peak-memory.mjs',
  'large-prefix.mjs',
  'relocatable-prefix.mjs',
];
const here = new URL('.', import.meta.url);
const known = readdirSync(here)
  .filter((name) => name.endsWith('.mjs') && !PARTS.includes(name))
  .map((name) => name.slice(0, -4));
const names = process.argv.slice(2);
if (names.length === 0 || names.some((name) => !known.includes(name))) {
  console.error(`usage: npm run bench -- NAME…   (${known.join(', ')})`);
  process.exit(2);
}
const [cpu] = cpus();
console.log(
  `${cpus().length} × ${cpu?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`,
);
for (const name of names) {
  console.log(`\n# ${name}`);
  const { run } = await import(new URL(`${name}.mjs`, here).href);
  await run?.();
}
