/**
 * Files that lie beside the bundle's code. In the single executable they are inside of it, under their names, and there is
 * no such file on disk (scripts/executable.mjs puts them there).
 */
import { readFileSync } from 'node:fs';

/** @param file in the code's own folder, where there is one. @throws Error when it is not there: the bundle is damaged */
export function readBeside(file: URL): string {
  return inExecutable(file) ?? readFileSync(file, 'utf8');
}

/** What a worker is started with. The thread's code may import what is Node's own, and nothing else. */
export function threadBeside(file: URL): URL {
  const code = inExecutable(file);
  return code === undefined ? file : new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}

function inExecutable(file: URL): string | undefined {
  const sea = process.getBuiltinModule('node:sea');
  if (!sea.isSea()) return undefined;
  // The bundler makes a path of such a URL.
  return sea.getAsset(String(file).replace(/^.*\//s, ''), 'utf8');
}
