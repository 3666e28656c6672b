export const id = 8158;
export const ids = [8158];
export const modules = {

/***/ 83742:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ namedEnvironment),
/* harmony export */   p: () => (/* binding */ implicitRoots)
/* harmony export */ });
/* harmony import */ var _mirrors_environment_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(10432);
/* harmony import */ var _mirrors_included_lockfiles_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(18432);
/* harmony import */ var _plan_groups_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3196);
/** The environment where a verb can do without one. */



/**
 * @returns undefined when none was named and there is none in the working directory
 * @throws as `readEnvironment`, also when one was named and has no lockfile
 */
async function namedEnvironment(files, { environment }, env) {
    const isNamed = environment !== undefined || Boolean(env['SPACK_ENV']);
    if (isNamed || (await (0,_mirrors_included_lockfiles_js__WEBPACK_IMPORTED_MODULE_1__/* .isConcretized */ .h)(files)))
        return await (0,_mirrors_environment_js__WEBPACK_IMPORTED_MODULE_0__/* .readEnvironment */ .Qo)(files);
    return undefined;
}
/**
 * Hashes of the environment's roots that are only in groups with `explicit: false`. Most environments have no groups, and
 * their `spack.yaml` is not read for this.
 * @throws as `implicitGroups`
 */
async function implicitRoots(files, environment) {
    if (environment?.roots.some(({ group }) => group !== undefined) !== true)
        return new Set();
    return (0,_plan_groups_js__WEBPACK_IMPORTED_MODULE_2__/* .rootsOnlyIn */ .j)(environment.roots, await (0,_mirrors_environment_js__WEBPACK_IMPORTED_MODULE_0__/* .implicitGroups */ .Im)(files));
}


/***/ }),

/***/ 19786:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $9: () => (/* binding */ KEY_VARIABLE),
/* harmony export */   GT: () => (/* binding */ PASSPHRASE_VARIABLE),
/* harmony export */   jy: () => (/* binding */ readSigningKey)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/** Where the secret key comes from: a file, else a variable. Its text goes to the signer and nowhere else. */



const KEY_VARIABLE = 'BUILDCACHE_SIGNING_KEY';
const PASSPHRASE_VARIABLE = 'BUILDCACHE_SIGNING_PASSPHRASE';
/** @throws BuildcacheError when the file cannot be read */
async function readSigningKey(file, { env, cwd }) {
    const passphrase = env[PASSPHRASE_VARIABLE];
    if (file === undefined)
        return { secretKeys: env[KEY_VARIABLE], passphrase, source: `$${KEY_VARIABLE}` };
    const source = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(cwd, file);
    try {
        return { secretKeys: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(source, 'utf8'), passphrase, source };
    }
    catch (error) {
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .fileError */ .zS)(error, source, 'read the secret key');
    }
}


/***/ }),

/***/ 36899:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $0: () => (/* binding */ addSigningOptions),
/* harmony export */   JI: () => (/* binding */ isSigned),
/* harmony export */   k8: () => (/* binding */ signerFor)
/* harmony export */ });
/* harmony import */ var commander__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48179);
/* harmony import */ var _cache_signing_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(46326);
/* harmony import */ var _signing_key_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19786);
/** Whether and with what the command line signs: options over what the mirror is configured for. */



function addSigningOptions(command) {
    return command
        .addOption(new commander__WEBPACK_IMPORTED_MODULE_0__/* .Option */ .c$('-u, --unsigned', 'push without signatures').conflicts(['signed', 'key']))
        .addOption(new commander__WEBPACK_IMPORTED_MODULE_0__/* .Option */ .c$('--signed', 'push with signatures'))
        .option('-k, --key <fingerprint>', 'which of several keys to sign with; implies --signed')
        .option('--signing-key-file <file>', 'an armored secret key (default: $BUILDCACHE_SIGNING_KEY)');
}
function isSigned(mirror, { signed, unsigned, key }) {
    return signed === true || key !== undefined || (unsigned !== true && mirror.signed);
}
/** @throws BuildcacheError where there is no key that can sign */
async function signerFor(mirror, options, context) {
    const { secretKeys, source, passphrase } = await (0,_signing_key_js__WEBPACK_IMPORTED_MODULE_2__/* .readSigningKey */ .jy)(options.signingKeyFile, context);
    return await (0,_cache_signing_js__WEBPACK_IMPORTED_MODULE_1__/* .openSigner */ .H)({ secretKeys, source, passphrase, choose: options.key, mirror: mirror.name });
}


