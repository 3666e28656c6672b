export const id = 1132;
export const ids = [1132];
export const modules = {

/***/ 28854:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  oA: () => (/* binding */ autopush),
  Qp: () => (/* binding */ findNewSpecs),
  qq: () => (/* binding */ missingText)
});

// EXTERNAL MODULE: ./build/cache/index-store.js
var index_store = __webpack_require__(67489);
// EXTERNAL MODULE: ./build/cache/presence.js
var presence = __webpack_require__(15496);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/core/redact.js
var redact = __webpack_require__(193);
// EXTERNAL MODULE: ./build/mirrors/open.js
var mirrors_open = __webpack_require__(95227);
// EXTERNAL MODULE: ./build/mirrors/open-target.js + 3 modules
var open_target = __webpack_require__(34042);
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

// EXTERNAL MODULE: ./build/spec/format.js
var format = __webpack_require__(40731);
// EXTERNAL MODULE: ./build/spec/graph.js
var graph = __webpack_require__(85746);
// EXTERNAL MODULE: ./build/tree/install-snapshot.js
var install_snapshot = __webpack_require__(17883);
// EXTERNAL MODULE: ./build/commands/push.js + 10 modules
var push = __webpack_require__(63713);
;// CONCATENATED MODULE: ./build/commands/autopush.js
/**
 * `autopush`: what is new in an install tree to every mirror that wants it. Each mirror for itself: one that cannot be
 * worked with stops no other.
 */











/**
 * What is new in the tree at `root` since `before`.
 * @param lockfile the environment, if there is one: then only its specs are pushed
 * @throws BuildcacheError as `readInstallTree` and `selectToAutopush`
 */
async function findNewSpecs(root, before, lockfile, selection) {
    const tree = await (0,install_snapshot/* readTreeIfThere */.w7)(root);
    const nodes = new Map([...(tree?.nodes ?? []), ...(lockfile?.nodes ?? [])]);
    const fresh = [...(tree?.records ?? [])].filter(([hash]) => !before.installed.has(hash));
    const candidates = [];
    for (const [hash, { node, installed }] of fresh) {
        const unpacked = tree !== undefined && installed && (await (0,install_snapshot/* isUnpacked */.q5)(tree, hash));
        candidates.push({ node: nodes.get(hash) ?? node, installed, unpacked });
    }
    const { specs, leftOut } = await selectToAutopush(candidates, nodes, lockfile?.nodes, selection);
    const strays = (await (0,install_snapshot/* strayPrefixes */.O1)(root, tree)).filter((prefix) => !before.strays.has(prefix));
    return { specs, leftOut: [...leftOut, ...strays.map(strayPrefix)], tree, nodes };
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
    const cache = await (0,open_target/* openPushMirror */.Q)(mirror, options.connection);
    try {
        await cache.prepare(options.signal, options.dryRun);
    }
    catch (error) {
        await cache.close();
        throw error;
    }
    return { name: mirror.name, cache, signer, elsewhere: new Map() };
}
/** What is needed to link or run what is there now, and is not there: whoever installs will have to build it. */
async function findMissing(pushes, options, reporter) {
    const { nodes } = options.found;
    const missing = [];
    for (const { name, outcomes } of pushes) {
        const there = [...outcomes].filter(([, { kind }]) => kind === 'pushed' || kind === 'present');
        const isThere = new Set(there.map(([hash]) => hash));
        const needed = (0,graph/* postOrder */.b)({ nodes }, isThere, (0,graph/* ofTypes */.v)('link', 'run')).filter(({ hash, external }) => external === undefined && !isThere.has(hash));
        const mirror = options.mirrors.find((candidate) => candidate.name === name);
        if (mirror === undefined || needed.length === 0)
            continue;
        try {
            const absent = await absentFrom(mirror, needed, options);
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
    const { readers, close } = await (0,mirrors_open/* openMirror */.Y)(mirror, graph, options.connection);
    try {
        const { states } = await (0,presence/* findPresence */.H)(readers, mirror.fetch.url, needed, {
            verify: 'exists',
            forbidden: 'auto',
            jobs: options.jobs,
            store: (0,index_store/* openIndexStore */.W)(options.indexFolder),
            ttlMs: 0,
            signal: options.signal,
        });
        return needed.filter(({ hash }) => states.get(hash)?.state === 'missing');
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

/***/ 23020:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R0: () => (/* binding */ writeWholeFile),
/* harmony export */   nM: () => (/* binding */ removeFile),
/* harmony export */   wB: () => (/* binding */ canWriteFolder)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(62807);
/** Files that are whole or not there: written beside their place, then renamed into it. */




/** Creates missing folders. @throws `denied`, `io`, … naming the file */
async function writeWholeFile(file, content) {
    const temporary = `${file}.${process.pid}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(4).toString('hex')}.tmp`;
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(file), { recursive: true });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(temporary, content, { flag: 'wx' });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(temporary, file);
    }
    catch (error) {
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .fileError */ .zS)(error, file, 'write it');
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(temporary, { force: true }).catch(() => undefined);
    }
}
/** Removes a file if it is there. @throws as {@link writeWholeFile} */
async function removeFile(file) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(file, { force: true });
    }
    catch (error) {
        throw (0,_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .fileError */ .zS)(error, file, 'remove it');
    }
}
/** Whether files can be made in a folder, which is made if need be. */
async function canWriteFolder(folder) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(folder, { recursive: true });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.access)(folder, node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.constants.W_OK);
        return true;
    }
    catch {
        return false;
    }
}


