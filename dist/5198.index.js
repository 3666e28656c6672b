export const id = 5198;
export const ids = [5198];
export const modules = {

/***/ 87913:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Z6: () => (/* binding */ withSources),
/* harmony export */   hB: () => (/* binding */ readEntry),
/* harmony export */   vb: () => (/* binding */ preferring)
/* harmony export */ });
/* harmony import */ var _cache_verified_entry_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(16444);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _mirrors_open_trusted_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(40009);
/* harmony import */ var _spec_node_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(56832);




/**
 * @param use gets them in the order in which they are configured
 * @throws BuildcacheError `usage` where there is no mirror, or the first one's error where none can be opened; else
 *   what `use` throws
 */
async function withSources({ mirrors, trust, nodes, connection, signal }, reporter, use) {
    if (mirrors.length === 0) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', 'there is no mirror to take binaries from', {
            hint: 'name one with --mirror-url, a file of mirrors with --mirrors, or configure it in spack.yaml',
        });
    }
    const sources = [];
    const failures = [];
    try {
        for (const mirror of mirrors) {
            try {
                const open = await (0,_mirrors_open_trusted_js__WEBPACK_IMPORTED_MODULE_2__/* .openTrustedMirror */ .v)(mirror, { nodes, roots: [] }, connection, trust, signal);
                sources.push({ mirror, open });
            }
            catch (error) {
                signal.throwIfAborted();
                failures.push(error);
                if (mirrors.length > 1)
                    reporter.warn(`${mirror.name}: ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .describeError */ .Uc)(error)}`);
            }
        }
        if (sources.length === 0)
            throw failures[0];
        return await use(sources);
    }
    finally {
        await Promise.all(sources.map(({ open }) => open.close()));
    }
}
/** The sources with those of these names first. */
function preferring(sources, names) {
    const isNamed = ({ mirror }) => names.includes(mirror.name);
    return [...sources.filter(isNamed), ...sources.filter((source) => !isNamed(source))];
}
/**
 * The entry of a spec from the first source that has one that can be trusted.
 * @throws BuildcacheError `not-found` where none has it; the first one's error where one has it and it is not good, or
 *   gives no answer
 */
async function readEntry(sources, spec, signal) {
    let failure;
    for (const { open } of sources) {
        for (const reader of open.readers) {
            try {
                const entry = await (0,_cache_verified_entry_js__WEBPACK_IMPORTED_MODULE_0__/* .readVerifiedEntry */ .p)(reader, spec, open.trust, signal);
                if (entry !== undefined)
                    return entry;
            }
            catch (error) {
                signal.throwIfAborted();
                failure ??= error;
            }
        }
    }
    if (failure !== undefined)
        throw failure;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('not-found', `no mirror has ${spec.name}@${spec.version}/${(0,_spec_node_js__WEBPACK_IMPORTED_MODULE_3__/* .shortHash */ .BC)(spec)}, though an index lists it`, { hint: 'run update-index where the mirror is written' });
}


/***/ }),

/***/ 77651:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  g: () => (/* binding */ wantedSpecs)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/spec/constraint/format.js
var format = __webpack_require__(59981);
// EXTERNAL MODULE: ./build/spec/constraint/match.js + 1 modules
var match = __webpack_require__(64803);
// EXTERNAL MODULE: ./build/spec/constraint/parse.js + 1 modules
var parse = __webpack_require__(16939);
// EXTERNAL MODULE: ./build/spec/format.js
var spec_format = __webpack_require__(40731);
// EXTERNAL MODULE: ./build/spec/spec-file.js
var spec_file = __webpack_require__(5518);
// EXTERNAL MODULE: ./build/cache/find-specs.js
var find_specs = __webpack_require__(41059);
// EXTERNAL MODULE: ./build/spec/host-architecture.js + 1 modules
var host_architecture = __webpack_require__(40189);
// EXTERNAL MODULE: ./build/commands/mirror-specs.js + 2 modules
var mirror_specs = __webpack_require__(87127);
;// CONCATENATED MODULE: ./build/commands/find-cached.js
/** What people mean by a spec of a build cache: the one spec that matches, in whichever mirror it is. */






/**
 * @throws BuildcacheError `not-found` where nothing matches a constraint, `usage` where several specs do, naming
 *   them; the error of a mirror where one matches nothing and that mirror gave no answer
 */
async function findCached(options, reporter) {
    const { sources, constraints } = options;
    const notes = [];
    const failures = [];
    const answers = await Promise.all(sources.map(async ({ mirror, open }) => {
        const found = [];
        try {
            const ask = (source) => matchesIn(source, constraints);
            const said = await (0,mirror_specs/* askMirror */.v)(mirror, open, ask, found, { ...options, asked: constraints }, reporter);
            notes.push(...said.map((note) => `${mirror.name}: ${note}`));
        }
        catch (error) {
            options.signal.throwIfAborted();
            failures.push({ mirror: mirror.name, error });
            notes.push(`${mirror.name}: ${(0,errors/* describeError */.Uc)(error)}`);
        }
        return found.map((matches) => ({ name: mirror.name, matches }));
    }));
    const all = answers.flat();
    const specs = new Map();
    for (const constraint of constraints) {
        const found = new Map();
        for (const { name, matches } of all) {
            for (const node of matches.of.get(constraint) ?? []) {
                const known = found.get(node.hash);
                if (known === undefined)
                    found.set(node.hash, { node, mirrors: [name] });
                else if (!known.mirrors.includes(name))
                    known.mirrors.push(name);
            }
        }
        for (const spec of meant(constraint, [...found.values()], options, failures)) {
            const asked = [...(specs.get(spec.node.hash)?.asked ?? []), constraint];
            specs.set(spec.node.hash, { ...spec, asked });
        }
    }
    const dependencies = new Map(all.flatMap(({ matches }) => [...matches.dependencies]));
    return { specs: [...specs.values()], dependencies, notes };
}
async function matchesIn(source, constraints) {
    const of = new Map();
    for (const constraint of constraints) {
        const nodes = [];
        await (0,find_specs/* findSpecs */.W)(source, constraint, (node) => void nodes.push(node));
        of.set(constraint, nodes);
    }
    const edges = [...of.values()].flat().flatMap(({ dependencies }) => dependencies);
    return { of, dependencies: await source.get(new Set(edges.map(({ hash }) => hash))) };
}
/** Named in a message. */
const SHOWN = 8;
function meant(constraint, found, { host, multiple }, failures) {
    // Whoever names a hash has chosen.
    const isFree = host === undefined || constraint.hash !== undefined;
    const matching = isFree ? found : found.filter(({ node }) => (0,host_architecture/* runsOn */.k8)(host, node));
    const [first] = matching;
    if (first !== undefined && (multiple || matching.length === 1))
        return matching;
    const text = JSON.stringify((0,format/* formatConstraint */.t)(constraint));
    if (first !== undefined) {
        const shown = matching.slice(0, SHOWN).map(({ node }) => (0,spec_format/* shortSpec */.Gx)(node));
        const more = matching.length > SHOWN ? ` and ${matching.length - SHOWN} more` : '';
        throw new errors/* BuildcacheError */.fO('usage', `${text} matches ${matching.length} specs in the mirrors`, {
            expected: 'one',
            found: shown.join(', ') + more,
            hint: `name one by its hash: /${first.node.hash.slice(0, 7)}, or take them all with --multiple`,
        });
    }
    const [failure] = failures;
    // One mirror's silence says nothing about what it has.
    if (failure !== undefined)
        throw failure.error;
    const [other] = found;
    if (other === undefined) {
        throw new errors/* BuildcacheError */.fO('not-found', `no spec in the mirrors matches ${text}`, {
            hint: 'see what there is with `list --allarch`',
        });
    }
    throw new errors/* BuildcacheError */.fO('not-found', `nothing that matches ${text} runs on this machine`, {
        expected: host === undefined ? '' : `${host.platform}-${host.os ?? ''}-${host.target}`,
        found: `${other.node.platform}-${other.node.os}-${other.node.target}`,
        hint: 'install it all the same with --otherarch',
    });
}

// EXTERNAL MODULE: ./build/commands/sources.js
var sources = __webpack_require__(87913);
;// CONCATENATED MODULE: ./build/commands/wanted-specs.js
/**
 * Which concrete specs are meant where somebody wants binaries: those of spec files; of an environment, its roots or
 * what matches in it; else what matches in the mirrors. With all below them, from a source that can be trusted.
 */










/**
 * @param nodes gets the specs, and all below them
 * @throws BuildcacheError as `findCached`; `usage` where there is nothing to go by; what reading a spec file throws
 */
async function wantedSpecs(options, nodes, reporter) {
    const { specs, environment } = options;
    for (const [hash, node] of environment?.nodes ?? [])
        nodes.set(hash, node);
    if (specs.length === 0)
        return { roots: rootsOf(environment), holders: new Map(), notes: [] };
    const roots = new Set();
    for (const file of specs.filter(isSpecFile)) {
        const document = (0,spec_file/* readSpecFile */.M)(await readWhole((0,external_node_path_.resolve)(options.cwd, file)), file);
        for (const [hash, node] of document.nodes)
            nodes.set(hash, node);
        roots.add(document.root.hash);
    }
    const elsewhere = [];
    for (const constraint of (0,parse.parseSpecArguments)(specs.filter((text) => !isSpecFile(text)))) {
        const found = environment === undefined ? [] : inEnvironment(environment, constraint, options.multiple);
        for (const { hash } of found)
            roots.add(hash);
        if (found.length === 0)
            elsewhere.push(constraint);
    }
    if (elsewhere.length === 0)
        return { roots: [...roots], holders: new Map(), notes: [] };
    const given = new Set(nodes.keys());
    const found = await findCached({ ...options, constraints: elsewhere }, reporter);
    for (const [hash, node] of found.dependencies)
        if (!nodes.has(hash))
            nodes.set(hash, node);
    for (const { node, mirrors, asked } of found.specs) {
        const entry = await (0,sources/* readEntry */.hB)((0,sources/* preferring */.vb)(options.sources, mirrors), node, options.signal);
        for (const constraint of asked)
            requireMatch(entry, node, constraint);
        // What an index says of a spec is not signed; this is. What the user has brought stays.
        for (const [hash, each] of entry.document.nodes)
            if (!given.has(hash))
                nodes.set(hash, each);
        roots.add(node.hash);
    }
    return {
        roots: [...roots],
        holders: new Map(found.specs.map(({ node, mirrors }) => [node.hash, mirrors])),
        notes: found.notes,
    };
}
/**
 * An index can list a spec as anything: what was asked for must be what the entry says that it is. Of a virtual package
 * only other specs say who provides it, which is as good as nothing where signatures count.
 */
function requireMatch(found, listed, constraint) {
    const { entry, document, signedBy } = found;
    const { root } = document;
    const isProvider = constraint.name !== undefined && constraint.name !== listed.name;
    const isMeant = isProvider
        ? signedBy === undefined && root.name === listed.name
        : (0,match.compileConstraint)(document, constraint)(root);
    if (isMeant)
        return;
    throw new errors/* BuildcacheError */.fO(signedBy === undefined ? 'corrupt' : 'untrusted', 'this entry is not what was asked for, though an index lists it so', {
        url: entry.url,
        expected: (0,format/* formatConstraint */.t)(constraint),
        found: (0,spec_format/* shortSpec */.Gx)(root),
        hint: `if that is what you want, name it by its hash: /${root.hash}; else find out who has written the index`,
    });
}
/** No package's name has a dot in it, and no version ends so. */
function isSpecFile(text) {
    return /^[^@%^+~=\s]+\.(?:json|yaml)(?:\.sig)?$/.test(text);
}
async function readWhole(file) {
    try {
        return await (0,promises_.readFile)(file);
    }
    catch (error) {
        throw (0,errors/* fileError */.zS)(error, file, 'read the spec file');
    }
}
function rootsOf(environment) {
    const roots = [...new Set(environment?.roots.map(({ hash }) => hash))];
    if (roots.length > 0)
        return roots;
    throw new errors/* BuildcacheError */.fO('usage', 'no spec was named and there is no environment with specs', {
        hint: 'name specs, or an environment with --environment',
    });
}
/** Named in a message. */
const wanted_specs_SHOWN = 8;
/** What matches; where that is several and one of them is a root, the root. */
function inEnvironment(environment, constraint, multiple) {
    const test = (0,match.compileConstraint)(environment, constraint);
    const all = [...environment.nodes.values()].filter((node) => node.external === undefined && test(node));
    const isRoot = new Set(environment.roots.map(({ hash }) => hash));
    const roots = all.filter(({ hash }) => isRoot.has(hash));
    const meant = roots.length === 0 || multiple ? all : roots;
    const [first] = meant;
    if (first === undefined || multiple || meant.length === 1)
        return meant;
    const more = meant.length > wanted_specs_SHOWN ? ` and ${meant.length - wanted_specs_SHOWN} more` : '';
    const text = JSON.stringify((0,format/* formatConstraint */.t)(constraint));
    throw new errors/* BuildcacheError */.fO('usage', `${text} matches ${meant.length} specs of the environment`, {
        expected: 'one',
        found: meant.slice(0, wanted_specs_SHOWN).map(spec_format/* shortSpec */.Gx).join(', ') + more,
        hint: `name one by its hash: /${first.hash.slice(0, 7)}, or take them all with --multiple`,
    });
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

/***/ 81185:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   UO: () => (/* binding */ isWithin),
/* harmony export */   oM: () => (/* binding */ archivePath),
/* harmony export */   yl: () => (/* binding */ parentPath)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _byte_string_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(90035);
/** Paths inside an archive, which are attacker-controlled, as relative paths that stay below where they start. */


/**
 * The path without a trailing slash, `.` and empty components; `''` for the root itself.
 * Throws `corrupt` where it is absolute or has a `..` component, neither of which a package needs, and
 * `too-large` where no file system would take it.
 */
function archivePath(path) {
    if (path.length > PATH_MAX) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('too-large', 'the archive has a name no file can have', {
            file: `${(0,_byte_string_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g$)(path.slice(0, 100))}…`,
            expected: `at most ${PATH_MAX} bytes`,
            found: String(path.length),
        });
    }
    if (path.startsWith('/'))
        throw leaving(path, 'absolute');
    if (!/(^|\/)\.{0,2}(\/|$)/.test(path))
        return path;
    const components = path.split('/').filter((component) => component !== '' && component !== '.');
    if (components.includes('..'))
        throw leaving(path, 'leading upwards');
    return components.join('/');
}
/** The path of the directory a path is in; `''` for the root, which is in itself. */
function parentPath(path) {
    return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
/** Whether `path` is `directory` or below it, component by component. */
function isWithin(path, directory) {
    return directory === '' || path === directory || path.startsWith(`${directory}/`);
}
/** Linux's; also what keeps the recursion over components shallow. */
const PATH_MAX = 4096;
function leaving(path, found) {
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('corrupt', 'the archive names a file outside of itself', {
        file: (0,_byte_string_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g$)(path),
        expected: 'a relative path without ".."',
        found,
    });
}


/***/ }),

