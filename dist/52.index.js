export const id = 52;
export const ids = [52];
export const modules = {

/***/ 53424:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ withIndexFolder)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _core_write_file_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(23020);
/** Where indices are kept between runs. */




/** Runs `action` with the folder, or for this run with a temporary one where nothing can be kept. */
async function withIndexFolder(folder, action) {
    if (await (0,_core_write_file_js__WEBPACK_IMPORTED_MODULE_3__/* .canWriteFolder */ .wB)(folder))
        return action(folder);
    const temporary = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)(), 'buildcache-index-'));
    try {
        return await action(temporary);
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(temporary, { recursive: true, force: true });
    }
}


/***/ }),

/***/ 97564:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   define: () => (/* binding */ define)
/* harmony export */ });
/* harmony import */ var commander__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48179);
/* harmony import */ var _cache_download_cache_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(78651);
/* harmony import */ var _cache_index_store_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(67489);
/* harmony import */ var _commands_install_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(89425);
/* harmony import */ var _commands_sources_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(87913);
/* harmony import */ var _commands_wanted_specs_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(77651);
/* harmony import */ var _core_abort_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(67844);
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(82552);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(62807);
/* harmony import */ var _plan_install_result_js__WEBPACK_IMPORTED_MODULE_19__ = __webpack_require__(14303);
/* harmony import */ var _report_install_text_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(4230);
/* harmony import */ var _report_shared_reasons_js__WEBPACK_IMPORTED_MODULE_18__ = __webpack_require__(44186);
/* harmony import */ var _report_terminal_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(63299);
/* harmony import */ var _spec_host_architecture_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(40189);
/* harmony import */ var _tree_run_environment_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(66464);
/* harmony import */ var _index_folder_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(53424);
/* harmony import */ var _install_tree_settings_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(6226);
/* harmony import */ var _named_environment_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(83742);
/* harmony import */ var _shared_options_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(23589);
/* harmony import */ var _trust_options_js__WEBPACK_IMPORTED_MODULE_17__ = __webpack_require__(90066);
/** `buildcache install SPEC`: options in, an install tree with the specs in it and exit code out. */




















