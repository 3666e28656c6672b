export const id = 6226;
export const ids = [6226];
export const modules = {

/***/ 6226:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  c: () => (/* binding */ readInspections),
  readTreeConfiguration: () => (/* binding */ readTreeConfiguration)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(28314);
// EXTERNAL MODULE: ./build/mirrors/environment.js + 1 modules
var environment = __webpack_require__(10432);
// EXTERNAL MODULE: ./build/mirrors/host-facts.js
var host_facts = __webpack_require__(45559);
// EXTERNAL MODULE: ./build/mirrors/location.js
var mirrors_location = __webpack_require__(6296);
// EXTERNAL MODULE: ./build/mirrors/merge-sections.js
var merge_sections = __webpack_require__(19472);
;// CONCATENATED MODULE: ./build/mirrors/sections.js
/** Sections of an environment's configuration, merged as Spack merges its scopes. */






/** @throws BuildcacheError as `environmentScopes` */
async function environmentSections(folder, env) {
    const { scopes, notes } = await (0,environment/* environmentScopes */.rM)(folder, env);
    const merged = (name) => {
        const found = [];
        for (const { sections, context } of scopes) {
            const [key, value] = (0,environment/* sectionOf */.ZE)(sections, name) ?? [];
            if (key === undefined)
                continue;
            found.push(ABSOLUTE[name]?.(value, context) ?? value);
            if (key.endsWith(':'))
                break;
        }
        return (0,merge_sections/* mergeScopes */.OL)(found.filter((section) => section !== null));
    };
    const [config, packages] = [(0,merge_sections/* withoutMarks */.zw)(merged('config')), (0,merge_sections/* withoutMarks */.zw)(merged('packages'))];
    const [modules, upstreams] = [merged('modules'), (0,merge_sections/* withoutMarks */.zw)(merged('upstreams'))];
    const host = await (0,host_facts/* hostFactsFor */.P)(JSON.stringify([config, modules]));
    const context = { base: folder, environment: folder, env, host };
    return {
        config,
        packages,
        modules,
        upstreams,
        file: (0,external_node_path_.join)(folder, 'spack.yaml'),
        expand: (text) => (0,mirrors_location/* expandPath */.aD)(text, context),
        notes,
    };
}
/** A relative path starts at the file it stands in, which is not known any more once scopes are merged. */
const ABSOLUTE = {
    config: (config, context) => mapKey(config, 'install_tree', (tree) => absoluteTree(tree, 'root', context)),
    upstreams: (upstreams, context) => (0,json/* isObject */.Gv)(upstreams)
        ? mapValues(upstreams, (upstream) => absoluteTree(upstream, 'install_tree', context))
        : upstreams,
};
function absoluteTree(tree, key, context) {
    if (typeof tree === 'string')
        return absolute(tree, context);
    return mapKey(tree, key, (root) => (typeof root === 'string' ? absolute(root, context) : root));
}
/** What cannot be replaced stays: whoever needs the path says so, and it may be nobody. */
function absolute(text, context) {
    try {
        return (0,external_node_path_.resolve)(context.base, (0,mirrors_location/* expandPath */.aD)(text, context));
    }
    catch {
        return text;
    }
}
function mapKey(map, name, change) {
    if (!(0,json/* isObject */.Gv)(map))
        return map;
    return mapValues(map, (value, key) => ((0,merge_sections/* withoutMark */.E_)(key) === name ? change(value) : value));
}
function mapValues(map, change) {
    return (0,json/* objectOf */.Xy)((0,json/* entriesOf */.Mc)(map).map(([key, value]) => [key, change(value, key)]));
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(77934);
// EXTERNAL MODULE: ./build/tree/padding.js
var padding = __webpack_require__(20860);
// EXTERNAL MODULE: ./build/tree/permissions.js
var permissions = __webpack_require__(74337);
// EXTERNAL MODULE: ./build/tree/projection.js + 1 modules
var projection = __webpack_require__(3927);
// EXTERNAL MODULE: ./build/tree/tree-root.js
var tree_root = __webpack_require__(65814);
;// CONCATENATED MODULE: ./build/tree/install-settings.js
/** Where and how Spack's configuration says to install: the tree's root, its projections, permissions. */








/**
 * @throws BuildcacheError `bad-input` naming what is malformed, `usage` where neither the user nor the
 *   configuration says where to install
 */
function readInstallSettings(configuration, context) {
    const { file } = configuration;
    const config = parse(ConfigSchema, configuration.config ?? {}, 'config', file);
    const packages = parse(PackagesSchema, configuration.packages ?? {}, 'packages', file);
    const notes = [];
    const tree = config.install_tree ?? {};
    const written = typeof tree === 'string' ? { root: tree } : tree;
    const projections = typeof tree === 'string' ? schemeOf(config.install_path_scheme) : (written.projections ?? {});
    return {
        ...rootsOf(written, context, file, notes),
        projections: projectionsOf(projections, config.install_hash_length ?? undefined, context, file),
        permissions: {
            byPackage: permissionsOf(packages, file),
            allowSetgid: config.allow_sgid ?? true,
        },
        upstreams: upstreamsIn(configuration.upstreams, context, file),
        notes,
    };
}
const Text = dist/* pipe */.FsL(dist/* string */.YjP(), dist/* minLength */.BpQ(1));
const Length = dist/* union */.KCZ([dist/* boolean */.zMY(), dist/* pipe */.FsL(dist/* number */.aig(), dist/* integer */.ndf(), dist/* minValue */.Wwf(0))]);
const TreeSchema = dist/* looseObject */._H3({
    root: dist/* nullish */.cl6(Text),
    padded_length: dist/* nullish */.cl6(Length),
    projections: dist/* nullish */.cl6(dist/* record */.g1P(dist/* string */.YjP(), Text)),
});
const ConfigSchema = dist/* looseObject */._H3({
    // Rather than a union, which does not say what of the tree is wrong.
    install_tree: dist/* nullish */.cl6(dist/* lazy */.RZV((tree) => (typeof tree === 'string' ? Text : TreeSchema))),
    install_path_scheme: dist/* nullish */.cl6(Text),
    install_hash_length: dist/* nullish */.cl6(dist/* pipe */.FsL(dist/* number */.aig(), dist/* integer */.ndf(), dist/* minValue */.Wwf(1))),
    allow_sgid: dist/* nullish */.cl6(dist/* boolean */.zMY()),
});
const UpstreamsSchema = dist/* record */.g1P(dist/* string */.YjP(), dist/* strictObject */.rej({ install_tree: Text, modules: dist/* optional */.lqM(dist/* unknown */.L5J()) }));
const PackagesSchema = dist/* record */.g1P(dist/* string */.YjP(), dist/* nullish */.cl6(dist/* looseObject */._H3({
    permissions: dist/* nullish */.cl6(dist/* looseObject */._H3({
        read: dist/* nullish */.cl6(dist/* picklist */.KIO(permissions/* WHO */.Pw)),
        write: dist/* nullish */.cl6(dist/* picklist */.KIO(permissions/* WHO */.Pw)),
        group: dist/* nullish */.cl6(dist/* union */.KCZ([dist/* string */.YjP(), dist/* number */.aig()])),
    })),
})));
function schemeOf(scheme) {
    return scheme === undefined || scheme === null ? {} : { all: scheme };
}
function rootsOf(written, context, file, notes) {
    const { root: named } = context;
    if (named === undefined)
        return configuredRoots(written, context, file, notes);
    const own = { root: named, unpaddedRoot: (0,tree_root/* withoutPadding */.gl)(named) };
    const ofConfiguration = [];
    let configured;
    try {
        configured = configuredRoots(written, context, file, ofConfiguration);
    }
    catch {
        return own; // what is wrong with it does not matter then
    }
    const isConfigured = [configured.root, configured.unpaddedRoot].some((root) => (0,tree_root/* isSameFolder */.F1)(root, named));
    // Made before padding was configured: who names it means it.
    const isOlder = (0,external_node_fs_.existsSync)((0,tree_root/* databaseFile */.G3)(named)) && !(0,external_node_fs_.existsSync)((0,tree_root/* databaseFile */.G3)(configured.root));
    if (!isConfigured || isOlder)
        return own;
    notes.push(...ofConfiguration);
    return configured;
}
function configuredRoots(written, { otherwise, expand }, file, notes) {
    const writtenRoot = written.root ?? otherwise;
    if (writtenRoot === undefined) {
        throw new errors/* BuildcacheError */.fO('usage', 'which install tree is meant is not known', {
            file,
            expected: 'config:install_tree:root in the configuration, --store (in the action: install-tree) or SPACK_ROOT',
        });
    }
    // Before variables are replaced: this is none, but an older way to ask for padding.
    const old = /\$padding(?::(\d+))?|\$\{padding(?::(\d+))?\}/.exec(writtenRoot);
    const text = expand(old === null ? writtenRoot : writtenRoot.replace(old[0], ''));
    const unpaddedRoot = text.replace(/\/+$/, '');
    if (!unpaddedRoot.startsWith('/') || unpaddedRoot.includes('\0')) {
        throw new errors/* BuildcacheError */.fO('bad-input', 'config:install_tree:root is no place to install into', {
            file,
            expected: 'an absolute path that is not /',
            found: text,
        });
    }
    const oldLength = old?.[1] ?? old?.[2];
    const length = written.padded_length || (old === null ? false : oldLength === undefined || Number(oldLength));
    if (length === false)
        return { root: unpaddedRoot, unpaddedRoot };
    if (typeof length === 'number' && length >= padding/* PATH_MAX */.n6) {
        throw new errors/* BuildcacheError */.fO('bad-input', 'config:install_tree:padded_length is longer than a path can be', {
            file,
            expected: `less than ${padding/* PATH_MAX */.n6}; \`true\` is as long as is useful`,
            found: String(length),
        });
    }
    const { root, note } = (0,padding/* addPadding */.nr)(unpaddedRoot, length === true ? undefined : length);
    if (note !== undefined)
        notes.push(note);
    return { root, unpaddedRoot };
}
function upstreamsIn(section, { expand }, file) {
    const upstreams = parse(UpstreamsSchema, section ?? {}, 'upstreams', file);
    return Object.entries(upstreams).map(([name, { install_tree: written }]) => {
        const root = expand(written);
        if (root.startsWith('/') && !root.includes('\0'))
            return { name, root };
        throw new errors/* BuildcacheError */.fO('bad-input', `upstreams:${name}:install_tree is not a path`, {
            file,
            expected: 'an absolute path, or one relative to the file',
            found: root,
        });
    });
}
/** In the order in which they are written, what is for all specs last. Spack reads them in lower case. */
function projectionsOf(written, hashLength, { expand }, file) {
    const all = Object.entries({ all: projection/* DEFAULT_PROJECTION */.i, ...written });
    const projections = all.map(([when, text]) => {
        const path = expand(text.toLowerCase());
        return {
            when: when === 'all' ? undefined : when,
            path: hashLength === undefined ? path : shortened(path, hashLength, file),
        };
    });
    return projections.sort((a, b) => Number(a.when === undefined) - Number(b.when === undefined));
}
function shortened(path, hashLength, file) {
    if (path.includes('{hash}'))
        return path.replaceAll('{hash}', `{hash:${hashLength}}`);
    throw new errors/* BuildcacheError */.fO('bad-input', 'config:install_hash_length fits no projection without {hash}', {
        file,
        expected: '{hash} in all projections',
        found: path,
    });
}
function permissionsOf(packages, file) {
    const byPackage = new Map();
    for (const [name, entry] of Object.entries(packages)) {
        const written = entry?.permissions;
        if (written === undefined || written === null)
            continue;
        const { read, write, group } = written;
        if (typeof group === 'string' && !/^[\w.@-]*$/.test(group)) {
            throw new errors/* BuildcacheError */.fO('bad-input', `packages:${name}:permissions:group is malformed`, {
                file,
                expected: 'the name or number of a group',
            });
        }
        byPackage.set(name, {
            read: read ?? undefined,
            write: write ?? undefined,
            group: group === undefined || group === null || group === '' ? undefined : String(group),
        });
    }
    return byPackage;
}
function parse(schema, value, section, file) {
    const result = dist/* safeParse */.xLC(schema, (0,json/* isObject */.Gv)(value) ? value : null);
    if (result.success)
        return result.output;
    const [issue] = result.issues;
    const at = dist/* getDotPath */.BuJ(issue)?.replaceAll('.', ':');
    throw new errors/* BuildcacheError */.fO('bad-input', `${section}${at === undefined ? '' : `:${at}`} is malformed`, {
        file,
        expected: issue.expected ?? 'what Spack has there',
        found: issue.received.slice(0, 60),
    });
}

// EXTERNAL MODULE: ./build/tree/run-environment.js
var run_environment = __webpack_require__(66464);
;// CONCATENATED MODULE: ./build/entry/install-tree-settings.js
/**
 * Which install tree a verb or a step is about, from options, configuration and variables: decided here for all of
 * them. And what installed specs add to the environment.
 */









/**
 * The tree is the one the user named, else the configured one, else Spack's own. Padding and projections are those of
 * the configuration, unless another tree was named.
 * @param folder of the environment; need not exist
 * @param store the root, as the user named it: with Spack's variables and `~`, relative to the working directory
 * @throws BuildcacheError `usage` where none of these says which tree; as `environmentSections` and
 *   `readInstallSettings`
 */
async function readTreeConfiguration(folder, store, { env, cwd, otherwise }) {
    const sections = await environmentSections(folder, env);
    const { config, packages, modules, upstreams, file, expand, notes } = sections;
    const spack = env['SPACK_ROOT'] || undefined;
    const unwritten = spack === undefined ? otherwise : (0,external_node_path_.join)(spack, 'opt', 'spack');
    const settings = readInstallSettings({ config, packages, upstreams, file }, {
        root: store === undefined ? undefined : await namedRoot(store, { base: cwd, environment: folder, env }),
        otherwise: unwritten === undefined ? undefined : (0,external_node_path_.resolve)(cwd, unwritten),
        expand,
    });
    return {
        settings: { ...settings, notes: [...notes, ...settings.notes] },
        inspections: inspectionsIn(modules, file, process.platform),
    };
}
/**
 * What images of an environment's specs get into their `Env`.
 * @returns by the platform of the specs
 * @throws BuildcacheError `bad-input`; as `environmentSections`
 */
async function readInspections(folder, env) {
    const { modules, file } = await environmentSections(folder, env);
    inspectionsIn(modules, file, 'linux'); // what is wrong with it is said before anything is sent
    return (platform) => inspectionsIn(modules, file, platform);
}
async function namedRoot(store, context) {
    if (store.trim() === '') {
        // A variable that is not set; the working directory would be another tree.
        throw new errors/* BuildcacheError */.fO('usage', 'the install tree is named by an empty text', {
            hint: 'give --store a path, or leave it away',
        });
    }
    const host = await (0,host_facts/* hostFactsFor */.P)(store);
    return (0,external_node_path_.resolve)(context.base, (0,mirrors_location/* expandPath */.aD)(store, { ...context, host }));
}
function inspectionsIn(modules, file, platform) {
    const own = (0,json/* isObject */.Gv)(modules) ? (0,environment/* sectionOf */.ZE)(modules, 'prefix_inspections') : undefined;
    const isInstead = own?.[0].endsWith(':') === true;
    return (0,run_environment/* configuredInspections */.wJ)(own?.[1], file, isInstead ? new Map() : (0,run_environment/* defaultInspections */.Ll)(platform));
}


/***/ }),

