export const id = 3802;
export const ids = [3802];
export const modules = {

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

/***/ 23802:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   define: () => (/* binding */ define)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _core_make_folder_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(89831);
/* harmony import */ var _core_write_file_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(23020);
/* harmony import */ var _spec_constraint_match_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(13583);
/* harmony import */ var _spec_constraint_parse_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(16939);
/* harmony import */ var _spec_emit_spec_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(21743);
/* harmony import */ var _spec_graph_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(85746);
/* harmony import */ var _one_spec_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(86959);
/* harmony import */ var _shared_options_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(23589);
/** `buildcache save-specfile`: a root and which of its dependencies in, a spec.json for each out. */










function define(command, context) {
    (0,_shared_options_js__WEBPACK_IMPORTED_MODULE_8__/* .addSharedOptions */ .J0)(command)
        .option('--root-spec <spec>', 'a spec of the environment')
        .option('--root-specfile <file>', 'its spec.json instead')
        .requiredOption('-s, --specs <specs>', 'which of the root and all below it to save, separated by spaces')
        .requiredOption('--specfile-dir <dir>', 'the folder to save them in, as NAME.json')
        .action((options) => run(options, context));
}
async function run(options, context) {
    const { environment, reporter } = await (0,_shared_options_js__WEBPACK_IMPORTED_MODULE_8__/* .readSurroundings */ .St)(options, context);
    const named = { spec: options.rootSpec, file: options.rootSpecfile };
    const flags = { spec: '--root-spec', file: '--root-specfile' };
    const { graph, spec } = await (0,_one_spec_js__WEBPACK_IMPORTED_MODULE_7__/* .readOneSpec */ .C)(named, flags, environment, context);
    const wanted = (0,_spec_constraint_parse_js__WEBPACK_IMPORTED_MODULE_5__.parseSpecArguments)(options.specs.split(/\s+/).filter((text) => text !== ''));
    const matching = (0,_spec_graph_js__WEBPACK_IMPORTED_MODULE_9__/* .postOrder */ .bV)(graph, [spec.hash]).filter((node) => wanted.some((constraint) => (0,_spec_constraint_match_js__WEBPACK_IMPORTED_MODULE_4__.satisfies)(graph, node, constraint)));
    if (matching.length === 0) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('not-found', `nothing in ${spec.name} matches ${JSON.stringify(options.specs)}`);
    }
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.resolve)(context.cwd, options.specfileDir);
    await (0,_core_make_folder_js__WEBPACK_IMPORTED_MODULE_2__/* .makeFolder */ .f)(folder).catch((error) => {
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .fileError */ .zS)(error, folder, 'make the folder');
    });
    const emitter = (0,_spec_emit_spec_js__WEBPACK_IMPORTED_MODULE_6__/* .specEmitter */ .Go)(graph);
    const files = new Map();
    // The root last: where two have one name, it is what the name stands for.
    for (const node of matching) {
        const name = `${node.name}.json`;
        const other = files.get(name);
        if (other !== undefined)
            reporter.warn(`${name} was to be of /${other.slice(0, 7)} too: save that one by its hash`);
        files.set(name, node.hash);
        await (0,_core_write_file_js__WEBPACK_IMPORTED_MODULE_3__/* .writeWholeFile */ .R0)((0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, name), emitter.installedDocument(node.hash));
    }
    if (options.json) {
        const saved = [...files].map(([file, hash]) => ({ file: (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, file), hash }));
        context.stdout.write(`${JSON.stringify({ version: 1, saved }, null, 2)}\n`);
    }
    else if (!options.quiet) {
        for (const file of files.keys())
            context.stdout.write(`${(0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, file)}\n`);
    }
    context.exit(0);
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

