process.env.UV_THREADPOOL_SIZE ??= '16';
try {
  await (await import('./index.js')).cli();
} catch (error) {
  const [line] = String(error?.message).split('\n');
  console.error(`error: buildcache cannot be started: ${line}`);
  process.exit(2);
}