/***/ 44324:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ openByteFile)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/** A file as bytes at positions: what relocation reads and patches, without holding large ones in memory. */

/**
 * Opens a file, never through a symlink in the last component. `create` makes it or empties it.
 * Throws what `node:fs` throws, also for anything but a regular file (`EINVAL`).
 */
function openByteFile(path, access) {
    const descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.openSync)(path, FLAGS[access] | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NOFOLLOW | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NONBLOCK, 0o600);
    const stats = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.fstatSync)(descriptor, { bigint: true });
    if (!stats.isFile()) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(descriptor);
        throw Object.assign(new Error('not a regular file'), { code: 'EINVAL' });
    }
    let size = Number(stats.size);
    return {
        identity: `${stats.dev}:${stats.ino}`,
        isExecutable: (stats.mode & 73n) !== 0n,
        get size() {
            return size;
        },
        read(at, length) {
            const wanted = Math.max(0, Math.min(length, size - at));
            const bytes = Buffer.allocUnsafe(wanted);
            let filled = 0;
            while (filled < wanted) {
                const got = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readSync)(descriptor, bytes, filled, wanted - filled, at + filled);
                if (got === 0)
                    break;
                filled += got;
            }
            return bytes.subarray(0, filled);
        },
        write(at, bytes) {
            for (let done = 0; done < bytes.length;) {
                done += (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeSync)(descriptor, bytes, done, bytes.length - done, at + done);
            }
            size = Math.max(size, at + bytes.length);
        },
        truncate(length) {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.ftruncateSync)(descriptor, length);
            size = length;
        },
        close: () => (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.closeSync)(descriptor),
    };
}
const FLAGS = {
    read: node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY,
    'read-write': node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDWR,
    create: node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDWR | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_CREAT | node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_TRUNC,
};


/***/ }),

/***/ 90035:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $$: () => (/* binding */ bytesOf),
/* harmony export */   Jk: () => (/* binding */ fsPath),
/* harmony export */   d1: () => (/* binding */ byteStringOf),
/* harmony export */   g$: () => (/* binding */ printable),
/* harmony export */   iP: () => (/* binding */ byteString)
/* harmony export */ });
/** The bytes as characters. */
function byteString(bytes) {
    return bytes.toString('latin1');
}
/**
 * Text as UTF-8 bytes. A lone surrogate U+DC80 to U+DCFF is the byte 0x80 to 0xFF: that is how Python, and so
 * the build info, writes a name that is not UTF-8 (PEP 383).
 */
function byteStringOf(text) {
    if (isAscii(text))
        return text;
    let out = '';
    for (const character of text) {
        const code = character.codePointAt(0) ?? 0;
        if (code >= 0xdc80 && code <= 0xdcff)
            out += String.fromCharCode(code - 0xdc00);
        else
            out += Buffer.from(character, 'utf8').toString('latin1');
    }
    return out;
}
function bytesOf(bytes) {
    return Buffer.from(bytes, 'latin1');
}
/** What `node:fs` takes for this path. */
function fsPath(path) {
    return isAscii(path) ? path : bytesOf(path);
}
/** For messages: read as UTF-8, what is not replaced. Whoever prints it escapes control characters. */
function printable(bytes) {
    return isAscii(bytes) ? bytes : bytesOf(bytes).toString('utf8');
}
function isAscii(text) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII, controls included
    return /^[\x00-\x7f]*$/.test(text);
}


/***/ }),

/***/ 27386:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ readElf)
/* harmony export */ });
/**
 * `undefined` for what Spack leaves alone: no ELF file, neither an executable nor a shared object, a malformed
 * one, one with several run paths, or without the section header of its string table.
 */
function readElf(file) {
    try {
        return parse(file);
    }
    catch (error) {
        if (error instanceof MalformedElf)
            return undefined;
        throw error;
    }
}
/** Never leaves this module. */
class MalformedElf extends Error {
}
const ET_EXEC = 2;
const ET_DYN = 3;
const PT_LOAD = 1n;
const PT_DYNAMIC = 2n;
const PT_INTERP = 3n;
const DT_NULL = 0n;
const DT_NEEDED = 1n;
const DT_STRTAB = 5n;
const DT_SONAME = 14n;
const DT_RPATH = 15n;
const DT_RUNPATH = 29n;
const SHT_STRTAB = 3n;
/** No path list is longer; bounds what a hostile file makes us hold. */
const MAX_STRING = 1024 * 1024;
const BLOCK = 64 * 1024;
function parse(file) {
    const layout = readLayout(file);
    const segments = readSegments(layout);
    const interpreter = segments.findLast(({ type }) => type === PT_INTERP);
    const dynamic = segments.findLast(({ type }) => type === PT_DYNAMIC);
    // Looked up by address; a linker sorts them, patchelf need not.
    const loads = segments
        .filter(({ type }) => type === PT_LOAD)
        .sort((a, b) => (a.vaddr < b.vaddr ? -1 : Number(a.vaddr > b.vaddr)));
    return {
        interpreter: interpreter === undefined ? undefined : readString(file, interpreter.offset, interpreter.filesz, 0n),
        rpath: dynamic === undefined || loads.length === 0 ? undefined : readRpath(layout, dynamic, loads),
    };
}
function readLayout(file) {
    const ident = exactly(file, 0n, 16);
    const [elfClass, encoding] = [ident[4], ident[5]];
    if (ident.toString('latin1', 0, 4) !== '\x7fELF')
        throw new MalformedElf();
    if (elfClass !== 1 && elfClass !== 2)
        throw new MalformedElf();
    if (encoding !== 1 && encoding !== 2)
        throw new MalformedElf();
    const is64 = elfClass === 2;
    const number = encoding === 1 ? littleEndian : bigEndian;
    const header = exactly(file, 16n, is64 ? 48 : 36);
    const type = Number(number(header, 0, 2));
    if (type !== ET_EXEC && type !== ET_DYN)
        throw new MalformedElf();
    const word = is64 ? 8 : 4;
    return {
        file,
        is64,
        number,
        phoff: number(header, 8 + word, word),
        phnum: Number(number(header, is64 ? 40 : 28, 2)),
        shoff: number(header, 8 + 2 * word, word),
        shnum: Number(number(header, is64 ? 44 : 32, 2)),
    };
}
/** Segments without contents are as good as not there. */
function readSegments({ file, is64, number, phoff, phnum }) {
    const size = is64 ? 56 : 32;
    const word = is64 ? 8 : 4;
    const table = exactly(file, phoff, phnum * size);
    return Array.from({ length: phnum }, (_, i) => {
        const at = i * size;
        return {
            type: number(table, at, 4),
            offset: number(table, at + (is64 ? 8 : 4), word),
            vaddr: number(table, at + (is64 ? 16 : 8), word),
            filesz: number(table, at + (is64 ? 32 : 16), word),
        };
    }).filter(({ filesz }) => filesz !== 0n);
}
function readRpath(layout, dynamic, loads) {
    const rpaths = [];
    const tables = [];
    const otherStrings = [];
    let soname;
    for (const { tag, value } of dynamicEntries(layout, dynamic)) {
        if (tag === DT_RPATH || tag === DT_RUNPATH)
            rpaths.push(value);
        else if (tag === DT_STRTAB)
            tables.push(value);
        else if (tag === DT_NEEDED)
            otherStrings.push(value);
        else if (tag === DT_SONAME)
            soname = value;
    }
    if (soname !== undefined)
        otherStrings.push(soname);
    const [rpath] = rpaths;
    const [table] = tables;
    if (rpaths.length > 1 || tables.length !== 1 || table === undefined)
        throw new MalformedElf();
    if (rpath === undefined && otherStrings.length === 0)
        return undefined;
    const offset = fileOffset(loads, table);
    const size = stringTableSize(layout, offset);
    const lastNul = lastNulBefore(layout.file, offset, size);
    if (otherStrings.some((at) => at > lastNul))
        throw new MalformedElf();
    return rpath === undefined ? undefined : readString(layout.file, offset, size, rpath);
}
function* dynamicEntries(layout, dynamic) {
    const { file, is64, number } = layout;
    const word = is64 ? 8 : 4;
    const perBlock = BLOCK / (2 * word);
    let left = dynamic.filesz / BigInt(2 * word);
    for (let at = dynamic.offset; left > 0n; at += BigInt(BLOCK)) {
        const wanted = Number(left < BigInt(perBlock) ? left : BigInt(perBlock));
        const block = file.read(position(file, at), wanted * 2 * word);
        for (let i = 0; i < wanted; i++) {
            if ((i + 1) * 2 * word > block.length)
                throw new MalformedElf();
            const tag = number(block, i * 2 * word, word);
            if (tag === DT_NULL)
                return;
            yield { tag, value: number(block, i * 2 * word + word, word) };
        }
        left -= BigInt(wanted);
    }
}
/** Where an address is in the file: by the last segment that starts at or before it. */
function fileOffset(loads, address) {
    // An address before all segments counts from the last one, as in Spack. It cannot lead anywhere valid.
    const segment = loads.findLast(({ vaddr }) => vaddr <= address) ?? loads.at(-1);
    if (segment === undefined)
        throw new MalformedElf();
    return segment.offset - segment.vaddr + address;
}
/** Only section headers know how long the table is. */
function stringTableSize({ file, is64, number, shoff, shnum }, offset) {
    const size = is64 ? 64 : 40;
    const word = is64 ? 8 : 4;
    const table = shnum === 0 ? Buffer.alloc(0) : file.read(position(file, shoff), shnum * size);
    for (let at = 0; at + size <= table.length; at += size) {
        const isTable = number(table, at + 4, 4) === SHT_STRTAB;
        if (isTable && number(table, at + (is64 ? 24 : 16), word) === offset) {
            return number(table, at + (is64 ? 32 : 20), word);
        }
    }
    throw new MalformedElf();
}
/** The offset in the range of its last NUL, -1 without one: strings that start after it have no end. */
function lastNulBefore(file, offset, size) {
    const start = position(file, offset);
    let end = Number(size);
    if (start + end > file.size)
        throw new MalformedElf();
    while (end > 0) {
        const length = Math.min(BLOCK, end);
        const at = file.read(start + end - length, length).lastIndexOf(0);
        if (at !== -1)
            return BigInt(end - length + at);
        end -= length;
    }
    return -1n;
}
/** The string at an offset in a range of the file, which must be whole and hold its NUL. */
function readString(file, offset, size, start) {
    const at = position(file, offset + start);
    const end = position(file, offset) + Number(size);
    if (end > file.size)
        throw new MalformedElf();
    const bytes = file.read(at, Math.min(MAX_STRING, Math.max(0, end - at)));
    const length = bytes.indexOf(0);
    if (length === -1)
        throw new MalformedElf();
    return { at, value: bytes.subarray(0, length) };
}
function exactly(file, offset, length) {
    const bytes = file.read(position(file, offset), length);
    if (bytes.length !== length)
        throw new MalformedElf();
    return bytes;
}
function position(file, offset) {
    if (offset < 0n || offset > BigInt(file.size))
        throw new MalformedElf();
    return Number(offset);
}
function littleEndian(bytes, at, length) {
    return length === 8 ? bytes.readBigUInt64LE(at) : BigInt(bytes.readUIntLE(at, length));
}
function bigEndian(bytes, at, length) {
    return length === 8 ? bytes.readBigUInt64BE(at) : BigInt(bytes.readUIntBE(at, length));
}