/***/ }),

/***/ 83742:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ namedEnvironment)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var _mirrors_environment_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(52875);
/** The environment where a verb can do without one. */


/**
 * @returns undefined when none was named and there is none in the working directory
 * @throws as `readEnvironment`, also when one was named and has no lockfile
 */
async function namedEnvironment(files, { environment }, env) {
    const isNamed = environment !== undefined || Boolean(env['SPACK_ENV']);
    if (isNamed || (await isThere(files.lockfile)))
        return await (0,_mirrors_environment_js__WEBPACK_IMPORTED_MODULE_1__/* .readEnvironment */ .Qo)(files);
    return undefined;
}
async function isThere(file) {
    return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.access)(file).then(() => true, () => false);
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
/* harmony export */   VW: () => (/* binding */ addStoreOptions),
/* harmony export */   q1: () => (/* binding */ storeRoot)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/** The install tree a verb works on: its options and what they come to. */


function addStoreOptions(command) {
    return command
        .option('--store <dir>', 'the root of the install tree (default: $SPACK_ROOT/opt/spack)')
        .option('--spack-prefix <dir>', "Spack's own prefix, for the build info (default: $SPACK_ROOT, else the store)");
}
/** @throws BuildcacheError `usage` when it is not known */
function storeRoot({ store }, { env, cwd }) {
    if (store !== undefined)
        return (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(cwd, store);
    if (env['SPACK_ROOT'])
        return (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(env['SPACK_ROOT'], 'opt', 'spack');
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', 'which install tree to push from is not known', {
        hint: "name its root with --store (config:install_tree:root in Spack's configuration)",
    });
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
/* harmony import */ var _report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(15448);
/* harmony import */ var _spec_format_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(40731);
/* harmony import */ var _tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(17883);
/* harmony import */ var _named_environment_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(83742);
/* harmony import */ var _push_time_limit_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(8207);
/* harmony import */ var _shared_options_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(49601);
/* harmony import */ var _signing_options_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(36899);
/* harmony import */ var _store_options_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(53961);
/**
 * `buildcache autopush [MIRROR…]`: what the action's post step does, for any other CI. Before the build
 * `--record FILE` notes what the install tree holds; after it `--since FILE` pushes what is new.
 */













function define(command, context) {
    (0,_shared_options_js__WEBPACK_IMPORTED_MODULE_9__/* .addSharedOptions */ .J0)(command)
        .argument('[mirror...]', 'where to push to (default: the configured mirrors with autopush: true)')
        .addOption(new commander__WEBPACK_IMPORTED_MODULE_1__/* .Option */ .c$('--record <file>', 'before a build: only note there what the install tree holds').conflicts('since'))
        .option('--since <file>', 'after it: push only what the install tree did not hold then')
        .option('--include <spec>', 'push only what matches (repeatable)', _shared_options_js__WEBPACK_IMPORTED_MODULE_9__/* .collect */ .Fo, [])
        .option('--exclude <spec>', 'do not push what matches (repeatable)', _shared_options_js__WEBPACK_IMPORTED_MODULE_9__/* .collect */ .Fo, [])
        .addOption(new commander__WEBPACK_IMPORTED_MODULE_1__/* .Option */ .c$('--push-failure <what>', 'what a failed push is: an error (exit code 1) or a warning')
        .choices(['error', 'warn'])
        .default('error'))
        .option('--dry-run', 'say what would be pushed', false);
    (0,_signing_options_js__WEBPACK_IMPORTED_MODULE_10__/* .addSigningOptions */ .$0)(command);
    (0,_store_options_js__WEBPACK_IMPORTED_MODULE_11__/* .addStoreOptions */ .VW)(command).action((mirrors, options) => options.record === undefined
        ? run(mirrors, options, context)
        : record((0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(context.cwd, options.record), options, context));
}
/** Needs neither mirrors nor an environment, which the build may have yet to make. */
async function record(file, options, context) {
    const store = (0,_store_options_js__WEBPACK_IMPORTED_MODULE_11__/* .storeRoot */ .q1)(options, context);
    const snapshot = await (0,_tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_6__/* .takeSnapshot */ .W9)(store);
    await (0,_tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_6__/* .writeSnapshot */ .oF)(file, snapshot);
    const installed = snapshot.installed.size;
    if (options.json)
        context.stdout.write(`${JSON.stringify({ version: 1, installed })}\n`);
    else if (!options.quiet)
        context.stdout.write(`${installed} specs are in ${store} already\n`);
}
async function run(names, options, context) {
    const { signal, env, cwd } = context;
    const { mirrors, around } = await chooseMirrors(names, options, context);
    const { reporter } = around;
    const store = (0,_store_options_js__WEBPACK_IMPORTED_MODULE_11__/* .storeRoot */ .q1)(options, context);
    const before = options.since === undefined ? _tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_6__/* .EMPTY_SNAPSHOT */ .v_ : await (0,_tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_6__/* .readSnapshot */ .RA)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(cwd, options.since));
    const lockfile = await (0,_named_environment_js__WEBPACK_IMPORTED_MODULE_7__/* .namedEnvironment */ .f)(around.environment, options, context.env);
    const { include, exclude } = options;
    const found = await (0,_commands_autopush_js__WEBPACK_IMPORTED_MODULE_2__/* .findNewSpecs */ .Qp)(store, before, lockfile, { specs: [], include, exclude });
    if (found.tree === undefined) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .BuildcacheError */ .fO('not-found', 'there is no install tree', {
            file: store,
            hint: 'name its root with --store',
        });
    }
    const left = found.leftOut.map(_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_5__/* .leftOutRow */ .ol);
    for (const row of left)
        reporter.info((0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_5__/* .rowText */ .qg)(row));
    const seconds = (0,_push_time_limit_js__WEBPACK_IMPORTED_MODULE_8__/* .pushTimeLimit */ .D)(env);
    const rowOptions = () => ({ readOnly: false, stopped: (0,_push_time_limit_js__WEBPACK_IMPORTED_MODULE_8__/* .stoppedBy */ .$)(signal, seconds) });
    const result = await (0,_commands_autopush_js__WEBPACK_IMPORTED_MODULE_2__/* .autopush */ .oA)({
        found,
        mirrors,
        openSigner: (mirror) => (0,_signing_options_js__WEBPACK_IMPORTED_MODULE_10__/* .signerFor */ .k8)(mirror, options, context),
        connection: around.connection,
        spackPrefix: (0,_store_options_js__WEBPACK_IMPORTED_MODULE_11__/* .spackPrefix */ .BZ)(options, context, store),
        updateIndex: true,
        dryRun: options.dryRun,
        jobs: options.jobs,
        indexFolder: around.indexFolder,
        signal,
        deadline: AbortSignal.timeout(seconds * 1000),
        onOutcome: (mirror, spec, outcome) => {
            const line = (0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_5__/* .rowText */ .qg)((0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_5__/* .outcomeRow */ .z7)(spec, mirror, outcome, rowOptions()));
            // A terminal has its bar; what went wrong is said at the end.
            if (context.stderr.isTTY)
                reporter.debug(line);
            else
                reporter.info(line);
        },
    }, reporter);
    const rows = [...left, ...resultRows(result, found, rowOptions())];
    const code = report(rows, result, options, around, context);
    if (signal.aborted)
        throw (0,_core_abort_js__WEBPACK_IMPORTED_MODULE_3__/* .cancelled */ .KW)(signal);
    context.exit(code);
}
/** Named as the user names them: a mirror's name is in every line. */
async function chooseMirrors(names, options, context) {
    const named = [...names, ...options.mirrorUrl];
    const around = await (0,_shared_options_js__WEBPACK_IMPORTED_MODULE_9__/* .readSurroundings */ .St)({ ...options, mirrorUrl: named }, context);
    const chosen = named.length > 0
        ? around.mirrors.map((mirror, i) => ({ ...mirror, name: named[i] ?? mirror.name }))
        : around.mirrors.filter(({ autopush: wanted }) => wanted);
    if (chosen.length === 0) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .BuildcacheError */ .fO('usage', 'no mirror is configured with autopush: true', {
            hint: 'name mirrors to push to after autopush',
        });
    }
    return { mirrors: chosen.map((mirror) => ({ ...mirror, signed: (0,_signing_options_js__WEBPACK_IMPORTED_MODULE_10__/* .isSigned */ .JI)(mirror, options) })), around };
}
function resultRows(result, { specs }, options) {
    return [
        ...result.broken.flatMap((failure) => (0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_5__/* .brokenRows */ .vp)(failure, specs, options)),
        ...result.pushed.flatMap((mirror) => (0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_5__/* .outcomeRows */ .mD)(mirror, specs, options)),
    ];
}
/** @returns the exit code */
function report(rows, result, options, { reporter }, { stdout }) {
    const problems = (0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_5__/* .finishProblems */ .WB)(result.pushed);
    const failures = [...problems, ...(0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_5__/* .failureTexts */ .nA)(rows)];
    const isError = options.pushFailure === 'error';
    const code = failures.length > 0 && isError ? 1 : 0;
    for (const { name, notes } of result.pushed)
        for (const note of notes)
            reporter.warn(`${name}: ${note}`);
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
            pushed: (0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_5__/* .rowsJson */ .Eq)(rows, 'pushed'),
            skipped: (0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_5__/* .rowsJson */ .Eq)(rows, 'skipped'),
            failed: (0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_5__/* .rowsJson */ .Eq)(rows, 'failed'),
            problems,
            missing: result.missing.map(({ mirror, spec }) => {
                const { name, version, hash } = spec;
                return { name, version, hash, short_spec: (0,_spec_format_js__WEBPACK_IMPORTED_MODULE_12__/* .shortSpec */ .Gx)(spec), mirror };
            }),
        };
        stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    }
    else if (!options.quiet) {
        stdout.write(`${(0,_report_autopush_rows_js__WEBPACK_IMPORTED_MODULE_5__/* .rowsSum */ .lf)(rows)}\n`);
    }
    return code;
}