/***/ }),

/***/ 85689:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ specArguments)
/* harmony export */ });
/* harmony import */ var _plan_selection_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(60000);
/** SPEC arguments as Spack reads them: joined, so that `hdf5 @1.12 %gcc` is one spec and `'hdf5 zlib'` are two. */

/**
 * The arguments, each of them one spec or one pattern of names, as a selection takes them.
 * @throws BuildcacheError `usage` for what cannot be read
 */
async function specArguments(args) {
    // Names alone are the commonest, and need no parser.
    if (!args.some((argument, i) => /\s/.test(argument) || (i > 0 && CONTINUES.test(argument))))
        return args;
    const [{ parseSpecArguments }, { formatConstraint }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(9981), __webpack_require__.e(6939)]).then(__webpack_require__.bind(__webpack_require__, 16939)),
        __webpack_require__.e(/* import() */ 9981).then(__webpack_require__.bind(__webpack_require__, 59981)),
    ]);
    const specs = parseSpecArguments(args.filter((argument) => !(0,_plan_selection_js__WEBPACK_IMPORTED_MODULE_0__/* .isGlob */ .fg)(argument)));
    return [...args.filter(_plan_selection_js__WEBPACK_IMPORTED_MODULE_0__/* .isGlob */ .fg), ...specs.map(formatConstraint)];
}
/** How an argument starts that goes on with the one before: a sigil, a hash, or a pair. */
const CONTINUES = /^(?:[@%^+~/-]|[\w.-]+:?=)/;


/***/ }),

/***/ 53961:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   BZ: () => (/* binding */ spackPrefix),
/* harmony export */   Fo: () => (/* binding */ storePlace),
/* harmony export */   VW: () => (/* binding */ addStoreOptions)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _install_tree_settings_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6226);
/** The install tree a verb works on: its options and what they come to. */


function addStoreOptions(command) {
    return command
        .option('--store <dir>', 'the root of the install tree (default: as configured, else $SPACK_ROOT/opt/spack)')
        .option('--spack-prefix <dir>', "Spack's own prefix, for the build info (default: $SPACK_ROOT, else the store)");
}
/**
 * The install tree a verb works on, which need not be there. Says what of the configuration is not read.
 * @throws BuildcacheError as `readTreeConfiguration`
 */
async function storePlace({ store }, { environment, notes, reporter }, context) {
    const { settings } = await (0,_install_tree_settings_js__WEBPACK_IMPORTED_MODULE_1__.readTreeConfiguration)(environment.folder, store, context);
    for (const note of settings.notes)
        if (!notes.includes(note))
            reporter.warn(note);
    return settings;
}
/** What is written into the build info. */
function spackPrefix(options, { env, cwd }, store) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(cwd, options.spackPrefix ?? (env['SPACK_ROOT'] || store));
}


/***/ }),

/***/ 98158:
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
// EXTERNAL MODULE: ./build/commands/push.js + 12 modules
var push = __webpack_require__(5402);
// EXTERNAL MODULE: ./build/core/abort.js
var abort = __webpack_require__(67844);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/core/write-file.js
var write_file = __webpack_require__(23020);
// EXTERNAL MODULE: ./build/mirrors/filter.js
var filter = __webpack_require__(70713);
// EXTERNAL MODULE: ./build/mirrors/location.js
var mirrors_location = __webpack_require__(6296);
// EXTERNAL MODULE: ./build/mirrors/open.js
var mirrors_open = __webpack_require__(95227);
// EXTERNAL MODULE: ./build/mirrors/open-target.js + 5 modules
var open_target = __webpack_require__(16356);
// EXTERNAL MODULE: ./build/plan/copy-items.js
var copy_items = __webpack_require__(84488);
// EXTERNAL MODULE: ./build/plan/copy-list.js
var copy_list = __webpack_require__(70422);
// EXTERNAL MODULE: ./build/plan/groups.js
var plan_groups = __webpack_require__(3196);
// EXTERNAL MODULE: ./build/plan/push-result.js
var push_result = __webpack_require__(76864);
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
 * @param isInstalled what spliced specs were built as goes along, with what it needs, as far as it is installed:
 *   whoever installs a spliced spec takes its build spec's entry
 * @throws BuildcacheError `usage` when a constraint means several specs, naming them; `not-found` when it means none
 */
