export const id = 1132;
export const ids = [1132];
export const modules = {

/***/ 28854:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  oA: () => (/* binding */ autopush),
  Qp: () => (/* binding */ findNewSpecs),
  qq: () => (/* binding */ missingText),
  Sb: () => (/* binding */ nothingFound)
});

// EXTERNAL MODULE: ./build/cache/index-store.js
var index_store = __webpack_require__(67489);
// EXTERNAL MODULE: ./build/cache/presence.js
var presence = __webpack_require__(15496);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/core/redact.js
var redact = __webpack_require__(193);
// EXTERNAL MODULE: ./build/mirrors/filter.js
var filter = __webpack_require__(70713);
// EXTERNAL MODULE: ./build/mirrors/location.js
var mirrors_location = __webpack_require__(6296);
// EXTERNAL MODULE: ./build/mirrors/open.js
var mirrors_open = __webpack_require__(95227);
// EXTERNAL MODULE: ./build/mirrors/open-target.js + 5 modules
var open_target = __webpack_require__(16356);
// EXTERNAL MODULE: ./build/plan/selection.js
var plan_selection = __webpack_require__(60000);
;// CONCATENATED MODULE: ./build/plan/autopush-selection.js

/**
 * Of what is new: installed, not external, built here, of the environment if there is one, and chosen by the inputs.
 * The first reason that applies is given.
 * @param lockfile the environment's specs; undefined where there is no environment
 * @throws BuildcacheError `usage` for a pattern that cannot be read, `not-found` for one of `specs` that matches nothing
 */
async function selectToAutopush(candidates, nodes, lockfile, selection) {
    const leftOut = [];
    const fit = candidates.filter(({ node, installed, unpacked }) => {
        const reason = reasonAgainst(node, installed, unpacked, lockfile);
        if (reason !== undefined)
            leftOut.push({ spec: asSpec(node), reason });
        return reason === undefined;
    });
    const choose = async (patterns) => {
        const roots = fit.map(({ node }) => ({ hash: node.hash, spec: node.name }));
        return await (0,plan_selection/* selectSpecs */.rk)({ nodes, roots }, { ...plan_selection/* EVERYTHING */.Qz, rootsOnly: true, ...patterns });
    };
    const { specs, include, exclude } = selection;
    const included = await choose({ specs, include });
    const chosen = await choose({ specs, include, exclude });
    const isIncluded = new Set(included.map(({ hash }) => hash));
    const isChosen = new Set(chosen.map(({ hash }) => hash));
    for (const { node } of fit) {
        if (!isIncluded.has(node.hash)) {
            leftOut.push({ spec: asSpec(node), reason: 'no pattern of specs or include matches it' });
        }
        else if (!isChosen.has(node.hash)) {
            leftOut.push({ spec: asSpec(node), reason: 'excluded: a pattern of exclude matches it' });
        }
    }
    return { specs: chosen, leftOut };
}
/** @param prefix relative to the tree's root: all that is known of it */
function strayPrefix(prefix) {
    const folder = prefix.slice(prefix.lastIndexOf('/') + 1);
    const [, name = folder, version = '', hash = ''] = /^(.+?)-([^-]*\d.*)-([a-z2-7]{32})$/.exec(folder) ?? [];
    return { spec: { name, version, hash }, reason: 'not completely installed: the database does not list it' };
}
function reasonAgainst(node, installed, unpacked, lockfile) {
    if (node.external !== undefined)
        return 'external: not built here';
    if (!installed)
        return 'not completely installed, says the database';
    if (unpacked)
        return 'unpacked from a build cache, not built here';
    if (lockfile !== undefined && !lockfile.has(node.hash))
        return "not in the environment's lockfile";
    return undefined;
}
function asSpec(node) {
    const { name, version, hash } = node;
    return { name, version, hash, node };
}

// EXTERNAL MODULE: ./build/spec/entry-spec.js
var entry_spec = __webpack_require__(69008);
// EXTERNAL MODULE: ./build/spec/format.js
var format = __webpack_require__(40731);
// EXTERNAL MODULE: ./build/spec/graph.js
var graph = __webpack_require__(85746);
// EXTERNAL MODULE: ./build/tree/install-snapshot.js
var install_snapshot = __webpack_require__(17883);
// EXTERNAL MODULE: ./build/commands/push.js + 12 modules
var push = __webpack_require__(5402);
;// CONCATENATED MODULE: ./build/commands/autopush.js
/**
 * `autopush`: what is new in an install tree to every mirror that wants it. Each mirror for itself: one that cannot be
 * worked with stops no other.
 */














