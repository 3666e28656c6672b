/**
 * `npm run bench -- [--scale 0.01] [--rounds 1] [--json FILE] [--record] NAME… | all`: runs the named benchmarks, each a
 * file of that name that exports `run(bench)`. Prints what they measure beside what was last recorded. `--scale` makes
 * everything smaller: then it only shows that the benchmarks work. `--rounds` is the most that anything is repeated: few
 * where whole runs are repeated, as in turns with another version. `--record` keeps the results and writes README.md anew.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openBench } from './parts/bench.mjs';
import { machine, record, recorded } from './parts/recorded.mjs';

const here = new URL('.', import.meta.url);
const known = readdirSync(here)
  .filter((name) => name.endsWith('.mjs') && name !== 'run.mjs')
  .map((name) => name.slice(0, -4));
const usage = `usage: npm run bench -- [--scale 0.01] [--rounds 1] [--json FILE] [--record] NAME… | all   (${known.join(', ')})`;
const { values, positionals } = given();
if (values.help) {
  console.log(usage);
  process.exit();
}
const scale = Number(values.scale ?? 1);
const most = Number(values.rounds ?? Number.POSITIVE_INFINITY);
const names = positionals.includes('all') ? known : positionals;
if (
  names.length === 0 ||
  names.some((name) => !known.includes(name)) ||
  !(scale > 0 && scale <= 1) ||
  !(most >= 1)
) {
  console.error(usage);
  process.exit(2);
}
if (values.record && (scale !== 1 || values.rounds !== undefined)) {
  console.error('--record is for whole runs, without --scale and --rounds');
  process.exit(2);
}
console.log(machine());
const all = {};
for (const name of names) {
  console.log(`\n# ${name}`);
  const { run } = await import(new URL(`${name}.mjs`, here).href);
  const bench = openBench({ scale, most, before: scale === 1 ? recorded(name) : [] });
  await run(bench);
  all[name] = bench.results;
  if (bench.results.length === 0) throw new Error(`${name} has measured nothing`);
  if (values.record) await record(name, bench.results);
}
if (values.json)
  writeFileSync(values.json, `${JSON.stringify({ machine: machine(), scale, benchmarks: all }, null, 2)}\n`);

function given() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        scale: { type: 'string' },
        rounds: { type: 'string' },
        json: { type: 'string' },
        record: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    console.error(`${error.message}\n${usage}`);
    process.exit(2);
  }
}
