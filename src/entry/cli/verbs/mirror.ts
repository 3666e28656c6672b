/** `buildcache mirror list|scope|add|set|set-url|remove`: the mirrors in an environment's spack.yaml, or in a mirrors.yaml. */
import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { BuildcacheError, fileError, oneLine, systemCode } from '../../../core/errors.ts';
import { isObject } from '../../../core/json.ts';
import { readBoundedText } from '../../../core/read-file.ts';
import { findEnvironment } from '../../../environment/environment.ts';
import { hostFactsFor } from '../../../environment/host-facts.ts';
import { hasKnownScheme } from '../../../environment/location.ts';
import { withoutMark } from '../../../environment/merge-sections.ts';
import { sectionOf } from '../../../environment/scopes.ts';
import { MAX_YAML, parseYaml } from '../../../environment/yaml-text.ts';
import { type MirrorConfiguration, readMirrors } from '../../../mirrors/config.ts';
import { editMirrors } from '../../../mirrors/edit-mirrors.ts';
import { environmentMirrors, mergeMirrors, mirrorsFile } from '../../../mirrors/environment-mirrors.ts';
import type { Mirror } from '../../../mirrors/mirror.ts';
import type { AccessPair, MirrorChanges, MirrorEdit } from '../../../mirrors/mirrors-document.ts';
import { requireKnownScheme } from '../../../mirrors/open.ts';
import { mirrorsJson, mirrorsText } from '../../../report/mirrors-list.ts';
import { changeFile } from '../../../storage/file/change-file.ts';
import { writeSpackScope } from '../../shared/write-spack-scope.ts';
import { refuse, refuseScope } from '../spack-options.ts';
import type { VerbContext } from '../verb.ts';

interface FileOptions {
  readonly environment?: string;
  readonly mirrors?: string;
}

interface ConnectionOptions {
  readonly type?: readonly ('binary' | 'source')[];
  readonly autopush?: boolean;
  readonly signed?: boolean;
  readonly s3AccessKeyId?: string;
  readonly s3AccessKeyIdVariable?: string;
  readonly s3AccessKeySecretVariable?: string;
  readonly s3AccessTokenVariable?: string;
  readonly s3Profile?: string;
  readonly s3EndpointUrl?: string;
  readonly ociUsername?: string;
  readonly ociUsernameVariable?: string;
  readonly ociPasswordVariable?: string;
}

interface SetOptions extends FileOptions, ConnectionOptions {
  readonly url?: string;
  readonly fetch?: true;
  readonly push?: true;
}

export function define(command: Command, context: VerbContext): void {
  const verb = (name: string, description: string) =>
    addFileOptions(command.command(name).description(description));
  const set = (name: string, options: SetOptions) => {
    const url = options.url === undefined ? undefined : urlFor(options.url, context);
    const direction = options.fetch ? 'fetch' : options.push ? 'push' : undefined;
    const changes = { url, ...changesOf(options) };
    return write({ kind: 'set', name, changes, direction }, options, context);
  };
  verb('list', 'list the configured mirrors, the first asked first')
    .alias('ls')
    .option('--json', 'print everything as JSON', false)
    .action((options: FileOptions & { readonly json: boolean }) => list(options, context));
  verb('scope', 'write the configured mirrors as a configuration scope, for spack -C')
    .argument('<folder>', 'where; its mirrors.yaml and concretizer.yaml are replaced')
    .action((folder: string, options: FileOptions) => scope(folder, options, context));
  addConnectionOptions(verb('add', 'add a mirror, before the others'))
    .argument('<name>', 'what to call it', mirrorName)
    .argument('<url>', 'a URL or a path')
    .option('-n, --name <view>', 'an index of its own')
    .action(
      (name: string, url: string, options: FileOptions & ConnectionOptions & { readonly name?: string }) => {
        const changes = { url: urlFor(url, context), ...changesOf(options), view: options.name };
        return write({ kind: 'add', name, changes }, options, context);
      },
    );
  addDirectionOptions(addConnectionOptions(verb('set', 'change a mirror')))
    .argument('<name>', 'the mirror')
    .option('--url <url>', 'a URL or a path')
    .option('--no-autopush', 'do not push to it after builds')
    .action((name: string, options: SetOptions) => set(name, options));
  addDirectionOptions(addAccessOptions(verb('set-url', 'change the URL of a mirror')))
    .argument('<name>', 'the mirror')
    .argument('<url>', 'a URL or a path')
    .action((name: string, url: string, options: SetOptions) => set(name, { ...options, url }));
  const remove = verb('remove', 'remove a mirror')
    .alias('rm')
    .argument('<name>', 'the mirror')
    .action((name: string, options: FileOptions) => write({ kind: 'remove', name }, options, context));
  refuse(remove, '--all-scopes', 'one file is changed', ONE_FILE);
  notHere(command, 'create', 'mirrors of sources are made by Spack', 'for a build cache, push to its path');
  const emptying = 'remove entries with prune, and a folder or bucket with its own tools';
  notHere(command, 'destroy', 'a mirror is not removed with all that it holds', emptying);
}

