/** `buildcache download`: a spec in, its tarball and spec file in a folder out. */
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { openDownloadCache } from '../../../cache/reading/download-cache.ts';
import { download } from '../../../commands/download.ts';
import { isSha256 } from '../../../core/digest.ts';
import { BuildcacheError } from '../../../core/errors.ts';
import { openTrustedMirror } from '../../../mirrors/open-trusted.ts';
import { during } from '../../../report/reporter.ts';
import { builtAs, entrySpec } from '../../../spec/entry-spec.ts';
import { shortHash } from '../../../spec/node.ts';
import { readTrust, type TrustRequest } from '../../shared/trust-request.ts';
import { readOneSpec } from '../one-spec.ts';
import { addSharedOptions, readSurroundings, type SharedOptions } from '../shared-options.ts';
import { addTrustOptions, downloadFolder } from '../trust-options.ts';
import type { VerbContext } from '../verb.ts';

interface DownloadCommandOptions extends SharedOptions, TrustRequest {
  readonly spec?: string;
  readonly specFile?: string;
  readonly path: string;
  readonly sha256?: string;
}

export function define(command: Command, context: VerbContext): void {
  addTrustOptions(addSharedOptions(command))
    .option('-s, --spec <spec>', 'a spec of the environment')
    .option('--spec-file <file>', 'a spec.json')
    .requiredOption('-p, --path <dir>', 'the folder to download into')
    .option('--sha256 <digest>', 'take no other tarball than this', digest)
    .action((options: DownloadCommandOptions) => run(options, context));
}

async function run(options: DownloadCommandOptions, context: VerbContext): Promise<void> {
  const around = await readSurroundings(options, context);
  const { environment, reporter, connection } = around;
  const { signal, env, cwd } = context;
  const named = { spec: options.spec, file: options.specFile };
  const { graph, spec } = await readOneSpec(
    named,
    { spec: '--spec', file: '--spec-file' },
    environment,
    context,
  );
  if (around.mirrors.length === 0) {
    throw new BuildcacheError('usage', 'there is no mirror to download from', {
      hint: 'name one with --mirror-url, or configure it in spack.yaml',
    });
  }
  const trust = await readTrust(options, context, reporter);
  const mirrors: Awaited<ReturnType<typeof openTrustedMirror>>[] = [];
  try {
    for (const mirror of around.mirrors) {
      const open = await openTrustedMirror(mirror, graph, connection, trust, signal);
      mirrors.push(open);
      for (const note of open.notes) reporter.warn(`${mirror.name}: ${note}`);
    }
    const cache = openDownloadCache(downloadFolder(env));
    const from = entrySpec(graph, spec);
    if (from !== spec)
      reporter.info(`${spec.name}/${shortHash(spec)} is installed from its ${builtAs(spec)}`);
    const found = await during(reporter, 'Downloading', (watch) =>
      download(from, resolve(cwd, options.path), { mirrors, cache, sha256: options.sha256, watch, signal }),
    );
    for (const note of found.notes) reporter.warn(note);
    if (options.json) {
      const { tarball, specFile, sha256, mirror, signedBy } = found;
      const shown = {
        version: 1,
        hash: spec.hash,
        ...(spec.buildSpec === undefined ? {} : { build_spec: spec.buildSpec }),
        tarball,
        spec_file: specFile,
        sha256,
        mirror,
        signed_by: signedBy ?? null,
      };
      context.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
    } else if (!options.quiet) {
      context.stdout.write(`${found.tarball}\n${found.specFile}\n`);
    }
    context.exit(0);
  } finally {
    await Promise.all(mirrors.map((mirror) => mirror.close()));
  }
}

function digest(text: string): string {
  const digits = text.replace(/^sha256:/, '').toLowerCase();
  if (isSha256(digits)) return digits;
  throw new InvalidArgumentError('Expected 64 hexadecimal digits.');
}