/**
 * What is new in the tree since `before`. What is new in upstreams is not ours to push.
 * @param lockfile the environment, if there is one: then only its specs are pushed
 * @throws BuildcacheError as `readInstallTree` and `selectToAutopush`
 */
async function findNewSpecs(place, before, lockfile, selection) {
    const tree = await (0,install_snapshot/* readTreeIfThere */.w7)(place);
    const nodes = new Map([...(tree?.nodes ?? []), ...(lockfile?.nodes ?? [])]);
    const fresh = [...(tree?.records ?? [])].filter(([hash]) => !before.installed.has(hash));
    const candidates = [];
    for (const [hash, { node, installed }] of fresh) {
        const unpacked = tree !== undefined && installed && (await (0,install_snapshot/* isUnpacked */.q5)(tree, hash));
        candidates.push({ node: nodes.get(hash) ?? node, installed, unpacked });
    }
    const { specs, leftOut } = await selectToAutopush(candidates, nodes, lockfile?.nodes, selection);
    const strays = (await (0,install_snapshot/* strayPrefixes */.O1)(place.root, tree)).filter((prefix) => !before.strays.has(prefix));
    const old = (tree?.records.size ?? 0) - fresh.length;
    return { specs, leftOut: [...leftOut, ...strays.map(strayPrefix)], tree, nodes, old };
}
/**
 * Where it was looked, when nothing was found: it may have been the wrong place.
 * @param isAll whether the whole tree counts as new
 * @returns undefined where something was found
 */
function nothingFound({ tree, specs, leftOut, old }, lockfile, isAll) {
    if (tree === undefined)
        return undefined;
    if (specs.length + leftOut.length === 0) {
        const known = old === 1 ? 'the one spec it held' : `the ${old} specs it held`;
        return `nothing new in the install tree ${tree.root}: ${old === 0 ? 'it is empty' : `it has ${known} before`}`;
    }
    const own = [...(lockfile?.nodes.values() ?? [])].filter(({ external }) => external === undefined);
    const isNoneHere = own.every(({ hash }) => tree.recordOf(hash)?.installed !== true);
    if (!isAll || own.length === 0 || !isNoneHere)
        return undefined;
    return `nothing of the environment is installed in ${tree.root}: nothing was pushed`;
}
/** Never throws for what goes wrong with a mirror: it is in the result. */
async function autopush(options, reporter) {
    const { found, mirrors, signal } = options;
    const { tree, specs } = found;
    const broken = [];
    const targets = [];
    if (tree === undefined || specs.length === 0)
        return { pushed: [], broken, missing: [] };
    try {
        for (const mirror of mirrors) {
            try {
                targets.push(await openTarget(mirror, options));
            }
            catch (error) {
                const facts = { code: (0,errors/* errorCode */.CA)(error), reason: (0,errors/* describeError */.Uc)(error) };
                broken.push({ name: mirror.name, url: (0,redact/* redactUrl */.B)(mirror.push.url), ...facts });
            }
        }
        const result = await (0,push/* push */.V)({
            tree,
            graph: { nodes: found.nodes },
            specs,
            roots: new Set(specs.map(({ hash }) => hash)),
            targets,
            spackPrefix: options.spackPrefix,
            force: false,
            updateIndex: options.updateIndex,
            failFast: false,
            allowMissing: true,
            dryRun: options.dryRun,
            jobs: options.jobs,
            inspections: options.inspections,
            signal,
            deadline: options.deadline,
            onOutcome: (target, spec, outcome) => options.onOutcome?.(target.name, spec, outcome),
        }, reporter);
        const missing = signal.aborted ? [] : await findMissing(result.mirrors, options, reporter);
        return { pushed: result.mirrors, broken, missing };
    }
    finally {
        for (const { cache } of targets)
            await cache.close();
    }
}
async function openTarget(mirror, options) {
    const signer = mirror.signed ? await options.openSigner(mirror) : undefined;
    const { baseImage, trust } = options;
    const images = (0,mirrors_location/* isRegistryUrl */.bs)(mirror.push.url) ? { baseImage, trust } : {};
    const cache = await (0,open_target/* openPushMirror */.Q)(mirror, options.connection, mirror.push.view, images);
    try {
        await cache.prepare(options.signal, options.dryRun);
    }
    catch (error) {
        await cache.close();
        throw error;
    }
    const refuses = await (0,filter/* refusalOf */.O)(mirror, 'push', options.found);
    return { name: mirror.name, cache, signer, elsewhere: new Map(), refuses };
}
/** What is needed to link or run what is there now, and is not there: whoever installs will have to build it. */
async function findMissing(pushes, options, reporter) {
    const { nodes } = options.found;
    const missing = [];
    for (const { name, outcomes } of pushes) {
        const there = [...outcomes].filter(([, { kind }]) => kind === 'pushed' || kind === 'present');
        const isThere = new Set(there.map(([hash]) => hash));
        const needed = (0,graph/* postOrder */.bV)({ nodes }, isThere, (0,graph/* ofTypes */.vz)('link', 'run')).filter(({ hash, external }) => external === undefined && !isThere.has(hash));
        const mirror = options.mirrors.find((candidate) => candidate.name === name);
        if (mirror === undefined || needed.length === 0)
            continue;
        try {
            // What the mirror is not for is no surprise.
            const refuses = await (0,filter/* refusalOf */.O)(mirror, 'push', { nodes });
            const expected = needed.filter((spec) => refuses?.(spec) === undefined);
            const absent = expected.length === 0 ? [] : await absentFrom(mirror, expected, options);
            for (const spec of absent)
                missing.push({ mirror: name, spec });
        }
        catch (error) {
            reporter.warn(`${name}: whether it has all dependencies could not be told: ${(0,errors/* describeError */.Uc)(error)}`);
        }
    }
    return missing;
}
async function absentFrom(mirror, needed, options) {
    const graph = { nodes: options.found.nodes, roots: [] };
    const entries = (0,entry_spec/* entrySpecs */.l_)(graph, needed);
    const { readers, close } = await (0,mirrors_open/* openMirror */.Y4)(mirror, graph, options.connection);
    try {
        const { states } = await (0,presence/* findPresence */.H)(readers, mirror.fetch.url, entries, {
            verify: 'exists',
            forbidden: 'auto',
            jobs: options.jobs,
            store: (0,index_store/* openIndexStore */.W)(options.indexFolder),
            ttlMs: 0,
            signal: options.signal,
        });
        return entries.filter(({ hash }) => states.get(hash)?.state === 'missing');
    }
    finally {
        await close();
    }
}
/** For a message. */
function missingText({ mirror, spec }) {
    return `${mirror} does not have ${(0,format/* shortSpec */.Gx)(spec)}, which what was pushed depends on`;
}


