export const id = 5632;
export const ids = [5632];
export const modules = {

/***/ 89555:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ updateIndex)
/* harmony export */ });
/* harmony import */ var _cache_index_update_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(88273);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);


/**
 * @throws BuildcacheError `usage` for a view that is there and may not be replaced; `unsupported` for layout 2; else as
 *   the storage does
 */
async function updateIndex(options) {
    const { cache, only, force, keys, full, jobs, signal } = options;
    if (cache.index.isView && !force)
        await requireNoView(cache, signal);
    await cache.prepare(signal);
    const problems = [];
    const onProblem = (text) => void problems.push(text);
    const index = await (0,_cache_index_update_js__WEBPACK_IMPORTED_MODULE_0__/* .remakeIndex */ .w)(cache, { only, full, jobs, onProblem, signal });
    const keysChanged = keys && (await cache.updateKeyIndex(signal));
    return { url: cache.reader.storage.url, index, keysChanged, problems };
}
async function requireNoView({ index }, signal) {
    if (!(await index.read(signal)).exists)
        return;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', 'there is an index of that name already', {
        url: index.url,
        hint: 'replace it with --force',
    });
}


/***/ }),

/***/ 63171:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   define: () => (/* binding */ define)
/* harmony export */ });
/* harmony import */ var _commands_update_index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(89555);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _mirrors_environment_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(52875);
/* harmony import */ var _mirrors_open_target_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(34042);
/* harmony import */ var _shared_options_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(49601);





function define(command, context) {
    (0,_shared_options_js__WEBPACK_IMPORTED_MODULE_4__/* .addSharedOptions */ .J0)(command)
        .argument('<mirror>', 'a configured name, a path or a URL')
        .option('-k, --keys', 'also the list of keys', false)
        .option('-n, --name <view>', 'an index of its own, of the specs of the environment')
        .option('-f, --force', 'replace a view that is there', false)
        .option('--full', 'read every spec again, also those the present index knows', false)
        .action((mirror, options) => run(mirror, options, context));
}
async function run(argument, options, context) {
    if (options.mirrorUrl.length > 0) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', 'update-index takes its mirror as an argument, not with --mirror-url');
    }
    const around = await (0,_shared_options_js__WEBPACK_IMPORTED_MODULE_4__/* .readSurroundings */ .St)({ ...options, mirrorUrl: [argument] }, context);
    const [mirror] = around.mirrors;
    if (mirror === undefined)
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('internal', 'a mirror got lost');
    const view = options.name ?? mirror.push.view;
    const only = view === undefined ? undefined : new Set((await (0,_mirrors_environment_js__WEBPACK_IMPORTED_MODULE_2__/* .readEnvironment */ .Qo)(around.environment)).nodes.keys());
    const cache = await (0,_mirrors_open_target_js__WEBPACK_IMPORTED_MODULE_3__/* .openPushMirror */ .Q)({ ...mirror, name: argument }, around.connection, view);
    try {
        const result = await (0,_commands_update_index_js__WEBPACK_IMPORTED_MODULE_0__/* .updateIndex */ .U)({
            cache,
            only,
            force: options.force,
            keys: options.keys,
            full: options.full,
            jobs: around.connection.jobs,
            signal: context.signal,
        });
        for (const problem of result.problems)
            around.reporter.warn(problem);
        const { index, problems } = result;
        if (options.json) {
            context.stdout.write(`${JSON.stringify({ version: 1, url: result.url, index, keys_changed: result.keysChanged, problems }, null, 2)}\n`);
        }
        else if (!options.quiet) {
            const what = index.changed ? `now has ${index.records} records` : 'was right already';
            context.stdout.write(`The index ${what}; ${index.read} specs were read.${result.keysChanged ? ' The list of keys was updated.' : ''}\n`);
        }
        context.exit(problems.length === 0 ? 0 : 1);
    }
    finally {
        await cache.close();
    }
}


/***/ }),

/***/ 85746:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ postOrder),
/* harmony export */   v: () => (/* binding */ ofTypes)
/* harmony export */ });
/**
 * All nodes reachable from the given hashes, dependencies before dependents (post-order, children in the
 * document's order), each once. Edges to nodes the graph does not hold are passed over.
 * @param follow which edges to walk; all of them when not given
 */
function postOrder(graph, hashes, follow) {
    const seen = new Set();
    const order = [];
    // An explicit stack: a lockfile may describe a chain deeper than the call stack.
    const stack = [];
    const enter = (hash) => {
        const node = graph.nodes.get(hash);
        if (node === undefined || seen.has(hash))
            return;
        seen.add(hash);
        stack.push({ node, next: 0 });
    };
    for (const hash of hashes) {
        enter(hash);
        for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
            const edge = top.node.dependencies[top.next++];
            if (edge === undefined) {
                order.push(top.node);
                stack.pop();
            }
            else if (follow === undefined || follow(edge.deptypes, top.node)) {
                enter(edge.hash);
            }
        }
    }
    return order;
}
/** An edge filter for {@link postOrder}: edges having at least one of these types. */
function ofTypes(...types) {
    return (deptypes) => deptypes.some((type) => types.includes(type));
}


/***/ })

};