/***/ }),

/***/ 15448:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Eq: () => (/* binding */ rowsJson),
/* harmony export */   WB: () => (/* binding */ finishProblems),
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
    return rows.filter((row) => row.kind === kind).map(({ kind: _, sha256: __, ...facts }) => facts); // an undefined reason is left out of JSON
}
/** One line of the log. */
function rowText({ kind, name, version, hash, mirror, reason }) {
    const spec = `${name}${version === '' ? '' : `@${version}`}${hash === '' ? '' : `/${hash.slice(0, 7)}`}`;
    return `${spec}: ${kind}${mirror === '' ? '' : ` (${mirror})`}${reason === undefined ? '' : `: ${reason}`}`;
}
/** 3 pushed, 2 skipped, 0 failed. */
function rowsSum(rows) {
    const count = (kind) => `${rows.filter((row) => row.kind === kind).length} ${kind}`;
    return [count('pushed'), count('skipped'), count('failed')].join(', ');
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
/** What failed: a reason that many specs share is said once. */
function failureTexts(rows) {
    const byReason = new Map();
    for (const { kind, mirror, reason, name } of rows) {
        if (kind !== 'failed')
            continue;
        const text = `${mirror}: ${reason ?? ''}`;
        byReason.set(text, [...(byReason.get(text) ?? []), name]);
    }
    return [...byReason].map(([text, names]) => {
        const shown = names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
        return `Not pushed to ${text} (${shown})`;
    });
}
function outcomeRow(node, mirror, outcome, options) {
    const { name, version, hash } = node;
    const row = (kind, reason, sha256) => {
        return { kind, name, version, hash, short_spec: (0,_spec_format_js__WEBPACK_IMPORTED_MODULE_1__/* .shortSpec */ .Gx)(node), mirror, reason, sha256 };
    };
    switch (outcome.kind) {
        case 'pushed':
            return row('pushed', (0,_push_text_js__WEBPACK_IMPORTED_MODULE_0__/* .bytesText */ .pV)(outcome.size), outcome.sha256);
        case 'would-push':
            return row('skipped', 'dry run: it would be pushed');
        case 'present':
            return row('skipped', 'the mirror has it already');
        case 'elsewhere':
            return row('skipped', `${outcome.mirror} has it`);
        case 'not-installed':
            return row('skipped', 'it is not installed');
        case 'not-tried':
            return row('failed', options.stopped);
        case 'failed':
            if (options.readOnly && outcome.code === 'denied')
                return row('skipped', READ_ONLY);
            return row('failed', outcome.reason);
    }
}


/***/ }),