/***/ }),

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

/***/ 8207:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ stoppedBy),
/* harmony export */   D: () => (/* binding */ pushTimeLimit)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/** How long a push that nobody watches may take. */

const TIME_LIMIT_SECONDS = 30 * 60;
/** Seconds; `BUILDCACHE_PUSH_TIMEOUT` says otherwise. @throws BuildcacheError `usage` */
function pushTimeLimit(env) {
    const text = env['BUILDCACHE_PUSH_TIMEOUT'];
    if (!text)
        return TIME_LIMIT_SECONDS;
    const value = Number(text);
    if (value > 0 && value <= 24 * 3600)
        return value;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', 'BUILDCACHE_PUSH_TIMEOUT is wrong', {
        expected: 'seconds, at most a day',
        found: JSON.stringify(text.slice(0, 60)),
    });
}
/** Why what was not tried was not. */
function stoppedBy(signal, seconds) {
    return signal.aborted
        ? 'cancelled before it was pushed'
        : `the time limit of ${seconds} seconds was over before it was pushed`;
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

/***/ 31132:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   define: () => (/* binding */ define)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var commander__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(48179);
/* harmony import */ var _commands_autopush_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(28854);
/* harmony import */ var _core_abort_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(67844);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(62807);
/* harmony import */ var _core_write_file_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(23020);
/* harmony import */ var _mirrors_environment_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(10432);
/* harmony import */ var _mirrors_location_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(6296);
/* harmony import */ var _plan_copy_items_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(84488);
/* harmony import */ var _plan_copy_list_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(70422);
/* harmony import */ var _plan_push_result_js__WEBPACK_IMPORTED_MODULE_23__ = __webpack_require__(76864);
/* harmony import */ var _report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(15448);
/* harmony import */ var _report_shared_reasons_js__WEBPACK_IMPORTED_MODULE_22__ = __webpack_require__(44186);
/* harmony import */ var _report_terminal_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(63299);
/* harmony import */ var _spec_format_js__WEBPACK_IMPORTED_MODULE_24__ = __webpack_require__(40731);
/* harmony import */ var _tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(17883);
/* harmony import */ var _tree_install_tree_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(88983);
/* harmony import */ var _copy_list_options_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(39884);
/* harmony import */ var _install_tree_settings_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(6226);
/* harmony import */ var _named_environment_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(83742);
/* harmony import */ var _push_time_limit_js__WEBPACK_IMPORTED_MODULE_17__ = __webpack_require__(8207);
/* harmony import */ var _shared_options_js__WEBPACK_IMPORTED_MODULE_18__ = __webpack_require__(23589);
/* harmony import */ var _signing_options_js__WEBPACK_IMPORTED_MODULE_19__ = __webpack_require__(36899);
/* harmony import */ var _store_options_js__WEBPACK_IMPORTED_MODULE_20__ = __webpack_require__(53961);
/* harmony import */ var _trust_options_js__WEBPACK_IMPORTED_MODULE_21__ = __webpack_require__(90066);
/**
 * `buildcache autopush [MIRROR…]`: what the action's post step does, for any other CI. Before the build
 * `--record FILE` notes what the install tree holds; after it `--since FILE` pushes what is new.
 */

























function define(command, context) {
    (0,_shared_options_js__WEBPACK_IMPORTED_MODULE_18__/* .addSharedOptions */ .J0)(command)
        .argument('[mirror...]', 'where to push to (default: the configured mirrors with autopush: true)')
        .addOption(new commander__WEBPACK_IMPORTED_MODULE_1__/* .Option */ .c$('--record <file>', 'before a build: only note there what the install tree holds').conflicts('since'))
        .option('--since <file>', 'after it: push only what the install tree did not hold then')
        .option('--include <spec>', 'push only what matches (repeatable)', _shared_options_js__WEBPACK_IMPORTED_MODULE_18__/* .collect */ .Fo, [])
        .option('--exclude <spec>', 'do not push what matches (repeatable)', _shared_options_js__WEBPACK_IMPORTED_MODULE_18__/* .collect */ .Fo, [])
        .addOption(new commander__WEBPACK_IMPORTED_MODULE_1__/* .Option */ .c$('--push-failure <what>', 'what a failed push is: an error (exit code 1) or a warning')
        .choices(['error', 'warn'])
        .default('error'))
        .option('--dry-run', 'say what would be pushed', false);
    (0,_copy_list_options_js__WEBPACK_IMPORTED_MODULE_14__/* .addCopyListOptions */ .Z)(command, 'what is there now');
    (0,_signing_options_js__WEBPACK_IMPORTED_MODULE_19__/* .addSigningOptions */ .$0)(command);
    (0,_store_options_js__WEBPACK_IMPORTED_MODULE_20__/* .addStoreOptions */ .VW)(command).action((mirrors, options) => options.record === undefined
        ? run(mirrors, options, context)
        : record((0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(context.cwd, options.record), options, context));
}
/** Needs neither mirrors nor an environment, which the build may have yet to make. */
async function record(file, options, context) {
    const { env, cwd, stdout, stderr } = context;
    const where = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(cwd, options.environment ?? (env['SPACK_ENV'] || '.'));
    const environment = await (0,_mirrors_environment_js__WEBPACK_IMPORTED_MODULE_6__/* .findEnvironment */ .jY)(where).catch((error) => {
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .errorCode */ .CA)(error) !== 'not-found')
            throw error;
        return { folder: where, lockfile: '' };
    });
    const reporter = (0,_report_terminal_js__WEBPACK_IMPORTED_MODULE_11__/* .terminalReporter */ .C)({
        verbosity: options.quiet ? 'quiet' : 'normal',
        color: false,
        interactive: false,
        write: (text) => stderr.write(text),
    });
    const place = await (0,_store_options_js__WEBPACK_IMPORTED_MODULE_20__/* .storePlace */ .Fo)(options, { environment, notes: [], reporter }, context);
    const tree = await (0,_tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_12__/* .readTreeIfThere */ .w7)(place);
    for (const note of tree?.notes ?? [])
        reporter.warn(note);
    const snapshot = await (0,_tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_12__/* .takeSnapshot */ .W9)(place, tree);
    await (0,_tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_12__/* .writeSnapshot */ .oF)(file, snapshot);
    const installed = snapshot.installed.size;
    const root = tree?.root ?? place.root;
    if (options.json)
        stdout.write(`${JSON.stringify({ version: 1, installed, install_tree: root })}\n`);
    else if (!options.quiet && tree === undefined)
        stdout.write(`there is no install tree in ${root} yet\n`);
    else if (!options.quiet)
        stdout.write(`${installed} specs are in ${root} already\n`);
}
async function run(names, options, context) {
    const { signal, env, cwd } = context;
    const { mirrors, around } = await chooseMirrors(names, options, context);
    const { reporter } = around;
    const place = await (0,_store_options_js__WEBPACK_IMPORTED_MODULE_20__/* .storePlace */ .Fo)(options, around, context);
    const before = options.since === undefined ? _tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_12__/* .EMPTY_SNAPSHOT */ .v_ : await (0,_tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_12__/* .readSnapshot */ .RA)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(cwd, options.since), place);
    const lockfile = await (0,_named_environment_js__WEBPACK_IMPORTED_MODULE_16__/* .namedEnvironment */ .f)(around.environment, options, context.env);
    const { include, exclude } = options;
    const found = await (0,_commands_autopush_js__WEBPACK_IMPORTED_MODULE_2__/* .findNewSpecs */ .Qp)(place, before, lockfile, { specs: [], include, exclude });
    const tree = found.tree ?? (await (0,_tree_install_tree_js__WEBPACK_IMPORTED_MODULE_13__/* .readInstallTree */ ._o)(place)); // which says what is not there
    for (const note of tree.notes)
        reporter.warn(note);
    const left = found.leftOut.map(_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_10__/* .leftOutRow */ .ol);
    for (const row of left)
        reporter.info((0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_10__/* .rowText */ .qg)(row));
    const seconds = (0,_push_time_limit_js__WEBPACK_IMPORTED_MODULE_17__/* .pushTimeLimit */ .D)(env);
    const rowOptions = () => ({ readOnly: false, stopped: (0,_push_time_limit_js__WEBPACK_IMPORTED_MODULE_17__/* .stoppedBy */ .$)(signal, seconds) });
    const inspections = mirrors.some(({ push }) => (0,_mirrors_location_js__WEBPACK_IMPORTED_MODULE_7__/* .isRegistryUrl */ .bs)(push.url))
        ? await (0,_install_tree_settings_js__WEBPACK_IMPORTED_MODULE_15__/* .readInspections */ .c)(around.environment.folder, env)
        : undefined;
    const tellOnce = (0,_report_shared_reasons_js__WEBPACK_IMPORTED_MODULE_22__/* .tellReasonsOnce */ .MK)();
    const result = await (0,_commands_autopush_js__WEBPACK_IMPORTED_MODULE_2__/* .autopush */ .oA)({
        found,
        mirrors,
        openSigner: (mirror) => (0,_signing_options_js__WEBPACK_IMPORTED_MODULE_19__/* .signerFor */ .k8)(mirror, options, context),
        connection: around.connection,
        spackPrefix: (0,_store_options_js__WEBPACK_IMPORTED_MODULE_20__/* .spackPrefix */ .BZ)(options, context, tree.root),
        updateIndex: true,
        dryRun: options.dryRun,
        jobs: options.jobs,
        inspections,
        trust: () => (0,_trust_options_js__WEBPACK_IMPORTED_MODULE_21__/* .readTrust */ .bn)(_trust_options_js__WEBPACK_IMPORTED_MODULE_21__/* .KEYRING */ .ad, context, reporter),
        indexFolder: around.indexFolder,
        signal,
        deadline: AbortSignal.timeout(seconds * 1000),
        onOutcome: (mirror, spec, outcome) => {
            const line = (0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_10__/* .rowText */ .qg)(tellOnce((0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_10__/* .outcomeRow */ .z7)(spec, mirror, outcome, rowOptions())));
            // A terminal has its bar; what went wrong is said at the end.
            if (context.stderr.isTTY)
                reporter.debug(line);
            else
                reporter.info(line);
        },
    }, reporter);
    const [copyTo] = around.named;
    const copyList = (0,_copy_list_options_js__WEBPACK_IMPORTED_MODULE_14__/* .copyListFile */ .w)(options, context);
    if (copyTo !== undefined && copyList !== undefined) {
        await (0,_core_write_file_js__WEBPACK_IMPORTED_MODULE_5__/* .writeWholeFile */ .R0)(copyList, (0,_plan_copy_list_js__WEBPACK_IMPORTED_MODULE_9__/* .formatCopyList */ .d7)((0,_plan_copy_items_js__WEBPACK_IMPORTED_MODULE_8__/* .copiesOfPushes */ .d)(result.pushed, found.nodes, mirrors, copyTo)));
    }
    const rows = [...left, ...resultRows(result, found, rowOptions())];
    const nothing = (0,_commands_autopush_js__WEBPACK_IMPORTED_MODULE_2__/* .nothingFound */ .Sb)(found, lockfile, options.since === undefined);
    if (nothing !== undefined && options.since === undefined)
        reporter.warn(nothing);
    else if (nothing !== undefined)
        reporter.info(nothing);
    const code = report(rows, result, options, around, context);
    if (signal.aborted)
        throw (0,_core_abort_js__WEBPACK_IMPORTED_MODULE_3__/* .cancelled */ .KW)(signal);
    context.exit(code);
}
/** Named as the user names them: a mirror's name is in every line. */
async function chooseMirrors(names, options, context) {
    const named = [...names, ...options.mirrorUrl];
    const around = await (0,_shared_options_js__WEBPACK_IMPORTED_MODULE_18__/* .readSurroundings */ .St)({ ...options, mirrorUrl: named }, context, options.copyTo === undefined ? [] : [options.copyTo]);
    const chosen = named.length > 0
        ? around.mirrors.map((mirror, i) => ({ ...mirror, name: named[i] ?? mirror.name }))
        : around.mirrors.filter(({ autopush: wanted }) => wanted);
    if (chosen.length === 0) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .BuildcacheError */ .fO('usage', 'no mirror is configured with autopush: true', {
            hint: 'name mirrors to push to after autopush',
        });
    }
    return { mirrors: chosen.map((mirror) => ({ ...mirror, signed: (0,_signing_options_js__WEBPACK_IMPORTED_MODULE_19__/* .isSigned */ .JI)(mirror, options) })), around };
}
function resultRows(result, { specs }, options) {
    return [
        ...result.broken.flatMap((failure) => (0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_10__/* .brokenRows */ .vp)(failure, specs, options)),
        ...result.pushed.flatMap((mirror) => (0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_10__/* .outcomeRows */ .mD)(mirror, specs, options)),
    ];
}
/** @returns the exit code */
function report(rows, result, options, { reporter }, { stdout }) {
    const problems = (0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_10__/* .finishProblems */ .WB)(result.pushed);
    const failures = [...problems, ...(0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_10__/* .failureTexts */ .nA)(rows)];
    const isError = options.pushFailure === 'error';
    const code = failures.length > 0 && isError ? 1 : 0;
    for (const { name, notes } of result.pushed)
        for (const note of notes)
            reporter.warn(`${name}: ${note}`);
    for (const mirror of result.pushed.filter(_plan_push_result_js__WEBPACK_IMPORTED_MODULE_23__/* .isAllFiltered */ .X))
        reporter.warn((0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_10__/* .allFilteredText */ .k5)(mirror));
    for (const one of result.missing)
        reporter.warn((0,_commands_autopush_js__WEBPACK_IMPORTED_MODULE_2__/* .missingText */ .qq)(one));
    for (const text of failures) {
        if (isError)
            reporter.error(text);
        else
            reporter.warn(text);
    }
    if (options.json) {
        const document = {
            version: 1,
            exit_code: code,
            dry_run: options.dryRun,
            pushed: (0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_10__/* .rowsJson */ .Eq)(rows, 'pushed'),
            skipped: (0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_10__/* .rowsJson */ .Eq)(rows, 'skipped'),
            failed: (0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_10__/* .rowsJson */ .Eq)(rows, 'failed'),
            problems,
            missing: result.missing.map(({ mirror, spec }) => {
                const { name, version, hash } = spec;
                return { name, version, hash, short_spec: (0,_spec_format_js__WEBPACK_IMPORTED_MODULE_24__/* .shortSpec */ .Gx)(spec), mirror };
            }),
        };
        stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    }
    else if (!options.quiet) {
        stdout.write(`${(0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_10__/* .rowsSum */ .lf)(rows)}\n`);
    }
    return code;
}


