export const id = 8659;
export const ids = [8659,3296];
export const modules = {

/***/ 73296:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HW: () => (/* binding */ isReservedTag),
/* harmony export */   W3: () => (/* binding */ specTag),
/* harmony export */   YV: () => (/* binding */ couldBeTagOf),
/* harmony export */   qA: () => (/* binding */ INDEX_TAG),
/* harmony export */   wu: () => (/* binding */ hashInTag)
/* harmony export */ });
/** Where Spack keeps the index: what looks like an image and is none. */
const INDEX_TAG = 'index.spack';
/** The most a tag may have, by the OCI distribution specification. */
const LONGEST = 128;
/** The tag of a spec's image, as Spack makes it; one that would be too long loses its middle. */
function specTag({ name, version, hash }) {
    const tag = tagCharacters(`${name}-${version}-${hash}.spack`);
    return tag.length > LONGEST ? tag.slice(0, 64) + tag.slice(-64) : tag;
}
/** The DAG hash in a tag; undefined when it is no spec's. */
function hashInTag(tag) {
    return /-([a-z2-7]{32})\.spack$/.exec(tag)?.[1];
}
/** Whether a tag may be of a spec of that package, whose name may not be all there. */
function couldBeTagOf(tag, packageName) {
    return tag.startsWith(tagCharacters(`${packageName}-`).slice(0, 64));
}
/** Whether a tag has a meaning of its own: Spack's, or a list of what refers to a manifest. */
function isReservedTag(tag) {
    return tag.endsWith('.spack') || /^sha256-[0-9a-f]{64}$/.test(tag);
}
function tagCharacters(text) {
    return text.replace(/[^\w.-]/g, '_');
}


/***/ }),

/***/ 89831:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ makeFolder)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/**
 * A folder with its missing parents. Node's own `recursive` never ends where the system says "no such file" of a parent
 * that is there (automounted folders, /proc), and says so itself of a read-only file system.
 */



/** Parents may be removed by somebody else meanwhile, so often. */
const ATTEMPTS = 3;
/**
 * @returns whether it had to be made
 * @throws the system's error for what stood in the way: `EROFS`, `EACCES`, `ENOTDIR`, …
 */
async function makeFolder(folder) {
    for (let attempt = 1;; attempt++) {
        try {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(folder);
            return true;
        }
        catch (error) {
            const parent = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder);
            const lacksParent = (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) === 'ENOENT' && parent !== folder;
            if (!lacksParent || attempt === ATTEMPTS) {
                if (await isFolder(folder))
                    return false;
                throw error;
            }
            await makeFolder(parent);
        }
    }
}
async function isFolder(path) {
    return await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(path).then((found) => found.isDirectory(), () => false);
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
/* harmony import */ var _make_folder_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(89831);
/** Files that are whole or not there: written beside their place, then renamed into it. */





/** Creates missing folders. @throws `denied`, `io`, … naming the file */
async function writeWholeFile(file, content) {
    const temporary = `${file}.${process.pid}.${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(4).toString('hex')}.tmp`;
    try {
        await (0,_make_folder_js__WEBPACK_IMPORTED_MODULE_4__/* .makeFolder */ .f)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(file));
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
        await (0,_make_folder_js__WEBPACK_IMPORTED_MODULE_4__/* .makeFolder */ .f)(folder);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.access)(folder, node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.constants.W_OK);
        return true;
    }
    catch {
        return false;
    }
}


/***/ }),

/***/ 86959:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ readOneSpec)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/* harmony import */ var _mirrors_environment_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(10432);
/* harmony import */ var _plan_select_one_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(51233);
/* harmony import */ var _spec_spec_file_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(5518);
/** Options of verbs about one spec: from the environment, or from a file. */