/***/ }),

/***/ 66184:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   jL: () => (/* binding */ relocateBeginning),
/* harmony export */   pz: () => (/* binding */ relocateElf),
/* harmony export */   wc: () => (/* binding */ rpathEntries)
/* harmony export */ });
/* harmony import */ var _elf_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(27386);

/**
 * Replaces the prefixes, all or none. Entries of a run path count where a prefix is all of their beginning, and
 * empty ones are dropped once another changes. What Spack cannot read (see `readElf`) is left alone.
 */
function relocateElf(file, matcher) {
    const paths = (0,_elf_js__WEBPACK_IMPORTED_MODULE_0__/* .readElf */ .o)(file);
    if (paths === undefined)
        return { kind: 'unchanged' };
    const { rpath, interpreter } = relocatedPaths(paths, matcher);
    const edits = [
        { stored: paths.rpath, value: rpath },
        { stored: paths.interpreter, value: interpreter },
    ].flatMap(({ stored, value }) => (stored === undefined || value === undefined ? [] : [{ stored, value }]));
    if (edits.length === 0)
        return { kind: 'unchanged' };
    if (edits.some(({ stored, value }) => value.length > stored.value.length)) {
        return { kind: 'too-long', rpath, interpreter };
    }
    for (const { stored, value } of edits)
        writePadded(file, stored, value);
    return { kind: 'patched' };
}
/** The new values, each `undefined` where it stays as it is. */
function relocatedPaths({ rpath, interpreter }, matcher) {
    const entries = rpathEntries(rpath);
    const replaced = entries.map((entry) => relocateBeginning(entry, matcher));
    const parts = entries.flatMap((entry, i) => [COLON, replaced[i] ?? entry]).slice(1);
    return {
        rpath: replaced.some((entry) => entry !== undefined) ? Buffer.concat(parts) : undefined,
        interpreter: interpreter === undefined ? undefined : relocateBeginning(interpreter.value, matcher),
    };
}
/** The directories of a run path. Padding with colons is a habit of some builds. */
function rpathEntries(rpath) {
    const text = rpath?.value.toString('latin1') ?? '';
    return text
        .split(':')
        .filter((entry) => entry !== '')
        .map((entry) => Buffer.from(entry, 'latin1'));
}
/** The path with the prefix it begins with replaced, `undefined` where it begins with none. */
function relocateBeginning(path, matcher) {
    const replacement = matcher.matchAt(path, 0);
    if (replacement === undefined)
        return undefined;
    return Buffer.concat([replacement.new, path.subarray(replacement.old.length)]);
}
const COLON = Buffer.from(':');
function writePadded(file, stored, value) {
    file.write(stored.at, Buffer.concat([value, Buffer.alloc(stored.value.length - value.length)]));
}


/***/ }),

/***/ 74835:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ prefixMatcher)
/* harmony export */ });
/* harmony import */ var _byte_string_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(90035);
/**
 * Finds old prefixes in bytes: what Spack's alternation `P1|P2|…` matches, without a regular expression's cost
 * per byte. The few beginnings that the prefixes share (nearly always just the store root) are looked for with
 * the platform's own search, and only where one stands is it told which prefix it is.
 */

/** `undefined` where nothing is to be replaced. Mappings of a prefix to itself do not count, as in Spack. */
function prefixMatcher(map) {
    const root = { next: new Map(), found: undefined };
    const replacements = [];
    for (const [from, to] of map) {
        if (from === to)
            continue;
        const replacement = { old: (0,_byte_string_js__WEBPACK_IMPORTED_MODULE_0__/* .bytesOf */ .$$)((0,_byte_string_js__WEBPACK_IMPORTED_MODULE_0__/* .byteStringOf */ .d1)(from)), new: (0,_byte_string_js__WEBPACK_IMPORTED_MODULE_0__/* .bytesOf */ .$$)((0,_byte_string_js__WEBPACK_IMPORTED_MODULE_0__/* .byteStringOf */ .d1)(to)) };
        insert(root, { replacement, order: replacements.length });
        replacements.push(replacement);
    }
    if (replacements.length === 0)
        return undefined;
    const olds = replacements.map(({ old }) => old);
    const needles = sharedBeginnings(olds);
    return {
        replacements,
        longest: Math.max(...olds.map((old) => old.length)),
        matchAt: (bytes, at) => lookUp(root, bytes, at),
        searcher(bytes) {
            // Where each needle stands next, so that one that is not there is looked for once.
            const ahead = needles.map(() => -1);
            return (from) => {
                for (let at = nearest(bytes, from); at < bytes.length; at = nearest(bytes, at + 1)) {
                    const replacement = lookUp(root, bytes, at);
                    if (replacement !== undefined)
                        return { at, replacement };
                }
                return undefined;
            };
            function nearest(buffer, from) {
                let first = buffer.length;
                for (const [i, needle] of needles.entries()) {
                    let at = ahead[i] ?? -1;
                    if (at < from) {
                        at = buffer.indexOf(needle, from);
                        if (at === -1)
                            at = buffer.length;
                        ahead[i] = at;
                    }
                    if (at < first)
                        first = at;
                }
                return first;
            }
        },
    };
}
function insert(root, candidate) {
    let node = root;
    for (const byte of candidate.replacement.old) {
        let child = node.next.get(byte);
        if (child === undefined) {
            child = { next: new Map(), found: undefined };
            node.next.set(byte, child);
        }
        node = child;
    }
    node.found ??= candidate;
}
function lookUp(root, bytes, start) {
    let best;
    let node = root;
    for (let at = start; node !== undefined; at++) {
        if (node.found !== undefined && (best === undefined || node.found.order < best.order))
            best = node.found;
        const byte = bytes[at];
        node = byte === undefined ? undefined : node.next.get(byte);
    }
    return best?.replacement;
}
/** More passes over the bytes than this cost more than candidates that turn out to be nothing. */
const MAX_NEEDLES = 3;
/** A needle as short as `/usr/` would stand everywhere. */
const MIN_NEEDLE = 6;
/** Beginnings such that every prefix starts with one of them and none with two. */
function sharedBeginnings(olds) {
    const needles = [];
    for (const old of [...olds].sort(Buffer.compare)) {
        const last = needles.at(-1);
        if (last === undefined || shared(last, old) < last.length)
            needles.push(old);
    }
    // Sorted, so those with the most in common are neighbours.
    while (needles.length > MAX_NEEDLES) {
        const common = needles.slice(1).map((needle, i) => shared(needles[i] ?? needle, needle));
        const most = Math.max(...common);
        if (most < MIN_NEEDLE)
            break;
        const at = common.indexOf(most);
        needles.splice(at, 2, (needles[at] ?? Buffer.alloc(0)).subarray(0, most));
    }
    return needles;
}
/** How many bytes two buffers begin with alike. */
function shared(a, b) {
    const end = Math.min(a.length, b.length);
    let length = 0;
    while (length < end && a[length] === b[length])
        length++;
    return length;
}


/***/ }),

/***/ 84939:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Er: () => (/* binding */ SUFFIX),
/* harmony export */   J6: () => (/* binding */ stringMatches),
/* harmony export */   eg: () => (/* binding */ relocateStrings)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _byte_string_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(90035);
/**
 * Prefixes in the C strings of binaries, replaced in place where Spack's pattern `(P1|P2|…)([^\0]{0,7}\0)?`
 * matches. No byte behind a string moves.
 *
 * Compilers and linkers store a string as the tail of another, so a string may get shorter at its beginning
 * (slashes fill the gap) but its end must stay where it is. Spack takes seven bytes for an end, and so do we:
 * where fewer would stay the string is cut short, if it gets shorter by more than seven bytes.
 */


/** How many bytes of a string's end must stay. */
const SUFFIX = 7;
/**
 * Replaces the prefixes in a file and returns how many there were. Throws `unsupported` where a new prefix does
 * not fit, with the file half changed.
 */
function relocateStrings(file, matcher) {
    let count = 0;
    for (const match of stringMatches(file, matcher)) {
        file.write(match.at, replacedString(match));
        count++;
    }
    return count;
}
/** All matches, in order. The file may be written to up to the end of the last match while this goes on. */
function* stringMatches(file, matcher) {
    const longest = matcher.longest + SUFFIX + 1;
    let start = 0;
    while (start < file.size) {
        const bytes = file.read(start, WINDOW + longest);
        if (bytes.length === 0)
            return; // somebody cut the file short
        const isLast = start + bytes.length >= file.size;
        // A match that begins before this is all there.
        const limit = isLast ? bytes.length : WINDOW;
        const search = matcher.searcher(bytes);
        let from = 0;
        for (let match = search(0); match !== undefined && match.at < limit; match = search(from)) {
            const { at, replacement } = match;
            const end = at + replacement.old.length;
            const nul = bytes.subarray(end, end + SUFFIX + 1).indexOf(0);
            const rest = nul === -1 ? undefined : bytes.subarray(end, end + nul);
            from = nul === -1 ? end : end + nul + 1;
            yield { at: start + at, replacement, rest };
        }
        start += Math.max(limit, from);
    }
}
/** The bytes to write over a match. */
function replacedString({ replacement, rest }) {
    const { old, new: neu } = replacement;
    const shorter = old.length - neu.length;
    if (shorter < 0) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('unsupported', 'a binary has no room for the longer new prefix', {
            expected: `at most ${old.length} bytes instead of ${(0,_byte_string_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g$)((0,_byte_string_js__WEBPACK_IMPORTED_MODULE_1__/* .byteString */ .iP)(old))}`,
            found: `${neu.length} bytes, ${(0,_byte_string_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g$)((0,_byte_string_js__WEBPACK_IMPORTED_MODULE_1__/* .byteString */ .iP)(neu))}`,
            hint: LONGER_HINT,
        });
    }
    const staying = rest === undefined ? 0 : SUFFIX - rest.length;
    if (staying === 0 || endOf(old, staying).equals(endOf(neu, staying))) {
        return Buffer.concat([Buffer.alloc(shorter, '/'), neu]);
    }
    if (shorter > SUFFIX && rest !== undefined)
        return Buffer.concat([neu, rest, NUL]);
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('unsupported', 'a string in a binary may be shared and cannot be shortened', {
        expected: `a prefix that ends like ${(0,_byte_string_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g$)((0,_byte_string_js__WEBPACK_IMPORTED_MODULE_1__/* .byteString */ .iP)(old))} or is at least ${SUFFIX + 1} bytes shorter`,
        found: (0,_byte_string_js__WEBPACK_IMPORTED_MODULE_1__/* .printable */ .g$)((0,_byte_string_js__WEBPACK_IMPORTED_MODULE_1__/* .byteString */ .iP)(neu)),
        hint: LONGER_HINT,
    });
}
const LONGER_HINT = 'install below a shorter root, or rebuild with config:install_tree:padded_length set';
const WINDOW = 1024 * 1024;
const NUL = Buffer.from([0]);
function endOf(bytes, length) {
    return bytes.subarray(Math.max(0, bytes.length - length));
}


/***/ }),

/***/ 90182:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   HQ: () => (/* binding */ relocateTextFile),
/* harmony export */   oP: () => (/* binding */ lineWindows),
/* harmony export */   tV: () => (/* binding */ textMatches)
/* harmony export */ });
/* unused harmony export relocateText */
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/**
 * Prefixes in text files, replaced where Spack's pattern
 * `(?<![\w\-_/])([\w\-_]*?)(P1|P2|…)([\w\-_/]*)` matches. The file may change its length.
 */

/** The text with its prefixes replaced, or `undefined` where there are none. */
function relocateText(bytes, matcher) {
    const parts = [];
    let kept = 0;
    for (const { at, replacement } of textMatches(bytes, matcher)) {
        parts.push(bytes.subarray(kept, at), replacement.new);
        kept = at + replacement.old.length;
    }
    if (parts.length === 0)
        return undefined;
    parts.push(bytes.subarray(kept));
    return Buffer.concat(parts);
}
/**
 * Where prefixes are to be replaced, in order.
 *
 * The pattern in words: a prefix must not be a path's middle, so reading left from it over word characters must
 * not end at a slash; and word characters and slashes right of it belong to the match, so nothing in them is
 * replaced again. Prefixes begin with a slash (the build info reader sees to it), so two matches never share
 * what is left of them.
 */
function* textMatches(bytes, matcher) {
    const search = matcher.searcher(bytes);
    for (let match = search(0); match !== undefined;) {
        const { at, replacement } = match;
        if (startsPath(bytes, at)) {
            yield match;
            match = search(tailEnd(bytes, at + replacement.old.length));
        }
        else {
            match = search(at + 1);
        }
    }
}
/**
 * {@link relocateText} on a file, in place so that its hard links stay. Whether anything changed.
 * @param scratch opens an empty file for what does not fit in memory
 * Throws `too-large` for a file with a line of more than 256 MiB.
 */
