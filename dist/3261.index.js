export const id = 3261;
export const ids = [3261];
export const modules = {

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
// EXTERNAL MODULE: ./build/commands/push.js + 10 modules
var push = __webpack_require__(63713);
// EXTERNAL MODULE: ./build/core/abort.js
var abort = __webpack_require__(67844);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/mirrors/open.js
var mirrors_open = __webpack_require__(95227);
// EXTERNAL MODULE: ./build/mirrors/open-target.js + 3 modules
var open_target = __webpack_require__(34042);
;// CONCATENATED MODULE: ./build/plan/push-result.js
/** 0 all is there, 1 part of it failed. */
function pushExitCode({ mirrors }) {
    const isFine = mirrors.every(({ outcomes, index, keyFailed, tagged }) => keyFailed === undefined &&
        !(tagged !== undefined && 'failed' in tagged) &&
        !(index !== undefined && 'failed' in index) &&
        [...outcomes.values()].every(({ kind }) => kind !== 'failed' && kind !== 'not-tried'));
    return isFine ? 0 : 1;
}

// EXTERNAL MODULE: ./build/spec/format.js
var format = __webpack_require__(40731);
// EXTERNAL MODULE: ./build/spec/graph.js
var spec_graph = __webpack_require__(85746);
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
        : new Set(await Promise.all(selection.specs.map((text) => onlyMatch(graph, isRoot, text))));
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
/** Named in a message. */
const SHOWN = 8;
async function onlyMatch(graph, isRoot, text) {
    const all = await (0,selection/* selectSpecs */.rk)(graph, { ...selection/* EVERYTHING */.Qz, specs: [text] }).catch((error) => {
        if ((0,errors/* errorCode */.CA)(error) !== 'not-found')
            throw error;
        throw new errors/* BuildcacheError */.fO('not-found', `nothing in the environment or the install tree matches ${JSON.stringify(text)}`, {
            hint: 'external specs are never pushed; look at what there is with `spack find -L`',
        });
    });
    const roots = all.filter(({ hash }) => isRoot.has(hash));
    const matches = roots.length === 0 ? all : roots;
    const [first] = matches;
    if (first !== undefined && matches.length === 1)
        return first.hash;
    const shown = matches.slice(0, SHOWN).map(format/* shortSpec */.Gx).join(', ');
    const more = matches.length > SHOWN ? ` and ${matches.length - SHOWN} more` : '';
    throw new errors/* BuildcacheError */.fO('usage', `${JSON.stringify(text)} matches ${matches.length} specs`, {
        expected: 'one',
        found: shown + more,
        hint: `name one by its hash: /${first?.hash.slice(0, 7) ?? ''}`,
    });
}
async function withoutExcluded(graph, specs, exclude) {
    if (exclude.length === 0)
        return new Set(specs.map(({ hash }) => hash));
    const roots = specs.map(({ hash }) => ({ hash, spec: '' }));
    const kept = await (0,selection/* selectSpecs */.rk)({ nodes: graph.nodes, roots }, { ...selection/* EVERYTHING */.Qz, rootsOnly: true, exclude });
    return new Set(kept.map(({ hash }) => hash));
}

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

// EXTERNAL MODULE: ./build/report/terminal.js
var terminal = __webpack_require__(63299);
// EXTERNAL MODULE: ./build/tree/install-tree.js
var install_tree = __webpack_require__(88983);
// EXTERNAL MODULE: ./build/entry/named-environment.js
var named_environment = __webpack_require__(83742);
// EXTERNAL MODULE: ./build/entry/shared-options.js + 1 modules
var shared_options = __webpack_require__(49601);
// EXTERNAL MODULE: ./build/entry/signing-options.js
var signing_options = __webpack_require__(36899);
// EXTERNAL MODULE: ./build/entry/store-options.js
var store_options = __webpack_require__(53961);
;// CONCATENATED MODULE: ./build/entry/verb-push.js
/** `buildcache push MIRROR [SPEC…]`: options in, pushed specs and exit code out. */


















function verb_push_define(command, context) {
    (0,shared_options/* addSharedOptions */.J0)(command)
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
    (0,signing_options/* addSigningOptions */.$0)(command);
    (0,store_options/* addStoreOptions */.VW)(command).action((mirror, specs, options) => run(mirror, specs, options, context));
}
async function run(argument, specs, options, context) {
    const { mirror, upstreams, around } = await readMirrors(argument, options, context);
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
    const cache = await (0,open_target/* openPushMirror */.Q)(mirror, around.connection, mirror.push.view, {
        baseImage: options.baseImage,
        tag: options.tag,
    });
    try {
        const target = { name: mirror.name, cache, signer, elsewhere };
        const result = await (0,push/* push */.V)({
            ...options,
            ...selected,
            imageTag: options.tag,
            tree,
            graph,
            targets: [target],
            spackPrefix: (0,store_options/* spackPrefix */.BZ)(options, context, store),
            signal: context.signal,
            onOutcome: (_, spec, outcome) => {
                const line = (0,push_text/* outcomeLine */.RW)(spec, outcome, undefined);
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
        if (options.json)
            context.stdout.write(`${JSON.stringify(pushJson(result), null, 2)}\n`);
        else if (!options.quiet)
            context.stdout.write(`${(0,push_text/* pushText */.cq)(result, (0,terminal/* terminalStyle */.w)(around.color)).join('\n')}\n`);
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
            hint: `buildcache push ${options.mirrorUrl[0]} [SPEC…]`,
        });
    }
    const around = await (0,shared_options/* readSurroundings */.St)({ ...options, mirrorUrl: [argument, ...options.skipPresentIn] }, context);
    const [mirror, ...upstreams] = around.mirrors;
    if (mirror === undefined)
        throw new errors/* BuildcacheError */.fO('internal', 'a mirror got lost');
    // The one mirror of a command line has a name that only Spack's files want.
    return { mirror: { ...mirror, name: argument }, upstreams, around };
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