/** @throws BuildcacheError `usage` unless exactly one is given; for a spec that is not there or a file that is none */
async function readOneSpec(named, flags, environment, { cwd }) {
    if ((named.spec === undefined) === (named.file === undefined)) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('usage', `one of ${flags.spec} and ${flags.file} is needed, and not both`);
    }
    if (named.spec !== undefined) {
        const graph = await (0,_mirrors_environment_js__WEBPACK_IMPORTED_MODULE_3__/* .readEnvironment */ .Qo)(environment);
        return { graph, spec: await (0,_plan_select_one_js__WEBPACK_IMPORTED_MODULE_4__/* .selectOne */ .J)(graph, named.spec) };
    }
    const file = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.resolve)(cwd, named.file ?? '');
    const bytes = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.readFile)(file).catch((error) => {
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .fileError */ .zS)(error, file, 'read the spec file');
    });
    const { root, nodes } = (0,_spec_spec_file_js__WEBPACK_IMPORTED_MODULE_5__/* .readSpecFile */ .MB)(bytes, file);
    return { graph: { nodes, roots: [{ hash: root.hash, spec: root.name }] }, spec: root };
}


/***/ }),

/***/ 27523:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  define: () => (/* binding */ verb_download_define)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./node_modules/commander/esm.mjs
var esm = __webpack_require__(48179);
// EXTERNAL MODULE: ./build/cache/download-cache.js + 1 modules
var download_cache = __webpack_require__(78651);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: ./build/cache/layout3.js
var layout3 = __webpack_require__(65314);
// EXTERNAL MODULE: ./build/cache/obtain.js
var obtain = __webpack_require__(86992);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/core/make-folder.js
var make_folder = __webpack_require__(89831);
// EXTERNAL MODULE: ./build/core/write-file.js
var write_file = __webpack_require__(23020);
;// CONCATENATED MODULE: ./build/commands/download.js
/** `download`: a spec's tarball and spec file, verified, into a folder. */









/**
 * Writes `<name>-<version>-<hash>.spack` and `….spec.json`; files of these names are replaced, once all is there.
 * @throws BuildcacheError `not-found` when no mirror has it; else as `obtain`
 */
async function download(spec, folder, options) {
    const name = (0,layout3/* entryName */.MB)(spec);
    const tarball = (0,external_node_path_.join)(folder, `${name}.spack`);
    const specFile = (0,external_node_path_.join)(folder, `${name}.spec.json`);
    const found = await inStaging(folder, (staging) => (0,obtain/* obtain */.A)(spec, options, async (bytes, verified) => {
        const partial = (0,external_node_path_.join)(staging, 'tarball');
        await writeTarball(bytes, partial);
        await (0,write_file/* writeWholeFile */.R0)(specFile, verified.documentText);
        await (0,promises_.rename)(partial, tarball);
        return verified.entry.tarball.sha256 ?? '';
    }));
    if (found !== undefined) {
        const { value: sha256, mirror, verified, notes } = found;
        return { tarball, specFile, sha256, mirror, signedBy: verified.signedBy, notes };
    }
    throw new errors/* BuildcacheError */.fO('not-found', `no mirror has ${spec.name}@${spec.version} /${spec.hash.slice(0, 7)}`, {
        found: `asked: ${options.mirrors.map((mirror) => mirror.name).join(', ')}`,
        hint: '`buildcache list --allarch` says what they have',
    });
}
/** Beside its place, so that what is whole only has to be renamed. */
async function inStaging(folder, use) {
    let staging;
    try {
        await (0,make_folder/* makeFolder */.f)(folder);
        staging = await (0,promises_.mkdtemp)((0,external_node_path_.join)(folder, '.download-'));
    }
    catch (error) {
        throw (0,errors/* fileError */.zS)(error, folder, 'download into it');
    }
    try {
        return await use(staging);
    }
    finally {
        await (0,promises_.rm)(staging, { recursive: true, force: true });
    }
}
async function writeTarball(bytes, file) {
    try {
        await (0,external_node_stream_promises_.pipeline)(bytes, (0,external_node_fs_.createWriteStream)(file));
    }
    catch (error) {
        throw (0,errors/* fileError */.zS)(error, file, 'write the tarball');
    }
}

// EXTERNAL MODULE: ./build/core/digest.js
var digest = __webpack_require__(82552);
// EXTERNAL MODULE: ./build/mirrors/open-trusted.js
var open_trusted = __webpack_require__(40009);
// EXTERNAL MODULE: ./build/spec/entry-spec.js
var entry_spec = __webpack_require__(69008);
// EXTERNAL MODULE: ./build/spec/node.js
var node = __webpack_require__(56832);
// EXTERNAL MODULE: ./build/entry/one-spec.js
var one_spec = __webpack_require__(86959);
// EXTERNAL MODULE: ./build/entry/shared-options.js
var shared_options = __webpack_require__(23589);
// EXTERNAL MODULE: ./build/entry/trust-options.js
var trust_options = __webpack_require__(90066);
;// CONCATENATED MODULE: ./build/entry/verb-download.js
/** `buildcache download`: a spec in, its tarball and spec file in a folder out. */












