/** What relocation would change, for a person and for machines. */
import { oneLine } from '../core/errors.ts';
import type { FilePreview, RelocationPreview } from '../package/preview.ts';
import { shortSpec } from '../spec/format.ts';
import type { SpecNode } from '../spec/node.ts';
import { PLAIN_STYLE, type Style } from './check-text.ts';

export interface PreviewedPackage extends RelocationPreview {
  readonly spec: SpecNode;
  readonly mirror: string;
  readonly builtIn: string;
}

/** Lines without line ends. @param root of the install tree that the package is meant for, if that is known */
export function previewText(
  { spec, files, maxRootLength, builtIn }: PreviewedPackage,
  root: string | undefined,
  style: Style = PLAIN_STYLE,
): string[] {
  const lines = [oneLine(shortSpec(spec))];
  if (files.length === 0) return [...lines, `  ${style.good('nothing to relocate')}: it fits below any root`];
  for (const file of files) lines.push(`  ${oneLine(fileText(file))}`);
  lines.push(`  it was built below ${oneLine(builtIn)} (${Buffer.byteLength(builtIn)} bytes)`);
  if (maxRootLength === undefined) return [...lines, `  ${style.good('it fits below any root')}`];
  const beyond = needsPatchelfOnly(files) ? ', and below a longer one with patchelf' : '';
  lines.push(`  ${style.doubt(`it fits below a root of at most ${maxRootLength} bytes`)}${beyond}`);
  if (root === undefined) return lines;
  let text = style.good('and so below');
  if (!fits(maxRootLength, root)) {
    text = beyond === '' ? style.bad('and so not below') : style.doubt('and so with patchelf only below');
  }
  return [...lines, `  ${text} ${oneLine(root)} (${Buffer.byteLength(root)} bytes)`];
}

/** What `preview --json` prints for one package. Fields are only added. */
export function previewJson(
  { spec, mirror, builtIn, files, maxRootLength }: PreviewedPackage,
  root: string | undefined,
): unknown {
  return {
    name: spec.name,
    version: spec.version,
    hash: spec.hash,
    short_spec: shortSpec(spec),
    mirror,
    built_in: builtIn,
    max_root_length: maxRootLength ?? null,
    install_tree: root ?? null,
    fits: root === undefined ? null : fits(maxRootLength, root),
    patchelf_helps: needsPatchelfOnly(files),
    files: files.map((file) =>
      file.kind === 'binary'
        ? {
            path: file.path,
            kind: file.kind,
            paths: file.paths,
            room: file.room,
            patchelf_helps: file.patchelfHelps,
          }
        : { path: file.path, kind: file.kind, paths: file.paths },
    ),
  };
}

function fits(maxRootLength: number | undefined, root: string): boolean {
  return maxRootLength === undefined || Buffer.byteLength(root) <= maxRootLength;
}

/** Whether a root of any length will do if patchelf is available. */
function needsPatchelfOnly(files: readonly FilePreview[]): boolean {
  return files.every((file) => file.kind !== 'binary' || file.patchelfHelps);
}

function fileText(file: FilePreview): string {
  const paths = `${file.paths} ${file.paths === 1 ? 'path' : 'paths'}`;
  if (file.kind !== 'binary') return `${file.kind}    ${file.path}: ${paths}`;
  const room =
    file.room === 0
      ? 'no room for a longer root'
      : file.room > 0
        ? `room for ${file.room} bytes more`
        : `needs a root ${-file.room} bytes shorter, or one that ends alike`;
  return `binary  ${file.path}: ${paths}, ${room}${file.patchelfHelps ? ' (patchelf makes room)' : ''}`;
}
