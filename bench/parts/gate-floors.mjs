/** What a gate is measured beside: scripts for `node -e` that do the least of what it does. */

/** Parses a lockfile, and digests each spec to see that its hash holds. Other code may follow. */
export function hashLockfile(file) {
  return `{
    const { hash } = require('crypto');
    const { concrete_specs: specs } = JSON.parse(require('fs').readFileSync(${JSON.stringify(file)}, 'utf8'));
    for (const { hash: _, ...node } of Object.values(specs)) hash('sha1', JSON.stringify(node));
  }`;
}

/**
 * Downloads a document and digests it. It ends when there is nothing left to do: `process.exit` of Node 24 may wait for
 * ever for a thread that compiles, when so much was read.
 * @param copy a file that it is written to
 */
export function download(url, checksum, copy) {
  return `{
    const hash = require('crypto').createHash('sha256');
    const copy = ${copy === undefined ? 'undefined' : `require('fs').createWriteStream(${JSON.stringify(copy)})`};
    require('http').get(${JSON.stringify(url)}, { agent: false }, (response) => {
      response.on('data', (chunk) => { hash.update(chunk); copy?.write(chunk); });
      response.on('end', () => {
        process.exitCode = hash.digest('hex') === '${checksum}' ? 0 : 1;
        copy?.end();
      });
    });
  }`;
}
