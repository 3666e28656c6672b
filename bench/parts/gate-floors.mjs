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
 * The least program that does what a cold gate has to: it reads the lockfile, verifies each spec's hash and that the graph is
 * closed and has no circle, asks where the index is, downloads, digests, keeps and parses it, and looks each spec up. It
 * decodes nothing, knows no options, other layouts, credentials or time-outs, and has no words for what goes wrong.
 * @param copy a file that the index is kept as
 */
export function leastGate(file, mirror, copy) {
  return `{
    const { hash } = require('crypto');
    const { get } = require('http');
    const fs = require('fs');
    const base32 = (bytes) => {
      let text = '';
      for (let i = 0; i < 20; i += 5) {
        let bits = bytes.slice(i, i + 5).split('').reduce((sum, c) => sum * 256 + c.charCodeAt(0), 0);
        let part = '';
        for (let j = 0; j < 8; j++, bits = Math.floor(bits / 32)) part = 'abcdefghijklmnopqrstuvwxyz234567'[bits % 32] + part;
        text += part;
      }
      return text;
    };
    const { concrete_specs: specs } = JSON.parse(fs.readFileSync(${JSON.stringify(file)}, 'utf8'));
    for (const [key, { hash: said, ...node }] of Object.entries(specs)) {
      if (node.external) continue;
      if (said !== key || base32(hash('sha1', JSON.stringify(node), 'binary')) !== key) throw new Error(key);
    }
    const state = new Map();
    const visit = (key) => {
      if (state.get(key) === 'done') return;
      if (state.get(key) === 'open' || !specs[key]) throw new Error(key);
      state.set(key, 'open');
      for (const edge of specs[key].dependencies ?? []) visit(edge.hash);
      state.set(key, 'done');
    };
    for (const key of Object.keys(specs)) visit(key);
    const agent = new (require('http').Agent)({ keepAlive: true });
    const download = (path) => new Promise((resolve, reject) => {
      get(${JSON.stringify(mirror)} + '/' + path, { agent }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks)));
      }).on('error', reject);
    });
    download('v3/manifests/index/index.manifest.json').then(async (bytes) => {
      const { checksum } = JSON.parse(bytes).data[0];
      const index = await download('blobs/sha256/' + checksum.slice(0, 2) + '/' + checksum);
      if (hash('sha256', index) !== checksum) throw new Error('corrupt');
      const temporary = ${JSON.stringify(copy)} + '.tmp';
      fs.writeFileSync(temporary, index);
      fs.renameSync(temporary, ${JSON.stringify(copy)});
      const { installs } = JSON.parse(index).database;
      const missing = Object.keys(specs).filter((key) => !specs[key].external && !installs[key]?.in_buildcache);
      console.log(missing.length + ' missing');
      process.exit(missing.length);
    });
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