/***/ 29890:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CO: () => (/* binding */ sequenceLength),
/* harmony export */   VV: () => (/* binding */ sortByName),
/* harmony export */   q0: () => (/* binding */ decodePath),
/* harmony export */   uJ: () => (/* binding */ joinPath)
/* harmony export */ });
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4573);
/**
 * File names as the bytes they are on disk, and as the text Spack makes of them. Python decodes a name as UTF-8
 * and maps every byte that is not part of a valid sequence to the lone surrogate U+DC00 + byte
 * (PEP 383, "surrogateescape"); sorting, tar headers and the build info all see that text.
 * Names come from an install prefix and may hold anything but NUL and `/`.
 */

/** The text of a name: UTF-8, with U+DC80 to U+DCFF standing for bytes that are not. */
function decodePath(bytes) {
    if ((0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isUtf8)(bytes))
        return bytes.toString('utf8');
    let text = '';
    let at = 0;
    while (at < bytes.length) {
        const length = sequenceLength(bytes[at] ?? 0);
        const sequence = bytes.subarray(at, at + length);
        if (length > 0 && sequence.length === length && (0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isUtf8)(sequence)) {
            text += sequence.toString('utf8');
            at += length;
        }
        else {
            text += String.fromCharCode(0xdc00 + (bytes[at] ?? 0));
            at += 1;
        }
    }
    return text;
}
/** Sorts names, in place, by the code points of their text: Python's order of strings. */
function sortByName(entries) {
    // The order of valid UTF-8 is the order of its code points; only escaped bytes sort elsewhere.
    if (entries.every((entry) => (0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isUtf8)(entry.name))) {
        return entries.sort((a, b) => Buffer.compare(a.name, b.name));
    }
    const keys = new Map(entries.map((entry) => [entry, codePoints(entry.name)]));
    return entries.sort((a, b) => compareCodePoints(keys.get(a) ?? [], keys.get(b) ?? []));
}
/** `parent/name`, or either alone where the other is the empty path. */
function joinPath(parent, name) {
    if (parent.length === 0)
        return name;
    if (name.length === 0)
        return parent;
    const path = Buffer.allocUnsafe(parent.length + 1 + name.length);
    parent.copy(path);
    path[parent.length] = 0x2f;
    name.copy(path, parent.length + 1);
    return path;
}
/** How many bytes a UTF-8 sequence has that starts with this byte; 0 where none does. */
function sequenceLength(lead) {
    if (lead < 0x80)
        return 1;
    if (lead < 0xc2)
        return 0;
    if (lead < 0xe0)
        return 2;
    if (lead < 0xf0)
        return 3;
    return lead < 0xf5 ? 4 : 0;
}
function codePoints(name) {
    return Array.from(decodePath(name), (character) => character.codePointAt(0) ?? 0);
}
function compareCodePoints(a, b) {
    for (let i = 0; i < a.length && i < b.length; i++) {
        const difference = (a[i] ?? 0) - (b[i] ?? 0);
        if (difference !== 0)
            return difference;
    }
    return a.length - b.length;
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

/***/ 6961:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ topologicalOrder)
/* harmony export */ });
/**
 * All nodes reachable from the given hashes, dependents before dependencies, so that what is named first and what
 * is nearest comes first (children by name). Edges to nodes the graph does not hold are passed over.
 */
