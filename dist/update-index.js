process.env.UV_THREADPOOL_SIZE ??= '8';
await (await import('./index.js')).main('update-index');