function relocateTextFile(file, matcher, scratch) {
    if (file.size <= WINDOW) {
        const text = relocateText(file.read(0, file.size), matcher);
        if (text === undefined)
            return false;
        file.write(0, text);
        file.truncate(text.length);
        return true;
    }
    const output = scratch();
    let changed = false;
    let written = 0;
    for (const lines of lineWindows(file)) {
        const text = relocateText(lines, matcher);
        changed ||= text !== undefined;
        output.write(written, text ?? lines);
        written += (text ?? lines).length;
    }
    if (!changed)
        return false;
    for (let at = 0; at < written; at += WINDOW)
        file.write(at, output.read(at, WINDOW));
    file.truncate(written);
    return true;
}
const WINDOW = 16 * 1024 * 1024;
const MAX_LINE = 16 * WINDOW;
/** The file in pieces of whole lines: no match spans two, as neither the pattern's classes nor a prefix has a newline. */
function* lineWindows(file) {
    let length = WINDOW;
    for (let at = 0; at < file.size;) {
        const bytes = file.read(at, length);
        const end = at + bytes.length >= file.size ? bytes.length : bytes.lastIndexOf(0x0a) + 1;
        if (end > 0) {
            yield bytes.subarray(0, end);
            at += end;
            length = WINDOW;
        }
        else if (length < MAX_LINE) {
            length *= 2;
        }
        else {
            throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('too-large', 'a text file to relocate has too long a line', {
                expected: `at most ${MAX_LINE} bytes`,
            });
        }
    }
}
function startsPath(bytes, at) {
    let left = at - 1;
    while (left >= 0 && isWord(bytes[left]))
        left--;
    return left < 0 || bytes[left] !== SLASH;
}
function tailEnd(bytes, from) {
    let at = from;
    while (at < bytes.length && (isWord(bytes[at]) || bytes[at] === SLASH))
        at++;
    return at;
}
const SLASH = 0x2f;
/** `[\w\-]`, in ASCII as Python has it for bytes. */
const WORD = new Uint8Array(256);
for (const character of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-') {
    WORD[character.charCodeAt(0)] = 1;
}
function isWord(byte) {
    return byte !== undefined && WORD[byte] === 1;
}


/***/ }),

/***/ 2193:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Tt: () => (/* binding */ stagingSweeper),
/* harmony export */   Uj: () => (/* binding */ refuseExisting),
/* harmony export */   me: () => (/* binding */ makeStaging),
/* harmony export */   y9: () => (/* binding */ moveInPlace)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(82552);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(62807);
/** The directory beside a prefix in which a package is put together: ours alone, and on the same file system. */





/** Makes the parents of a prefix, and in its parent the directory. Throws `usage` for a relative prefix. */
function makeStaging(prefix) {
    if (!(0,node_path__WEBPACK_IMPORTED_MODULE_2__.isAbsolute)(prefix) || (0,node_path__WEBPACK_IMPORTED_MODULE_2__.basename)(prefix) === '') {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .BuildcacheError */ .fO('usage', 'cannot install there', {
            expected: 'an absolute path',
            found: prefix,
        });
    }
    const resolved = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(prefix);
    const parent = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(resolved);
    const firstMade = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(parent, { recursive: true });
    const directory = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdtempSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(parent, stagingName(resolved)));
    const tree = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(directory, 'tree');
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(tree);
    return {
        prefix: resolved,
        tree,
        scratch: (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(directory, 'scratch'),
        replaced: (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(directory, 'replaced'),
        async remove() {
            // Whether the package is installed does not depend on it, so what went wrong before is what counts.
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)(directory, { recursive: true, force: true }).catch(() => undefined);
            if (firstMade !== undefined)
                removeEmpty(parent, (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(firstMade));
        },
    };
}
/**
 * @returns removes what a killed process left of unpacking to a prefix. Only for whoever holds the lock on that prefix, or
 * has the install tree for itself: somebody else's directory looks the same.
 */
function stagingSweeper() {
    // A folder has a thousand prefixes in it, and is read once: what is left there was left before.
    const listed = new Map();
    return async (prefix) => {
        const resolved = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.resolve)(prefix);
        const parent = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(resolved);
        const names = listed.get(parent) ?? leftIn(parent);
        listed.set(parent, names);
        for (const name of (await names).filter((each) => each.startsWith(stagingName(resolved)))) {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rm)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(parent, name), { recursive: true, force: true }).catch(() => undefined);
        }
    };
}
async function leftIn(folder) {
    const names = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readdir)(folder).catch(() => []);
    return names.filter((name) => name.startsWith(STAGING));
}
const STAGING = '.unpack-';
/** Says for which prefix it is, and is no longer for one with a long name. */
function stagingName(prefix) {
    return `${STAGING}${(0,_core_digest_js__WEBPACK_IMPORTED_MODULE_3__/* .sha256 */ .sc)(prefix).slice(0, 12)}-`;
}
/** Removes a directory and the ones it is in, up to one that stays, as far as they are empty. */
function removeEmpty(directory, stays) {
    try {
        for (let at = directory; at !== stays; at = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(at))
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmdirSync)(at);
    }
    catch {
        // Not empty: something is installed there, by us or by somebody else.
    }
}
/** Throws `conflict` if something is at the prefix, a dangling symlink included. */
function refuseExisting(prefix) {
    if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(prefix, { throwIfNoEntry: false }) === undefined)
        return;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_4__/* .BuildcacheError */ .fO('conflict', 'there is something at the prefix already', {
        file: prefix,
        hint: 'remove it, or install over it',
    });
}
/**
 * The last step: one rename. What is at the prefix is put aside, and back if that fails.
 * @param aside where to put it; without it nothing may be at the prefix
 */
function moveInPlace(from, prefix, aside) {
    if (aside === undefined)
        refuseExisting(prefix);
    const isThere = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(prefix, { throwIfNoEntry: false }) !== undefined;
    if (aside !== undefined && isThere)
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)(prefix, aside);
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)(from, prefix);
    }
    catch (error) {
        if (aside !== undefined && isThere)
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.renameSync)(aside, prefix);
        throw error;
    }
}


/***/ }),

/***/ 10925:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  D: () => (/* binding */ unpackPackage)
});

// EXTERNAL MODULE: external "node:stream/promises"
var promises_ = __webpack_require__(46466);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/package/archive-path.js
var archive_path = __webpack_require__(81185);
// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(77934);
// EXTERNAL MODULE: ./build/package/byte-string.js
var byte_string = __webpack_require__(90035);
;// CONCATENATED MODULE: ./build/package/flow-yaml.js
/**
 * Reads YAML's flow style, `{a: b, c: [d, 'e']}`, the one form in which Spack has ever written a build info
 * (YAML 1.2, chapter 7). Scalars are text as written, so that no file name is taken for a number. Takes time in
 * proportion to its input whatever that is, and a twentieth of what the `yaml` package takes, which a megabyte
 * of hostile input holds up for a minute. Anchors, aliases, tags and comments, which Spack does not write, are refused.
 */

/** Throws `BuildcacheError` `bad-input` where the text is anything else. */
function parseFlowYaml(text) {
    let at = 0;
    const value = readValue(0);
    skipBlanks();
    if (at < text.length)
        throw unexpected('the end');
    return value;
    function readValue(depth) {
        if (depth > MAX_DEPTH)
            throw unexpected(`at most ${MAX_DEPTH} levels`);
        skipBlanks();
        switch (text[at]) {
            case '{':
                return readMap(depth);
            case '[':
                return readList(depth);
            default:
                return readScalar();
        }
    }
    function readList(depth) {
        const items = [];
        at++;
        while (!closes(']')) {
            items.push(readValue(depth + 1));
            separate(']');
        }
        return items;
    }
    function readMap(depth) {
        const map = new Map();
        at++;
        while (!closes('}')) {
            // Keys over 128 characters are written with a question mark.
            if (text[at] === '?' && isBlank(text[at + 1]))
                at++;
            skipBlanks();
            const key = readScalar();
            if (map.has(key))
                throw unexpected(`${JSON.stringify(key)} only once`);
            skipBlanks();
            if (text[at] !== ':')
                throw unexpected('a colon');
            at++;
            skipBlanks();
            map.set(key, text[at] === ',' || text[at] === '}' ? '' : readValue(depth + 1));
            separate('}');
        }
        return map;
    }
    /** Whether the collection ends here; skips its end if so. */
    function closes(bracket) {
        skipBlanks();
        if (text[at] !== bracket)
            return false;
        at++;
        return true;
    }
    function separate(bracket) {
        skipBlanks();
        if (text[at] === ',')
            at++;
        else if (text[at] !== bracket)
            throw unexpected(`a comma or ${bracket}`);
    }
    function readScalar() {
        switch (text[at]) {
            case "'":
                return readSingleQuoted();
            case '"':
                return readDoubleQuoted();
            default:
                return readPlain();
        }
    }
    /** Up to a flow indicator or the colon behind a key, without the blanks at its end. */
    function readPlain() {
        const start = at;
        const [first = '', second] = [text[at], text[at + 1]];
        const isIndicator = '-?:'.includes(first) ? endsPlain(second) : INDICATORS.includes(first);
        if (isIndicator)
            throw unexpected('a value');
        let end = at;
        for (; at < text.length; at++) {
            const character = text[at] ?? '';
            if (FLOW.includes(character))
                break;
            if (character === ':' && endsPlain(text[at + 1]))
                break;
            if (character === '#' && isBlank(text[at - 1]))
                break;
            if (!isBlank(character))
                end = at + 1;
        }
        return folded(text.slice(start, end));
    }
    function readSingleQuoted() {
        const start = at + 1;
        let end = text.indexOf("'", start);
        while (end !== -1 && text[end + 1] === "'")
            end = text.indexOf("'", end + 2);
        if (end === -1)
            throw unexpected('a quoted string');
        at = end + 1;
        return folded(text.slice(start, end)).replaceAll("''", "'");
    }
    function readDoubleQuoted() {
        const start = at + 1;
        let end = start;
        while (end < text.length && text[end] !== '"')
            end += text[end] === '\\' ? 2 : 1;
        const value = end < text.length ? unescaped(text.slice(start, end)) : undefined;
        if (value === undefined)
            throw unexpected('a quoted string');
        at = end + 1;
        return value;
    }
    function skipBlanks() {
        while (at < text.length && isBlank(text[at]))
            at++;
    }
    function unexpected(expected) {
        return new errors/* BuildcacheError */.fO('bad-input', `it is not what it should be at character ${at}`, {
            expected,
            found: at < text.length ? JSON.stringify(text.slice(at, at + 20)) : 'the end',
        });
    }
}
/** The build info is a map of lists and maps. */
const MAX_DEPTH = 8;
const FLOW = ',[]{}';
/** What a plain scalar cannot begin with; the empty string stands for the end of the text. */
const INDICATORS = ['', ...`${FLOW}#&*!|>'"%@\``];
function endsPlain(character) {
    return character === undefined || isBlank(character) || FLOW.includes(character);
}
/** A line break in a scalar is a space, and an empty line a line break. */
function folded(text) {
    const [first = '', ...lines] = text.split('\n');
    if (lines.length === 0)
        return text;
    let result = first.trimEnd();
    let breaks = 0;
    for (const [i, line] of lines.entries()) {
        breaks++;
        const isLast = i === lines.length - 1;
        const content = isLast ? line.trimStart() : line.trim();
        if (content === '' && !isLast)
            continue;
        result += (breaks === 1 ? ' ' : '\n'.repeat(breaks - 1)) + content;
        breaks = 0;
    }
    return result;
}
/** `undefined` for an escape that does not exist. */
function unescaped(body) {
    let known = true;
    const parts = body.split(/(\\(?:\r?\n[ \t]*|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[\s\S]))/);
    const text = parts.map((part, i) => {
        if (i % 2 === 0)
            return folded(part);
        const code = /^\\[xuU](?=.)/.test(part) ? Number.parseInt(part.slice(2), 16) : undefined;
        if (code !== undefined && code <= 0x10ffff)
            return String.fromCodePoint(code);
        const single = part.startsWith('\\\n') || part.startsWith('\\\r\n') ? '' : ESCAPES[part.slice(1)];
        known &&= single !== undefined;
        return single ?? '';
    });
    return known ? text.join('') : undefined;
}
const ESCAPES = {
    '0': '\0',
    a: '\x07',
    b: '\b',
    t: '\t',
    '\t': '\t',
    n: '\n',
    v: '\v',
    f: '\f',
    r: '\r',
    e: '\x1b',
    ' ': ' ',
    '"': '"',
    '/': '/',
    '\\': '\\',
    N: '\x85',
    _: '\xa0',
    L: '\u2028',
    P: '\u2029',
};
function isBlank(character) {
    return character === ' ' || character === '\n' || character === '\t' || character === '\r';
}

;// CONCATENATED MODULE: ./build/package/build-info-reader.js
/**
 * Reads `.spack/binary_distribution`, what a tarball says about itself, in today's and in older forms. It is
 * attacker-controlled where the tarball is: paths in it are only ever looked for in the package's own files,
 * and file names in it are checked against the archive before one is opened.
 */




/** Bytes of a build info; a package of 300,000 files to relocate stays below. */
const MAX_BUILD_INFO = 32 * 1024 * 1024;
/**
 * Throws `bad-input` where it is not a build info, and `unsupported` where it is one of a Spack that did not
 * write down which prefix is whose, as Spack itself does.
 */