/***/ 68397:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   V: () => (/* binding */ askedOfProvider),
/* harmony export */   n: () => (/* binding */ ANYTHING)
/* harmony export */ });
/** What is asked of a node of another name that provides the virtual package which a constraint names. */
function askedOfProvider({ hash, dependencies }) {
    return { ...ANYTHING, hash, dependencies };
}
/** The constraint that everything matches. */
const ANYTHING = {
    name: undefined,
    namespace: undefined,
    versions: undefined,
    variants: [],
    flags: [],
    platform: undefined,
    os: undefined,
    target: undefined,
    hash: undefined,
    dependencies: [],
};


/***/ }),

/***/ 16939:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  parseSpec: () => (/* binding */ parseSpec),
  parseSpecArguments: () => (/* binding */ parseSpecArguments),
  parseSpecs: () => (/* binding */ parseSpecs)
});

// EXTERNAL MODULE: ./build/spec/node.js
var spec_node = __webpack_require__(56832);
// EXTERNAL MODULE: ./build/spec/constraint/compiler.js
var compiler = __webpack_require__(49491);
// EXTERNAL MODULE: ./build/spec/constraint/conflict.js
var constraint_conflict = __webpack_require__(18188);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/spec/target.js
var target = __webpack_require__(63305);
// EXTERNAL MODULE: ./build/spec/version.js
var version = __webpack_require__(63166);
// EXTERNAL MODULE: ./build/spec/constraint/constraint.js
var constraint = __webpack_require__(68397);
// EXTERNAL MODULE: ./build/spec/constraint/scan.js
var scan = __webpack_require__(40295);
;// CONCATENATED MODULE: ./build/spec/constraint/parse-node.js
/** The part of parsing that reads one node: its name, version, variants, flags, architecture and hash. */






function newDraft() {
    return { ...constraint/* ANYTHING */.n, variants: [], flags: [], dependencies: [] };
}
/**
 * Reads one node's name and attributes; false if there is nothing of one at the cursor.
 * @throws BuildcacheError `usage`, naming the column
 */
