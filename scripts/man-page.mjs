// The manual page, man/buildcache.1, from the same definition as completion and docs/cli.md: in the macros of man(7).
import { PROGRAM_EPILOGUE } from '../src/entry/cli/help.ts';

/** @param verbs as defineProgram says them */
export function manPage(verbs, version) {
  const { exits, variables } = epilogue();
  const lines = [
    '.\\" Written by `npm run docs`.',
    `.TH BUILDCACHE 1 "" "buildcache ${version}" "User Commands"`,
    '.SH NAME',
    'buildcache \\- Spack build caches, without Spack',
    '.SH SYNOPSIS',
    '.B buildcache',
    '.I verb',
    '[options] [arguments]',
    '.SH DESCRIPTION',
    'Says which specs of a Spack environment build caches have, and pushes, installs, copies and keeps them, without Spack.',
    'What each verb takes:',
    '.B buildcache',
    '.I verb',
    '.BR \\-\\-help .',
    '.SH VERBS',
    ...verbs.flatMap((verb) => (verb.verbs.length === 0 ? [verb] : verb.verbs)).flatMap(section),
    '.SH EXIT STATUS',
    ...exits.flatMap(([code, meaning]) => ['.TP', `.B ${code}`, roff(meaning)]),
    '.SH ENVIRONMENT',
    ...variables.flatMap(([name, meaning]) => ['.TP', `.B ${roff(name)}`, roff(meaning)]),
    '.SH SEE ALSO',
    '.BR spack (1)',
  ];
  return `${lines.join('\n')}\n`;
}

function section({ name, names, summary, usage, arguments: taken, options, examples }) {
  const alias = names.length > 1 ? ` (or ${names.slice(1).join(', ')})` : '';
  return [
    `.SS "${roff(`${name}${alias}`)}"`,
    `${roff(capital(summary))}.`,
    '.PP',
    `.B ${roff(`buildcache ${name}`)}`,
    roff(usage),
    ...taken.flatMap((argument) => ['.TP', `.I ${roff(argument.name)}`, roff(argument.about)]),
    ...options.flatMap((option) => ['.TP', `.B ${roff(option.flags)}`, `${roff(about(option))}`]),
    ...(examples.length === 0 ? [] : ['.PP', 'Examples:', '.PP', '.nf', '.RS']),
    ...examples.map((example) => roff(`buildcache ${example}`)),
    ...(examples.length === 0 ? [] : ['.RE', '.fi']),
  ];
}

function about({ about: text, value, default: otherwise }) {
  const facts = [];
  if (value.kind === 'choice') facts.push(`one of ${value.choices.join(', ')}`);
  if (otherwise !== undefined) facts.push(`default: ${otherwise}`);
  return facts.length === 0 ? text : `${text} (${facts.join('; ')})`;
}

/** What help says at its end, in rows of two columns. */
function epilogue() {
  const [, exitText = '', variableText = ''] = PROGRAM_EPILOGUE.split(/^Exit code:|^Environment variables:/m);
  const rows = (text) =>
    [...text.matchAll(/^ {2}(\S.*?) {2,}(\S.*)$/gm)].map(([, name, meaning]) => [name, meaning]);
  const rest = variableText.split('\n').filter((line) => /^ {2}\S/.test(line) && !/\S {2,}\S/.test(line));
  const others = rest.map((line) => /^ {2}(.*), and (.*)$/.exec(line)).filter((match) => match !== null);
  return {
    exits: rows(exitText),
    variables: [
      ...rows(variableText),
      ...others.map(([, names, more]) => [names, `As other programs have them; and ${more}`]),
    ],
  };
}

/** A text as roff prints it: no line may begin with a control character. */
function roff(text) {
  const escaped = text.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll('"', '\\(dq');
  return /^[.']/.test(escaped) ? `\\&${escaped}` : escaped;
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