function verb_download_define(command, context) {
    (0,trust_options/* addTrustOptions */.S_)((0,shared_options/* addSharedOptions */.J0)(command))
        .option('-s, --spec <spec>', 'a spec of the environment')
        .option('--spec-file <file>', 'a spec.json')
        .requiredOption('-p, --path <dir>', 'the folder to download into')
        .option('--sha256 <digest>', 'take no other tarball than this', verb_download_digest)
        .action((options) => run(options, context));
}
async function run(options, context) {
    const around = await (0,shared_options/* readSurroundings */.St)(options, context);
    const { environment, reporter, connection } = around;
    const { signal, env, cwd } = context;
    const named = { spec: options.spec, file: options.specFile };
    const { graph, spec } = await (0,one_spec/* readOneSpec */.C)(named, { spec: '--spec', file: '--spec-file' }, environment, context);
    if (around.mirrors.length === 0) {
        throw new errors/* BuildcacheError */.fO('usage', 'there is no mirror to download from', {
            hint: 'name one with --mirror-url, or configure it in spack.yaml',
        });
    }
    const trust = await (0,trust_options/* readTrust */.bn)(options, context, reporter);
    const mirrors = [];
    try {
        for (const mirror of around.mirrors) {
            const open = await (0,open_trusted/* openTrustedMirror */.v)(mirror, graph, connection, trust, signal);
            mirrors.push(open);
            for (const note of open.notes)
                reporter.warn(`${mirror.name}: ${note}`);
        }
        const cache = (0,download_cache/* openDownloadCache */.l)((0,trust_options/* downloadFolder */.LP)(env));
        const from = (0,entry_spec/* entrySpec */.mO)(graph, spec);
        if (from !== spec)
            reporter.info(`${spec.name}/${(0,node/* shortHash */.BC)(spec)} is installed from its ${(0,entry_spec/* builtAs */.Jx)(spec)}`);
        const found = await download(from, (0,external_node_path_.resolve)(cwd, options.path), {
            mirrors,
            cache,
            sha256: options.sha256,
            signal,
        });
        for (const note of found.notes)
            reporter.warn(note);
        if (options.json) {
            const { tarball, specFile, sha256, mirror, signedBy } = found;
            const shown = {
                version: 1,
                hash: spec.hash,
                ...(spec.buildSpec === undefined ? {} : { build_spec: spec.buildSpec }),
                tarball,
                spec_file: specFile,
                sha256,
                mirror,
                signed_by: signedBy ?? null,
            };
            context.stdout.write(`${JSON.stringify(shown, null, 2)}\n`);
        }
        else if (!options.quiet) {
            context.stdout.write(`${found.tarball}\n${found.specFile}\n`);
        }
        context.exit(0);
    }
    finally {
        await Promise.all(mirrors.map((mirror) => mirror.close()));
    }
}
function verb_download_digest(text) {
    const digits = text.replace(/^sha256:/, '').toLowerCase();
    if ((0,digest/* isSha256 */._h)(digits))
        return digits;
    throw new esm/* InvalidArgumentError */.Di('Expected 64 hexadecimal digits.');
}


/***/ }),

/***/ 3196:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ rootsOfGroups),
/* harmony export */   j: () => (/* binding */ rootsOnlyIn)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _core_nearest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(42732);
/** Groups of an environment's roots, as `spack.yaml` makes them and lockfiles have them from version 7 on. */


/** The group of what is in no other, and of all roots of older lockfiles. */
const DEFAULT_GROUP = 'default';
/** Named in a message. */
const SHOWN = 20;
/**
 * The roots of some groups. Those of included environments are in none of this one's.
 * @param groups none: all roots
 * @throws BuildcacheError `usage` for a group that there is not, naming those there are
 */