/***/ 28273:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ specFormatOf),
/* harmony export */   S: () => (/* binding */ readDatabase)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28314);
/* harmony import */ var _decode_node_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(39595);
/**
 * Reads the install database `<store>/.spack-db/index.json`, versions 5 to 8. Version 5 carries spec format 1,
 * where a node is keyed by its name and so are its dependencies.
 */



/** The spec format that a database or index of this version carries; undefined for versions we do not read. */
function specFormatOf(version) {
    return FORMAT_OF[version];
}
const FORMAT_OF = { 5: 3, 6: 3, 7: 4, 8: 5 };
/** @throws `bad-input`; `unsupported` for other versions, with the way out */
function readDatabase(text, file) {
    const document = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .parseJson */ .qF)(text, file);
    const database = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(document) ? document['database'] : undefined;
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(database) || !(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(database['installs'])) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', 'not an install database', {
            file,
            expected: 'an object "database" with "installs"',
            found: (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .kindOf */ .I)(database ?? document),
            hint: 'run `spack reindex` to rebuild it',
        });
    }
    const version = Number((0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)(database['version']));
    const format = FORMAT_OF[version];
    if (format === undefined) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('unsupported', `database version ${(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .shown */ .SP)(database['version'])} is not supported`, {
            file,
            expected: 'version 5 to 8',
            hint: version < 5 ? 'run `spack reindex` with Spack 0.23 or 1.x' : 'update buildcache-action',
        });
    }
    const records = new Map();
    for (const [hash, value] of Object.entries(database['installs'])) {
        records.set(hash, decodeRecord(value, hash, format, version, file));
    }
    return { version, records };
}
function decodeRecord(value, hash, format, version, file) {
    const at = `database.installs.${hash}`;
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value) || !(0,_decode_node_js__WEBPACK_IMPORTED_MODULE_2__/* .isDagHash */ .X)(hash)) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `${at} is malformed`, {
            file,
            expected: 'an install record under a DAG hash',
            found: (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .kindOf */ .I)(value),
        });
    }
    const dict = version === 5 ? fromNameKeyed(value['spec'], hash) : value['spec'];
    const node = (0,_decode_node_js__WEBPACK_IMPORTED_MODULE_2__/* .decodeNode */ .j)(dict, format, file, `${at}.spec`);
    if (node.hash !== hash) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('bad-input', `${at} is another spec`, {
            file,
            expected: hash,
            found: node.hash,
        });
    }
    const { path, installation_time: time, deprecated_for: deprecated, origin } = value;
    return {
        node,
        path: typeof path === 'string' && path !== 'None' ? path : undefined,
        installed: value['installed'] === true,
        explicit: value['explicit'] === true,
        installationTime: time instanceof _core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .NumberToken */ .X1 ? Number(time.token) : typeof time === 'number' ? time : undefined,
        deprecatedFor: typeof deprecated === 'string' ? deprecated : undefined,
        origin: typeof origin === 'string' ? origin : undefined,
    };
}
/** Spec format 1's `{name: {…, dependencies: {name: {hash, type}}}}` in format 3's shape. */
function fromNameKeyed(value, hash) {
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value))
        return value;
    const [name] = Object.keys(value);
    const inner = name === undefined ? undefined : value[name];
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(inner))
        return value;
    const edges = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(inner['dependencies']) ? Object.entries(inner['dependencies']) : [];
    const dependencies = edges.map(([dependency, edge]) => ({
        name: dependency,
        ...((0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(edge) ? edge : {}),
    }));
    return { name, hash, ...inner, dependencies };
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
/**
 * What an install tree holds at one time, to tell later what is new in it. Beside the database it knows prefixes
 * the database does not list: what an install that failed has left.
 */






const EMPTY_SNAPSHOT = { installed: new Set(), strays: new Set() };
/** As `readInstallTree`, but a tree that is not there yet, which an install will make, is undefined. */
async function readTreeIfThere(root) {
    try {
        return await (0,_install_tree_js__WEBPACK_IMPORTED_MODULE_5__/* .readInstallTree */ ._o)(root);
    }
    catch (error) {
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .errorCode */ .CA)(error) === 'not-found')
            return undefined;
        throw error;
    }
}
/** @throws BuildcacheError as `readInstallTree`, but for a tree that is not there, which holds nothing */
async function takeSnapshot(root) {
    const tree = await readTreeIfThere(root);
    if (tree === undefined)
        return { installed: new Set(), strays: new Set(await strayPrefixes(root)) };
    const installed = [...tree.records].filter(([, record]) => record.installed).map(([hash]) => hash);
    return { installed: new Set(installed), strays: new Set(await strayPrefixes(tree.root, tree)) };
}
async function writeSnapshot(file, snapshot) {
    const document = { version: 1, installed: [...snapshot.installed], strays: [...snapshot.strays] };
    await (0,_core_write_file_js__WEBPACK_IMPORTED_MODULE_4__/* .writeWholeFile */ .R0)(file, `${JSON.stringify(document)}\n`);
}
/** @throws BuildcacheError `bad-input` for what is no snapshot: taking it for empty would push the whole tree */
async function readSnapshot(file) {
    let text;
    try {
        text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, 'utf8');
    }
    catch (error) {
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .fileError */ .zS)(error, file, 'read what the install tree held at first');
    }
    const document = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .parseJson */ .qF)(text, file);
    const { installed, strays } = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(document) ? document : {};
    if (!isTexts(installed) || !isTexts(strays)) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('bad-input', 'not a record of an install tree', { file });
    }
    return { installed: new Set(installed), strays: new Set(strays) };
}
/** Spack's projections put a prefix at most a few folders below the root. */
const DEEPEST = 5;
/**
 * Prefixes that are there without a record, relative to the root, sorted. What cannot be read is passed over: this
 * serves a report only.
 */
