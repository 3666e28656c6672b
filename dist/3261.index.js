export const id = 3261;
export const ids = [3261];
export const modules = {

/***/ 73261:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  define: () => (/* binding */ verb_push_define)
});

// EXTERNAL MODULE: ./node_modules/commander/esm.mjs
var esm = __webpack_require__(48179);
// EXTERNAL MODULE: ./build/cache/index-store.js
var index_store = __webpack_require__(67489);
// EXTERNAL MODULE: ./build/cache/presence.js
var presence = __webpack_require__(15496);
// EXTERNAL MODULE: ./build/commands/push.js + 11 modules
var push = __webpack_require__(94969);
// EXTERNAL MODULE: ./build/core/abort.js
var abort = __webpack_require__(67844);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/core/write-file.js
var write_file = __webpack_require__(23020);
// EXTERNAL MODULE: ./build/mirrors/location.js
var mirrors_location = __webpack_require__(6296);
// EXTERNAL MODULE: ./build/mirrors/open.js
var mirrors_open = __webpack_require__(95227);
// EXTERNAL MODULE: ./build/mirrors/open-target.js + 6 modules
var open_target = __webpack_require__(78014);
// EXTERNAL MODULE: ./build/plan/copy-items.js
var copy_items = __webpack_require__(84488);
// EXTERNAL MODULE: ./build/plan/copy-list.js
var copy_list = __webpack_require__(70422);
;// CONCATENATED MODULE: ./build/plan/push-result.js
/** 0 all is there, 1 part of it failed. */
function pushExitCode({ mirrors }) {
    const isFine = mirrors.every(({ outcomes, index, keyFailed, tagged }) => keyFailed === undefined &&
        !(tagged !== undefined && 'failed' in tagged) &&
        !(index !== undefined && 'failed' in index) &&
        [...outcomes.values()].every(({ kind }) => kind !== 'failed' && kind !== 'not-tried'));
    return isFine ? 0 : 1;
}

// EXTERNAL MODULE: ./build/spec/graph.js
var spec_graph = __webpack_require__(85746);
// EXTERNAL MODULE: ./build/plan/select-one.js
var select_one = __webpack_require__(51233);
// EXTERNAL MODULE: ./build/plan/selection.js
var selection = __webpack_require__(60000);
;// CONCATENATED MODULE: ./build/plan/push-selection.js
/** Which installed specs a push is about: those named, or an environment's roots, and what they need. */




/**
 * @param graph its roots are what is meant when nothing is named, and win where a name means several specs
 * @throws BuildcacheError `usage` when a constraint means several specs, naming them; `not-found` when it means none
 */
async function selectToPush(graph, selection) {
    const isRoot = new Set(graph.roots.map(({ hash }) => hash));
    const chosen = selection.specs.length === 0
        ? isRoot
        : new Set(await Promise.all(selection.specs.map((text) => onlyMatch(graph, text))));
    const follow = selection.buildDependencies ? undefined : (0,spec_graph/* ofTypes */.v)('link', 'run');
    const withDependencies = selection.only !== 'package';
    const nodes = withDependencies
        ? (0,spec_graph/* postOrder */.b)(graph, chosen, follow)
        : [...chosen].flatMap((hash) => graph.nodes.get(hash) ?? []);
    const wanted = nodes.filter(({ hash, external }) => external === undefined && (selection.only !== 'dependencies' || !chosen.has(hash)));
    const kept = await withoutExcluded(graph, wanted, selection.exclude);
    return {
        specs: wanted.filter(({ hash }) => kept.has(hash)),
        roots: chosen,
        excluded: wanted.filter(({ hash }) => !kept.has(hash)),
    };
}
async function onlyMatch(graph, text) {
    const { hash } = await (0,select_one/* selectOne */.J)(graph, text).catch((error) => {
        if ((0,errors/* errorCode */.CA)(error) !== 'not-found')
            throw error;
        throw new errors/* BuildcacheError */.fO('not-found', `nothing in the environment or the install tree matches ${JSON.stringify(text)}`, {
            hint: 'external specs are never pushed; look at what there is with `spack find -L`',
        });
    });
    return hash;
}
async function withoutExcluded(graph, specs, exclude) {
    if (exclude.length === 0)
        return new Set(specs.map(({ hash }) => hash));
    const roots = specs.map(({ hash }) => ({ hash, spec: '' }));
    const kept = await (0,selection/* selectSpecs */.rk)({ nodes: graph.nodes, roots }, { ...selection/* EVERYTHING */.Qz, rootsOnly: true, exclude });
    return new Set(kept.map(({ hash }) => hash));
}