function rootsOfGroups(roots, groups) {
    if (groups.length === 0)
        return roots;
    const known = new Set(roots.flatMap((root) => groupOf(root) ?? []));
    for (const group of groups)
        if (!known.has(group))
            throw noSuchGroup(group, known);
    return roots.filter((root) => groups.includes(groupOf(root) ?? ''));
}
/** Hashes of roots that are in none but these groups. */
function rootsOnlyIn(roots, groups) {
    const isOnly = (root) => groups.has(groupOf(root) ?? '');
    const others = new Set(roots.filter((root) => !isOnly(root)).map(({ hash }) => hash));
    return new Set(roots.filter((root) => isOnly(root) && !others.has(root.hash)).map(({ hash }) => hash));
}
function groupOf({ group, included }) {
    return included === true ? undefined : (group ?? DEFAULT_GROUP);
}
function noSuchGroup(group, known) {
    const meant = (0,_core_nearest_js__WEBPACK_IMPORTED_MODULE_1__/* .nearest */ .p)(group, known);
    const names = [...known].slice(0, SHOWN).join(', ');
    const more = known.size > SHOWN ? ` and ${known.size - SHOWN} more` : '';
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `the environment has no group ${JSON.stringify(group)} with roots`, {
        expected: known.size === 0 ? 'an environment with roots' : `one of: ${names}${more}`,
        hint: meant === undefined
            ? 'concretize the environment again if the group is new in its spack.yaml'
            : `did you mean ${meant}?`,
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

/***/ 60000:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Qz: () => (/* binding */ EVERYTHING),
/* harmony export */   fg: () => (/* binding */ isGlob),
/* harmony export */   rk: () => (/* binding */ selectSpecs)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _spec_decode_node_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(39595);
/* harmony import */ var _spec_graph_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(85746);
/* harmony import */ var _groups_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3196);
/** Which specs of an environment a command works with. */




const EVERYTHING = {
    rootsOnly: false,
    noBuildDeps: false,
    specs: [],
    hashes: [],
    include: [],
    exclude: [],
};
/**
 * The concrete, non-external specs selected, dependencies before dependents, each hash once.
 * @throws `usage` for a pattern that cannot be read or a group that there is not, `not-found` for a positive that matches nothing
 */
async function selectSpecs(graph, selection) {
    const base = baseNodes(graph, selection).filter((node) => node.external === undefined);
    const positives = await Promise.all([
        ...selection.specs.map((text) => matcher(text, base)),
        ...selection.hashes.map((text) => hashMatcher(text.replace(/^\//, ''), text)),
    ]);
    const include = await Promise.all(selection.include.map((text) => matcher(text, base)));
    const exclude = await Promise.all(selection.exclude.map((text) => matcher(text, base)));
    for (const positive of positives) {
        if (!base.some((node) => positive.matches(graph, node))) {
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('not-found', `no spec of the environment matches ${JSON.stringify(positive.text)}`, {
                hint: 'external specs are never selected; look at the environment with spack find -L',
            });
        }
    }
    const any = (matchers, node) => matchers.some((one) => one.matches(graph, node));
    return base.filter((node) => (positives.length === 0 || any(positives, node)) &&
        (include.length === 0 || any(include, node)) &&
        !any(exclude, node));
}
function baseNodes(graph, { groups = [], rootsOnly, noBuildDeps }) {
    const roots = new Set((0,_groups_js__WEBPACK_IMPORTED_MODULE_2__/* .rootsOfGroups */ .P)(graph.roots, groups).map((root) => root.hash));
    const nodes = (0,_spec_graph_js__WEBPACK_IMPORTED_MODULE_3__/* .postOrder */ .bV)(graph, roots, noBuildDeps ? (0,_spec_graph_js__WEBPACK_IMPORTED_MODULE_3__/* .ofTypes */ .vz)('link', 'run') : undefined);
    return rootsOnly ? nodes.filter((node) => roots.has(node.hash)) : nodes;
}
/** A glob over names, a hash, or a spec constraint; one argument is one constraint. */
async function matcher(text, base) {
    if (/^\/[a-z2-7]+$/.test(text))
        return hashMatcher(text.slice(1), text);
    // A package's name is the commonest constraint and needs no parser; one that no package has may be virtual.
    if (/^\w[\w-]*$/.test(text) && base.some(({ name }) => name === text))
        return { text, matches: (_, node) => node.name === text };
    if (isGlob(text)) {
        const { default: picomatch } = await __webpack_require__.e(/* import() */ 4006).then(__webpack_require__.t.bind(__webpack_require__, 14006, 19));
        const isMatch = picomatch(text);
        return { text, matches: (_, node) => isMatch(node.name) };
    }
    const [{ parseSpec }, { satisfies }] = await Promise.all([
        Promise.all(/* import() */[__webpack_require__.e(9981), __webpack_require__.e(6939)]).then(__webpack_require__.bind(__webpack_require__, 16939)),
        Promise.all(/* import() */[__webpack_require__.e(9981), __webpack_require__.e(3583)]).then(__webpack_require__.bind(__webpack_require__, 13583)),
    ]);
    const constraint = parseSpec(text);
    return { text, matches: (graph, node) => satisfies(graph, node, constraint) };
}
/** `py-*`, `{hdf5,netcdf}-*`: no constraint can begin with a name that has such characters. */
function isGlob(text) {
    return /^[\w{},[\]!-]*[*?{[][\w{},[\]!*?-]*$/.test(text);
}
function hashMatcher(prefix, text) {
    if (prefix === '' || !(0,_spec_decode_node_js__WEBPACK_IMPORTED_MODULE_1__/* .isDagHash */ .X)(prefix.padEnd(32, 'a'))) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('usage', `not a hash: ${JSON.stringify(text)}`, {
            expected: 'up to 32 characters of lower-case base32',
        });
    }
    return { text, matches: (_, node) => node.hash.startsWith(prefix) };
}


/***/ }),

/***/ 85746:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bV: () => (/* binding */ postOrder),
/* harmony export */   vz: () => (/* binding */ ofTypes),
/* harmony export */   yw: () => (/* binding */ recordOrder)
/* harmony export */ });
/**
 * All nodes reachable from the given hashes, dependencies before dependents (post-order, children in the
 * document's order), each once. Edges to nodes the graph does not hold are passed over.
 * @param follow which edges to walk; all of them when not given
 */
function postOrder(graph, hashes, follow) {
    return walk(graph, hashes, follow, () => false);
}
/**
 * The same, with what spliced nodes were built as, after their dependencies: an index or a database that has a record
 * of a spliced spec needs records of all these, or Spack 1.2 and newer refuse the whole document.
 * @param isFollowed whose dependencies and build spec are looked at; everybody's when not given
 */
function recordOrder(graph, hashes, isFollowed = () => true) {
    return walk(graph, hashes, (_, from) => isFollowed(from), isFollowed);
}
function walk(graph, hashes, follow, toBuildSpec) {
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
            const { buildSpec, dependencies } = top.node;
            const at = top.next++;
            const edge = dependencies[at];
            if (edge !== undefined) {
                if (follow === undefined || follow(edge.deptypes, top.node))
                    enter(edge.hash);
            }
            else if (at === dependencies.length && buildSpec !== undefined && toBuildSpec(top.node)) {
                enter(buildSpec.hash);
            }
            else {
                order.push(top.node);
                stack.pop();
            }
        }
    }
    return order;
}
/** An edge filter for {@link postOrder}: edges having at least one of these types. */
function ofTypes(...types) {
    return (deptypes) => deptypes.some((type) => types.includes(type));
}


