// A static file server in a process of its own, so that what is measured does not share an event loop with it.
import { spawn } from 'node:child_process';
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join, normalize } from 'node:path';
import { Transform } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/**
 * @param bytesPerSecond of each answer; 0 for no limit
 * @param latencyMs milliseconds before each answer
 * @returns {Promise<{url: string, [Symbol.asyncDispose](): Promise<void>}>}
 */
export async function startServerProcess(root, bytesPerSecond = 0, latencyMs = 0) {
  const args = [fileURLToPath(import.meta.url), root, `${bytesPerSecond}`, `${latencyMs}`];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.stdout.once('data', (line) => resolve(String(line).trim()));
  });
  return { url, [Symbol.asyncDispose]: async () => void child.kill() };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = process.argv[2];
  const [rate, latency] = process.argv.slice(3).map(Number);
  const server = createServer(async (request, response) => {
    if (latency > 0) await sleep(latency);
    const file = join(root, normalize(decodeURIComponent(request.url.split('?')[0])));
    try {
      const { size } = statSync(file);
      response.writeHead(200, { 'content-length': size });
      const body = createReadStream(file);
      (rate > 0 ? body.pipe(paced(rate)) : body).pipe(response);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
}

/** Lets so many bytes a second pass. */
function paced(rate) {
  const start = performance.now();
  let passed = 0;
  return new Transform({
    transform(chunk, _, done) {
      passed += chunk.length;
      const ahead = (passed / rate) * 1000 - (performance.now() - start);
      if (ahead > 1) setTimeout(done, ahead, null, chunk);
      else done(null, chunk);
    },
  });
}