function topologicalOrder(graph, hashes, follow) {
    const roots = [...new Set(hashes)].flatMap((hash) => graph.nodes.get(hash) ?? []);
    const children = new Map();
    const waiting = new Map();
    const count = (nodes) => {
        for (const node of nodes)
            waiting.set(node, (waiting.get(node) ?? 0) + 1);
    };
    count(roots);
    // A set hands out what is added while it is walked through: it is its own queue.
    const seen = new Set(roots);
    for (const node of seen) {
        const below = node.dependencies
            .filter(({ deptypes }) => follow(deptypes, node))
            .sort((a, b) => order(a.name, b.name) || order(a.hash, b.hash))
            .flatMap(({ hash }) => graph.nodes.get(hash) ?? []);
        children.set(node, below);
        count(below);
        for (const child of below)
            seen.add(child);
    }
    const ordered = [];
    const arrive = (nodes) => {
        for (const node of nodes) {
            const left = (waiting.get(node) ?? 0) - 1;
            waiting.set(node, left);
            if (left === 0)
                ordered.push(node);
        }
    };
    arrive(roots);
    for (const node of ordered)
        arrive(children.get(node) ?? []);
    return ordered;
}
function order(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}


/***/ }),

/***/ 74337:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AZ: () => (/* binding */ makeParents),
/* harmony export */   Pw: () => (/* binding */ WHO),
/* harmony export */   eT: () => (/* binding */ prefixMode),
/* harmony export */   q5: () => (/* binding */ applyFileMode),
/* harmony export */   yM: () => (/* binding */ applyMode)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(31421);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76760);
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(57975);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(62807);
/* harmony import */ var _package_path_bytes_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(29890);
/**
 * Permissions of installed packages, `packages:NAME:permissions` in Spack's configuration, and of the directories
 * above them. Nothing is changed where nothing is configured: prefixes are unpacked with 0755 and 0644.
 */