function readBuildInfo(bytes) {
    const raw = parse(bytes);
    const hashToPrefix = raw.hash_to_prefix ?? inverse(raw.prefix_to_hash);
    if (hashToPrefix === undefined) {
        throw new errors/* BuildcacheError */.fO('unsupported', 'the package was packed by a Spack too old to be relocated', {
            file: BUILD_INFO,
            expected: 'hash_to_prefix or prefix_to_hash',
            hint: 'push it again with a newer Spack',
        });
    }
    for (const prefix of hashToPrefix.values()) {
        if (!isOldPath(prefix))
            throw malformed('hash_to_prefix', 'absolute paths', JSON.stringify(prefix));
    }
    return {
        buildPath: raw.buildpath,
        prefix: resolved(`${raw.buildpath}/${raw.relative_prefix}`),
        hashToPrefix,
        sbangInstallPath: raw.sbang_install_path,
        relativeRpaths: raw.relative_rpaths,
        textFiles: raw.relocate_textfiles,
        binaries: raw.relocate_binaries,
        links: raw.relocate_links,
    };
}
/**
 * Makes sure that the tarball is the package asked for: its own prefix must be the one it gives for this hash.
 * (Having the hash at all is not enough: a package names its dependencies as well.)
 * @param hash of the spec, or of the build spec where the spec is spliced
 * Throws `corrupt`.
 */
function checkIdentity(info, hash) {
    const prefix = info.hashToPrefix.get(hash);
    if (prefix !== undefined && resolved(prefix) === info.prefix)
        return;
    const own = [...info.hashToPrefix].find(([, candidate]) => resolved(candidate) === info.prefix);
    throw new errors/* BuildcacheError */.fO('corrupt', 'the tarball holds another package', {
        expected: `hash ${hash}`,
        found: own === undefined ? `the prefix ${info.prefix}` : `hash ${own[0]}`,
        hint: 'do not use this mirror before its owner has looked into it',
    });
}
const BUILD_INFO = '.spack/binary_distribution';
/** Lexically, without a trailing slash: Spack computes `relative_prefix` with `os.path.relpath`. */
function resolved(path) {
    const components = [];
    for (const component of path.split('/')) {
        if (component === '..')
            components.pop();
        else if (component !== '' && component !== '.')
            components.push(component);
    }
    return `/${components.join('/')}`;
}
/** A path that may be looked for: one that starts with a slash, is not all paths, and stays on its line. */
function isOldPath(path) {
    return path.length <= 4096 && /^\/+[^/\n\0][^\n\0]*$/.test(path);
}
/** When externals were not left out several prefixes had one hash; the last one counts, as in Spack. */
function inverse(prefixToHash) {
    return prefixToHash && new Map([...prefixToHash].map(([prefix, hash]) => [hash, prefix]));
}
const BOOLEAN = dist/* optional */.lqM(dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^(true|false)$/i), dist/* transform */.pdi((text) => text.toLowerCase() === 'true')), 'false');
const OLD_PATH = dist/* pipe */.FsL(dist/* string */.YjP(), dist/* check */.z6Y(isOldPath));
const FILES = dist/* array */.YOg(dist/* pipe */.FsL(dist/* string */.YjP(), dist/* transform */.pdi(byte_string/* byteStringOf */.d1)));
const MAP = dist/* map */.TjK(dist/* string */.YjP(), dist/* string */.YjP());
const SCHEMA = dist/* object */.Ikc({
    buildpath: OLD_PATH,
    relative_prefix: dist/* string */.YjP(),
    sbang_install_path: dist/* optional */.lqM(OLD_PATH),
    hash_to_prefix: dist/* optional */.lqM(MAP),
    prefix_to_hash: dist/* optional */.lqM(MAP),
    relative_rpaths: BOOLEAN,
    relocate_textfiles: FILES,
    relocate_binaries: FILES,
    relocate_links: dist/* optional */.lqM(FILES, []),
});
function parse(bytes) {
    const result = dist/* safeParse */.xLC(SCHEMA, parseYaml(bytes));
    if (result.success)
        return result.output;
    const [issue] = result.issues;
    throw malformed(dist/* getDotPath */.BuJ(issue) ?? 'it', issue.expected ?? 'an absolute path', issue.received);
}
function parseYaml(bytes) {
    try {
        const value = parseFlowYaml(bytes.toString('utf8'));
        return value instanceof Map ? Object.fromEntries(value) : value;
    }
    catch (error) {
        if (!(error instanceof errors/* BuildcacheError */.fO))
            throw error;
        throw new errors/* BuildcacheError */.fO(error.code, error.message, { ...error.facts, file: BUILD_INFO }, error);
    }
}
function malformed(where, expected, found) {
    const message = `the build info is malformed: ${where}`;
    return new errors/* BuildcacheError */.fO('bad-input', message, { file: BUILD_INFO, expected, found });
}

