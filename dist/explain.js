process.env.UV_THREADPOOL_SIZE ??= '16';
await (await import('./index.js')).main('explain');