async function selectToPush(graph, selection, isInstalled = () => false) {
    const isRoot = new Set(graph.roots.map(({ hash }) => hash));
    const chosen = selection.specs.length === 0
        ? isRoot
        : new Set(await Promise.all(selection.specs.map((text) => onlyMatch(graph, text))));
    const follow = selection.buildDependencies ? undefined : (0,spec_graph/* ofTypes */.vz)('link', 'run', 'test');
    const withDependencies = selection.only !== 'package';
    const named = withDependencies
        ? (0,spec_graph/* postOrder */.bV)(graph, chosen, follow)
        : [...chosen].flatMap((hash) => graph.nodes.get(hash) ?? []);
    const built = named.flatMap(({ buildSpec }) => buildSpec && isInstalled(buildSpec.hash) ? [buildSpec.hash] : []);
    const alongside = withDependencies
        ? (0,spec_graph/* postOrder */.bV)(graph, built, follow)
        : built.flatMap((hash) => graph.nodes.get(hash) ?? []);
    const nodes = new Set([...alongside.filter(({ hash }) => isInstalled(hash)), ...named]);
    const wanted = [...nodes].filter(({ hash, external }) => external === undefined && (selection.only !== 'dependencies' || !chosen.has(hash)));
    const kept = await withoutExcluded(graph, wanted, selection.exclude);
    const runtime = new Set((0,spec_graph/* postOrder */.bV)(graph, chosen, (0,spec_graph/* ofTypes */.vz)('link', 'run')).map(({ hash }) => hash));
    const isOptional = ({ hash }) => selection.required === 'runtime' && !runtime.has(hash);
    return {
        specs: wanted.filter(({ hash }) => kept.has(hash)),
        roots: chosen,
        optional: new Set(wanted.filter(isOptional).map(({ hash }) => hash)),
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
        exit_code: (0,push_result/* pushExitCode */.m)(result),
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
// EXTERNAL MODULE: ./build/entry/install-tree-settings.js + 2 modules
var install_tree_settings = __webpack_require__(6226);
// EXTERNAL MODULE: ./build/entry/named-environment.js
var named_environment = __webpack_require__(83742);
// EXTERNAL MODULE: ./build/entry/shared-options.js
var shared_options = __webpack_require__(23589);
// EXTERNAL MODULE: ./build/entry/signing-options.js
var signing_options = __webpack_require__(36899);
// EXTERNAL MODULE: ./build/entry/spec-arguments.js
var spec_arguments = __webpack_require__(85689);
// EXTERNAL MODULE: ./build/entry/store-options.js
var store_options = __webpack_require__(53961);
// EXTERNAL MODULE: ./build/entry/trust-options.js
var trust_options = __webpack_require__(90066);
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
        .addOption(new esm/* Option */.c$('--with-build-dependencies', 'what is needed to build only, too (the default); then it must be installed')
        .default(false)
        .conflicts('withoutBuildDependencies'))
        .option('--without-build-dependencies', 'not what is needed to build only', false)
        .option('--fail-fast', 'stop at the first failure', false)
        .option('--private', 'a private mirror: --exclude does not apply', false)
        .option('--exclude <spec>', 'do not push what matches, unless --private (repeatable)', shared_options/* collect */.Fo, [])
        .option('--group <name>', 'the roots of a group of the environment only (repeatable)', shared_options/* collect */.Fo, [])
        .option('--allow-missing', 'a spec that is not installed is a warning', false)
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
    const tree = await (0,install_tree/* readInstallTree */._o)(await (0,store_options/* storePlace */.Fo)(options, around, context));
    for (const note of tree.notes)
        reporter.warn(note);
    const graph = await readGraph(tree, specs, options, around, context);
    const selected = await selectToPush(graph, {
        specs: await (0,spec_arguments/* specArguments */.i)(specs),
        only: options.only,
        buildDependencies: !options.withoutBuildDependencies,
        required: options.withBuildDependencies ? 'all' : 'runtime',
        exclude: options.private ? [] : options.exclude,
    }, (hash) => tree.recordOf(hash)?.installed === true);
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
        trust: () => (0,trust_options/* readTrust */.bn)(trust_options/* KEYRING */.ad, context, reporter),
    });
    const tellOnce = (0,shared_reasons/* tellReasonsOnce */.MK)();
    try {
        const refuses = await (0,filter/* refusalOf */.O)(mirror, 'push', graph);
        const target = { name: mirror.name, cache, signer, elsewhere, refuses };
        const result = await (0,push/* push */.V)({
            ...options,
            ...selected,
            imageTag: options.tag,
            inspections,
            tree,
            graph,
            targets: [target],
            spackPrefix: (0,store_options/* spackPrefix */.BZ)(options, context, tree.root),
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
        const absent = (0,push_text/* notInstalledText */.N9)(result, tree.root);
        if (absent !== undefined)
            reporter.warn(absent);
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
        context.exit((0,push_result/* pushExitCode */.m)(result));
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
    const { group: groups } = options;
    if (groups.length > 0 && specs.length > 0) {
        throw new errors/* BuildcacheError */.fO('usage', '--group is for the roots of an environment, not for specs that are named');
    }
    const named = await (0,named_environment/* namedEnvironment */.f)(environment, options, env);
    if (named !== undefined) {
        return { nodes: new Map([...tree.nodes, ...named.nodes]), roots: (0,plan_groups/* rootsOfGroups */.P)(named.roots, groups) };
    }
    if (specs.length === 0) {
        throw new errors/* BuildcacheError */.fO('usage', 'there is nothing to push: no spec was named and there is no environment', {
            hint: 'name specs after the mirror, or an environment with --environment',
        });
    }
    const installed = [...tree.nodes.values()].filter(({ hash }) => tree.recordOf(hash)?.installed === true);
    return { nodes: tree.nodes, roots: installed.map(({ hash, name }) => ({ hash, spec: name })) };
}
async function findElsewhere(upstreams, specs, graph, around, signal) {
    const found = new Map();
    for (const upstream of upstreams) {
        const { readers, close } = await (0,mirrors_open/* openMirror */.Y4)(upstream, graph, around.connection);
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

/***/ 46744:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  O: () => (/* binding */ ambiguousSpec)
});

// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/spec/constraint/compiler.js
var constraint_compiler = __webpack_require__(49491);
// EXTERNAL MODULE: ./build/spec/format.js
var format = __webpack_require__(40731);
// EXTERNAL MODULE: ./build/spec/node.js
var node = __webpack_require__(56832);
;// CONCATENATED MODULE: ./build/spec/distinguish.js
/**
 * Tells specs apart for a person: each by its name and version, what it has that not all of its package among them
 * have, and its hash.
 */



/**
 * One line a spec, such as `hdf5@1.14.3+mpi ^openmpi@4.1.6 /abcdefg`, in the order given.
 * @param lookup the dependencies that are known, for their versions
 */
function distinguish(specs, lookup) {
    const lines = new Map();
    for (const name of new Set(specs.map((spec) => spec.name))) {
        const builds = specs.filter((spec) => spec.name === name);
        const told = distinguishBuilds(builds, lookup);
        for (const [i, spec] of builds.entries())
            lines.set(spec, told[i] ?? '');
    }
    return specs.map((spec) => lines.get(spec) ?? '');
}
function distinguishBuilds(specs, lookup) {
    const own = differingParts(specs.map(ownAttributes));
    const direct = differingParts(specs.map((spec) => directDependencies(spec, lookup)));
    const lines = specs.map((spec, i) => {
        const names = new Set(own[i]?.keys());
        const variants = new Map([...spec.variants].filter(([name]) => names.has(`variant ${name}`)));
        const rest = [...(own[i] ?? [])].filter(([name]) => !name.startsWith('variant ')).map(([, text]) => text);
        return [
            `${spec.name}@${spec.version}${(0,format/* formatVariants */.SM)(variants)}`,
            ...rest,
            ...(direct[i]?.values() ?? []),
        ];
    });
    // Where all that is the same they were built with or upon other builds of something.
    const texts = lines.map((parts) => parts.join(' '));
    const isAlone = texts.map((text) => texts.indexOf(text) === texts.lastIndexOf(text));
    const hashes = differingParts(specs.map(({ dependencies }) => new Map(dependencies.map(hashPart))));
    return specs.map((spec, i) => {
        const below = isAlone[i] ? [] : [...(hashes[i]?.values() ?? [])];
        return [texts[i], ...below, `/${(0,node/* shortHash */.BC)(spec)}`].join(' ');
    });
}
/** Of what each has under a name, what not all have. */
function differingParts(all) {
    const names = new Set(all.flatMap((parts) => [...parts.keys()]));
    const differing = new Set([...names].filter((name) => new Set(all.map((parts) => parts.get(name))).size > 1));
    return all.map((parts) => new Map([...parts].filter(([name]) => differing.has(name))));
}
function ownAttributes(spec) {
    const parts = new Map();
    for (const [name, value] of spec.variants)
        parts.set(`variant ${name}`, String(value));
    for (const [name, values] of spec.flags)
        if (values.length > 0)
            parts.set(name, `${name}=${(0,format/* quoteIfNeeded */.de)(values.join(' '))}`);
    if (spec.namespace !== undefined)
        parts.set('namespace', `namespace=${spec.namespace}`);
    parts.set('platform', `platform=${spec.platform}`);
    parts.set('os', `os=${spec.os}`);
    parts.set('target', `target=${spec.target}`);
    const compiler = (0,constraint_compiler/* compilerOf */.Lx)(spec);
    if (compiler !== undefined)
        parts.set('compiler', `%${compiler.name}@${compiler.version}`);
    return parts;
}
function directDependencies({ dependencies }, lookup) {
    const parts = new Map();
    for (const { name, hash } of dependencies) {
        const version = lookup(hash)?.version;
        const text = `^${name}${version === undefined ? '' : `@${version}`}`;
        const other = parts.get(name);
        parts.set(name, other === undefined || other === text ? text : `${other} ${text}`);
    }
    return parts;
}
function hashPart({ name, hash }) {
    return [name, `^${name}/${hash.slice(0, 7)}`];
}

;// CONCATENATED MODULE: ./build/plan/ambiguous-spec.js
/** What is said when a spec that is to mean one means several. */



/** Named in a message. */
const SHOWN = 20;
/**
 * @param text the spec as it was asked for
 * @param where it was looked for, after "specs"; empty for anywhere
 * @param lookup the dependencies that are known
 * @param orElse what to do instead of naming a hash
 */
function ambiguousSpec(text, where, specs, lookup, orElse = '') {
    // Of a hundred thousand, too, those that are shown are told from one another.
    const lines = distinguish(specs.slice(0, SHOWN), lookup);
    const more = specs.length > SHOWN ? [`and ${specs.length - SHOWN} more`] : [];
    const [first] = specs;
    const hash = first === undefined ? '' : `: /${(0,node/* shortHash */.BC)(first)}`;
    return new errors/* BuildcacheError */.fO('usage', `${JSON.stringify(text)} matches ${specs.length} specs${where}`, {
        choices: [...lines, ...more],
        hint: `name one by its hash${hash}${orElse}`,
    });
}


/***/ }),