function define(command, context) {
    (0,_trust_options_js__WEBPACK_IMPORTED_MODULE_17__/* .addTrustOptions */ .S_)((0,_shared_options_js__WEBPACK_IMPORTED_MODULE_16__/* .addSharedOptions */ .J0)(command))
        .argument('[spec...]', 'specs of the environment or the mirrors, /hashes, or spec files (default: the roots of the environment)')
        .option('--store <dir>', 'the root of the install tree (default: as configured, else $SPACK_ROOT/opt/spack)')
        .option('-f, --force', 'install again what is there', false)
        .option('-o, --otherarch', 'also what this machine cannot run', false)
        .option('--multiple', 'all specs that match are meant', false)
        .option('--no-deps', 'the specs only, not what they need at run time')
        .option('--sha256 <digest>', 'the tarball of the one spec must have this digest', sha256)
        .option('--no-lock', "do without Spack's locks: nobody else may use the install tree meanwhile")
        .option('--sh', 'print what a shell has to evaluate to run what was installed', false)
        .option('--dry-run', 'say what would be installed', false)
        .action((specs, options) => run(specs, options, context));
}
async function run(specs, options, context) {
    const around = await (0,_shared_options_js__WEBPACK_IMPORTED_MODULE_16__/* .readSurroundings */ .St)(options, context);
    const { reporter } = around;
    const { env, cwd, signal, stdout, stderr } = context;
    const { settings, inspections } = await (0,_install_tree_settings_js__WEBPACK_IMPORTED_MODULE_14__.readTreeConfiguration)(around.environment.folder, options.store, context);
    const trust = await (0,_trust_options_js__WEBPACK_IMPORTED_MODULE_17__/* .readTrust */ .bn)(options, context, reporter);
    const environment = await (0,_named_environment_js__WEBPACK_IMPORTED_MODULE_15__/* .namedEnvironment */ .f)(around.environment, options, env);
    // Whoever names a spec asks for it.
    const implicit = specs.length === 0 ? await (0,_named_environment_js__WEBPACK_IMPORTED_MODULE_15__/* .implicitRoots */ .p)(around.environment, environment) : undefined;
    const host = options.otherarch ? undefined : await (0,_spec_host_architecture_js__WEBPACK_IMPORTED_MODULE_11__.hostArchitecture)();
    const nodes = new Map();
    const tellOnce = (0,_report_shared_reasons_js__WEBPACK_IMPORTED_MODULE_18__/* .tellReasonsOnce */ .MK)();
    const { result, roots } = await (0,_commands_sources_js__WEBPACK_IMPORTED_MODULE_4__/* .withSources */ .Z6)({ ...around, trust, nodes, signal }, reporter, (sources) => (0,_index_folder_js__WEBPACK_IMPORTED_MODULE_13__/* .withIndexFolder */ .V)(around.indexFolder, async (folder) => {
        const asking = { ...around, sources, host, indexStore: (0,_cache_index_store_js__WEBPACK_IMPORTED_MODULE_2__/* .openIndexStore */ .W)(folder), signal };
        const { multiple } = options;
        const wanted = await (0,_commands_wanted_specs_js__WEBPACK_IMPORTED_MODULE_5__/* .wantedSpecs */ .g)({ ...asking, specs, environment, cwd, multiple }, nodes, reporter);
        if (options.sha256 !== undefined && wanted.roots.length !== 1) {
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_8__/* .BuildcacheError */ .fO('usage', '--sha256 is for one spec', {
                found: `${wanted.roots.length} specs`,
            });
        }
        for (const note of wanted.notes)
            reporter.warn(note);
        const done = await (0,_commands_install_js__WEBPACK_IMPORTED_MODULE_3__/* .install */ .a)({
            ...asking,
            cache: (0,_cache_download_cache_js__WEBPACK_IMPORTED_MODULE_1__/* .openDownloadCache */ .l)((0,_trust_options_js__WEBPACK_IMPORTED_MODULE_17__/* .downloadFolder */ .LP)(env)),
            graph: { nodes },
            roots: wanted.roots,
            implicit,
            settings,
            dependencies: options.deps,
            force: options.force,
            sha256: options.sha256,
            lock: options.lock,
            dryRun: options.dryRun,
            jobs: options.jobs,
            onOutcome(spec) {
                // A terminal has its bar; what went wrong is said at the end.
                const line = (0,_report_install_text_js__WEBPACK_IMPORTED_MODULE_9__/* .installLine */ .c6)({ ...spec, outcome: tellOnce(spec.outcome) });
                if (stderr.isTTY)
                    reporter.debug(line);
                else
                    reporter.info(line);
            },
        }, reporter);
        return { result: done, roots: wanted.roots };
    }));
    for (const note of result.notes)
        reporter.warn(note);
    const changes = environmentOf(result, roots, inspections, nodes);
    if (options.json)
        stdout.write(`${JSON.stringify((0,_report_install_text_js__WEBPACK_IMPORTED_MODULE_9__/* .installJson */ .aP)(result, byVariable(changes)), null, 2)}\n`);
    else if (options.sh)
        for (const line of (0,_tree_run_environment_js__WEBPACK_IMPORTED_MODULE_12__/* .exportLines */ .Es)((0,_tree_run_environment_js__WEBPACK_IMPORTED_MODULE_12__/* .shellVariables */ .AG)(changes, env)))
            stdout.write(`${line}\n`);
    if (options.quiet) {
        for (const text of (0,_report_install_text_js__WEBPACK_IMPORTED_MODULE_9__/* .installProblems */ .st)(result))
            reporter.error(text);
    }
    else if (!options.json) {
        const text = (0,_report_install_text_js__WEBPACK_IMPORTED_MODULE_9__/* .installText */ .DC)(result, (0,_report_terminal_js__WEBPACK_IMPORTED_MODULE_10__/* .terminalStyle */ .w)(around.color)).join('\n');
        (options.sh ? stderr : stdout).write(`${text}\n`);
    }
    if (result.cancelled)
        throw (0,_core_abort_js__WEBPACK_IMPORTED_MODULE_6__/* .cancelled */ .KW)(signal);
    context.exit((0,_plan_install_result_js__WEBPACK_IMPORTED_MODULE_19__/* .installExitCode */ .P)(result));
}
/** For the roots that are there. */
function environmentOf(result, roots, inspections, nodes) {
    const there = new Map(result.specs.filter(_plan_install_result_js__WEBPACK_IMPORTED_MODULE_19__/* .isThere */ .$).map((each) => [each.spec.hash, each.prefix]));
    return (0,_tree_run_environment_js__WEBPACK_IMPORTED_MODULE_12__/* .runEnvironment */ .t7)({ nodes }, roots.filter((hash) => there.has(hash)), { inspections, prefixOf: ({ hash }) => there.get(hash) });
}
/** What is in front first. */
function byVariable(changes) {
    const folders = new Map();
    for (const { variable, folder } of changes)
        folders.set(variable, [folder, ...(folders.get(variable) ?? [])]);
    return folders;
}
/** For commander. */
function sha256(text) {
    const digest = text.toLowerCase().replace(/^sha256:/, '');
    if ((0,_core_digest_js__WEBPACK_IMPORTED_MODULE_7__/* .isSha256 */ ._h)(digest))
        return digest;
    throw new commander__WEBPACK_IMPORTED_MODULE_0__/* .InvalidArgumentError */ .Di('Expected a SHA-256: 64 hexadecimal digits.');
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
