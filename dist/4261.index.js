export const id = 4261;
export const ids = [4261];
export const modules = {

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

/***/ 33770:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  by: () => (/* binding */ MAX_BUILD_INFO),
  Z0: () => (/* binding */ checkIdentity),
  ro: () => (/* binding */ readBuildInfo)
});

// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __webpack_require__(77934);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
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
        // A root may be configured with a slash at its end, and what is built in it has one slash after it.
        buildPath: raw.buildpath.replace(/\/+$/, ''),
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

/***/ 44783:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ inflateTarball),
/* harmony export */   c: () => (/* binding */ TARBALL_LIMITS)
/* harmony export */ });
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(46466);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(38522);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);



/** Far above any package: the largest are tens of gigabytes, and ordinary files get to a tenth by gzip. */
const TARBALL_LIMITS = {
    maxBytes: 256 * 1024 ** 3,
    maxRatio: 200,
    ratioFrom: 4 * 1024 ** 3,
    maxEntries: 2_000_000,
};
/** Bytes inflated at a time: enough to keep the thread pool busy while the last ones are written. */
const CHUNK = 256 * 1024;
/**
 * Reads a tarball to its end.
 * @param tarball its errors pass through, so it may verify a digest on the way
 * @param onBytes what it throws passes through; the bytes are only good until it returns
 * @throws BuildcacheError `corrupt` for what is no gzip stream, or more than one and its end; `too-large`
 */
async function inflateTarball(tarball, onBytes, limits, signal) {
    const gunzip = (0,node_zlib__WEBPACK_IMPORTED_MODULE_1__.createGunzip)({ chunkSize: CHUNK });
    let compressed = 0;
    let inflated = 0;
    async function* count(source) {
        for await (const chunk of source) {
            compressed += chunk.length;
            yield chunk;
        }
    }
    async function take(chunks) {
        for await (const chunk of chunks) {
            inflated += chunk.length;
            checkSize(inflated, gunzip.bytesWritten, limits);
            onBytes(chunk);
        }
    }
    try {
        await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_0__.pipeline)(tarball, count, gunzip, take, signal === undefined ? {} : { signal });
    }
    catch (error) {
        throw streamError(error);
    }
    // Zeros behind a gzip stream end it without an error and whatever follows them is passed over.
    if (gunzip.bytesWritten !== compressed)
        throw damaged('data after the end of the gzip stream');
}
function checkSize(inflated, compressed, { maxBytes, maxRatio, ratioFrom }) {
    if (inflated > maxBytes) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('too-large', 'the package is too large', {
            expected: `at most ${maxBytes} bytes unpacked`,
        });
    }
    if (inflated > ratioFrom && inflated > maxRatio * compressed) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('too-large', 'the tarball inflates suspiciously', {
            expected: `at most ${maxRatio} times its size`,
            found: `${inflated} bytes from ${compressed}`,
        });
    }
}
function streamError(error) {
    if (error instanceof _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO)
        return error;
    const code = (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) ?? '';
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
    return new _core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('corrupt', 'the tarball is damaged', { expected: 'one gzip stream', found }, cause);
}


/***/ }),

/***/ 53804:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Mt: () => (/* binding */ requireBuildInfo),
/* harmony export */   dR: () => (/* binding */ isBuildInfo),
/* harmony export */   lt: () => (/* binding */ packagePrefix)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _archive_path_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(81185);
/* harmony import */ var _byte_string_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(90035);
/** Where in an archive its package is: the prefix it was packed from, by Spack's rules. Names are attacker-controlled. */



/**
 * Whether a file of the archive is its build info: of several the one with the shortest name.
 * @param path of the entry, as `archivePath` gives it
 * @param soFar the one that was found before it
 */
function isBuildInfo({ type }, path, soFar) {
    const isNamed = type === 'file' && /(^|\/)\.spack\/binary_distribution$/.test(path);
    return isNamed && (soFar === undefined || path.length < soFar.length);
}
/** @throws BuildcacheError `corrupt` where an archive has none */
function requireBuildInfo(found) {
    if (found !== undefined)
        return found;
    throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('corrupt', 'the tarball is not a Spack package', {
        expected: 'a file .spack/binary_distribution',
    });
}
/**
 * The prefix, which everything but the directories above it must be in, as in Spack.
 * @param directories all of the archive, by path; `''` is its root
 * @param infoPath the build info's
 * @throws BuildcacheError `corrupt` where it has no directory, or something is outside of it; `unsupported`
 */
function packagePrefix(directories, infoPath) {
    const prefix = (0,_archive_path_js__WEBPACK_IMPORTED_MODULE_1__/* .parentPath */ .yl)((0,_archive_path_js__WEBPACK_IMPORTED_MODULE_1__/* .parentPath */ .yl)(infoPath));
    if (prefix === '' || directories.get(prefix)?.listed !== true) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('corrupt', 'the archive has no entry for the prefix of its package', {
            expected: `a directory above ${(0,_byte_string_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g$)(infoPath)}`,
        });
    }
    // Its directory is handed on by name, and would not be found by the one that can be written down.
    if ((0,_byte_string_js__WEBPACK_IMPORTED_MODULE_2__/* .byteStringOf */ .d1)((0,_byte_string_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g$)(prefix)) !== prefix) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('unsupported', 'the package was built at a path that is not UTF-8', {
            found: (0,_byte_string_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g$)(prefix),
        });
    }
    for (const [path, { holds }] of directories) {
        if ((0,_archive_path_js__WEBPACK_IMPORTED_MODULE_1__/* .isWithin */ .UO)(path, prefix) || ((0,_archive_path_js__WEBPACK_IMPORTED_MODULE_1__/* .isWithin */ .UO)(prefix, path) && holds === undefined))
            continue;
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .BuildcacheError */ .fO('corrupt', 'the archive has something outside of the prefix of its package', {
            file: (0,_byte_string_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g$)(holds ?? path),
            expected: `nothing outside of ${(0,_byte_string_js__WEBPACK_IMPORTED_MODULE_2__/* .printable */ .g$)(prefix)}`,
        });
    }
    return prefix;
}


/***/ }),

/***/ 10103:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  s: () => (/* binding */ readTar)
});

// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/package/byte-string.js
var byte_string = __webpack_require__(90035);
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
            throw malformed('PAX records', (0,byte_string/* printable */.g$)((0,byte_string/* byteString */.iP)(body.subarray(at, at + 40))));
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
    throw malformed(`a number as ${key}`, (0,byte_string/* printable */.g$)(value.slice(0, 40)));
}
function malformed(expected, found) {
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


/***/ })

};