/***/ }),

/***/ 70370:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  A: () => (/* binding */ pLimit)
});

// UNUSED EXPORTS: limitFunction

;// CONCATENATED MODULE: ./node_modules/yocto-queue/index.js
/*
How it works:
`this.#head` is an instance of `Node` which keeps track of its current value and nests another instance of `Node` that keeps the value that comes after it. When a value is provided to `.enqueue()`, the code needs to iterate through `this.#head`, going deeper and deeper to find the last value. However, iterating through every single item is slow. This problem is solved by saving a reference to the last value as `this.#tail` so that it can reference it to add a new value.
*/

class Node {
	value;
	next;

	constructor(value) {
		this.value = value;
	}
}

class Queue {
	#head;
	#tail;
	#size;

	constructor() {
		this.clear();
	}

	enqueue(value) {
		const node = new Node(value);

		if (this.#head) {
			this.#tail.next = node;
			this.#tail = node;
		} else {
			this.#head = node;
			this.#tail = node;
		}

		this.#size++;
	}

	dequeue() {
		const current = this.#head;
		if (!current) {
			return;
		}

		this.#head = this.#head.next;
		this.#size--;

		// Clean up tail reference when queue becomes empty
		if (!this.#head) {
			this.#tail = undefined;
		}

		return current.value;
	}