/** Whom a permission is for, each including those before it. */
const WHO = ['user', 'group', 'world'];
/**
 * Undefined where nothing is configured for the package.
 * @throws BuildcacheError `bad-input` where more may write than may read, or for an unknown group
 */
async function prefixMode(name, settings) {
    const own = settings.byPackage.get(name);
    const all = settings.byPackage.get('all');
    const { read = all?.read, write = all?.write, group = all?.group } = defined(own);
    if (read === undefined && write === undefined && group === undefined)
        return undefined;
    // Spack's own defaults for what only the other half is configured of.
    const readers = WHO.indexOf(read ?? 'world');
    const writers = WHO.indexOf(write ?? 'user');
    if (writers > readers) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .BuildcacheError */ .fO('bad-input', `more may write to the prefix of ${name} than may read it`, {
            expected: `packages:${own === undefined ? 'all' : name}:permissions:read to be at least ${WHO[writers]}`,
            found: WHO[readers] ?? '',
        });
    }
    let file = 0o700;
    if (readers >= 1)
        file |= 0o050;
    if (readers >= 2)
        file |= 0o005;
    if (writers >= 1)
        file |= 0o020;
    if (writers >= 2)
        file |= 0o002;
    const setgid = settings.allowSetgid && (file & 0o070) !== 0 ? 0o2000 : 0;
    if (setgid !== 0 && writers >= 2) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .BuildcacheError */ .fO('bad-input', `anybody could write to directories of ${name} with a set group`, {
            expected: 'packages to be writable by a group at most, or config:allow_sgid to be false',
            found: 'write: world',
        });
    }
    return { file, directory: file | setgid, gid: group === undefined ? undefined : await groupId(group) };
}
/**
 * Applies a mode to a directory and all that is in it. Symlinks are left alone, and should not be there yet where
 * what is in the directory came from others.
 */