/***/ 51233:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ selectOne)
/* harmony export */ });
/* harmony import */ var _ambiguous_spec_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(46744);
/* harmony import */ var _selection_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(60000);


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
    throw (0,_ambiguous_spec_js__WEBPACK_IMPORTED_MODULE_0__/* .ambiguousSpec */ .O)(text, '', matches, (hash) => graph.nodes.get(hash));
}


/***/ }),

/***/ 88983:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Fi: () => (/* binding */ ELSEWHERE_HINT),
/* harmony export */   T6: () => (/* binding */ locateTree),
/* harmony export */   _o: () => (/* binding */ readInstallTree),
/* harmony export */   "in": () => (/* binding */ emptyTree)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/* harmony import */ var _spec_database_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(28273);
/* harmony import */ var _tree_root_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(65814);
/**
 * An install tree as Spack keeps it: its root, what its database says is installed, and where; with the upstream trees
 * it builds on. Read without taking Spack's lock: the database is replaced by renaming, so what is read is whole.
 */





/**
 * @param where the install tree, or its root alone. Where it is padded, with or without the padding
 * @throws BuildcacheError `not-found` when there is no install database, `usage` when there are several below the root,
 *   `bad-input` and `unsupported` for one that cannot be read, an upstream's too
 */
async function readInstallTree(where, options = {}) {
    const place = typeof where === 'string' ? placeAt(where) : where;
    const given = options.readFrom === undefined ? await locateTree(place) : place;
    const at = node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(options.readFrom ?? given.root);
    const file = (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .databaseFile */ .G3)(at);
    const { records } = (0,_spec_database_js__WEBPACK_IMPORTED_MODULE_3__/* .readDatabase */ .S)(await readText(file, at), file);
    return await assemble(records, given, place.upstreams, options.readFrom);
}
/** A tree that is not there yet, which an install will make: it has its upstreams already. */
async function emptyTree(place) {
    return await assemble(new Map(), place, place.upstreams);
}
async function assemble(records, given, upstreamPlaces, readFrom) {
    const at = node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(readFrom ?? given.root);
    const notes = [];
    const findRoot = (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .rootFinder */ .V0)(given.root);
    const { root, elsewhere } = spelledRoot(given.root, records, findRoot);
    if (elsewhere.length > 0)
        notes.push(elsewhereText(at, elsewhere, records));
    const upstreams = await readUpstreams(upstreamPlaces, given.root, notes);
    const recordOf = (hash) => records.get(hash) ?? upstreams.find((upstream) => upstream.records.has(hash))?.records.get(hash);
    const unpaddedRoot = unpaddedAs(root, given);
    return {
        root,
        unpaddedRoot,
        sbangPath: node_path__WEBPACK_IMPORTED_MODULE_1__.join(unpaddedRoot, 'bin', 'sbang'),
        records,
        nodes: nodesOf([...upstreams.toReversed(), { records }]),
        upstreams,
        elsewhere,
        notes,
        recordOf,
        prefixOf: (hash) => recordOf(hash)?.path,
        placeOf(hash) {
            const prefix = records.get(hash)?.path;
            if (!records.has(hash))
                return upstreams.find((each) => each.records.has(hash))?.placeOf(hash);
            const found = prefix === undefined ? undefined : findRoot(prefix);
            return found === undefined ? undefined : { root: found, unpaddedRoot: unpaddedAs(found, given) };
        },
        filesOf: (prefix) => readFrom !== undefined && findRoot(prefix) !== undefined
            ? node_path__WEBPACK_IMPORTED_MODULE_1__.join(at, node_path__WEBPACK_IMPORTED_MODULE_1__.relative(root, prefix))
            : prefix,
    };
}
/** A tree that is known by its root alone. */
function placeAt(root) {
    const top = node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(root);
    return { root: top, unpaddedRoot: (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .withoutPadding */ .gl)(top), upstreams: [] };
}
/**
 * The root itself if it has a database, else the padded tree below it; the root where there is none of them.
 * @throws BuildcacheError `usage` when there are several
 */
