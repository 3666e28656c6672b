// What the single executable runs: the bundle, whose files are assets inside of it, under the URLs of a folder of the
// executable's own name. Nothing can be on disk there, and nothing is written. The URLs end in .mjs: for a .js Node would
// look for a package.json in all folders above, and others may have put anything there, also a pipe.
'use strict';
// Read when the pool is first used: before anything else is loaded.
process.env.UV_THREADPOOL_SIZE ??= '16';
const { createRequire, registerHooks } = require('node:module');
const { getRawAsset } = require('node:sea');
const { pathToFileURL } = require('node:url');

const inside = `${pathToFileURL(process.execPath)}/`;

registerHooks({
  resolve(specifier, context, next) {
    const isOurs = specifier.startsWith('./') && context.parentURL?.startsWith(inside);
    const url = isOurs ? new URL(specifier, context.parentURL).href.replace(/\.js$/, '.mjs') : specifier;
    return url.startsWith(inside) ? { url, format: 'module', shortCircuit: true } : next(specifier, context);
  },
  load(url, context, next) {
    if (!url.startsWith(inside)) return next(url, context);
    const source = new Uint8Array(getRawAsset(url.slice(inside.length).replace(/\.mjs$/, '.js')));
    return { format: 'module', source, shortCircuit: true };
  },
});

try {
  createRequire(process.execPath)(`${inside}index.mjs`).cli().catch(fail);
} catch (error) {
  fail(error);
}

/** As in the launcher of the bundle: 1, with which Node would end, is an answer. */
function fail(error) {
  const [line] = String(error?.message).split('\n');
  console.error(`error: buildcache cannot be started: ${line}`);
  process.exit(2);
}