/***/ }),

/***/ 15448:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Eq: () => (/* binding */ rowsJson),
/* harmony export */   WB: () => (/* binding */ finishProblems),
/* harmony export */   k5: () => (/* binding */ allFilteredText),
/* harmony export */   lf: () => (/* binding */ rowsSum),
/* harmony export */   mD: () => (/* binding */ outcomeRows),
/* harmony export */   nA: () => (/* binding */ failureTexts),
/* harmony export */   ol: () => (/* binding */ leftOutRow),
/* harmony export */   qg: () => (/* binding */ rowText),
/* harmony export */   sj: () => (/* binding */ READ_ONLY),
/* harmony export */   vp: () => (/* binding */ brokenRows),
/* harmony export */   z7: () => (/* binding */ outcomeRow)
/* harmony export */ });
/* harmony import */ var _spec_format_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(40731);
/* harmony import */ var _push_text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51887);
/* harmony import */ var _shared_reasons_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(44186);



const READ_ONLY = "read-only: a fork's pull request has no secrets to push with";
function leftOutRow({ spec, reason }) {
    const { name, version, hash, node } = spec;
    const short = node === undefined ? name : (0,_spec_format_js__WEBPACK_IMPORTED_MODULE_1__/* .shortSpec */ .Gx)(node);
    return { kind: 'skipped', name, version, hash, short_spec: short, mirror: '', reason, sha256: undefined };
}
function outcomeRows({ name, outcomes }, nodes, options) {
    return nodes.map((node) => outcomeRow(node, name, outcomes.get(node.hash) ?? { kind: 'not-tried' }, options));
}
/** The same for all specs: the mirror could not be worked with. */
function brokenRows({ name, code, reason }, nodes, options) {
    return nodes.map((node) => outcomeRow(node, name, { kind: 'failed', code, reason }, options));
}
/** JSON of the outputs. */
function rowsJson(rows, kind) {
    return rows
        .filter((row) => row.kind === kind)
        .map(({ kind: _, sha256: __, image: ___, ...facts }) => facts); // an undefined reason is left out of JSON
}
/** One line of the log. */
function rowText({ kind, name, version, hash, mirror, reason }) {
    const spec = `${name}${version === '' ? '' : `@${version}`}${hash === '' ? '' : `/${hash.slice(0, 7)}`}`;
    return `${spec}: ${kind}${mirror === '' ? '' : ` (${mirror})`}${reason === undefined ? '' : `: ${reason}`}`;
}
/** 3 pushed, 2 skipped, 0 failed. @param done what a sync calls its pushing */
function rowsSum(rows, done = 'pushed') {
    const count = (kind) => rows.filter((row) => row.kind === kind).length;
    return `${count('pushed')} ${done}, ${count('skipped')} skipped, ${count('failed')} failed`;
}
/** What went wrong after the specs were sent. */
function finishProblems(mirrors) {
    return mirrors.flatMap(({ name, index, keyFailed }) => {
        const texts = [];
        if (index !== undefined && 'failed' in index)
            texts.push(`${name}: the index could not be updated: ${index.failed}`);
        if (keyFailed !== undefined)
            texts.push(`${name}: the public key could not be published: ${keyFailed}`);
        return texts;
    });
}
/** Nothing that is new was for a mirror. */
function allFilteredText({ name }) {
    return `${name}: nothing was pushed, its include_binary or exclude_binary leaves out all that is new`;
}
/** What failed: a reason that many specs share is said once. */
function failureTexts(rows, done = 'pushed') {
    const byMirror = new Map();
    for (const { kind, mirror, reason = '', name } of rows) {
        if (kind !== 'failed')
            continue;
        const known = byMirror.get(mirror) ?? [];
        byMirror.set(mirror, known);
        known.push({ name, reason });
    }
    return [...byMirror].flatMap(([mirror, failures]) => (0,_shared_reasons_js__WEBPACK_IMPORTED_MODULE_2__/* .shareReasons */ .b1)(failures).map(({ reason, names }) => `Not ${done} to ${mirror}: ${reason} (${(0,_shared_reasons_js__WEBPACK_IMPORTED_MODULE_2__/* .nameSome */ .Kf)(names)})`));
}
function outcomeRow(node, mirror, outcome, options) {
    const { name, version, hash } = node;
    const row = (kind, reason) => {
        return { kind, name, version, hash, short_spec: (0,_spec_format_js__WEBPACK_IMPORTED_MODULE_1__/* .shortSpec */ .Gx)(node), mirror, reason, sha256: undefined };
    };
    switch (outcome.kind) {
        case 'pushed':
            return {
                ...row('pushed', (0,_push_text_js__WEBPACK_IMPORTED_MODULE_0__/* .bytesText */ .pV)(outcome.size)),
                sha256: outcome.image?.sha256 ?? outcome.sha256,
                image: outcome.image?.name,
            };
        case 'would-push':
            return row('skipped', 'dry run: it would be pushed');
        case 'present':
            return row('skipped', 'the mirror has it already');
        case 'elsewhere':
            return row('skipped', `${outcome.mirror} has it`);
        case 'not-installed':
            return row('skipped', 'it is not installed');
        case 'filtered':
            return row('skipped', `the mirror is not for it: ${outcome.reason}`);
        case 'not-tried':
            return row('failed', options.stopped);
        case 'failed':
            if (options.readOnly && outcome.code === 'denied')
                return row('skipped', READ_ONLY);
            return row('failed', outcome.reason);
    }
}