function parseNode(cursor, node) {
    const start = cursor.next;
    for (let token = cursor.tokens[start]; token !== undefined; token = cursor.tokens[cursor.next]) {
        switch (token.kind) {
            case 'name':
                // A second name starts the next spec, and so does one after an attribute.
                if (cursor.next !== start)
                    return true;
                setName(node, token.text);
                break;
            case 'hash':
                if (node.hash !== undefined)
                    return true;
                node.hash = token.text;
                break;
            case 'version': {
                const { text } = token;
                if (node.versions !== undefined)
                    throw (0,scan/* problemAt */.l4)(cursor.text, token.start, 'a second version');
                node.versions = within(cursor.text, token.start, () => (0,version/* parseVersionSet */.uI)(text));
                break;
            }
            case 'boolean':
            case 'pair':
                setAttribute(cursor.text, node, token);
                break;
            default:
                return cursor.next !== start;
        }
        cursor.next++;
    }
    return cursor.next !== start;
}
/** Adds the column to the errors of what reads a part of the text, which starts there. */
function within(text, start, read) {
    try {
        return read();
    }
    catch (error) {
        if (!(error instanceof errors/* BuildcacheError */.fO))
            throw error;
        throw (0,scan/* problemAt */.l4)(text, start, error.message, error.facts.hint);
    }
}
function setName(node, text) {
    if (text === '*')
        return;
    const dot = text.lastIndexOf('.');
    node.name = text.slice(dot + 1);
    if (dot >= 0)
        node.namespace = text.slice(0, dot);
}
/** What looks like a variant and is none. */
const ATTRIBUTES = ['arch', 'architecture', 'platform', 'os', 'operating_system', 'target', 'namespace'];
/** With the variants that say where one package's source is from. */
const NEVER_PROPAGATED = [...ATTRIBUTES, 'branch', 'commit', 'dev_path', 'patches', 'ref', 'tag'];
const HOST_NAMES = ['frontend', 'fe', 'backend', 'be'];
function setAttribute(text, node, token) {
    const { name, start, propagate } = token;
    if (propagate && NEVER_PROPAGATED.includes(name)) {
        throw (0,scan/* problemAt */.l4)(text, start, `${name} cannot be propagated`, `write ${name}=`);
    }
    const isFlag = spec_node/* FLAG_NAMES */.G0.includes(name);
    if (token.kind === 'boolean') {
        if (isFlag || ATTRIBUTES.includes(name))
            throw (0,scan/* problemAt */.l4)(text, start, `${name} takes a value`, `write ${name}=`);
        addVariant(text, node, start, { kind: 'boolean', name, value: token.value, propagate });
    }
    else if (isFlag) {
        const values = splitFlags(token.value);
        if (values.length > 0)
            node.flags.push({ name, values, propagate });
    }
    else if (name === 'namespace') {
        node.namespace = token.value;
    }
    else if (ATTRIBUTES.includes(name)) {
        setArchitecture(text, node, token);
    }
    else {
        addVariant(text, node, start, parseVariant(text, token));
    }
}
function addVariant(text, node, start, variant) {
    if (node.variants.some(({ name }) => name === variant.name)) {
        throw (0,scan/* problemAt */.l4)(text, start, `variant ${variant.name} given twice`);
    }
    node.variants.push(variant);
}
function parseVariant(text, token) {
    const { name, value, propagate } = token;
    if (/^(true|false)$/i.test(value)) {
        return { kind: 'boolean', name, value: value.toLowerCase() === 'true', propagate };
    }
    if (value === '*')
        return { kind: 'values', name, values: [], exact: false, propagate };
    const values = [...new Set(value.split(','))].sort();
    if (values.includes('*'))
        throw (0,scan/* problemAt */.l4)(text, token.start, '"*" cannot be one of several values');
    return { kind: 'values', name, values, exact: token.exact, propagate };
}
/** A word that does not start with a dash is the value of the flag before it. */
function splitFlags(text) {
    const flags = [];
    for (const word of text.split(/\s+/).filter((part) => part !== '')) {
        const last = flags.at(-1);
        if (last === undefined || word.startsWith('-'))
            flags.push(word);
        else
            flags[flags.length - 1] = `${last} ${word}`;
    }
    return flags;
}
/** `arch=` takes `platform-os-target`, with `None` for a part that is left open, or just a target. */
function setArchitecture(text, node, token) {
    const { name, value, start } = token;
    const parts = value.split('-');
    if ((name === 'arch' || name === 'architecture') && parts.length === 3) {
        const [platform, os, target] = parts;
        setPart(text, start, node, 'platform', platform);
        setPart(text, start, node, 'os', os);
        setPart(text, start, node, 'target', target);
    }
    else if (name === 'platform') {
        setPart(text, start, node, 'platform', value);
    }
    else if (name === 'os' || name === 'operating_system') {
        setPart(text, start, node, 'os', value);
    }
    else {
        setPart(text, start, node, 'target', value);
    }
}
function setPart(text, start, node, part, value = '') {
    if (value === '' || value === 'None')
        return;
    if (node[part] !== undefined)
        throw (0,scan/* problemAt */.l4)(text, start, `${part} given twice`);
    if (part !== 'platform' && (HOST_NAMES.includes(value) || value === `default_${part}`)) {
        const hint = `name the ${part} itself`;
        throw (0,scan/* problemAt */.l4)(text, start, `${JSON.stringify(value)} stands for this host's own ${part}, which a query cannot use,`, hint);
    }
    if (part === 'target')
        node.target = within(text, start, () => (0,target/* parseTargetSet */.lf)(value));
    else
        node[part] = value;
}

;// CONCATENATED MODULE: ./build/spec/constraint/parse.js
/**
 * Parses the spec syntax of Spack 1.2 and later into constraints. It accepts what Spack accepts, except spec files, the
 * names that stand for the host's own operating system and target, and what Spack reads as something nobody can mean:
 * a `when=` with a comma, which Spack cuts short there.
 */





/**
 * All specs in a text, in order; none if it is blank.
 * @throws BuildcacheError `usage`, one line that names the column
 */