async function applyMode(directory, mode) {
    const pending = [Buffer.from(directory)];
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
        await applyTo(at, mode, true);
        for (const entry of await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readdir)(at, { withFileTypes: true, encoding: 'buffer' })) {
            const inner = (0,_package_path_bytes_js__WEBPACK_IMPORTED_MODULE_6__/* .joinPath */ .uJ)(at, entry.name);
            if (entry.isDirectory())
                pending.push(inner);
            else if (entry.isFile())
                await applyTo(inner, mode, false);
        }
    }
}
/** Applies a mode to one file that is no symlink. */
async function applyFileMode(file, mode) {
    await applyTo(Buffer.from(file), mode, false);
}
/**
 * Makes the directories between an install tree's root and a prefix that are not there, each with the mode and group
 * of the nearest that was, as Spack does.
 * @returns removes those it made again, as far as they are empty
 */
function makeParents(root, prefix) {
    (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.mkdirSync)(root, { recursive: true });
    const made = [];
    let existing = node_path__WEBPACK_IMPORTED_MODULE_3__.dirname(prefix);
    for (; (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.statSync)(existing, { throwIfNoEntry: false }) === undefined; existing = node_path__WEBPACK_IMPORTED_MODULE_3__.dirname(existing)) {
        made.push(existing);
    }
    const { mode, gid } = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.statSync)(existing);
    for (const directory of [...made].reverse()) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.mkdirSync)(directory, { recursive: true }); // somebody else may be making it
        likeParent(directory, mode & 0o7777, gid);
    }
    return () => {
        try {
            for (const directory of made)
                (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.rmdirSync)(directory);
        }
        catch {
            // Not empty: something is installed there, by us or by somebody else.
        }
    };
}
/** Best effort: the group may be one that we are not in. */
function likeParent(directory, mode, gid) {
    try {
        const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.statSync)(directory);
        const isForAll = (mode & 0o002) !== 0;
        if (stats.gid !== gid && !isForAll)
            (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.chownSync)(directory, stats.uid, gid);
        if ((stats.mode & 0o7777) !== mode)
            (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.chmodSync)(directory, mode);
    }
    catch (error) {
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .systemCode */ .xU)(error) !== 'EPERM')
            throw error;
    }
}
async function applyTo(at, mode, isDirectory) {
    // The group first: changing it may take the set-group bit away.
    const stats = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.lstat)(at);
    if (mode.gid !== undefined && stats.gid !== mode.gid)
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.chown)(at, stats.uid, mode.gid);
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.chmod)(at, isDirectory ? mode.directory : (stats.mode & 0o111) === 0 ? mode.file & 0o666 : mode.file);
}
function defined(own) {
    const entries = Object.entries(own ?? {}).filter(([, value]) => value !== undefined);
    return Object.fromEntries(entries);
}
/** Node has no call for it. The file knows local groups, `getent` those of a directory service too. */
async function groupId(group) {
    if (/^\d+$/.test(group))
        return Number(group);
    const isIt = (line) => line.startsWith(`${group}:`);
    const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readFile)('/etc/group', 'utf8').catch(() => '');
    const line = file.split('\n').find(isIt) ?? (await getent(group)).split('\n').find(isIt);
    const id = line?.split(':')[2];
    if (id !== undefined && /^\d+$/.test(id))
        return Number(id);
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_5__/* .BuildcacheError */ .fO('bad-input', `there is no group ${group} here`, {
        expected: 'a group of this machine in packages:…:permissions:group, or its number',
    });
}
async function getent(group) {
    try {
        return (await (0,node_util__WEBPACK_IMPORTED_MODULE_4__.promisify)(node_child_process__WEBPACK_IMPORTED_MODULE_0__.execFile)('getent', ['group', '--', group])).stdout;
    }
    catch {
        return '';
    }
}


