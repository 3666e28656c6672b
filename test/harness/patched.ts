import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

type Functions<T> = { [Name in keyof T]?: T[Name] };

/** Puts these in the place of functions of `node:fs` and of `node:fs/promises` until the end of the block. */
export function patchFs(
  functions: Functions<typeof fs>,
  promises: Functions<typeof fs.promises> = {},
): Disposable {
  const before = { functions: pick(fs, functions), promises: pick(fs.promises, promises) };
  const put = (changes: { functions: object; promises: object }) => {
    Object.assign(fs, changes.functions);
    Object.assign(fs.promises, changes.promises);
    syncBuiltinESMExports();
  };
  put({ functions, promises });
  return { [Symbol.dispose]: () => put(before) };
}

function pick<T extends object>(from: T, names: object): object {
  return Object.fromEntries(Object.keys(names).map((name) => [name, from[name as keyof T]]));
}

/** An error as the system's, of any number. */
export function systemError(code: string, number: number): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: failed`), { code, errno: -number });
}