async function strayPrefixes(root, tree) {
    const known = new Set([...(tree?.records.values() ?? [])].map((record) => record.path));
    const strays = [];
    const visit = async (folder, depth) => {
        const entries = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readdir)(folder, { withFileTypes: true }).catch(() => []);
        for (const entry of entries) {
            if (!entry.isDirectory() || entry.name.startsWith('.'))
                continue;
            const inner = node_path__WEBPACK_IMPORTED_MODULE_1__.join(folder, entry.name);
            if (known.has(inner))
                continue;
            if (await isThere(node_path__WEBPACK_IMPORTED_MODULE_1__.join(inner, '.spack')))
                strays.push(node_path__WEBPACK_IMPORTED_MODULE_1__.relative(root, inner));
            else if (depth < DEEPEST)
                await visit(inner, depth + 1);
        }
    };
    await visit(root, 1);
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
/* harmony export */   Kx: () => (/* binding */ PLACEHOLDER),
/* harmony export */   _o: () => (/* binding */ readInstallTree),
/* harmony export */   gl: () => (/* binding */ withoutPadding)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/* harmony import */ var _spec_database_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(28273);
/**
 * An install tree as Spack keeps it: its root, what its database says is installed, and where. Read without taking
 * Spack's lock: the database is replaced by renaming, so what is read is whole.
 */




