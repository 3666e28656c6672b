/** Runs once before any test: optional npm packages fail silently, so the Node that runs us is asserted here. */
export function setup(): void {
  const major = Number(process.versions.node.split('.')[0]);
  if (major !== 24) {
    throw new Error(
      `tests run on Node 24, found ${process.versions.node}: run them through npm (\`npm test\`), ` +
        'and run `npm ci` again if node_modules/.bin/node is missing',
    );
  }
}