// EXTERNAL MODULE: ./build/package/byte-file.js
var byte_file = __webpack_require__(44324);
// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(58500);
// EXTERNAL MODULE: ./build/package/relocate-elf.js
var relocate_elf = __webpack_require__(66184);
;// CONCATENATED MODULE: ./build/package/macho.js
/** `undefined` for anything that is not a Mach-O file or is malformed, which is left alone. */
function readMachO(file) {
    const slices = readSlices(file);
    const images = [];
    for (const slice of slices) {
        const image = readImage(file, slice);
        if (image === undefined)
            return undefined;
        images.push(image);
    }
    return images.length === 0 ? undefined : images;
}
/** The load command with another path, as long as before if that fits, else as long as it must be. */
function withPath(image, command, path) {
    if (command.path === undefined)
        return command.bytes;
    const { at } = command.path;
    const alignment = image.is64 ? 8 : 4;
    const needed = Math.ceil((at + path.length + 1) / alignment) * alignment;
    const bytes = Buffer.alloc(Math.max(needed, command.bytes.length));
    command.bytes.copy(bytes, 0, 0, at);
    path.copy(bytes, at);
    writeUInt32(bytes, bytes.length, 4, image.littleEndian);
    return bytes;
}
/** Writes load commands over the image's, each as long as the old one or longer, all within its room. */
function writeLoadCommands(file, image, commands) {
    const all = Buffer.concat(commands);
    const size = Buffer.alloc(4);
    writeUInt32(size, all.length, 0, image.littleEndian);
    file.write(image.at + SIZE_OF_COMMANDS, size);
    file.write(image.at + headerSize(image.is64), all);
}
const FAT_MAGIC = 0xcafebabe;
/** A Java class file has the same magic and its version here; Spack draws the line at ten. */
const MAX_SLICES = 9;
const NUMBER_OF_COMMANDS = 16;
const SIZE_OF_COMMANDS = 20;
/** Real ones are a few kilobytes. */
const MAX_COMMANDS = 16 * 1024 * 1024;
const LC_SEGMENT = 0x1;
const LC_SEGMENT_64 = 0x19;
/** `LC_REQ_DYLD`, the bit that makes an unknown command an error, is part of some. */
const PATHS = new Map([
    [0xd, 'id'],
    [0xc, 'library'], // LC_LOAD_DYLIB
    [0x80000018, 'library'], // LC_LOAD_WEAK_DYLIB
    [0x8000001f, 'library'], // LC_REEXPORT_DYLIB
    [0x20, 'library'], // LC_LAZY_LOAD_DYLIB
    [0x80000023, 'library'], // LC_LOAD_UPWARD_DYLIB
    [0x8000001c, 'rpath'],
]);
/** The architectures of a universal file, whose header is big-endian, or the file itself. */
function readSlices(file) {
    const header = file.read(0, 8);
    if (header.length < 8)
        return [];
    if (header.readUInt32BE(0) !== FAT_MAGIC)
        return [{ at: 0, size: file.size }];
    const count = header.readUInt32BE(4);
    const table = file.read(8, count > MAX_SLICES ? 0 : count * 20);
    const slices = [];
    for (let at = 0; at + 20 <= table.length; at += 20) {
        slices.push({ at: table.readUInt32BE(at + 8), size: table.readUInt32BE(at + 12) });
    }
    return slices.length === count ? slices : [];
}
function readImage(file, slice) {
    const header = file.read(slice.at, 32);
    if (header.length < 32)
        return undefined;
    const format = FORMATS.get(header.readUInt32BE(0));
    if (format === undefined)
        return undefined;
    const { is64, littleEndian } = format;
    const count = readUInt32(header, NUMBER_OF_COMMANDS, littleEndian);
    const size = readUInt32(header, SIZE_OF_COMMANDS, littleEndian);
    if (size > MAX_COMMANDS)
        return undefined;
    const bytes = file.read(slice.at + headerSize(is64), size);
    if (bytes.length !== size)
        return undefined;
    const commands = [];
    let at = 0;
    while (commands.length < count) {
        if (at + 8 > size)
            return undefined;
        const length = readUInt32(bytes, at + 4, littleEndian);
        if (length < 8 || at + length > size)
            return undefined;
        const command = bytes.subarray(at, at + length);
        commands.push({ bytes: command, path: readPath(command, littleEndian) });
        at += length;
    }
    // Bytes after the last command belong to nobody; keeping the total right means not having any.
    if (at !== size)
        return undefined;
    const contents = Math.min(slice.size, ...commands.map((command) => firstByte(command.bytes, format)));
    return { at: slice.at, is64, littleEndian, commands, room: Math.max(size, contents - headerSize(is64)) };
}
/** By the magic's bytes. */
const FORMATS = new Map([
    [0xcffaedfe, { is64: true, littleEndian: true }],
    [0xfeedfacf, { is64: true, littleEndian: false }],
    [0xcefaedfe, { is64: false, littleEndian: true }],
    [0xfeedface, { is64: false, littleEndian: false }],
]);
function headerSize(is64) {
    return is64 ? 32 : 28;
}
function readPath(command, littleEndian) {
    const kind = PATHS.get(readUInt32(command, 0, littleEndian));
    if (kind === undefined || command.length < 12)
        return undefined;
    const at = readUInt32(command, 8, littleEndian);
    if (at < 12 || at >= command.length)
        return undefined;
    const text = command.subarray(at);
    const nul = text.indexOf(0);
    return { kind, at, value: nul === -1 ? text : text.subarray(0, nul) };
}
/** The lowest offset in the image that a segment command says has contents. */
function firstByte(command, { is64, littleEndian }) {
    const type = readUInt32(command, 0, littleEndian);
    if (type !== (is64 ? LC_SEGMENT_64 : LC_SEGMENT))
        return Number.POSITIVE_INFINITY;
    const [fixed, sectionSize, word] = is64 ? [72, 80, 8] : [56, 68, 4];
    if (command.length < fixed)
        return Number.POSITIVE_INFINITY;
    const fileOffset = readWord(command, is64 ? 40 : 32, word, littleEndian);
    const fileSize = readWord(command, is64 ? 48 : 36, word, littleEndian);
    // The segment at 0 has the header and the load commands in it, so its sections tell.
    let first = fileOffset > 0 && fileSize > 0 ? fileOffset : Number.POSITIVE_INFINITY;
    for (let at = fixed; at + sectionSize <= command.length; at += sectionSize) {
        const offset = readUInt32(command, at + (is64 ? 48 : 40), littleEndian);
        if (offset > 0)
            first = Math.min(first, offset);
    }
    return first;
}
function readUInt32(bytes, at, littleEndian) {
    return littleEndian ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
}
function readWord(bytes, at, length, littleEndian) {
    if (length === 4)
        return readUInt32(bytes, at, littleEndian);
    return Number(littleEndian ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
}
function writeUInt32(bytes, value, at, littleEndian) {
    if (littleEndian)
        bytes.writeUInt32LE(value, at);
    else
        bytes.writeUInt32BE(value, at);
}

;// CONCATENATED MODULE: ./build/package/relocate-macho.js
/**
 * Prefixes in the load commands of a Mach-O file: its own name, the libraries it loads and its run paths. What
 * Spack has `install_name_tool` do on macOS, done to the bytes, and so on any system. The file needs a new
 * signature afterwards, which only macOS can tell and make.
 */


/**
 * Whether anything changed. Load commands grow into the padding behind them if they must; where that is too
 * little throws `unsupported`, with nothing written.
 */
function relocateMachO(file, matcher) {
    // Longest first, whatever the map's order, and everywhere in a path: as Spack does it here and only here.
    const replacements = [...matcher.replacements].sort((a, b) => b.old.length - a.old.length);
    const edits = (readMachO(file) ?? []).map((image) => ({ image, commands: relocated(image, replacements) }));
    const changed = edits.filter(({ image, commands }) => commands.some((bytes, i) => bytes !== image.commands[i]?.bytes));
    for (const { image, commands } of changed) {
        const size = commands.reduce((sum, bytes) => sum + bytes.length, 0);
        if (size > image.room) {
            throw new errors/* BuildcacheError */.fO('unsupported', 'the load commands of a binary have no room for the new paths', {
                expected: `at most ${image.room} bytes`,
                found: `${size}`,
                hint: 'install below a shorter root, or rebuild with -headerpad_max_install_names',
            });
        }
    }
    for (const { image, commands } of changed)
        writeLoadCommands(file, image, commands);
    return changed.length > 0;
}
/** The load commands, those that stay as they are being the same buffers. */
function relocated(image, replacements) {
    // A run path that another one has already become would be there twice, which dyld refuses.
    const rpaths = new Map();
    return image.commands.map((command) => {
        const { path } = command;
        const value = path === undefined ? undefined : relocatePath(path.value, replacements);
        if (path === undefined || value === undefined)
            return command.bytes;
        if (path.kind === 'rpath') {
            const [now, old] = [value.toString('latin1'), path.value.toString('latin1')];
            if ((rpaths.get(now) ?? old) !== old)
                return command.bytes;
            rpaths.set(now, old);
        }
        return withPath(image, command, value);
    });
}
function relocatePath(path, replacements) {
    const replacement = replacements.find(({ old }) => path.subarray(0, old.length).equals(old));
    if (replacement === undefined)
        return undefined;
    const parts = [];
    let kept = 0;
    for (let at = 0; at !== -1; at = path.indexOf(replacement.old, kept)) {
        parts.push(path.subarray(kept, at), replacement.new);
        kept = at + replacement.old.length;
    }
    return Buffer.concat([...parts, path.subarray(kept)]);
}

// EXTERNAL MODULE: ./build/package/relocate-matcher.js
var relocate_matcher = __webpack_require__(74835);
// EXTERNAL MODULE: ./build/package/relocate-strings.js
var relocate_strings = __webpack_require__(84939);
// EXTERNAL MODULE: ./build/package/relocate-text.js
var relocate_text = __webpack_require__(90182);
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __webpack_require__(31421);
// EXTERNAL MODULE: external "node:fs/promises"
var external_node_fs_promises_ = __webpack_require__(51455);
;// CONCATENATED MODULE: ./build/package/relocate-tools.js
/** Programs of the system that relocation needs in rare cases: patchelf, and codesign on macOS. */



function systemTools() {
    return { patchelf: 'patchelf', codesign: process.platform === 'darwin' ? 'codesign' : undefined };
}
/**
 * Sets a run path or interpreter that does not fit in the old one's place. Unlike Spack it does not remove the
 * run path when only the interpreter changes, and does not go on when patchelf fails, which would leave a
 * binary that loads from the old store.
 * @param file absolute path
 * Throws `unsupported` where there is no patchelf, it fails, or the path is not to be trusted to it.
 */
async function patchElf(tools, file, paths, signal) {
    const options = [
        ...(paths.rpath === undefined ? [] : ['--force-rpath', '--set-rpath', argument(paths.rpath)]),
        ...(paths.interpreter === undefined ? [] : ['--set-interpreter', argument(paths.interpreter)]),
    ];
    await run(tools.patchelf, [...options, argument(Buffer.from(file))], signal, {
        missing: 'a binary has no room for a longer path, and there is no patchelf to make some',
        hint: 'install patchelf, or install below a shorter root',
    });
}
/**
 * Signs a changed Mach-O file for this machine. codesign replaces the file, so it works on a copy: the hard
 * links of the file stay.
 * @param scratch path of a file that may be overwritten
 */
async function signMachO(tools, file, scratch, signal) {
    if (tools.codesign === undefined)
        return;
    await (0,external_node_fs_promises_.copyFile)(file, scratch);
    await run(tools.codesign, ['-fs-', scratch], signal, {
        missing: 'a changed binary cannot be signed without codesign',
        hint: 'install the command line tools: xcode-select --install',
    });
    await (0,external_node_fs_promises_.writeFile)(file, await (0,external_node_fs_promises_.readFile)(scratch));
    await (0,external_node_fs_promises_.rm)(scratch, { force: true });
}
/** patchelf reads an argument's value from a file where it starts with an @, and only takes text. */
function argument(bytes) {
    const text = bytes.toString('utf8');
    if (!text.startsWith('@') && Buffer.from(text, 'utf8').equals(bytes))
        return text;
    throw new errors/* BuildcacheError */.fO('unsupported', 'a path cannot be handed to patchelf', {
        expected: 'UTF-8 that does not start with "@"',
        found: text,
    });
}
function run(program, args, signal, missing) {
    return new Promise((resolve, reject) => {
        (0,external_node_child_process_.execFile)(program, args, signal === undefined ? {} : { signal }, (error, _stdout, stderr) => {
            if (error === null)
                resolve();
            else if (signal?.aborted === true)
                reject(error);
            else if ((0,errors/* systemCode */.xU)(error) === 'ENOENT') {
                reject(new errors/* BuildcacheError */.fO('unsupported', missing.missing, { hint: missing.hint }, error));
            }
            else {
                const found = stderr.trim() === '' ? error.message : stderr.trim();
                reject(new errors/* BuildcacheError */.fO('unsupported', `${program} failed`, { found }, error));
            }
        });
    });
}

;// CONCATENATED MODULE: ./build/package/relocate.js
/**
 * Relocates an unpacked package: replaces the paths of the store it was built in, in the files and links its
 * build info lists, as Spack 1.x does. A file with several names is changed once.
 */











/**
 * @param tree whose symlinks are not made yet; their targets are changed in it
 * @param prefix path of the package's prefix below the tree's root
 * Throws `bad-input` where the build info lists what the archive does not have, `unsupported` where a path does
 * not fit into a binary, what the file system says, or the signal's reason. Files stay half changed then.
 */
async function relocatePackage(tree, prefix, relocation) {
    const { info, map, scratch, signal } = relocation;
    const counts = { text: 0, binaries: 0, links: 0 };
    const matcher = (0,relocate_matcher/* prefixMatcher */.b)(map);
    if (matcher === undefined)
        return counts;
    for (const name of info.links) {
        if (relocateLink(tree.links, listed(prefix, name), matcher))
            counts.links++;
    }
    const done = new Set();
    for (const name of info.textFiles) {
        await breathe(signal);
        const path = listed(prefix, name);
        const changed = visit(tree, path, done, (file) => withScratch(scratch, (makeScratch) => (0,relocate_text/* relocateTextFile */.HQ)(file, matcher, makeScratch)));
        if (changed === true)
            counts.text++;
    }
    for (const name of info.binaries) {
        await breathe(signal);
        if (await relocateBinary(tree, listed(prefix, name), done, matcher, relocation))
            counts.binaries++;
    }
    return counts;
}
/** Paths first, because what is replaced there can be cut off rather than filled up; then all other strings. */
async function relocateBinary(tree, path, done, matcher, { format, scratch, tools = systemTools(), signal }) {
    if (format === 'macho') {
        const changed = visit(tree, path, done, (file) => {
            const patched = !isLeftToStrings(path) && relocateMachO(file, matcher);
            return (0,relocate_strings/* relocateStrings */.eg)(file, matcher) > 0 || patched;
        });
        if (changed !== true)
            return false;
        await withFile(path, signMachO(tools, tree.locate(path), scratch, signal));
        return true;
    }
    const elf = visit(tree, path, done, (file) => {
        const result = (0,relocate_elf/* relocateElf */.pz)(file, matcher);
        if (result.kind === 'too-long')
            return result;
        return (0,relocate_strings/* relocateStrings */.eg)(file, matcher) > 0 || result.kind === 'patched';
    });
    if (elf === undefined || typeof elf === 'boolean')
        return elf === true;
    await withFile(path, patchElf(tools, tree.locate(path), elf, signal));
    visit(tree, path, undefined, (file) => (0,relocate_strings/* relocateStrings */.eg)(file, matcher));
    return true;
}
/** Files whose load commands Spack does not touch. */
function isLeftToStrings(path) {
    return path.endsWith('.o') || path.includes('libgcc_');
}
function relocateLink(links, path, matcher) {
    const target = links.get(path);
    if (target === undefined)
        throw notThere(path, 'a symlink');
    const relocated = target.startsWith('/') ? (0,relocate_elf/* relocateBeginning */.jL)((0,byte_string/* bytesOf */.$$)(target), matcher) : undefined;
    if (relocated !== undefined)
        links.set(path, (0,byte_string/* byteString */.iP)(relocated));
    return relocated !== undefined;
}
/** Where something the build info lists is in the tree. The name is attacker-controlled. */
function listed(prefix, name) {
    return `${prefix}/${(0,archive_path/* archivePath */.oM)(name)}`;
}
/**
 * Opens a file of the tree for one action, unless one of its names was in `done`, which it joins. No symlink
 * can be on the way: the directory is one of ours, and symlinks are not made yet.
 */
function visit(tree, path, done, action) {
    if (!tree.directories.has((0,archive_path/* parentPath */.yl)(path)))
        throw notThere(path, 'a file');
    let file;
    try {
        file = (0,byte_file/* openByteFile */.f)(tree.locate(path), 'read-write');
        if (done?.has(file.identity) === true)
            return undefined;
        done?.add(file.identity);
        return action(file);
    }
    catch (error) {
        if (file === undefined && MISSING.has((0,errors/* systemCode */.xU)(error) ?? ''))
            throw notThere(path, 'a file', error);
        throw inFile(error, path);
    }
    finally {
        file?.close();
    }
}
/** Not there, a symlink, a directory or what else is no file. */
const MISSING = new Set(['ENOENT', 'ELOOP', 'EISDIR', 'EINVAL', 'ENXIO']);
function notThere(path, expected, cause) {
    const message = 'the build info lists for relocation what the archive does not have';
    return new errors/* BuildcacheError */.fO('bad-input', message, { file: (0,byte_string/* printable */.g$)(path), expected }, cause);
}
/** Names the file in what goes wrong. */
async function withFile(path, action) {
    try {
        await action;
    }
    catch (error) {
        throw inFile(error, path);
    }
}
function inFile(error, path) {
    const file = (0,byte_string/* printable */.g$)(path);
    if (!(error instanceof errors/* BuildcacheError */.fO))
        return (0,errors/* fileError */.zS)(error, file, 'relocate it');
    return new errors/* BuildcacheError */.fO(error.code, error.message, { file, ...error.facts }, error.cause);
}
function withScratch(path, action) {
    let file;
    try {
        return action(() => {
            file ??= (0,byte_file/* openByteFile */.f)(path, 'create');
            return file;
        });
    }
    finally {
        file?.close();
    }
}
/** Lets others have the event loop between two files. */
async function breathe(signal) {
    await (0,external_node_timers_promises_.setImmediate)();
    signal?.throwIfAborted();
}

;// CONCATENATED MODULE: ./build/package/tar-attributes.js
/**
 * Entries of a tar archive that describe the entry after them: PAX headers (POSIX.1-2001) and GNU's long names,
 * which is what Python and so Spack writes for names that do not fit the header. Attacker-controlled.
 */


/** By type flag. */
const ATTRIBUTES = {
    x: 'pax',
    g: 'pax-global',
    L: 'gnu-path',
    K: 'gnu-target',
};
/**
 * Adds what one entry's body says to what others before it said.
 * Throws `BuildcacheError`: `corrupt` for what is malformed or said twice, `unsupported` for sparse files and
 * for a name or size of all entries.
 */
function addAttributes(before, type, body) {
    const added = readAttributes(type, body);
    for (const key of ['path', 'target', 'size']) {
        // Which one counts depends on who reads.
        if (before[key] !== undefined && added[key] !== undefined) {
            throw new errors/* BuildcacheError */.fO('corrupt', `an entry has two attributes for its ${key}`);
        }
    }
    return { ...before, ...added };
}
function readAttributes(type, body) {
    switch (type) {
        case 'gnu-path':
            return { path: withoutNul(body) };
        case 'gnu-target':
            return { target: withoutNul(body) };
        case 'pax':
            return readPax(body);
        case 'pax-global': {
            const { path, target, size } = readPax(body);
            if (path === undefined && target === undefined && size === undefined)
                return {};
            throw new errors/* BuildcacheError */.fO('unsupported', 'the archive gives all its entries one name or size');
        }
    }
}
function withoutNul(body) {
    return (0,byte_string/* byteString */.iP)(body.at(-1) === 0 ? body.subarray(0, -1) : body);
}
/** Records `<length> <key>=<value>\n`, the length counting all of itself (POSIX.1-2001 pax, "extended header"). */
function readPax(body) {
    let overrides = {};
    for (let at = 0; at < body.length;) {
        const blank = body.indexOf(0x20, at);
        const digits = blank === -1 ? '' : body.toString('latin1', at, blank);
        const end = at + (/^[1-9][0-9]{0,7}$/.test(digits) ? Number(digits) : Number.NaN);
        const equals = body.indexOf(0x3d, blank);
        if (!(end <= body.length) || equals === -1 || equals >= end || body[end - 1] !== 0x0a) {
            throw tar_attributes_malformed('PAX records', (0,byte_string/* printable */.g$)((0,byte_string/* byteString */.iP)(body.subarray(at, at + 40))));
        }
        const key = body.toString('utf8', blank + 1, equals);
        overrides = { ...overrides, ...paxOverride(key, (0,byte_string/* byteString */.iP)(body.subarray(equals + 1, end - 1))) };
        at = end;
    }
    return overrides;
}
function paxOverride(key, value) {
    switch (key) {
        case 'path':
            return { path: value };
        case 'linkpath':
            return { target: value };
        case 'size':
            return { size: paxNumber(key, value, /^[0-9]{1,16}$/) };
        case 'mtime':
            return { mtime: Math.max(0, Math.floor(paxNumber(key, value, /^-?[0-9]{1,15}(\.[0-9]*)?$/))) };
        default:
            if (/^(GNU\.sparse\.|SCHILY\.realsize|SUN\.holesdata)/.test(key)) {
                throw new errors/* BuildcacheError */.fO('unsupported', 'the archive holds a sparse file', { found: key });
            }
            return {};
    }
}
function paxNumber(key, value, form) {
    const parsed = form.test(value) ? Number(value) : Number.NaN;
    if (Number.isFinite(parsed) && parsed <= Number.MAX_SAFE_INTEGER)
        return parsed;
    throw tar_attributes_malformed(`a number as ${key}`, (0,byte_string/* printable */.g$)(value.slice(0, 40)));
}
function tar_attributes_malformed(expected, found) {
    return new errors/* BuildcacheError */.fO('corrupt', 'the attributes of an entry are malformed', { expected, found });
}

;// CONCATENATED MODULE: ./build/package/tar-reader.js
/**
 * A tar stream read strictly, entry by entry, in one pass and in constant memory. It understands what Spack of
 * any age writes (ustar, PAX, GNU long names) and refuses what two readers could understand differently: sparse
 * files, contents of links, names given twice, anything but zeros after the end. Every byte is
 * attacker-controlled. Names stay bytes.
 *
 * Not the `tar` package's parser, for control rather than speed (fed by the same gunzip they differ by a tenth):
 * that one tidies names, skips entries it does not know and reads past the end of the archive.
 */



/**
 * A reader that calls `handler` synchronously from `write`.
 *
 * `write` and `end` throw `BuildcacheError`: `corrupt` for what no tar writer writes or for a stream cut short,
 * `unsupported` for kinds of entries that do not belong in a package, `too-large` for attributes over 1 MiB.
 */
function readTar(handler) {
    const header = Buffer.alloc(BLOCK);
    let headerFill = 0;
    let bodyLeft = 0;
    let paddingLeft = 0;
    /** Attributes of the next entry, while their body is being collected. */
    let attributes;
    let overrides = {};
    let zeros = 0;
    return {
        write(chunk) {
            let at = 0;
            while (at < chunk.length) {
                if (bodyLeft > 0) {
                    const part = chunk.subarray(at, at + bodyLeft);
                    at += part.length;
                    bodyLeft -= part.length;
                    if (attributes === undefined)
                        handler.data(part);
                    else
                        attributes.chunks.push(Buffer.from(part));
                    if (bodyLeft === 0)
                        bodyEnd();
                }
                else if (paddingLeft > 0) {
                    const part = Math.min(paddingLeft, chunk.length - at);
                    at += part;
                    paddingLeft -= part;
                }
                else if (zeros > 0) {
                    readAfterEnd(chunk.subarray(at));
                    at = chunk.length;
                }
                else {
                    const part = Math.min(BLOCK - headerFill, chunk.length - at);
                    chunk.copy(header, headerFill, at, at + part);
                    at += part;
                    headerFill += part;
                    if (headerFill === BLOCK) {
                        headerFill = 0;
                        readHeader();
                    }
                }
            }
        },
        end() {
            if (zeros < 2 * BLOCK) {
                throw corrupt('the archive is cut short', { expected: 'an end-of-archive marker', found: 'the end' });
            }
        },
    };
    function readHeader() {
        if (header.equals(ZERO_BLOCK)) {
            if (Object.keys(overrides).length > 0)
                throw corrupt('the archive ends with attributes of no entry');
            zeros = BLOCK;
            return;
        }
        checkSum(header);
        const flag = header.toString('latin1', 156, 157);
        const attributesType = ATTRIBUTES[flag];
        if (attributesType !== undefined) {
            attributes = { type: attributesType, chunks: [] };
            startBody(attributesSize(header));
            return;
        }
        const entry = readEntry(header, flag, overrides);
        overrides = {};
        handler.entry(entry);
        startBody(entry.size);
    }
    function startBody(size) {
        bodyLeft = size;
        paddingLeft = (BLOCK - (size % BLOCK)) % BLOCK;
        if (size === 0)
            bodyEnd();
    }
    function bodyEnd() {
        if (attributes === undefined) {
            handler.entryEnd();
            return;
        }
        overrides = addAttributes(overrides, attributes.type, Buffer.concat(attributes.chunks));
        attributes = undefined;
    }
    function readAfterEnd(rest) {
        for (let at = 0; at < rest.length; at += BLOCK) {
            const part = rest.subarray(at, at + BLOCK);
            if (!part.equals(ZERO_BLOCK.subarray(0, part.length))) {
                throw corrupt('the archive goes on after its end', { expected: 'zeros', found: 'data' });
            }
        }
        zeros += rest.length;
    }
}
const BLOCK = 512;
const ZERO_BLOCK = Buffer.alloc(BLOCK);
/** Names are bounded by PATH_MAX; anything near this is an attack. */
const MAX_ATTRIBUTES = 1024 * 1024;
/** Python writes `0`; `\0` is its old spelling and `7` a contiguous file. */
const ENTRIES = {
    '0': 'file',
    '\0': 'file',
    '7': 'file',
    '1': 'hardlink',
    '2': 'symlink',
    '5': 'directory',
};
const REFUSED = {
    '3': 'a character device',
    '4': 'a block device',
    '6': 'a FIFO',
    S: 'a sparse file',
};
function readEntry(header, flag, overrides) {
    const path = overrides.path ?? ustarPath(header);
    const file = (0,byte_string/* printable */.g$)(path);
    const type = ENTRIES[flag];
    if (type === undefined) {
        throw new errors/* BuildcacheError */.fO('unsupported', 'the archive holds something a package cannot', {
            file,
            expected: 'files, directories and links',
            found: REFUSED[flag] ?? `an entry of type ${JSON.stringify(flag)}`,
        });
    }
    const isLink = type === 'symlink' || type === 'hardlink';
    const target = isLink ? (overrides.target ?? field(header, 157, 100)) : '';
    const size = overrides.size ?? number(header, 124, 12, 'size');
    if (path === '')
        throw corrupt('an entry has no name');
    if (path.includes('\0') || target.includes('\0'))
        throw corrupt('a name holds a NUL byte', { file });
    if (isLink && target === '')
        throw corrupt('a link points nowhere', { file });
    if (type === 'file' && path.endsWith('/'))
        throw corrupt('a file is named like a directory', { file });
    // Readers disagree on whether such contents are there, and so on where the next header is.
    if (type !== 'file' && size !== 0) {
        throw corrupt(`a ${type} has contents`, { file, expected: '0 bytes', found: String(size) });
    }
    const mode = number(header, 100, 8, 'mode') & 0o7777;
    const mtime = overrides.mtime ?? number(header, 136, 12, 'time');
    return { type, path, target, mode, mtime, size };
}
/** The name field, after the prefix field where the header is a POSIX one (GNU keeps other things there). */
function ustarPath(header) {
    const name = field(header, 0, 100);
    const prefix = header.toString('latin1', 257, 263) === 'ustar\0' ? field(header, 345, 155) : '';
    return prefix === '' ? name : `${prefix}/${name}`;
}
function field(header, at, length) {
    const bytes = header.subarray(at, at + length);
    const end = bytes.indexOf(0);
    return (0,byte_string/* byteString */.iP)(end === -1 ? bytes : bytes.subarray(0, end));
}
/** Octal digits between blanks, or GNU's base 256 for what does not fit. */
function number(header, at, length, what) {
    const first = header.readUInt8(at);
    let value;
    if (first === 0x80) {
        value = 0;
        for (const byte of header.subarray(at + 1, at + length))
            value = value * 256 + byte;
    }
    else {
        const digits = field(header, at, length).trim();
        value = /^[0-7]*$/.test(digits) ? Number.parseInt(digits === '' ? '0' : digits, 8) : Number.NaN;
    }
    if (!Number.isSafeInteger(value)) {
        throw corrupt(`an entry has a ${what} that is not a number`, { file: (0,byte_string/* printable */.g$)(ustarPath(header)) });
    }
    return value;
}
function attributesSize(header) {
    const size = number(header, 124, 12, 'size');
    if (size <= MAX_ATTRIBUTES)
        return size;
    throw new errors/* BuildcacheError */.fO('too-large', 'the attributes of an entry are too long', {
        expected: `at most ${MAX_ATTRIBUTES} bytes`,
        found: String(size),
    });
}
function checkSum(header) {
    let sum = 8 * 0x20; // the checksum's own field counts as blanks
    for (let at = 0; at < BLOCK; at++) {
        if (at < 148 || at >= 156)
            sum += header[at] ?? 0;
    }
    const stored = number(header, 148, 8, 'checksum');
    if (stored !== sum) {
        throw corrupt('the header of an entry is damaged', {
            expected: `checksum ${stored}`,
            found: String(sum),
        });
    }
}
function corrupt(message, facts = {}) {
    return new errors/* BuildcacheError */.fO('corrupt', message, facts);
}

// EXTERNAL MODULE: ./build/package/unpack-staging.js
var unpack_staging = __webpack_require__(2193);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
;// CONCATENATED MODULE: ./build/package/unpack-tree.js
/**
 * Writes the entries of an archive below one directory and nowhere else, whatever the archive says.
 *
 * Why that holds: the root is a fresh directory of ours; every directory on the way to a file was made by our
 * own `mkdir` of exactly that path, or renamed to it into such directories; files are created exclusively; a hard link's target is a regular file
 * reached through such directories; and no symlink exists before {@link UnpackedTree.makeLinks}, when all is
 * written. Two names that the file system cannot hold apart (case, normalization) meet in an `EEXIST` and are
 * refused, so nothing rests on knowing how it compares names.
 *
 * Calls are synchronous: a small file costs a quarter of what it does through the thread pool, which is busy
 * inflating, and the caller yields between chunks of the stream.
 */




/**
 * The directories above the package's are made only if something else is in them, and the package's is `ROOT.package`
 * until then: where many have just been removed, a file system may take long to make new ones, as ext4 does.
 *
 * @param root an empty directory; nobody else writes to it, nor to `ROOT.package`
 * @param packageHash in the name of the package's directory, as is usual; all goes well without it too
 * Methods throw `BuildcacheError`: `corrupt` for entries that cannot be meant well, `too-large`, or what the
 * file system said.
 */
function unpackTree(root, maxEntries, packageHash) {
    const directories = new Map();
    directories.set('', { listed: false, holds: undefined });
    const links = new Map();
    const counts = { files: 0, bytes: 0 };
    let entries = 0;
    let heldNames = 0;
    /** Modes of directories that are not made yet, those above before what is in them. Nothing else is in them. */
    const waiting = new Map();
    /** The one directory in one of these that is made, elsewhere. */
    let lifted;
    let open;
    return {
        directories,
        links,
        counts,
        locate,
        entry(entry) {
            if (++entries > maxEntries) {
                throw new errors/* BuildcacheError */.fO('too-large', 'the archive has too many entries', {
                    expected: `at most ${maxEntries}`,
                });
            }
            const path = (0,archive_path/* archivePath */.oM)(entry.path);
            switch (entry.type) {
                case 'directory':
                    addDirectory(path, entry.mode);
                    break;
                case 'file':
                    addFile(path, entry);
                    break;
                case 'symlink':
                    addLink(path, entry.target);
                    break;
                case 'hardlink':
                    addHardLink(path, (0,archive_path/* archivePath */.oM)(entry.target));
                    break;
            }
        },
        data(chunk) {
            if (open === undefined)
                throw new errors/* BuildcacheError */.fO('internal', 'data of no file');
            const { descriptor, entry } = open;
            attempt(entry.path, () => {
                for (let at = 0; at < chunk.length;)
                    at += (0,external_node_fs_.writeSync)(descriptor, chunk, at);
            });
            counts.bytes += chunk.length;
        },
        entryEnd() {
            if (open === undefined)
                return;
            const { descriptor, entry } = open;
            attempt(entry.path, () => {
                (0,external_node_fs_.fchmodSync)(descriptor, (entry.mode & FILE_MODE.keep) | FILE_MODE.add);
                (0,external_node_fs_.futimesSync)(descriptor, entry.mtime, entry.mtime);
            });
            close();
        },
        makeLinks() {
            for (const [path, target] of links) {
                attempt(path, () => (0,external_node_fs_.symlinkSync)((0,byte_string/* bytesOf */.$$)(target), locate(path)));
            }
        },
        close,
    };
    function locate(path) {
        if (lifted !== undefined && (0,archive_path/* isWithin */.UO)(path, lifted)) {
            return (0,byte_string/* fsPath */.Jk)(`${root}.package${path.slice(lifted.length)}`);
        }
        return (0,byte_string/* fsPath */.Jk)(path === '' ? root : `${root}/${path}`);
    }
    function close() {
        if (open === undefined)
            return;
        const { descriptor } = open;
        open = undefined;
        (0,external_node_fs_.closeSync)(descriptor);
    }
    function addDirectory(path, mode) {
        directoryAt(path).listed = true;
        const bits = (mode & DIRECTORY_MODE.keep) | DIRECTORY_MODE.add;
        if (waiting.has(path))
            waiting.set(path, bits);
        else
            attempt(path, () => (0,external_node_fs_.chmodSync)(locate(path), bits));
    }
    /** Makes the directory and those it is in, unless they are there. */
    function directoryAt(path) {
        const known = directories.get(path);
        if (known !== undefined)
            return known;
        if (links.has(path))
            throw twice(path);
        directoryAt((0,archive_path/* parentPath */.yl)(path));
        makeDirectory(path);
        hold(path);
        const made = { listed: false, holds: undefined };
        directories.set(path, made);
        return made;
    }
    function makeDirectory(path) {
        const isAlone = directories.size === waiting.size + 1 && waiting.has((0,archive_path/* parentPath */.yl)(path));
        const isFirst = directories.size === 1;
        const isPackage = path.slice((0,archive_path/* parentPath */.yl)(path).length).includes(packageHash);
        if ((isFirst || isAlone) && !isPackage) {
            waiting.set(path, 0o755);
            return;
        }
        if (isAlone)
            lifted = path;
        else
            lower(path);
        attempt(path, () => (0,external_node_fs_.mkdirSync)(locate(path), 0o755));
    }
    /** Makes the directories that wait, and puts the package's where it belongs, unless the path is in that. */
    function lower(path) {
        if (waiting.size === 0 || (lifted !== undefined && (0,archive_path/* isWithin */.UO)(path, lifted)))
            return;
        for (const [each, mode] of waiting) {
            attempt(each, () => (0,external_node_fs_.mkdirSync)(locate(each), 0o755));
            attempt(each, () => (0,external_node_fs_.chmodSync)(locate(each), mode));
        }
        waiting.clear();
        if (lifted === undefined)
            return;
        const from = locate(lifted);
        const to = lifted;
        lifted = undefined;
        attempt(to, () => (0,external_node_fs_.renameSync)(from, locate(to)));
    }
    /** Makes sure that the path is free and its directory one of ours. Creating a file twice fails by itself. */
    function prepare(path) {
        if (directories.has(path) || links.has(path))
            throw twice(path);
        directoryAt((0,archive_path/* parentPath */.yl)(path)).holds ??= path;
        lower(path);
    }
    function addFile(path, entry) {
        prepare(path);
        open = { descriptor: attempt(path, () => (0,external_node_fs_.openSync)(locate(path), CREATE, 0o600)), entry };
        counts.files++;
    }
    function addLink(path, target) {
        prepare(path);
        hold(path, target);
        links.set(path, target);
        counts.files++;
    }
    /** Files are forgotten once written; directories and symlinks have to be remembered. */
    function hold(...names) {
        for (const name of names)
            heldNames += name.length;
        if (heldNames <= MAX_NAMES)
            return;
        throw new errors/* BuildcacheError */.fO('too-large', 'the archive has too many directories and symlinks', {
            expected: `names of at most ${MAX_NAMES} bytes in all`,
        });
    }
    /** Python packed a second name of a symlink as a hard link to it; they become two symlinks here. */
    function addHardLink(path, target) {
        const pointee = links.get(target);
        if (pointee !== undefined) {
            addLink(path, pointee);
            return;
        }
        prepare(path);
        const isFile = directories.has((0,archive_path/* parentPath */.yl)(target)) &&
            attempt(target, () => (0,external_node_fs_.lstatSync)(locate(target), { throwIfNoEntry: false }))?.isFile() === true;
        if (!isFile) {
            throw new errors/* BuildcacheError */.fO('corrupt', 'a hard link points at no file of the archive', {
                file: (0,byte_string/* printable */.g$)(path),
                expected: 'the path of an earlier file',
                found: (0,byte_string/* printable */.g$)(target),
            });
        }
        attempt(path, () => (0,external_node_fs_.linkSync)(locate(target), locate(path)));
        counts.files++;
    }
}
/** Real packages have a few megabytes of them. */
const MAX_NAMES = 128 * 1024 * 1024;
/**
 * Set-id and sticky bits and the write bits of group and others go, and the owner may read and write: who may
 * become or change whom is for the recipient's configuration to say, not for the packer. What today's Spack
 * packs, 0755 and 0644, comes through as it is, whatever the umask. Owners are not restored, times of files are.
 */
const FILE_MODE = { keep: 0o755, add: 0o600 };
const DIRECTORY_MODE = { keep: 0o755, add: 0o700 };
const CREATE = external_node_fs_.constants.O_WRONLY | external_node_fs_.constants.O_CREAT | external_node_fs_.constants.O_EXCL | external_node_fs_.constants.O_NOFOLLOW;
function attempt(path, action) {
    try {
        return action();
    }
    catch (error) {
        if ((0,errors/* systemCode */.xU)(error) === 'EEXIST')
            throw twice(path, error);
        // That the file system is full or read-only is not about this entry: whoever knows the store names it.
        if (OF_FILE_SYSTEM.has((0,errors/* systemCode */.xU)(error) ?? ''))
            throw error;
        throw (0,errors/* fileError */.zS)(error, (0,byte_string/* printable */.g$)(path), 'unpack it');
    }
}
const OF_FILE_SYSTEM = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO']);
function twice(path, cause) {
    const facts = {
        file: (0,byte_string/* printable */.g$)(path),
        expected: 'each name once',
        hint: 'if two names differ only in case, unpack to a case-sensitive file system',
    };
    return new errors/* BuildcacheError */.fO('corrupt', 'the archive has two entries that are one file here', facts, cause);
}

;// CONCATENATED MODULE: ./build/package/unpack.js











/** Far above any package: the largest are tens of gigabytes, and ordinary files get to a tenth by gzip. */
const UNPACK_LIMITS = {
    maxBytes: 256 * 1024 ** 3,
    maxRatio: 200,
    ratioFrom: 4 * 1024 ** 3,
    maxEntries: 2_000_000,
};
/**
 * Unpacks, relocates and installs a package.
 *
 * Throws `BuildcacheError`: `conflict` if something is at the prefix; `corrupt` for a damaged or hostile
 * archive or another package's; `too-large` over a limit; `bad-input` for a build info that is none;
 * `unsupported` for entries no package has and for paths that do not fit; `cancelled`; and what the tarball's
 * stream or the file system said.
 */
async function unpackPackage(options) {
    const { prefix, signal } = options;
    let staging;
    try {
        signal?.throwIfAborted();
        staging = (0,unpack_staging/* makeStaging */.me)(prefix);
        return await install(options, staging);
    }
    catch (error) {
        if (signal?.aborted === true) {
            throw new errors/* BuildcacheError */.fO('cancelled', 'unpacking was cancelled', { file: prefix }, error);
        }
        throw (0,errors/* systemCode */.xU)(error) === undefined ? error : (0,errors/* fileError */.zS)(error, prefix, 'install a package there');
    }
    finally {
        options.tarball.destroy();
        await staging?.remove();
    }
}
async function install(options, staging) {
    const { replace = false, tools, signal } = options;
    if (!replace)
        (0,unpack_staging/* refuseExisting */.Uj)(staging.prefix);
    const tree = unpackTree((0,byte_string/* byteStringOf */.d1)(staging.tree), limitsOf(options).maxEntries, options.hash);
    const infoPath = await unpackTo(tree, options).finally(() => tree.close());
    const packed = packagePrefix(tree, infoPath);
    const info = readBuildInfo(readSmall(tree, infoPath));
    checkIdentity(info, options.hash);
    const relocated = await relocatePackage(tree, packed, {
        info,
        map: options.relocation(info),
        format: options.format,
        scratch: staging.scratch,
        tools,
        signal,
    });
    await options.finish?.(String(tree.locate(packed)), info);
    tree.makeLinks();
    signal?.throwIfAborted();
    (0,unpack_staging/* moveInPlace */.y9)(tree.locate(packed), staging.prefix, replace ? staging.replaced : undefined);
    const warnings = info.relativeRpaths ? [RELATIVE_RPATHS] : [];
    return { info, ...tree.counts, relocated, warnings };
}
const RELATIVE_RPATHS = 'it was packed with relative run paths (--rel), which may keep it from finding its libraries';
/** Bytes inflated at a time: enough to keep the thread pool busy while the last ones are written. */
const CHUNK = 256 * 1024;
/** Reads the tarball to its end, verifies that it is whole, and returns the path of its build info. */
async function unpackTo(tree, options) {
    const limits = limitsOf(options);
    let infoPath;
    const handler = {
        ...tree,
        entry(entry) {
            const path = (0,archive_path/* archivePath */.oM)(entry.path);
            // Spack's rule: of several, the one with the shortest name is the package's own.
            const isInfo = entry.type === 'file' && /(^|\/)\.spack\/binary_distribution$/.test(path);
            if (isInfo && (infoPath === undefined || path.length < infoPath.length))
                infoPath = path;
            tree.entry(entry);
        },
    };
    const reader = readTar(handler);
    const gunzip = (0,external_node_zlib_.createGunzip)({ chunkSize: CHUNK });
    let compressed = 0;
    let unpacked = 0;
    async function* count(source) {
        for await (const chunk of source) {
            compressed += chunk.length;
            yield chunk;
        }
    }
    async function write(chunks) {
        for await (const chunk of chunks) {
            unpacked += chunk.length;
            checkSize(unpacked, gunzip.bytesWritten, limits);
            reader.write(chunk);
        }
    }
    try {
        const { signal } = options;
        await (0,promises_.pipeline)(options.tarball, count, gunzip, write, signal === undefined ? {} : { signal });
    }
    catch (error) {
        throw streamError(error);
    }
    // Zeros behind a gzip stream end it without an error and whatever follows them is passed over.
    if (gunzip.bytesWritten !== compressed)
        throw damaged('data after the end of the gzip stream');
    reader.end();
    if (infoPath !== undefined)
        return infoPath;
    throw new errors/* BuildcacheError */.fO('corrupt', 'the tarball is not a Spack package', {
        expected: 'a file .spack/binary_distribution',
    });
}
function limitsOf(options) {
    return { ...UNPACK_LIMITS, ...options.limits };
}
function checkSize(unpacked, compressed, limits) {
    const { maxBytes, maxRatio, ratioFrom } = limits;
    if (unpacked > maxBytes) {
        throw new errors/* BuildcacheError */.fO('too-large', 'the package is too large', {
            expected: `at most ${maxBytes} bytes unpacked`,
        });
    }
    if (unpacked > ratioFrom && unpacked > maxRatio * compressed) {
        throw new errors/* BuildcacheError */.fO('too-large', 'the tarball inflates suspiciously', {
            expected: `at most ${maxRatio} times its size`,
            found: `${unpacked} bytes from ${compressed}`,
        });
    }
}
function streamError(error) {
    if (error instanceof errors/* BuildcacheError */.fO)
        return error;
    const code = (0,errors/* systemCode */.xU)(error) ?? '';
    if (code === 'Z_BUF_ERROR')
        return damaged('a gzip stream cut short', error);
    if (code.startsWith('Z_'))
        return damaged(error instanceof Error ? error.message : code, error);
    // A stream that ended on one side and not on the other, which is how Node answers to trailing zeros.
    if (code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ABORT_ERR')
        return damaged('a broken stream', error);
    return error;
}
function damaged(found, cause) {
    return new errors/* BuildcacheError */.fO('corrupt', 'the tarball is damaged', { expected: 'one gzip stream', found }, cause);
}
/** The prefix the package was packed from, which everything but its parents must be in, as in Spack. */
function packagePrefix(tree, infoPath) {
    const prefix = (0,archive_path/* parentPath */.yl)((0,archive_path/* parentPath */.yl)(infoPath));
    if (prefix === '' || tree.directories.get(prefix)?.listed !== true) {
        throw new errors/* BuildcacheError */.fO('corrupt', 'the archive has no entry for the prefix of its package', {
            expected: `a directory above ${(0,byte_string/* printable */.g$)(infoPath)}`,
        });
    }
    // Its directory is handed on by name, and would not be found by the one that can be written down.
    if ((0,byte_string/* byteStringOf */.d1)((0,byte_string/* printable */.g$)(prefix)) !== prefix) {
        throw new errors/* BuildcacheError */.fO('unsupported', 'the package was built at a path that is not UTF-8', {
            found: (0,byte_string/* printable */.g$)(prefix),
        });
    }
    for (const [path, { holds }] of tree.directories) {
        if ((0,archive_path/* isWithin */.UO)(path, prefix) || ((0,archive_path/* isWithin */.UO)(prefix, path) && holds === undefined))
            continue;
        throw new errors/* BuildcacheError */.fO('corrupt', 'the archive has something outside of the prefix of its package', {
            file: (0,byte_string/* printable */.g$)(holds ?? path),
            expected: `nothing outside of ${(0,byte_string/* printable */.g$)(prefix)}`,
        });
    }
    return prefix;
}
function readSmall(tree, path) {
    const file = (0,byte_file/* openByteFile */.f)(tree.locate(path), 'read');
    try {
        if (file.size <= MAX_BUILD_INFO)
            return file.read(0, file.size);
        throw new errors/* BuildcacheError */.fO('too-large', 'the build info is too long', {
            file: (0,byte_string/* printable */.g$)(path),
            expected: `at most ${MAX_BUILD_INFO} bytes`,
            found: String(file.size),
        });
    }
    finally {
        file.close();
    }
}


/***/ })

};