async function locateTree({ root, unpaddedRoot }) {
    const own = await isFile((0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .databaseFile */ .G3)(root));
    const [padded, ...others] = own ? [] : await (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .paddedTrees */ .Eb)(root);
    if (padded === undefined)
        return { root, unpaddedRoot };
    if (others.length === 0)
        return { root: padded, unpaddedRoot: root };
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('usage', 'there are several padded install trees below this root', {
        file: root,
        found: [padded, ...others].map((each) => `one of ${each.length} characters`).join(', '),
        hint: `name one of them with its padding, or say config:install_tree:padded_length`,
    });
}
async function readText(file, root) {
    try {
        return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, 'utf8');
    }
    catch (error) {
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) === 'ENOTDIR') {
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('bad-input', 'not a folder, and so no install tree', {
                file: (await isFolder(root)) ? node_path__WEBPACK_IMPORTED_MODULE_1__.dirname(file) : root,
                expected: 'a folder with .spack-db in it',
            });
        }
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) !== 'ENOENT')
            throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .fileError */ .zS)(error, file, 'read the install database');
        const [nearby] = await (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .treesNearby */ .hw)(root);
        const isThere = await isFolder(root);
        const message = isThere
            ? 'there is no install database: this is not an install tree'
            : 'there is no install tree: no such folder';
        const hint = nearby === undefined
            ? "name the install tree's root with --store (in the action: install-tree); `spack config get config` shows it"
            : `there is one at ${nearby}: name that if it is meant`;
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('not-found', message, { file: isThere ? file : root, hint }, error);
    }
}
/** What was installed under the root as it was given counts first: a tree may have been used under several names. */
function spelledRoot(root, records, findRoot) {
    const spellings = new Set();
    const elsewhere = [];
    for (const [hash, { node, path: prefix, installed }] of records) {
        if (!installed || node.external !== undefined || prefix === undefined)
            continue;
        const found = findRoot(prefix);
        if (found === undefined)
            elsewhere.push(hash);
        else
            spellings.add(found);
    }
    const [first = root] = spellings;
    return { root: spellings.has(root) ? root : first, elsewhere };
}
function elsewhereText(root, hashes, records) {
    const [first = ''] = hashes;
    const prefix = records.get(first)?.path ?? '';
    const which = hashes.length === 1 ? 'one prefix' : `${hashes.length} prefixes`;
    return `the database of ${root} has ${which} elsewhere, as ${prefix}: the tree was moved, or is another one. ${ELSEWHERE_HINT}`;
}
/** What to do about a tree that is not where its database says. */
const ELSEWHERE_HINT = 'Name the root under which Spack installed (--store, in the action install-tree), or put the tree back there';
/** The root without its padding, spelled as the root is. */
function unpaddedAs(root, given) {
    if (root === given.root)
        return given.unpaddedRoot;
    const padding = given.root.slice(given.unpaddedRoot.length);
    const isPadded = given.root.startsWith(given.unpaddedRoot) && padding !== '' && root.endsWith(padding);
    return isPadded ? root.slice(0, -padding.length) : (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .withoutPadding */ .gl)(root);
}
/** One that is not there is a warning, as it is for Spack; what needs it cannot be pushed. */
async function readUpstreams(places, own, notes) {
    const trees = [];
    for (const { name, root } of places) {
        const known = [own, ...trees.map((tree) => tree.root)];
        if (known.some((each) => (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .isSameFolder */ .F1)(each, root))) {
            const what = (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .isSameFolder */ .F1)(own, root) ? 'is this install tree itself' : 'is there already';
            notes.push(`the upstream ${name} ${what}, and is passed over: ${root}`);
            continue;
        }
        if (await isFile((0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .databaseFile */ .G3)(root))) {
            const tree = await readInstallTree(root);
            trees.push(tree);
            notes.push(...tree.notes.map((note) => `upstream ${name}: ${note}`));
            continue;
        }
        const [nearby] = await (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .treesNearby */ .hw)(root);
        const [padded = nearby] = await (0,_tree_root_js__WEBPACK_IMPORTED_MODULE_4__/* .paddedTrees */ .Eb)(root);
        const hint = padded === undefined ? 'see upstreams: in spack.yaml' : `name it with its padding: ${padded}`;
        notes.push(`the upstream ${name} is not there: no install database in ${root} (${hint})`);
    }
    return trees;
}
function nodesOf(trees) {
    const nodes = new Map();
    for (const { records } of trees)
        for (const [hash, { node }] of records)
            nodes.set(hash, node);
    return nodes;
}
async function isFile(file) {
    return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(file).then((stats) => stats.isFile(), (error) => (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) !== 'ENOENT' && (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) !== 'ENOTDIR');
}
async function isFolder(folder) {
    return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(folder).then((stats) => stats.isDirectory(), () => false);
}


/***/ })

};