// EXTERNAL MODULE: ./build/spec/format.js
var format = __webpack_require__(40731);
// EXTERNAL MODULE: ./build/report/push-text.js
var push_text = __webpack_require__(51887);
;// CONCATENATED MODULE: ./build/report/push-json.js
/** What a push came to, for machines. */



/** What `push --json` prints. Fields are added, never changed: `version` says when that is not so. */
function pushJson(result) {
    return {
        version: 1,
        exit_code: pushExitCode(result),
        dry_run: result.dryRun,
        mirrors: result.mirrors.map((mirror) => ({
            name: mirror.name,
            url: mirror.url,
            signed: mirror.signed,
            counts: (0,push_text/* countOutcomes */.XF)(mirror),
            index: mirror.index ?? null,
            key_failed: mirror.keyFailed ?? null,
            images: mirror.images,
            tagged: mirror.tagged ?? null,
            notes: mirror.notes,
            specs: result.specs.map((spec) => {
                const { kind, ...facts } = mirror.outcomes.get(spec.hash) ?? { kind: 'not-tried' };
                return {
                    name: spec.name,
                    version: spec.version,
                    hash: spec.hash,
                    short_spec: (0,format/* shortSpec */.Gx)(spec),
                    outcome: kind,
                    ...facts,
                };
            }),
        })),
    };
}

// EXTERNAL MODULE: ./build/report/shared-reasons.js
var shared_reasons = __webpack_require__(44186);
// EXTERNAL MODULE: ./build/report/terminal.js
var terminal = __webpack_require__(63299);
// EXTERNAL MODULE: ./build/tree/install-tree.js
var install_tree = __webpack_require__(88983);
// EXTERNAL MODULE: ./build/entry/copy-list-options.js
var copy_list_options = __webpack_require__(39884);
// EXTERNAL MODULE: ./build/entry/install-tree-settings.js + 3 modules
var install_tree_settings = __webpack_require__(79386);
// EXTERNAL MODULE: ./build/entry/named-environment.js
var named_environment = __webpack_require__(83742);
// EXTERNAL MODULE: ./build/entry/shared-options.js
var shared_options = __webpack_require__(23589);
// EXTERNAL MODULE: ./build/entry/signing-options.js
var signing_options = __webpack_require__(36899);
// EXTERNAL MODULE: ./build/entry/store-options.js
var store_options = __webpack_require__(53961);
;// CONCATENATED MODULE: ./build/entry/verb-push.js
/** `buildcache push MIRROR [SPEC…]`: options in, pushed specs and exit code out. */

