function parseSpecs(text) {
    const cursor = { text, tokens: (0,scan/* scan */.SQ)(text), next: 0 };
    const specs = [];
    while (cursor.next < cursor.tokens.length)
        specs.push(parseOne(cursor));
    return specs;
}
/**
 * The one spec in a text.
 * @throws BuildcacheError `usage`, also for none and for more than one
 */
function parseSpec(text) {
    const cursor = { text, tokens: (0,scan/* scan */.SQ)(text), next: 0 };
    if (cursor.tokens.length === 0)
        throw (0,scan/* problemAt */.l4)(text, 0, 'expected a spec');
    const spec = parseOne(cursor);
    const more = cursor.tokens[cursor.next];
    if (more !== undefined)
        throw (0,scan/* problemAt */.l4)(text, more.start, 'expected one spec, but another starts');
    return spec;
}
/**
 * Specs from command-line arguments, which Spack joins: `foo @1.2 %gcc` is one spec. The shell has taken the
 * quotes of `cflags="-O2 -g"`, so an argument that starts like a pair is one, to its end.
 * @throws BuildcacheError `usage`; the column is the one in the joined text, which the message shows
 */
function parseSpecArguments(args) {
    return parseSpecs(args.map(requote).join(' '));
}
function requote(argument) {
    const [, key, value] = /^([A-Za-z0-9_][A-Za-z0-9_.-]*:?==?)(.*)$/s.exec(argument) ?? [];
    if (key === undefined || value === undefined || /^[A-Za-z0-9,/_.\-[\]]*$/.test(value))
        return argument;
    const quote = value.includes("'") ? '"' : "'";
    return key + quote + value.replaceAll(quote, `\\${quote}`) + quote;
}
function parseOne(cursor) {
    const first = cursor.tokens[cursor.next];
    if (first?.kind === 'edge-close')
        throw (0,scan/* problemAt */.l4)(cursor.text, first.start, 'unexpected "]"');
    const root = newDraft();
    parseNode(cursor, root);
    let parent = root;
    for (let token = cursor.tokens[cursor.next]; token !== undefined; token = cursor.tokens[cursor.next]) {
        if (token.kind !== 'edge' && token.kind !== 'edge-open')
            break;
        cursor.next++;
        const attributes = token.kind === 'edge' ? { ...NO_ATTRIBUTES, virtuals: token.virtuals } : parseAttributes(cursor);
        const spec = newDraft();
        // A sigil with nothing after it asks for any package, as `*` does.
        parseNode(cursor, spec);
        if (token.sigil !== '^' && spec.name !== undefined)
            spec.name = (0,compiler/* packageOfCompiler */.Bx)(spec.name);
        // `^` is always the root's; `%` belongs to what stands before it.
        if (token.sigil === '^')
            parent = root;
        const virtuals = [...new Set(attributes.virtuals)].sort();
        const edge = { ...attributes, virtuals, kind: token.sigil, spec };
        const conflict = (0,constraint_conflict/* conflictWith */.F)(parent.dependencies, edge);
        if (conflict !== undefined)
            throw (0,scan/* problemAt */.l4)(cursor.text, token.start, conflict);
        parent.dependencies.push(edge);
        if (token.sigil === '^')
            parent = spec;
    }
    return root;
}
const NO_ATTRIBUTES = { deptypes: [], virtuals: [], when: undefined };
/** What stands between `[` and `]`, and the virtuals assigned after it. */
function parseAttributes(cursor) {
    const { text } = cursor;
    const found = new Map();
    for (let token = cursor.tokens[cursor.next];; token = cursor.tokens[cursor.next]) {
        const at = token?.start ?? text.length;
        if (token?.kind === 'edge-close') {
            cursor.next++;
            const all = [...found.values()];
            return {
                deptypes: all.flatMap(({ deptypes }) => deptypes),
                virtuals: [...all.flatMap(({ virtuals }) => virtuals), ...token.virtuals],
                when: all.find(({ when }) => when !== undefined)?.when,
            };
        }
        if (token?.kind !== 'pair' || token.propagate)
            throw (0,scan/* problemAt */.l4)(text, at, 'expected deptypes=, virtuals=, when= or "]"');
        if (found.has(token.name))
            throw (0,scan/* problemAt */.l4)(text, at, `${token.name} given twice`);
        found.set(token.name, parseAttribute(text, token));
        cursor.next++;
    }
}
function parseAttribute(text, { name, value, start }) {
    switch (name) {
        case 'deptypes': {
            const given = value.split(',');
            const wrong = given.find((type) => !spec_node/* DEPTYPES */.Rt.some((known) => known === type));
            if (wrong !== undefined)
                throw (0,scan/* problemAt */.l4)(text, start, `${JSON.stringify(wrong)} is not one of ${spec_node/* DEPTYPES */.Rt.join(', ')},`);
            return { ...NO_ATTRIBUTES, deptypes: spec_node/* DEPTYPES */.Rt.filter((type) => given.includes(type)) };
        }
        case 'virtuals': {
            const virtuals = value.split(',');
            const wrong = virtuals.find((virtual) => !(0,scan/* isIdentifier */._5)(virtual));
            if (wrong !== undefined)
                throw (0,scan/* problemAt */.l4)(text, start, `${JSON.stringify(wrong)} cannot be a virtual package,`);
            return { ...NO_ATTRIBUTES, virtuals };
        }
        case 'when': {
            if (value.includes(',')) {
                throw (0,scan/* problemAt */.l4)(text, start, 'a condition cannot have a comma', 'Spack would ignore what comes after it');
            }
            return { ...NO_ATTRIBUTES, when: within(text, start, () => parseSpec(value)) };
        }
        default:
            throw (0,scan/* problemAt */.l4)(text, start, `unknown attribute ${name} of a dependency; expected deptypes, virtuals or when,`);
    }
}