/**
 * @param root the install tree's root, absolute. Where it is padded, with or without the padding
 * @throws BuildcacheError `not-found` when there is no install database, `bad-input` and `unsupported` for one that
 *   cannot be read
 */
async function readInstallTree(root, options = {}) {
    const top = node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(root);
    const at = node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(options.readFrom ?? root);
    const file = node_path__WEBPACK_IMPORTED_MODULE_1__.join(at, '.spack-db', 'index.json');
    let text;
    try {
        text = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file, 'utf8');
    }
    catch (error) {
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) !== 'ENOENT')
            throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .fileError */ .zS)(error, file, 'read the install database');
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('not-found', 'there is no install database: this is not an install tree', { file, hint: "name the install tree's root with --store (see `spack config get config`)" }, error);
    }
    const { records } = (0,_spec_database_js__WEBPACK_IMPORTED_MODULE_3__/* .readDatabase */ .S)(text, file);
    return {
        root: top,
        sbangPath: node_path__WEBPACK_IMPORTED_MODULE_1__.join(withoutPadding(top), 'bin', 'sbang'),
        records,
        nodes: new Map([...records].map(([hash, { node }]) => [hash, node])),
        prefixOf: (hash) => records.get(hash)?.path,
        filesOf: (prefix) => node_path__WEBPACK_IMPORTED_MODULE_1__.resolve(at, node_path__WEBPACK_IMPORTED_MODULE_1__.relative(top, prefix)),
    };
}
/** What padding is made of, as folders. */
const PLACEHOLDER = '__spack_path_placeholder__';
/** Padding is that placeholder as folders, over and over; the last is cut off or has a `_` too many, for the length. */
function withoutPadding(root) {
    const parts = root.split('/');
    const full = parts.indexOf(PLACEHOLDER);
    const last = parts.at(-1) ?? '';
    if (full === -1) {
        // Padding of less than one placeholder; a shorter beginning of it might be anything: `_`.
        return isRest(last) && last.startsWith('__spack') ? parts.slice(0, -1).join('/') : root;
    }
    const isPadding = parts
        .slice(full)
        .every((part, i, all) => part === PLACEHOLDER || (i === all.length - 1 && isRest(part)));
    return isPadding ? parts.slice(0, full).join('/') : root;
}
function isRest(part) {
    return part === `${PLACEHOLDER}_` || (part !== '' && PLACEHOLDER.startsWith(part));
}


/***/ })

};