function verb_push_define(command, context) {
    (0,shared_options/* addSharedOptions */.J0)(command, { mirrorArgument: true })
        .argument('<mirror>', 'where to push to: a configured name, a path or a URL')
        .argument('[spec...]', 'what to push, with what it needs (default: the roots of the environment)')
        .option('-f, --force', 'replace what is there already', false)
        .option('--rebuild-index, --update-index', 'list what was pushed in the index', false)
        .addOption(new esm/* Option */.c$('--only <what>', 'the named specs, what they need, or both')
        .choices(['package', 'dependencies', 'package,dependencies'])
        .default('package,dependencies'))
        .addOption(new esm/* Option */.c$('--with-build-dependencies', 'also what is needed to build only')
        .default(false)
        .conflicts('withoutBuildDependencies'))
        .option('--without-build-dependencies', 'only what is linked or run (the default)', false)
        .option('--fail-fast', 'stop at the first failure', false)
        .option('--private', 'a private mirror: --exclude does not apply', false)
        .option('--exclude <spec>', 'do not push what matches, unless --private (repeatable)', shared_options/* collect */.Fo, [])
        .option('--allow-missing', 'a dependency that is not installed is no failure', false)
        .option('--skip-present-in <mirror>', 'do not push what that mirror has (repeatable)', shared_options/* collect */.Fo, [])
        .option('--base-image <image>', 'to a registry: what the images stand on')
        .option('-t, --tag <tag>', 'to a registry: also one image of all roots and what they run with')
        .option('--dry-run', 'say what would be pushed', false);
    (0,copy_list_options/* addCopyListOptions */.Z)(command, 'what is there now');
    (0,signing_options/* addSigningOptions */.$0)(command);
    (0,store_options/* addStoreOptions */.VW)(command).action((mirror, specs, options) => run(mirror, specs, options, context));
}
async function run(argument, specs, options, context) {
    const { mirror, upstreams, copyTo, around } = await readMirrors(argument, options, context);
    const { reporter } = around;
    const store = (0,store_options/* storeRoot */.q1)(options, context);
    const tree = await (0,install_tree/* readInstallTree */._o)(store);
    const graph = await readGraph(tree, specs, options, around, context);
    const selected = await selectToPush(graph, {
        specs,
        only: options.only,
        buildDependencies: options.withBuildDependencies,
        exclude: options.private ? [] : options.exclude,
    });
    if (selected.specs.length === 0) {
        throw new errors/* BuildcacheError */.fO('usage', 'nothing to push', {
            hint: 'external specs are never pushed; check the selection',
        });
    }
    for (const spec of selected.excluded)
        reporter.info(`excluded: ${spec.name}@${spec.version}`);
    const signer = (0,signing_options/* isSigned */.JI)(mirror, options) ? await (0,signing_options/* signerFor */.k8)(mirror, options, context) : undefined;
    const elsewhere = await findElsewhere(upstreams, selected.specs, graph, around, context.signal);
    const inspections = (0,mirrors_location/* isRegistryUrl */.bs)(mirror.push.url)
        ? await (0,install_tree_settings/* readInspections */.c)(around.environment.folder, context.env)
        : undefined;
    const cache = await (0,open_target/* openPushMirror */.Q)(mirror, around.connection, mirror.push.view, {
        baseImage: options.baseImage,
        tag: options.tag,
    });
    const tellOnce = (0,shared_reasons/* tellReasonsOnce */.MK)();
    try {
        const target = { name: mirror.name, cache, signer, elsewhere };
        const result = await (0,push/* push */.V)({
            ...options,
            ...selected,
            imageTag: options.tag,
            inspections,
            tree,
            graph,
            targets: [target],
            spackPrefix: (0,store_options/* spackPrefix */.BZ)(options, context, store),
            signal: context.signal,
            onOutcome: (_, spec, outcome) => {
                const line = (0,push_text/* outcomeLine */.RW)(spec, tellOnce(outcome));
                // A terminal has its bar; what went wrong is said at the end.
                if (context.stderr.isTTY)
                    reporter.debug(line);
                else
                    reporter.info(line);
            },
        }, reporter);
        for (const { name, notes } of result.mirrors)
            for (const note of notes)
                reporter.warn(`${name}: ${note}`);
        const copyList = (0,copy_list_options/* copyListFile */.w)(options, context);
        if (copyTo !== undefined && copyList !== undefined) {
            const copies = (0,copy_items/* copiesOfPushes */.d)(result.mirrors, graph.nodes, [mirror], copyTo);
            await (0,write_file/* writeWholeFile */.R0)(copyList, (0,copy_list/* formatCopyList */.d7)(copies));
        }
        if (options.json)
            context.stdout.write(`${JSON.stringify(pushJson(result), null, 2)}\n`);
        else if (!options.quiet)
            context.stdout.write(`${(0,push_text/* pushText */.cq)(result, (0,terminal/* terminalStyle */.w)(around.color)).join('\n')}\n`);
        if (options.quiet)
            for (const text of (0,push_text/* pushProblems */.vx)(result))
                reporter.error(text);
        if (result.cancelled)
            throw (0,abort/* cancelled */.KW)(context.signal);
        context.exit(pushExitCode(result));
    }
    finally {
        await cache.close();
    }
}
async function readMirrors(argument, options, context) {
    if (options.mirrorUrl.length > 0) {
        throw new errors/* BuildcacheError */.fO('usage', 'push takes its mirror as the first argument, not with --mirror-url', {
            hint: `write: buildcache push ${options.mirrorUrl[0]} [SPEC…]`,
        });
    }
    const others = [...options.skipPresentIn, ...(options.copyTo === undefined ? [] : [options.copyTo])];
    const around = await (0,shared_options/* readSurroundings */.St)({ ...options, mirrorUrl: [argument, ...others] }, context);
    const [mirror, ...rest] = around.mirrors;
    if (mirror === undefined)
        throw new errors/* BuildcacheError */.fO('internal', 'a mirror got lost');
    const upstreams = rest.slice(0, options.skipPresentIn.length);
    return { mirror, upstreams, copyTo: rest[upstreams.length], around };
}
/** The specs of the environment, if there is one, over those of the install tree; what is meant by default as roots. */
async function readGraph(tree, specs, options, { environment }, { env }) {
    const named = await (0,named_environment/* namedEnvironment */.f)(environment, options, env);
    if (named !== undefined)
        return { nodes: new Map([...tree.nodes, ...named.nodes]), roots: named.roots };
    if (specs.length === 0) {
        throw new errors/* BuildcacheError */.fO('usage', 'there is nothing to push: no spec was named and there is no environment', {
            hint: 'name specs after the mirror, or an environment with --environment',
        });
    }
    const installed = [...tree.records.values()].filter(({ installed: is }) => is);
    return { nodes: tree.nodes, roots: installed.map(({ node }) => ({ hash: node.hash, spec: node.name })) };
}
async function findElsewhere(upstreams, specs, graph, around, signal) {
    const found = new Map();
    for (const upstream of upstreams) {
        const { readers, close } = await (0,mirrors_open/* openMirror */.Y)(upstream, graph, around.connection);
        try {
            const { states, notes } = await (0,presence/* findPresence */.H)(readers, upstream.fetch.url, specs, {
                verify: 'exists',
                forbidden: 'auto',
                jobs: around.connection.jobs,
                store: (0,index_store/* openIndexStore */.W)(around.indexFolder),
                ttlMs: around.indexTtlMs,
                signal,
            });
            for (const note of notes)
                around.reporter.warn(`${upstream.name}: ${note}`);
            for (const [hash, { state }] of states)
                if (state === 'present')
                    found.set(hash, upstream.name);
        }
        finally {
            await close();
        }
    }
    return found;
}