const ONE_FILE = 'name the file with --environment or --mirrors';

/** A verb of Spack's that is refused with any arguments. */
function notHere(command: Command, name: string, why: string, hint: string): void {
  command
    .command(name, { hidden: true })
    .allowUnknownOption()
    .allowExcessArguments()
    .action(() => {
      throw new BuildcacheError('usage', `there is no mirror ${name}: ${why}`, { hint });
    });
}

function addFileOptions(command: Command): Command {
  return refuseScope(command, ONE_FILE)
    .option(
      '-e, --environment <dir|spack.yaml>',
      'the environment (default: $SPACK_ENV, then the working directory)',
    )
    .option('--mirrors <file>', "a mirrors.yaml instead of the environment's spack.yaml");
}

function addDirectionOptions(command: Command): Command {
  return command
    .addOption(new Option('--push', 'change only how it is pushed to').conflicts('fetch'))
    .addOption(new Option('--fetch', 'change only how it is fetched from'));
}

function addConnectionOptions(command: Command): Command {
  command
    .addOption(
      new Option('--type <type>', 'what it holds (repeatable; default: both)')
        .choices(['binary', 'source'])
        .argParser(mirrorType),
    )
    .option('--autopush', 'push to it after builds')
    .option('--signed', 'sign, and believe only what is signed')
    .option('--unsigned', 'neither sign nor look at signatures');
  return addAccessOptions(command);
}

function addAccessOptions(command: Command): Command {
  return command
    .option('--s3-access-key-id <id>', 'the id for S3')
    .addOption(
      new Option('--s3-access-key-id-variable <name>', 'the variable that has it').conflicts('s3AccessKeyId'),
    )
    .option('--s3-access-key-secret-variable <name>', 'the variable that has the secret for S3')
    .option('--s3-access-token-variable <name>', 'the variable that has a token')
    .option('--s3-profile <name>', 'a profile of the AWS configuration')
    .option('--s3-endpoint-url <url>', 'another endpoint than AWS')
    .option('--oci-username <name>', 'the user of a registry')
    .addOption(
      new Option('--oci-username-variable <name>', 'the variable that has it').conflicts('ociUsername'),
    )
    .option('--oci-password-variable <name>', 'the variable that has the password of a registry');
}

async function list(options: FileOptions & { readonly json: boolean }, context: VerbContext): Promise<void> {
  const mirrors = await configured(options, context);
  if (options.json) context.stdout.write(`${JSON.stringify(mirrorsJson(mirrors), null, 2)}\n`);
  else if (mirrors.length === 0) context.stdout.write('No mirrors are configured.\n');
  else context.stdout.write(`${mirrorsText(mirrors).join('\n')}\n`);
  context.exit(0);
}

async function scope(folder: string, options: FileOptions, context: VerbContext): Promise<void> {
  const notes = await writeSpackScope(await configured(options, context), resolve(context.cwd, folder));
  for (const note of notes) context.stderr.write(`warning: ${oneLine(note)}\n`);
  context.exit(0);
}

async function configured(options: FileOptions, context: VerbContext): Promise<readonly Mirror[]> {
  const { env, cwd } = context;
  const { folder } = await findEnvironment(environmentOf(options, context));
  let configuration: MirrorConfiguration = await environmentMirrors(folder, env);
  if (options.mirrors !== undefined) {
    configuration = mergeMirrors(
      await mirrorsFile(resolve(cwd, options.mirrors), env, folder),
      configuration,
    );
  }
  const { mirrors, notes } = configuration;
  for (const note of notes) context.stderr.write(`warning: ${oneLine(note)}\n`);
  return mirrors;
}

/**
 * Changes the file as a whole or not at all, and only to what `check` can work with. Adding a mirror requires that all
 * mirrors in the file are right. Changing one requires only that this one is right afterwards. Removing one requires
 * nothing.
 */
async function write(edit: MirrorEdit, options: FileOptions, context: VerbContext): Promise<void> {
  const { file, isEnvironment } = await fileToChange(options, context);
  const read = async () => {
    try {
      return await readBoundedText(file, MAX_YAML);
    } catch (error) {
      if (systemCode(error) === 'ENOENT' && !isEnvironment && edit.kind === 'add') return undefined;
      throw fileError(error, file, 'read it');
    }
  };
  const change = async (text = '') => {
    const changed = await editMirrors(text, file, isEnvironment, edit);
    if (changed !== text && edit.kind !== 'remove')
      await requireUsable(changed, file, isEnvironment, edit, context);
    return changed;
  };
  const isChanged = await changeFile(file, read, change, context.signal);
  if (!isChanged) context.stdout.write('Nothing to change.\n');
  context.exit(0);
}