	peek() {
		if (!this.#head) {
			return;
		}

		return this.#head.value;

		// TODO: Node.js 18.
		// return this.#head?.value;
	}

	clear() {
		this.#head = undefined;
		this.#tail = undefined;
		this.#size = 0;
	}

	get size() {
		return this.#size;
	}

	* [Symbol.iterator]() {
		let current = this.#head;

		while (current) {
			yield current.value;
			current = current.next;
		}
	}

	* drain() {
		while (this.#head) {
			yield this.dequeue();
		}
	}
}

;// CONCATENATED MODULE: ./node_modules/p-limit/index.js


function pLimit(concurrency) {
	let rejectOnClear = false;

	if (typeof concurrency === 'object') {
		({concurrency, rejectOnClear = false} = concurrency);
	}

	validateConcurrency(concurrency);

	if (typeof rejectOnClear !== 'boolean') {
		throw new TypeError('Expected `rejectOnClear` to be a boolean');
	}

	const queue = new Queue();
	let activeCount = 0;

	const resumeNext = () => {
		// Process the next queued function if we're under the concurrency limit
		if (activeCount < concurrency && queue.size > 0) {
			activeCount++;
			queue.dequeue().run();
		}
	};

	const next = () => {
		activeCount--;
		resumeNext();
	};

	const run = async (function_, resolve, arguments_) => {
		// Execute the function and capture the result promise
		const result = (async () => function_(...arguments_))();

		// Resolve immediately with the promise (don't wait for completion)
		resolve(result);

		// Wait for the function to complete (success or failure)
		// We catch errors here to prevent unhandled rejections,
		// but the original promise rejection is preserved for the caller
		try {
			await result;
		} catch {}

		// Decrement active count and process next queued function
		next();
	};

	const enqueue = (function_, resolve, reject, arguments_) => {
		const queueItem = {reject};

		// Queue the internal resolve function instead of the run function
		// to preserve the asynchronous execution context.
		new Promise(internalResolve => { // eslint-disable-line promise/param-names
			queueItem.run = internalResolve;
			queue.enqueue(queueItem);
		}).then(run.bind(undefined, function_, resolve, arguments_)); // eslint-disable-line promise/prefer-await-to-then

		// Start processing immediately if we haven't reached the concurrency limit
		if (activeCount < concurrency) {
			resumeNext();
		}
	};

	const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
		enqueue(function_, resolve, reject, arguments_);
	});

	Object.defineProperties(generator, {
		activeCount: {
			get: () => activeCount,
		},
		pendingCount: {
			get: () => queue.size,
		},
		clearQueue: {
			value() {
				if (!rejectOnClear) {
					queue.clear();
					return;
				}

				const abortError = AbortSignal.abort().reason;

				while (queue.size > 0) {
					queue.dequeue().reject(abortError);
				}
			},
		},
		concurrency: {
			get: () => concurrency,

			set(newConcurrency) {
				validateConcurrency(newConcurrency);
				concurrency = newConcurrency;

				queueMicrotask(() => {
					// eslint-disable-next-line no-unmodified-loop-condition
					while (activeCount < concurrency && queue.size > 0) {
						resumeNext();
					}
				});
			},
		},
		map: {
			async value(iterable, function_) {
				const promises = [];

				try {
					Array.from(iterable, (value, index) => {
						const promise = generator(function_, value, index);
						promises.push(promise);
						return promise;
					});
				} catch (error) {
					// The iterable threw, so `Promise.all` never observes the already scheduled promises. Observe them here to avoid unhandled rejections.
					for (const promise of promises) {
						promise.catch(() => {}); // eslint-disable-line promise/prefer-await-to-then
					}

					throw error;
				}

				return Promise.all(promises);
			},
		},
	});

	return generator;
}

function limitFunction(function_, options) {
	const limit = pLimit(options);

	const limitedFunction = (...arguments_) => limit(() => function_(...arguments_));
	Object.defineProperty(limitedFunction, 'clearQueue', {
		value: limit.clearQueue,
	});

	return limitedFunction;
}

function validateConcurrency(concurrency) {
	if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) {
		throw new TypeError('Expected `concurrency` to be a number from 1 and up');
	}
}


/***/ })

};