/***/ }),

/***/ 21743:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Go: () => (/* binding */ specEmitter),
/* harmony export */   tZ: () => (/* binding */ neededFormat)
/* harmony export */ });
/* unused harmony export documentOrder */
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28314);
/* harmony import */ var _node_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(56832);
/**
 * Concrete specs written as Spack 1.x writes them, whatever format they were read from: the nodes of an index and of a
 * `spec.json`. What a document says beyond what we model is kept.
 *
 * A spec is written in format 5, which every Spack 1.x reads, unless it, or one below it, is a format 6 spec from the
 * start: that one's hash is over what format 5 has no place for.
 */



/**
 * An emitter for the specs of one graph. Nodes stand in many documents, so each one's text is made once and kept.
 * The documents' methods throw BuildcacheError `not-found` where the graph lacks a node.
 */
function specEmitter(graph) {
    const texts = new Map();
    const formatOf = neededFormat(graph);
    const node = (from, format) => {
        const key = `${format}${from.hash}`;
        let text = texts.get(key);
        if (text === undefined) {
            text = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .stringifyCompact */ .LW)(dictionaryOf(from, format));
            texts.set(key, text);
        }
        return text;
    };
    const spec = (hash) => {
        const format = formatOf(hash);
        const nodes = documentOrder(graph, hash).map((each) => node(each, format));
        return `"spec":{"_meta":{"version":${format}},"nodes":[${nodes.join(',')}]}`;
    };
    return {
        node,
        formatOf,
        // Spack still writes this version, an older layout's, for the sake of registries.
        document: (hash) => `{${spec(hash)},"buildcache_layout_version":2}`,
        installedDocument: (hash) => `{${spec(hash)}}`,
    };
}
/**
 * A spec and all below it, each once: depth first, a node before what it depends on, children by name; after a
 * spliced node the nodes of the spec it was built as.
 * @param within for itself: the build specs on the way here
 * @throws BuildcacheError `not-found` where the graph lacks a node; `unsupported` where build specs go round in a circle
 */