/***/ }),

/***/ 51233:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ selectOne)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _spec_format_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(40731);
/* harmony import */ var _selection_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(60000);
/** The one spec that an argument means. */



/** Named in a message. */
const SHOWN = 8;
/**
 * @param graph its roots win where a constraint means several specs
 * @throws BuildcacheError `usage` when it means several, naming them; `not-found` when it means none
 */
async function selectOne(graph, text) {
    const isRoot = new Set(graph.roots.map(({ hash }) => hash));
    const all = await (0,_selection_js__WEBPACK_IMPORTED_MODULE_1__/* .selectSpecs */ .rk)(graph, { ..._selection_js__WEBPACK_IMPORTED_MODULE_1__/* .EVERYTHING */ .Qz, specs: [text] });
    const roots = all.filter(({ hash }) => isRoot.has(hash));
    const matches = roots.length === 0 ? all : roots;
    const [first] = matches;
    if (first !== undefined && matches.length === 1)
        return first;
    const shown = matches.slice(0, SHOWN).map(_spec_format_js__WEBPACK_IMPORTED_MODULE_2__/* .shortSpec */ .Gx).join(', ');
    const more = matches.length > SHOWN ? ` and ${matches.length - SHOWN} more` : '';
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `${JSON.stringify(text)} matches ${matches.length} specs`, {
        expected: 'one',
        found: shown + more,
        hint: `name one by its hash: /${first?.hash.slice(0, 7) ?? ''}`,
    });
}


/***/ })

};
