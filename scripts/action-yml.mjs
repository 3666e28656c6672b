// action.yml and those of the sub-actions, as text, from the tables in src/entry/action/manifest. `npm run docs` writes them.
import { COMMAND, COMMANDS, launcherOf } from '../src/entry/action/manifest/commands.ts';
import { INPUTS } from '../src/entry/action/manifest/inputs.ts';
import { OUTPUTS, spellOut } from '../src/entry/action/manifest/outputs.ts';

const outputs = Object.entries(OUTPUTS);

/** `[name, { text, default }]`, in the order of the reference. */
export const ACTION_INPUTS = [['command', COMMAND], ...Object.entries(INPUTS)];
/** `[name, text]` */
export const ACTION_OUTPUTS = outputs.flatMap(([name, output]) => spellOut(name, output));

/** Path to text. */
export const FILES = {
  'action.yml': actionYml({
    title: 'Spack build cache',
    about: COMMANDS.check.about,
    launcher: 'dist/main.js',
    post: 'dist/post.js',
    inputs: ACTION_INPUTS,
    outputs: ACTION_OUTPUTS,
  }),
  ...Object.fromEntries(
    Object.entries(COMMANDS).map(([name, command]) => [`${name}/action.yml`, subAction(name, command)]),
  ),
};

function subAction(name, { title, about, inputs, texts = {}, post }) {
  return actionYml({
    title,
    about,
    launcher: `../dist/${launcherOf(name)}.js`,
    post: post && '../dist/post.js',
    inputs: Object.entries(INPUTS)
      .filter(([id]) => inputs.includes(id))
      .map(([id, input]) => [id, { ...input, text: texts[id] ?? input.text }]),
    outputs: outputs
      .filter(([, { by }]) => by.includes(name))
      .flatMap(([id, output]) => spellOut(id, output)),
  });
}

function actionYml({ title, about, launcher, post, inputs, outputs }) {
  const lines = [
    '# Written by `npm run docs` from src/entry/action/manifest: change it there.',
    `name: ${quote(title)}`,
    `description: ${quote(about)}`,
    'branding:',
    '  icon: package',
    '  color: blue',
    ...(inputs.length > 0 ? ['inputs:'] : []),
  ];
  for (const [id, { text, default: otherwise }] of inputs) {
    lines.push(`  ${id}:`, `    description: ${quote(text)}`, `    default: ${quote(String(otherwise))}`);
  }
  if (outputs.length > 0) lines.push('outputs:');
  for (const [id, text] of outputs) lines.push(`  ${id}:`, `    description: ${quote(text)}`);
  lines.push('runs:', '  using: node24', `  main: ${launcher}`, ...(post ? [`  post: ${post}`] : []), '');
  return lines.join('\n');
}

function quote(text) {
  return `'${text.replaceAll("'", "''")}'`;
}