function documentOrder(graph, hash, within = []) {
    const order = new Map();
    // Visited and written are not the same for what a build spec brought in: Spack still walks through it.
    const visited = new Set();
    const stack = [nodeOf(graph, hash, undefined)];
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
        if (visited.has(node.hash))
            continue;
        visited.add(node.hash);
        order.set(node.hash, node);
        if (node.buildSpec !== undefined) {
            const built = nodeOf(graph, node.buildSpec.hash, node).hash;
            if (within.includes(built) || within.length >= MAX_SPLICES)
                throw circular(node);
            for (const each of documentOrder(graph, built, [...within, built]))
                if (!order.has(each.hash))
                    order.set(each.hash, each);
        }
        const children = [...node.dependencies].sort((a, b) => (a.name < b.name ? 1 : a.name > b.name ? -1 : 0));
        for (const edge of children)
            stack.push(nodeOf(graph, edge.hash, node));
    }
    return [...order.values()];
}
/** What is spliced again keeps its first build spec, so that there are no chains but made-up ones. */
const MAX_SPLICES = 16;
function circular(node) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('unsupported', `what ${node.name}/${(0,_node_js__WEBPACK_IMPORTED_MODULE_2__/* .shortHash */ .BC)(node)} was built as leads to no end`, {
        expected: 'a build spec that is not made of the spliced one',
        hint: 'concretize again, or run `spack reindex` where it is installed',
    });
}
/**
 * {@link SpecEmitter.formatOf} for a graph. What is found of one spec is kept for those above it: an index asks about
 * each of its own. Specs that the graph lacks, and circles, do no harm.
 */
function neededFormat({ nodes }) {
    const fit = new Set();
    return (hash) => {
        const below = new Set([hash]);
        // A set is walked to its end, what is added on the way included.
        for (const at of below) {
            const node = fit.has(at) ? undefined : nodes.get(at);
            if (node === undefined)
                continue;
            if (node.originalFormat > 5)
                return 6;
            for (const edge of node.dependencies)
                below.add(edge.hash);
            if (node.buildSpec !== undefined)
                below.add(node.buildSpec.hash);
        }
        for (const each of below)
            fit.add(each);
        return 5;
    };
}
/**
 * The node's dictionary as the format has it, without the mark of direct dependencies, which databases drop. What an
 * older node provides, a Spack that reads it in format 5 finds out by itself.
 */
function dictionaryOf(node, format) {
    const { compiler: _, annotations, dependencies: __, hash: ___, build_spec, provided_virtuals, ...rest } = node.dict;
    const dependencies = node.dependencies.map(({ name, hash, deptypes, virtuals }) => ({
        name,
        hash,
        parameters: { deptypes, virtuals },
    }));
    return {
        ...rest,
        ...(provided_virtuals === undefined || format < 6 ? {} : { provided_virtuals }),
        ...(dependencies.length === 0 ? {} : { dependencies }),
        ...(build_spec === undefined ? {} : { build_spec }),
        annotations: (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(annotations) ? annotations : annotationsOf(node),
        hash: node.hash,
    };
}
/** Formats before 5 had the compiler in the node itself. */
function annotationsOf({ originalFormat, compiler }) {
    if (originalFormat >= 5)
        return { original_specfile_version: originalFormat };
    const text = compiler === undefined ? 'None' : `${compiler.name}@=${compiler.version}`;
    return { original_specfile_version: originalFormat, compiler: text };
}
function nodeOf(graph, hash, from) {
    const node = graph.nodes.get(hash);
    if (node !== undefined)
        return node;
    const what = from === undefined ? 'the spec' : `a spec that ${from.name}/${(0,_node_js__WEBPACK_IMPORTED_MODULE_2__/* .shortHash */ .BC)(from)} needs`;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('not-found', `${what} is in neither the install database nor the environment`, {
        expected: `/${hash}`,
        hint: 'name the environment it was concretized in (--environment), the tree it is in (upstreams: in spack.yaml), or run `spack reindex`',
    });
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


/***/ })

};
