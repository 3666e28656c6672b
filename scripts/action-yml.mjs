// The inputs and outputs of the action, said once: action.yml and check/action.yml are written from here, and
// so is docs/action.md. `node scripts/action-yml.mjs` writes the two, `--check` fails when they differ.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const INPUTS = [
  ['command', 'check', 'What the main step does. So far: check.'],
  [
    'environment',
    '',
    'A folder with a spack.lock, or the file itself. Default: $SPACK_ENV, then the workspace.',
  ],
  [
    'specs',
    '',
    'Specs to check, one a line: names, globs, /hash, or any constraint (hdf5@1.12: +mpi ^mpich). Default: all.',
  ],
  ['roots-only', 'false', "Check the environment's roots only."],
  ['include', '', 'Of the selected specs, keep what matches, one constraint or glob a line.'],
  ['exclude', '', 'Of the selected specs, leave out what matches, one constraint or glob a line.'],
  [
    'mirrors',
    '',
    'Mirrors: a YAML map as in mirrors.yaml, lines name=url, or the path of a file. Merged over those of spack.yaml.',
  ],
  ['needs', 'any', 'A spec needs a rebuild when it is missing on any mirror, on all, or on the one named.'],
  [
    'verify',
    'exists',
    'How sure to be that a spec is there: exists believes the index, manifests reads each one, blobs asks for each blob.',
  ],
  [
    'forbidden',
    'auto',
    'What a 403 for a single entry means: auto (missing, where the mirror is readable otherwise), missing, unknown.',
  ],
  [
    'on-unknown',
    'fail',
    'When a mirror gives no answer: fail, rebuild (an unknown counts as needing one), or warn.',
  ],
  ['fail-on-rebuild', 'false', 'Fail the step when something needs a rebuild.'],
  ['jobs', '16', 'Requests under way at once.'],
  ['max-jobs', '256', 'Most entries of the matrix; specs share one where there are more.'],
  ['index-cache', 'true', "Keep the mirrors' indices in the Actions cache."],
  ['summary', 'true', 'Write a job summary.'],
  ['annotations', 'true', 'Show problems as annotations.'],
];

export const OUTPUTS = [
  [
    'needs-rebuild',
    "'true' when something needs a rebuild; also when the step failed, so that nobody trusts what could not be told",
  ],
  ['cache-hit', "'true' when every spec is present"],
  ['rebuild-count', 'How many specs need a rebuild'],
  ['unknown-count', 'For how many specs it could not be told'],
  [
    'rebuild-manifest',
    'Path of the rebuild manifest, in the schema of spack buildcache check -o; empty when it was not written',
  ],
  ['rebuild-specs', 'JSON: [{name, version, hash, short_spec, mirrors}], dependencies first'],
  ['rebuild-specs-file', 'Path of a file with all of rebuild-specs'],
  ['rebuild-specs-truncated', "'true' when rebuild-specs was too large for an output and is []"],
  ['matrix', 'JSON: {"include": [{name, hash, spec, stage, batch}]} for a job matrix, dependencies first'],
  ['matrix-file', 'Path of a file with all of matrix'],
  ['matrix-truncated', "'true' when matrix was too large for an output and has no entries"],
];

const quote = (text) => `'${text.replaceAll("'", "''")}'`;

export function actionYml({ name, description, dist, inputs }) {
  const lines = [
    '# Written by scripts/action-yml.mjs: change it there.',
    `name: ${quote(name)}`,
    `description: ${quote(description)}`,
    'branding:',
    '  icon: package',
    '  color: blue',
    'inputs:',
  ];
  for (const [id, otherwise, text] of inputs) {
    lines.push(`  ${id}:`, `    description: ${quote(text)}`, `    default: ${quote(otherwise)}`);
  }
  lines.push('outputs:');
  for (const [id, text] of OUTPUTS) lines.push(`  ${id}:`, `    description: ${quote(text)}`);
  lines.push('runs:', '  using: node24', `  main: ${dist}/main.js`, `  post: ${dist}/post.js`, '');
  return lines.join('\n');
}

export const FILES = {
  'action.yml': actionYml({
    name: 'Spack build cache',
    description: 'Say which specs need a rebuild, against any Spack mirror, without Spack',
    dist: 'dist',
    inputs: INPUTS,
  }),
  'check/action.yml': actionYml({
    name: 'Check a Spack build cache',
    description: 'Say which specs need a rebuild, against any Spack mirror, without Spack',
    dist: '../dist',
    inputs: INPUTS.filter(([id]) => id !== 'command'),
  }),
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes('--check');
  for (const [file, text] of Object.entries(FILES)) {
    const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
    if (!check) writeFileSync(path, text);
    else if (readFileSync(path, 'utf8') !== text) {
      console.error(`${file} is not what scripts/action-yml.mjs writes: run \`npm run docs\``);
      process.exitCode = 1;
    }
  }
}
