/** The results of the last whole runs, in recorded.json, and the README that is made of them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { amount } from './bench.mjs';

const FILE = new URL('../recorded.json', import.meta.url);
const README = new URL('../README.md', import.meta.url);

export function machine() {
  const [cpu] = cpus();
  return `${cpus().length} × ${cpu?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
}

/** @returns {import('./bench.mjs').Result[]} */
export function recorded(name) {
  return load()[name]?.results ?? [];
}

/** Keeps the results of a benchmark, and writes the README anew. */
export async function record(name, results) {
  const all = {
    ...load(),
    [name]: { date: new Date().toISOString().slice(0, 10), machine: machine(), results },
  };
  const sorted = Object.fromEntries(
    Object.keys(all)
      .sort()
      .map((key) => [key, all[key]]),
  );
  writeFileSync(FILE, `${JSON.stringify(sorted, null, 2)}\n`);
  writeFileSync(README, await readme());
}

/** The README, from what is recorded and what each benchmark says of itself (`about`, and `notes` below the table). */
export async function readme() {
  const parts = [HEAD];
  for (const [name, { date, machine: where, results }] of Object.entries(load())) {
    const { about, notes } = await import(new URL(`../${name}.mjs`, import.meta.url).href);
    const rows = results.map(
      ({ what, value, unit, of, ratio, aim }) =>
        `| ${what} | ${amount(value)} ${unit} | ${ratio === undefined ? '' : `${ratio.toFixed(2)} × ${of}`} | ${
          aim === undefined ? '' : `${aim} ${ratio === undefined ? unit : '×'}`
        } |`,
    );
    const table = ['| | Result | Beside | Aim |', '| --- | --- | --- | --- |', ...rows].join('\n');
    parts.push(
      `## \`${name}\`\n\n${about}\n\n${table}\n\nOn ${date}: ${where}.${notes ? ` ${notes}` : ''}\n`,
    );
  }
  return parts.join('\n');
}

function load() {
  return JSON.parse(readFileSync(FILE, 'utf8'));
}

const HEAD = `# Benchmarks

<!-- Made by \`npm run bench -- --record NAME…\` from recorded.json and the benchmarks themselves. -->

\`npm run build\` first, then \`npm run bench -- NAME…\`, or \`all\`. Each prints the machine and its figures, and ratios to what
was measured beside them in the same run; where a ratio is over 20 % worse than the one recorded here, it says so. Peers are
taken from the \`PATH\` (\`tar\`, \`pigz\`, \`skopeo\`, \`aws\`) and \`SPACK=/path/to/spack\` adds Spack's own command; what is not there
is said. Timed tests prove nothing, so CI runs all of this at a hundredth of its size, only to see that it works. Figures of
2026-11-21 are the middle of several runs.
`;
