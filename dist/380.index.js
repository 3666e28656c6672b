export const id = 380;
export const ids = [380];
export const modules = {

/***/ 31380:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  define: () => (/* binding */ verb_update_index_define)
});

// EXTERNAL MODULE: ./build/cache/index-update.js + 3 modules
var index_update = __webpack_require__(88273);
// EXTERNAL MODULE: ./build/cache/layout3.js
var layout3 = __webpack_require__(65314);
// EXTERNAL MODULE: ./build/cache/publish.js
var publish = __webpack_require__(40630);
// EXTERNAL MODULE: ./build/cache/publish-keys.js
var publish_keys = __webpack_require__(34651);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
;// CONCATENATED MODULE: ./build/commands/update-index.js
/** `update-index`: a mirror's index, made anew from what it holds; and the list of its keys. */





/**
 * @throws BuildcacheError `usage` for a view that is there and may not be replaced; `unsupported` for layout 2; else as
 *   the storage does
 */
async function updateIndex(options) {
    const { storage, view, only, force, keys, full, jobs, signal } = options;
    if (view !== undefined && !force)
        await requireNoView(storage, view, signal);
    await (0,publish/* ensureLayout3 */.k_)(storage, signal);
    const problems = [];
    const onProblem = (text) => void problems.push(text);
    const index = await (0,index_update/* remakeIndex */.w)(storage, { view, only, full, jobs, onProblem, signal });
    const keysChanged = keys && (await (0,publish_keys/* updateKeyIndex */.H)(storage, signal));
    return { url: storage.url, index, keysChanged, problems };
}
async function requireNoView(storage, view, signal) {
    if ((await storage.head((0,layout3/* indexManifestKey */.BE)(view), { signal })) === undefined)
        return;
    throw new errors/* BuildcacheError */.fO('usage', `there is an index "${view}" already`, {
        url: storage.url,
        hint: 'replace it with --force',
    });
}

// EXTERNAL MODULE: ./build/mirrors/environment.js + 1 modules
var environment = __webpack_require__(52875);
// EXTERNAL MODULE: ./build/mirrors/open-target.js
var open_target = __webpack_require__(84905);
// EXTERNAL MODULE: ./build/entry/shared-options.js + 1 modules
var shared_options = __webpack_require__(49601);
;// CONCATENATED MODULE: ./build/entry/verb-update-index.js





function verb_update_index_define(command, context) {
    (0,shared_options/* addSharedOptions */.J0)(command)
        .argument('<mirror>', 'a configured name, a path or a URL')
        .option('-k, --keys', 'also the list of keys', false)
        .option('-n, --name <view>', 'an index of its own, of the specs of the environment')
        .option('-f, --force', 'replace a view that is there', false)
        .option('--full', 'read every spec again, also those the present index knows', false)
        .action((mirror, options) => run(mirror, options, context));
}
async function run(argument, options, context) {
    if (options.mirrorUrl.length > 0) {
        throw new errors/* BuildcacheError */.fO('usage', 'update-index takes its mirror as an argument, not with --mirror-url');
    }
    const around = await (0,shared_options/* readSurroundings */.St)({ ...options, mirrorUrl: [argument] }, context);
    const [mirror] = around.mirrors;
    if (mirror === undefined)
        throw new errors/* BuildcacheError */.fO('internal', 'a mirror got lost');
    const view = options.name ?? mirror.push.view;
    const only = view === undefined ? undefined : new Set((await (0,environment/* readEnvironment */.Qo)(around.environment)).nodes.keys());
    const storage = await (0,open_target/* openPushStorage */.o)({ ...mirror, name: argument }, around.connection);
    try {
        const result = await updateIndex({
            storage,
            view,
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
        await storage.close();
    }
}


/***/ })

};