async function fileToChange(
  options: FileOptions,
  context: VerbContext,
): Promise<{ file: string; isEnvironment: boolean }> {
  if (options.mirrors !== undefined)
    return { file: resolve(context.cwd, options.mirrors), isEnvironment: false };
  const where = environmentOf(options, context);
  const file = join((await findEnvironment(where)).folder, 'spack.yaml');
  const isThere = await stat(file).then(
    () => true,
    () => false,
  );
  if (isThere) return { file, isEnvironment: true };
  throw new BuildcacheError('not-found', 'there is no spack.yaml to write mirrors to', {
    file,
    hint: 'name an environment with --environment, or a mirrors.yaml with --mirrors',
  });
}

async function requireUsable(
  text: string,
  file: string,
  isEnvironment: boolean,
  edit: MirrorEdit,
  { env, cwd }: VerbContext,
): Promise<void> {
  const document = await parseYaml(text, file);
  const scope = isEnvironment && isObject(document) ? document['spack'] : document;
  const section = isObject(scope)
    ? (sectionOf(scope, 'mirrors')?.[1] ?? (isEnvironment ? {} : scope))
    : scope;
  const host = await hostFactsFor(text);
  const environment = isEnvironment ? dirname(file) : undefined;
  const { kind, name } = edit;
  const about =
    kind === 'set' && isObject(section)
      ? Object.fromEntries(Object.entries(section).filter(([key]) => withoutMark(key) === name))
      : section;
  const { mirrors } = await readMirrors(about, file, { base: cwd, environment, env, host });
  const mirror = mirrors.find((candidate) => candidate.name === name);
  // A mirror that has only sources is not opened, and neither is one whose URL did not change.
  if (mirror?.binary !== true || (edit.kind === 'set' && edit.changes.url === undefined)) return;
  const direction = edit.kind === 'set' ? edit.direction : undefined;
  const sides = direction === undefined ? [mirror.fetch, mirror.push] : [mirror[direction]];
  for (const { url } of sides) if (url !== '') requireKnownScheme(name, url);
}

function environmentOf({ environment }: FileOptions, { env, cwd }: VerbContext): string {
  return resolve(cwd, environment ?? (env['SPACK_ENV'] || '.'));
}

/** The URL with relative paths made absolute: in the file, a relative path would start from the file's folder. */
function urlFor(text: string, { cwd }: VerbContext): string {
  if (text === '')
    throw new BuildcacheError('usage', 'a mirror needs a place', { expected: 'a URL or a path' });
  return hasKnownScheme(text) || /^[$~/]|^[A-Za-z][A-Za-z0-9+.-]+:\/\//.test(text)
    ? text
    : resolve(cwd, text);
}

function changesOf(options: ConnectionOptions & { readonly unsigned?: boolean }): MirrorChanges {
  if (options.signed === true && options.unsigned === true) {
    throw new BuildcacheError('usage', '--signed and --unsigned contradict each other');
  }
  return {
    access_pair: accessPair(options),
    access_token_variable: options.s3AccessTokenVariable,
    profile: options.s3Profile,
    endpoint_url: options.s3EndpointUrl,
    binary: options.type?.includes('binary'),
    source: options.type?.includes('source'),
    signed: options.unsigned === true ? false : options.signed,
    autopush: options.autopush,
  };
}

function accessPair(options: ConnectionOptions): AccessPair | undefined {
  const pair = {
    id: options.s3AccessKeyId ?? options.ociUsername,
    id_variable: options.s3AccessKeyIdVariable ?? options.ociUsernameVariable,
    secret_variable: options.s3AccessKeySecretVariable ?? options.ociPasswordVariable,
  };
  return Object.values(pair).some((part) => part !== undefined) ? pair : undefined;
}

function mirrorName(text: string): string {
  // A colon at its end would be Spack's mark to override, "<<" YAML's to merge.
  const isPlain = /^[^\s/\\:][^/\\]*$/.test(text) && !/:$|^<<$|\p{Cc}/u.test(text);
  if (isPlain && !hasKnownScheme(text)) return text;
  throw new InvalidArgumentError('Expected a name without slashes, which would make it a path.');
}

function mirrorType(text: string, before: readonly string[] = []): readonly string[] {
  if (text !== 'binary' && text !== 'source') throw new InvalidArgumentError('Expected binary or source.');
  return [...before, text];
}
