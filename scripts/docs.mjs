// The generated reference: docs/cli.md and man/buildcache.1 from the command line itself, docs/action.md and the action.yml
// files from scripts/action-yml.mjs, bench/README.md from what was recorded. `--check` fails when what is committed differs.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readme } from '../bench/parts/recorded.mjs';
import { COMMANDS } from '../src/entry/action/manifest/commands.ts';
import { buildProgram } from '../src/entry/cli/cli.ts';
import { defineProgram } from '../src/entry/cli/definition.ts';
import { defaultText } from '../src/entry/cli/help.ts';
import { VERBS } from '../src/entry/cli/verbs.ts';
import { ACTION_INPUTS, ACTION_OUTPUTS, FILES } from './action-yml.mjs';
import { manPage } from './man-page.mjs';

const program = await wholeProgram();
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const files = {
  ...FILES,
  'docs/cli.md': cliReference(),
  'man/buildcache.1': manPage(defineProgram(program), version),
  'docs/action.md': actionReference(),
  'bench/README.md': await readme(),
};
const check = process.argv.includes('--check');
for (const [file, text] of Object.entries(files)) {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  if (!check) writeFileSync(path, text);
  else if (readFileSync(path, 'utf8') !== text) {
    console.error(`${file} is stale: run \`npm run docs\` and commit it`);
    process.exitCode = 1;
  }
}

async function wholeProgram() {
  const silent = { write: () => undefined, isTTY: false };
  const context = {
    env: {},
    cwd: '/',
    stdout: silent,
    stderr: silent,
    signal: new AbortController().signal,
    exit: () => undefined,
  };
  return await buildProgram([], context, '');
}

function cliReference() {
  const lines = [
    '# Command line',
    '',
    '<!-- Written by `npm run docs`. -->',
    '',
    '`bin/buildcache VERB [options] [SPEC…]`',
    '',
    'Exit codes: 0 done, or all present; 1 the answer is no, or part of the work failed; 2 it could not be told, bad input or',
    'usage, cancelled. 2 beats 1.',
    '',
    'Environment variables: `SPACK_ENV` (the environment), `BUILDCACHE_CACHE_DIR` (where indices are kept; default',
    '`$XDG_CACHE_HOME/buildcache`, else `~/.cache/buildcache`), `HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY`, `NO_COLOR`, the',
    "variables a mirror's configuration names, and for `s3://` those of the AWS SDK. [All of them](automation.md#variables),",
    'what `--json` prints, and what to do [when something is wrong](automation.md#when-something-is-wrong): automation.md.',
    '[From Spack](from-spack.md) has its commands beside these.',
  ];
  const verbs = program.commands.flatMap((verb) =>
    verb.commands.length === 0
      ? [{ verb: '', command: verb }]
      : verb.commands.map((command) => ({ verb: `${verb.name()} `, command })),
  );
  for (const { verb, command } of verbs) {
    const names = [command.name(), ...command.aliases()].map((name) => `\`${verb}${name}\``).join(', ');
    lines.push(
      '',
      `## ${names}`,
      '',
      `${capital(command.description())}.`,
      '',
      '```',
      `buildcache ${verb}${command.name()} ${command.usage()}`,
      '```',
      '',
    );
    for (const argument of command.registeredArguments) {
      lines.push(`- \`${argument.name()}\`: ${argument.description}`);
    }
    lines.push('', '| Option | Meaning | Default |', '| --- | --- | --- |');
    for (const option of command.options.filter(({ hidden }) => !hidden)) {
      const value = defaultText(option);
      const shown = value === undefined ? '' : `\`${value}\``;
      const choices = option.argChoices
        ? ` (${option.argChoices.map((choice) => `\`${choice}\``).join(', ')})`
        : '';
      lines.push(
        `| \`${option.flags.replaceAll('|', '\\|')}\` | ${option.description.replaceAll('|', '\\|')}${choices} | ${shown} |`,
      );
    }
    const about = VERBS.find(({ name }) => verb === '' && name === command.name());
    if (about !== undefined) {
      lines.push('', '```sh', ...about.examples.map((example) => `buildcache ${example}`), '```');
    }
  }
  return `${lines.join('\n')}\n`;
}

function actionReference() {
  const row = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return `${[
    '# The action',
    '',
    '<!-- Written by `npm run docs`. -->',
    '',
    '`uses: org/buildcache-action` runs `command` in its main step. Each sub-action runs one command and takes the inputs that',
    'apply to it. All inputs are optional, unless they say otherwise. Secrets belong in variables that the mirrors name',
    '(`secret_variable`, `access_token_variable`) and in `signing-key`; their values are masked before anything else is printed.',
    'An input that the command does not take is a warning, and an error where it would have narrowed what is done.',
    '',
    'An input that is given and empty is most likely an expression of a variable or a secret that is not set, as secrets are in a',
    "fork's run. Where that would widen what the workflow means (remove, push or trust more, or do nothing and be green), it is an",
    'error, and so is a list of comments alone. `unset` is the same as leaving such an input out, so that a variable which may be',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of the runner's
    "missing is written `${{ vars.KEEP || 'unset' }}`; where another default is shown, with that. A path of this name is `./unset`.",
    'The secrets, `mirrors` and the other inputs without a default here may be empty.',
    '',
    row(['`uses`', 'What it does']),
    row(['---', '---']),
    ...Object.entries(COMMANDS).map(([name, { about }]) => row([`\`org/buildcache-action/${name}\``, about])),
    '',
    '## Inputs',
    '',
    row(['Input', 'Meaning', 'Default']),
    row(['---', '---', '---']),
    ...ACTION_INPUTS.map(([id, { text, default: otherwise }]) =>
      row([`\`${id}\``, text, otherwise === '' ? '' : `\`${otherwise}\``]),
    ),
    '',
    '## Outputs',
    '',
    'All of them are set always, also when the step fails. What the post step pushes comes too late for an output: it is in the',
    'log and in the summary.',
    '',
    row(['Output', 'Meaning']),
    row(['---', '---']),
    ...ACTION_OUTPUTS.map(([id, text]) => row([`\`${id}\``, text])),
  ].join('\n')}\n`;
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