/***/ }),

/***/ 3927:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  i: () => (/* binding */ DEFAULT_PROJECTION),
  _: () => (/* binding */ installPrefix)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/spec/constraint/match.js + 2 modules
var match = __webpack_require__(13583);
// EXTERNAL MODULE: ./build/spec/constraint/parse.js + 1 modules
var parse = __webpack_require__(16939);
// EXTERNAL MODULE: ./build/spec/format.js
var spec_format = __webpack_require__(40731);
// EXTERNAL MODULE: ./build/spec/node.js
var spec_node = __webpack_require__(56832);
// EXTERNAL MODULE: ./build/spec/constraint/compiler.js
var constraint_compiler = __webpack_require__(49491);
// EXTERNAL MODULE: ./build/spec/constraint/reach.js
var reach = __webpack_require__(74591);
;// CONCATENATED MODULE: ./build/tree/projection-format.js
/**
 * The part of Spack's format language that says where a spec goes: `{name}-{version}-{hash:7}`. Specs come from
 * others, so what a token stands for is text to be made polite before it is part of a path.
 */




/**
 * @param format in Spack's language; no `/` in it
 * @throws BuildcacheError `bad-input` for a token that is none, or that this spec has no value for
 */
function formatSpec(format, node, graph) {
    const replaced = format.replace(TOKEN, (_, escaped, sigil, dependency, hash, length, attribute, close, stray) => {
        if (escaped !== undefined)
            return String(escaped);
        if (stray !== undefined || close === undefined)
            throw unknown(format, 'braces in pairs', format);
        const of = dependency === undefined ? node : (0,reach/* findPackage */.CV)((0,reach/* indexGraph */.f5)(graph.nodes), node, String(dependency));
        if (of === undefined) {
            throw unknown(format, `a dependency ${String(dependency)} of ${node.name}`, 'none');
        }
        const value = hash === undefined ? attributeOf(attribute ?? '', of, graph) : hashOf(of, length);
        const isKnown = value !== UNKNOWN && (hash !== undefined || allows(sigil, attribute ?? ''));
        if (!isKnown)
            throw unknown(format, TOKENS, `{${sigil ?? ''}${attribute ?? ''}}`);
        return value === undefined || value === NO_COMPILER ? (value ?? '') : `${sigil ?? ''}${value}`;
    });
    return replaced.trim();
}
/** An escape, a token with its sigil and dependency, or a brace that closes nothing. */
const TOKEN = /\\(.)|\{( ?[%@/]|[\w ][\w -]*=)?(?:\^([^}.]+)\.)?(?:(hash\b)(?::(\d+))?|([^}]*))(\})?|(\})/gi;
const TOKENS = 'name, version, hash, namespace, architecture (arch), platform, os, target, compiler, compiler.name, compiler.version, variants or variants.NAME, after ^DEPENDENCY. where it is one';
const UNKNOWN = Symbol('unknown');
/** Printed without its sigil. */
const NO_COMPILER = 'none';
/** Whether an attribute may be printed with this sign before it: `@` before versions, `%` before compilers. */
function allows(sigil, attribute) {
    if (typeof sigil !== 'string' || sigil.endsWith('='))
        return true;
    const what = attribute.toLowerCase();
    if (sigil.endsWith('@'))
        return /(?:^|\.)versions?$/.test(what);
    return sigil.endsWith('%') && (what === 'compiler' || what === 'compiler.name');
}
function hashOf(node, length) {
    return typeof length === 'string' ? node.hash.slice(0, Number(length)) : node.hash;
}
/** Undefined where Spack has nothing to print. */
function attributeOf(attribute, node, graph) {
    const [first = '', ...rest] = attribute.toLowerCase().split('.');
    if (first === 'variants')
        return variantOf(rest, node);
    if (first === 'compiler')
        return compilerAttribute(rest, node, graph);
    const part = first === 'arch' || first === 'architecture' ? rest.shift() : first;
    if (rest.length > 0)
        return UNKNOWN;
    switch (part) {
        case undefined:
            return `${node.platform}-${node.os}-${node.target}`;
        case 'platform':
            return node.platform;
        case 'os':
            return node.os;
        case 'target':
            return node.target;
    }
    if (part !== first)
        return UNKNOWN;
    switch (first) {
        case 'name':
            return node.name;
        case 'version':
            return node.version;
        case 'versions':
            return `=${node.version}`;
        case 'namespace':
            return node.namespace;
        default:
            return UNKNOWN;
    }
}
function variantOf(rest, node) {
    const [name, what, ...more] = rest;
    if (name === undefined)
        return (0,spec_format/* formatVariants */.SM)(node.variants);
    const variant = [...node.variants].find(([each]) => each.toLowerCase() === name);
    if (variant === undefined || more.length > 0)
        return UNKNOWN;
    if (what === undefined)
        return (0,spec_format/* formatVariants */.SM)(new Map([variant])).trim();
    if (what === 'name')
        return variant[0];
    return what === 'value' ? pythonValue(variant[1]) : UNKNOWN;
}
/** Several values print as Python's tuple. */
function pythonValue(value) {
    if (typeof value === 'boolean')
        return value ? 'True' : 'False';
    if (typeof value === 'string')
        return value;
    return `(${value.map((each) => `'${each}'`).join(', ')}${value.length === 1 ? ',' : ''})`;
}
/** In format 5 the compiler is what provides a language; a spec without has `none`. */
function compilerAttribute(rest, node, graph) {
    const [what, ...more] = rest;
    if (more.length > 0 || (what !== undefined && what !== 'name' && what !== 'version'))
        return UNKNOWN;
    const written = node.originalFormat < 5 ? (0,constraint_compiler/* compilerOf */.Lx)(node) : undefined;
    const provider = written === undefined ? providerOf(node, graph) : undefined;
    const compiler = written ?? provider;
    if (compiler === undefined)
        return NO_COMPILER;
    if (what !== undefined)
        return compiler[what];
    return provider === undefined
        ? `${compiler.name}@=${compiler.version}`
        : `${provider.name}@${provider.version}/${provider.hash}`;
}
function providerOf(node, graph) {
    for (const language of ['c', 'cxx', 'fortran']) {
        const edge = node.dependencies.find(({ virtuals }) => virtuals.includes(language));
        if (edge !== undefined)
            return graph.nodes.get(edge.hash);
    }
    return undefined;
}
function unknown(format, expected, found) {
    return new errors/* BuildcacheError */.fO('bad-input', `cannot read the projection ${JSON.stringify(format)}`, {
        expected,
        found,
        hint: 'change config:install_tree:projections',
    });
}

