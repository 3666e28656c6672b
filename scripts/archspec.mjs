/**
 * Reduces archspec's microarchitectures.json to what src/spec/target.ts needs and writes it to
 * src/spec/data/microarchitectures.json: who descends from whom, and what tells targets apart on a host.
 * Compiler flags go; features are kept as what a target adds to its parents.
 *
 *   node scripts/archspec.mjs PATH/TO/archspec/json/cpu/microarchitectures.json VERSION
 */
import { readFileSync, writeFileSync } from 'node:fs';

const [input, version] = process.argv.slice(2);
if (input === undefined || version === undefined) {
  console.error('usage: node scripts/archspec.mjs MICROARCHITECTURES_JSON ARCHSPEC_VERSION');
  process.exit(2);
}
const source = JSON.parse(readFileSync(input, 'utf8'));
const all = source.microarchitectures;

const targets = {};
for (const [name, entry] of Object.entries(all)) {
  const inherited = new Set(entry.from.flatMap((parent) => [...featuresOf(parent)]));
  const own = featuresOf(name);
  const lost = [...inherited].filter((feature) => !own.has(feature));
  if (lost.length > 0) throw new Error(`${name} lacks features of its parents: ${lost.join(' ')}`);
  targets[name] = {
    from: entry.from,
    vendor: entry.vendor,
    adds: [...own].filter((feature) => !inherited.has(feature)).sort(),
    ...(entry.generation === undefined ? {} : { generation: entry.generation }),
    ...(entry.cpupart === undefined ? {} : { part: entry.cpupart }),
  };
}

const lines = Object.entries(targets).map(
  ([name, entry]) => `    ${JSON.stringify(name)}: ${JSON.stringify(entry)}`,
);
const text = `{
  "archspec": ${JSON.stringify(version)},
  "armVendors": ${JSON.stringify(source.conversions.arm_vendors)},
  "darwinFlags": ${JSON.stringify(source.conversions.darwin_flags)},
  "targets": {
${lines.join(',\n')}
  }
}
`;
writeFileSync(new URL('../src/spec/data/microarchitectures.json', import.meta.url), text);
console.log(`${lines.length} targets, ${text.length} bytes`);

/** Linux does not list sse3 among the flags of a CPU, so archspec takes it to come with ssse3. */
function featuresOf(name) {
  const features = new Set(all[name].features);
  if (features.has('ssse3')) features.add('sse3');
  return features;
}