/***/ }),

/***/ 17883:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   O1: () => (/* binding */ strayPrefixes),
/* harmony export */   RA: () => (/* binding */ readSnapshot),
/* harmony export */   W9: () => (/* binding */ takeSnapshot),
/* harmony export */   oF: () => (/* binding */ writeSnapshot),
/* harmony export */   q5: () => (/* binding */ isUnpacked),
/* harmony export */   v_: () => (/* binding */ EMPTY_SNAPSHOT),
/* harmony export */   w7: () => (/* binding */ readTreeIfThere)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(28314);
/* harmony import */ var _core_write_file_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(23020);
/* harmony import */ var _install_tree_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(88983);
/* harmony import */ var _padding_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(20860);
/* harmony import */ var _tree_root_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(65814);
/**
 * What an install tree holds at one time, to tell later what is new in it. Beside the database it knows prefixes
 * the database does not list: what an install that failed has left.
 */








const EMPTY_SNAPSHOT = { installed: new Set(), strays: new Set() };
/** As `readInstallTree`, but a tree that is not there yet, which an install will make, is undefined. */
async function readTreeIfThere(where) {
    try {
        return await (0,_install_tree_js__WEBPACK_IMPORTED_MODULE_5__/* .readInstallTree */ ._o)(where);
    }
    catch (error) {
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .errorCode */ .CA)(error) === 'not-found')
            return undefined;
        throw error;
    }
}
/** @param tree undefined where there is none yet: then it holds nothing */
async function takeSnapshot(place, tree) {
    const installed = [...(tree?.records ?? [])].filter(([, record]) => record.installed);
    return {
        installed: new Set(installed.map(([hash]) => hash)),
        strays: new Set(await strayPrefixes(place.root, tree)),
        root: place.unpaddedRoot,
    };
}
async function writeSnapshot(file, snapshot) {
    const { installed, strays, root } = snapshot;
    const document = { version: 1, root, installed: [...installed], strays: [...strays] };
    await (0,_core_write_file_js__WEBPACK_IMPORTED_MODULE_4__/* .writeWholeFile */ .R0)(file, `${JSON.stringify(document)}\n`);
}
/**
 * @throws BuildcacheError `bad-input` for what is no snapshot, and `usage` for one of another tree: taking it for empty
 *   would push the whole tree
 */