;// CONCATENATED MODULE: ./build/tree/projection.js
/** Where in an install tree a spec goes, as `config:install_tree:projections` says. */







/** Spack's default for all specs. */
const DEFAULT_PROJECTION = '{architecture.platform}-{architecture.target}/{name}-{version}-{hash}';
/**
 * The absolute prefix of a spec: an external's own, undefined for one known by module only, else a path below the
 * root by the first projection that the spec matches. Names and versions are attacker-controlled; none leads out
 * of the root or into what is not for prefixes.
 * @throws BuildcacheError `bad-input` for a projection that cannot be read, or that leads elsewhere
 */
function installPrefix(node, graph, settings) {
    if (node.external !== undefined)
        return node.external.path;
    return external_node_path_.join(settings.root, relativePrefix(node, graph, settings.projections));
}
function relativePrefix(node, graph, projections) {
    const chosen = projections.find(({ when }) => when === undefined || (0,match.satisfies)(graph, node, constraint(when)));
    const format = chosen?.path ?? DEFAULT_PROJECTION;
    // Where a token itself had a slash, it would be two components that are no token.
    const isWhole = !format.startsWith('/') && !/\{[^}]*[/\\][^}]*\}/.test(format);
    const parts = isWhole ? format.split('/').map((part) => (0,spec_format/* politeFilename */.PB)(formatSpec(part, node, graph))) : [];
    const names = parts.filter((part) => part !== '' && part !== '.');
    if (names.length === 0 || names.includes('..') || RESERVED.has(names[0] ?? '')) {
        throw new errors/* BuildcacheError */.fO('bad-input', `no place for ${node.name}/${(0,spec_node/* shortHash */.BC)(node)} by the projection ${JSON.stringify(format)}`, {
            expected: 'a path below the root of the install tree',
            found: isWhole ? parts.join('/') : format,
            hint: 'change config:install_tree:projections',
        });
    }
    return names.join('/');
}
/** Spack's own in a store: its database, and `sbang`. */
const RESERVED = new Set(['.spack-db', '.spack', 'bin']);
const constraints = new Map();
/** Parsed once, so that matching many specs compiles it once. */
function constraint(text) {
    let parsed = constraints.get(text);
    if (parsed === undefined) {
        parsed = (0,parse.parseSpec)(text);
        constraints.set(text, parsed);
    }
    return parsed;
}


/***/ }),

/***/ 66464:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AG: () => (/* binding */ shellVariables),
/* harmony export */   Es: () => (/* binding */ exportLines),
/* harmony export */   Ll: () => (/* binding */ defaultInspections),
/* harmony export */   Xg: () => (/* binding */ imageEnvironment),
/* harmony export */   lQ: () => (/* binding */ isFolder),
/* harmony export */   t7: () => (/* binding */ runEnvironment),
/* harmony export */   wJ: () => (/* binding */ configuredInspections)
/* harmony export */ });
/* unused harmony export changedVariables */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(28314);
/* harmony import */ var _spec_graph_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(85746);
/* harmony import */ var _spec_topological_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6961);
/**
 * What installed specs add to the environment of whoever runs them: folders of their prefixes, by Spack's prefix
 * inspections. What recipes add beside that (`setup_run_environment`) only recipes know, so it is not in here.
 */






/** Those of Spack's own configuration, 0.23 and 1.x alike. @param platform as specs have it: `linux`, `darwin` */
function defaultInspections(platform) {
    const everywhere = [
        ['./bin', ['PATH']],
        ['./man', ['MANPATH']],
        ['./share/man', ['MANPATH']],
        ['./share/aclocal', ['ACLOCAL_PATH']],
        ['./lib/pkgconfig', ['PKG_CONFIG_PATH']],
        ['./lib64/pkgconfig', ['PKG_CONFIG_PATH']],
        ['./share/pkgconfig', ['PKG_CONFIG_PATH']],
        ['./', ['CMAKE_PREFIX_PATH']],
    ];
    if (platform !== 'darwin')
        return new Map(everywhere);
    const libraries = ['DYLD_FALLBACK_LIBRARY_PATH'];
    return new Map([['./lib', libraries], ['./lib64', libraries], ...everywhere]);
}
/**
 * `modules:prefix_inspections` of a configuration over others, merged as Spack merges: what is configured comes
 * first, and a key with a colon too many (`./bin::`) replaces instead of adding.
 * @param section the value of `prefix_inspections`, from YAML
 * @param file the file it stands in, for messages
 * @throws BuildcacheError `bad-input`
 */
function configuredInspections(section, file, below) {
    if (section === undefined || section === null)
        return below;
    if (!(0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .isObject */ .Gv)(section))
        throw malformed(file, 'prefix_inspections', section);
    const merged = new Map();
    for (const [key, value] of Object.entries(section)) {
        const folder = key.replace(/:$/, '');
        if (!isVariables(value))
            throw malformed(file, `prefix_inspections:${folder}`, value);
        const others = key === folder ? (below.get(folder) ?? []) : [];
        merged.set(folder, [...value, ...others.filter((variable) => !value.includes(variable))]);
    }
    for (const [folder, variables] of below)
        if (!merged.has(folder))
            merged.set(folder, variables);
    return merged;
}
/**
 * The changes in the order in which they are made: dependencies first, so that roots end up first in their
 * variables, of several roots the first one. Only folders that are there count, and none of the system's own.
 * @param roots hashes of specs
 */
function runEnvironment(graph, roots, { inspections, prefixOf, filesOf = (_, prefix) => prefix, isThere = isFolder }) {
    const changes = [];
    for (const node of (0,_spec_topological_js__WEBPACK_IMPORTED_MODULE_4__/* .topologicalOrder */ ._)(graph, roots, (0,_spec_graph_js__WEBPACK_IMPORTED_MODULE_5__/* .ofTypes */ .vz)('link', 'run')).reverse()) {
        const prefix = prefixOf(node);
        if (prefix === undefined)
            continue;
        const files = filesOf(node, prefix);
        for (const [below, variables] of inspections) {
            const folder = withoutSlash((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(prefix, below));
            if (SYSTEM_FOLDERS.has(folder) || !isThere((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(files, below)))
                continue;
            for (const variable of variables)
                changes.push({ variable, folder });
        }
    }
    return changes;
}
/** The variables that change, with their new values, by name. @param env what they are now */
function changedVariables(changes, env) {
    const values = new Map();
    for (const { variable, folder } of changes) {
        const now = values.get(variable) ?? env[variable];
        values.set(variable, now ? `${folder}:${now}` : folder);
    }
    return new Map([...values].sort(([a], [b]) => (a < b ? -1 : 1)));
}
/**
 * The same for a shell or a job: a `MANPATH` ends in a colon, which stands for the system's own manual pages.
 */
function shellVariables(changes, env) {
    const values = changedVariables(changes, env);
    const manuals = values.get('MANPATH');
    if (manuals !== undefined && !manuals.endsWith(':'))
        values.set('MANPATH', `${manuals}:`);
    return values;
}
/** Lines for a POSIX shell to evaluate, without their ends. */
function exportLines(values) {
    return [...values].map(([variable, value]) => `export ${variable}=${shellQuoted(value)};`);
}
/**
 * The `Env` of a container image's configuration.
 * @param base the base image's; without one there is a `PATH`
 * @returns variables in the base's order, new ones behind them by name
 */
function imageEnvironment(changes, base = []) {
    const env = new Map([['PATH', '/bin:/usr/bin']]);
    for (const entry of base) {
        const sign = entry.indexOf('=');
        if (sign > 0)
            env.set(entry.slice(0, sign), entry.slice(sign + 1));
    }
    for (const [name, value] of changedVariables(changes, Object.fromEntries(env)))
        env.set(name, value);
    return [...env].map(([name, value]) => `${name}=${value}`);
}
const SYSTEM_FOLDERS = new Set(['/', '/usr', '/usr/local'].flatMap((root) => ['', 'bin', 'bin64', 'include', 'lib', 'lib64'].map((name) => withoutSlash((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, name)))));
function withoutSlash(folder) {
    return folder === '/' ? folder : (0,node_path__WEBPACK_IMPORTED_MODULE_1__.normalize)(folder).replace(/\/+$/, '');
}
function isFolder(path) {
    try {
        return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(path).isDirectory();
    }
    catch {
        return false; // whatever is wrong with it, nothing can be run from there
    }
}
function shellQuoted(value) {
    return /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", `'"'"'`)}'`;
}
/** Names end up in `export` lines and in files of the runner. */
function isVariables(value) {
    return (Array.isArray(value) && value.every((item) => typeof item === 'string' && /^[A-Za-z_]\w*$/.test(item)));
}
function malformed(file, where, found) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('bad-input', `modules:${where} is malformed`, {
        file,
        expected: 'folders below a prefix, each with a list of names of variables',
        found: (0,_core_json_js__WEBPACK_IMPORTED_MODULE_3__/* .kindOf */ .I)(found),
    });
}


/***/ })

};