async function readSnapshot(file, place) {
    let text;
    try {
        text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, 'utf8');
    }
    catch (error) {
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .fileError */ .zS)(error, file, 'read what the install tree held at first');
    }
    const document = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .parseJson */ .qF)(text, file);
    const { installed, strays, root } = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(document) ? document : {};
    if (!isTexts(installed) || !isTexts(strays) || (root !== undefined && typeof root !== 'string')) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('bad-input', 'not a record of an install tree', { file });
    }
    if (root !== undefined && !(0,_tree_root_js__WEBPACK_IMPORTED_MODULE_7__/* .isSameFolder */ .F1)(root, place.unpaddedRoot)) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('usage', 'this is the record of another install tree', {
            file,
            expected: place.unpaddedRoot,
            found: root,
            hint: 'name the same tree with --store both times',
        });
    }
    return { installed: new Set(installed), strays: new Set(strays), root };
}
/** Spack's projections put a prefix at most a few folders below the root. */
const DEEPEST = 5;
/**
 * Prefixes that are there without a record, relative to the root, sorted. What cannot be read is passed over: this
 * serves a report only.
 */
async function strayPrefixes(root, tree) {
    const top = tree?.root ?? root;
    const known = new Set();
    for (const [hash, { path: prefix }] of tree?.records ?? []) {
        // The root may be spelled in several ways.
        if (prefix !== undefined)
            known.add(node_path__WEBPACK_IMPORTED_MODULE_1__.relative(tree?.placeOf(hash)?.root ?? top, prefix));
    }
    const strays = [];
    const visit = async (folder, depth) => {
        const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder, { withFileTypes: true }).catch(() => []);
        for (const entry of entries) {
            // Below padding is another tree.
            if (!entry.isDirectory() || entry.name.startsWith('.') || entry.name === _padding_js__WEBPACK_IMPORTED_MODULE_6__/* .PLACEHOLDER */ .Kx)
                continue;
            const inner = node_path__WEBPACK_IMPORTED_MODULE_1__.join(folder, entry.name);
            const relative = node_path__WEBPACK_IMPORTED_MODULE_1__.relative(top, inner);
            if (known.has(relative))
                continue;
            if (await isThere(node_path__WEBPACK_IMPORTED_MODULE_1__.join(inner, '.spack')))
                strays.push(relative);
            else if (depth < DEEPEST)
                await visit(inner, depth + 1);
        }
    };
    await visit(top, 1);
    return strays.sort();
}
/** Spack leaves this in what it unpacks from a build cache, and in nothing that it builds. */
const UNPACKED_MARK = '.spack/binary_distribution';
/** Whether an installed prefix came out of a build cache; a spec that was rewired on the spot looks the same. */
async function isUnpacked(tree, hash) {
    const prefix = tree.prefixOf(hash);
    return prefix !== undefined && (await isThere(node_path__WEBPACK_IMPORTED_MODULE_1__.join(tree.filesOf(prefix), UNPACKED_MARK)));
}
function isTexts(value) {
    return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
async function isThere(file) {
    return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.access)(file).then(() => true, () => false);
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
