export const id = 233;
export const ids = [233];
export const modules = {

/***/ 82552:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   MP: () => (/* binding */ verifying),
/* harmony export */   RV: () => (/* binding */ verifyBytes),
/* harmony export */   _h: () => (/* binding */ isSha256),
/* harmony export */   sc: () => (/* binding */ sha256)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(57075);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/** SHA-256 digests: of bytes, of streams, and checked while bytes stream past. */



/** Lower-case hexadecimal SHA-256 of bytes. */
function sha256(bytes) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest('hex');
}
/** Whether text is a lower-case hexadecimal SHA-256, which is also what makes it safe in a path. */
function isSha256(text) {
    return typeof text === 'string' && /^[0-9a-f]{64}$/.test(text);
}
/**
 * Passes bytes through and fails with `corrupt` as soon as they are too many, or at the end when they are
 * too few or have another digest. Nothing downstream may be kept before the stream has ended well.
 */
function verifying(expected) {
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    let size = 0;
    return new node_stream__WEBPACK_IMPORTED_MODULE_1__.Transform({
        transform(chunk, _encoding, done) {
            size += chunk.length;
            hash.update(chunk);
            if (expected.size !== undefined && size > expected.size)
                done(sizeMismatch(expected, `over ${expected.size}`));
            else
                done(null, chunk);
        },
        flush(done) {
            if (expected.size !== undefined && size !== expected.size)
                return done(sizeMismatch(expected, String(size)));
            const found = hash.digest('hex');
            done(found === expected.sha256 ? null : digestMismatch(expected, found));
        },
    });
}
/** The same check for bytes in memory. @throws `corrupt` */
function verifyBytes(bytes, expected) {
    if (expected.size !== undefined && bytes.length !== expected.size) {
        throw sizeMismatch(expected, String(bytes.length));
    }
    const found = sha256(bytes);
    if (found !== expected.sha256)
        throw digestMismatch(expected, found);
}
function sizeMismatch(expected, found) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('corrupt', 'its length is wrong', {
        url: expected.source,
        expected: `${expected.size} bytes`,
        found: `${found} bytes`,
    });
}
function digestMismatch(expected, found) {
    return new _errors_js__WEBPACK_IMPORTED_MODULE_2__/* .BuildcacheError */ .fO('corrupt', 'its SHA-256 is wrong', {
        url: expected.source,
        expected: expected.sha256,
        found,
    });
}


/***/ }),

/***/ 62807:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CA: () => (/* binding */ errorCode),
/* harmony export */   TN: () => (/* binding */ oneLine),
/* harmony export */   Uc: () => (/* binding */ describeError),
/* harmony export */   fO: () => (/* binding */ BuildcacheError),
/* harmony export */   xU: () => (/* binding */ systemCode),
/* harmony export */   zS: () => (/* binding */ fileError)
/* harmony export */ });
class BuildcacheError extends Error {
    code;
    facts;
    constructor(code, message, facts = {}, cause) {
        super(message, cause === undefined ? undefined : { cause });
        this.name = 'BuildcacheError';
        this.code = code;
        this.facts = facts;
    }
}
/** One line for a person: where, what, expected, found, what to do. Control characters are escaped. */
function describeError(error) {
    if (!(error instanceof BuildcacheError)) {
        return oneLine(error instanceof Error ? error.message : String(error));
    }
    const { file, url, expected, found, hint } = error.facts;
    const where = file ?? url;
    let line = where === undefined || error.message.includes(where) ? '' : `${where}: `;
    line += error.message;
    if (expected !== undefined)
        line += `; expected ${expected}`;
    if (found !== undefined)
        line += expected === undefined ? `; found ${found}` : `, found ${found}`;
    if (hint !== undefined)
        line += `. ${hint.charAt(0).toUpperCase()}${hint.slice(1)}`;
    return oneLine(line);
}
/** The code of any thrown value: ours, an abort, or `internal`. */
function errorCode(error) {
    if (error instanceof BuildcacheError)
        return error.code;
    if (error instanceof Error && error.name === 'AbortError')
        return 'cancelled';
    return 'internal';
}
/** Node's `code` of a system error (`ENOENT`, `ECONNREFUSED`, …), if it has one. */
function systemCode(error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string')
        return error.code;
    return undefined;
}
/** A file-system error as one of ours, with the file named. */
function fileError(error, file, doing) {
    if (error instanceof BuildcacheError)
        return error;
    const code = systemCode(error);
    switch (code) {
        case 'ENOENT':
        case 'ENOTDIR':
            return new BuildcacheError('not-found', `cannot ${doing}: no such file or directory`, { file }, error);
        case 'EACCES':
        case 'EPERM':
        case 'EROFS':
            return new BuildcacheError('denied', `cannot ${doing}: ${systemMessage(code)}`, { file }, error);
        default: {
            const reason = code === undefined ? describeError(error) : systemMessage(code);
            return new BuildcacheError('io', `cannot ${doing}: ${reason}`, { file }, error);
        }
    }
}
/** Escapes what could break a line or a terminal: attacker-controlled names end up in messages. */
function oneLine(text) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being escaped
    return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (c) => {
        if (c === '\n')
            return '\\n';
        return `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`;
    });
}
function systemMessage(code) {
    const known = {
        EACCES: 'permission denied',
        EPERM: 'operation not permitted',
        EROFS: 'read-only file system',
        ENOSPC: 'no space left on the device',
        EDQUOT: 'disk quota exceeded',
        EISDIR: 'it is a directory',
        EMFILE: 'too many open files',
        ELOOP: 'too many symbolic links',
        ENAMETOOLONG: 'the name is too long',
    };
    return known[code] === undefined ? code : `${known[code]} (${code})`;
}


/***/ }),

/***/ 193:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B: () => (/* binding */ redactUrl)
/* harmony export */ });
/** Takes credentials out of URLs before they reach a message, a log or a summary. */
/**
 * The URL without user information and with the values of its query taken out (signed URLs carry their
 * secret there). Text that is no URL has anything that looks like `user:password@` removed.
 */
function redactUrl(url) {
    try {
        const parsed = new URL(url);
        parsed.username = '';
        parsed.password = '';
        const names = [...new Set(parsed.searchParams.keys())];
        // A part without a value may be the secret itself.
        const shown = names.map((name) => parsed.searchParams.get(name) === '' ? '***' : `${encodeURIComponent(name)}=***`);
        parsed.search = '';
        const query = shown.length === 0 ? '' : `?${shown.join('&')}`;
        const { hash } = parsed;
        parsed.hash = '';
        return parsed.href + query + hash;
    }
    catch {
        return String(url).replace(/\/\/[^/@\s]*@/g, '//');
    }
}


/***/ }),

/***/ 67674:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  SG: () => (/* binding */ rememberIndexCache),
  Br: () => (/* binding */ restoreIndexCache),
  U6: () => (/* binding */ saveIndexCache)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/core/digest.js
var digest = __webpack_require__(82552);
// EXTERNAL MODULE: ./build/core/redact.js
var redact = __webpack_require__(193);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
;// CONCATENATED MODULE: ./build/github/cache.js
/**
 * Folders kept between runs in GitHub's own cache, through `@actions/cache` (loaded only when there is a cache
 * to talk to). A convenience: whatever goes wrong is told as a warning and the job goes on as without it.
 *
 * Restoring unpacks an archive over the file system. GitHub keeps a pull request's entries from other
 * branches, but what is restored is still to be believed no more than what the mirror serves. The toolkit
 * cannot be stopped: a restore that took too long may still unpack later, so its folders should be nobody
 * else's. It reports much of what goes wrong by itself, as warnings in the log.
 */

/**
 * The cache of the job we run in; undefined where there is none (the command line, old GitHub Enterprise
 * servers). `env` decides that and nothing more: the toolkit reads `process.env` itself.
 */
function openHostCache(env, options) {
    const available = env['ACTIONS_CACHE_SERVICE_V2'] ? env['ACTIONS_RESULTS_URL'] : env['ACTIONS_CACHE_URL'];
    if (!available || !env['ACTIONS_RUNTIME_TOKEN'])
        return undefined;
    const { warn, timeoutMs = 60_000 } = options;
    const attempt = async (doing, act) => {
        let timer;
        const tooLong = new Promise((_, reject) => {
            timer = setTimeout(() => reject(new Error(`no end after ${timeoutMs / 1000} seconds`)), timeoutMs);
        });
        try {
            return await Promise.race([__webpack_require__.e(/* import() */ 305).then(__webpack_require__.bind(__webpack_require__, 64305)).then(act), tooLong]);
        }
        catch (error) {
            warn(`could not ${doing} the GitHub Actions cache: ${(0,errors/* describeError */.Uc)(error)}`);
            return undefined;
        }
        finally {
            clearTimeout(timer);
        }
    };
    return {
        restore: (paths, key, restoreKeys) => attempt('restore from', (cache) => cache.restoreCache([...paths], key, [...restoreKeys])),
        save: async (paths, key) => {
            await attempt('save to', (cache) => cache.saveCache([...paths], key));
        },
    };
}

// EXTERNAL MODULE: ./build/github/files.js
var files = __webpack_require__(42177);
// EXTERNAL MODULE: ./build/github/inputs.js
var inputs = __webpack_require__(52325);
;// CONCATENATED MODULE: ./build/entry/index-cache.js
/**
 * Indices kept across jobs in GitHub's cache: restored by the main step, saved by the post step when they have
 * changed. What is restored is verified against what the mirror names before it is used.
 */








/** Undefined where there is no cache, or nothing in it would be faster than the mirror itself. */
async function restoreIndexCache(env, mirrors, reporter) {
    if (!mirrors.some(({ fetch }) => !fetch.url.startsWith('file:')))
        return undefined;
    const cache = openHostCache(env, { warn: (text) => reporter.warn(text) });
    if (cache === undefined)
        return undefined;
    const folder = (0,external_node_path_.join)(env['RUNNER_TEMP'] ?? (0,external_node_os_.tmpdir)(), 'buildcache-index');
    (0,external_node_fs_.mkdirSync)(folder, { recursive: true });
    const places = mirrors.map(({ fetch }) => `${(0,redact/* redactUrl */.B)(fetch.url)} ${fetch.view ?? ''}`);
    const base = `buildcache-index-1-${(0,digest/* sha256 */.sc)(places.sort().join('\n')).slice(0, 16)}-`;
    // The newest of the same mirrors: keys end in what they hold.
    const restored = await cache.restore([folder], `${base}none`, [base]);
    // Documents are verified by their digest, their compact forms only against damage: those are made again.
    for (const name of (0,external_node_fs_.readdirSync)(folder))
        if (name.includes('.compact-'))
            (0,external_node_fs_.rmSync)((0,external_node_path_.join)(folder, name));
    return { folder, base, restored };
}
/** Tells the post step what to save, if there is anything new. */
async function rememberIndexCache(env, { folder, base, restored }) {
    const documents = (0,external_node_fs_.readdirSync)(folder).filter((name) => name.endsWith('.index'));
    const key = base + (0,digest/* sha256 */.sc)(documents.sort().join('\n')).slice(0, 16);
    if (documents.length === 0 || key === restored || !env['GITHUB_STATE'])
        return;
    (0,files/* saveState */.LZ)(env, 'index-cache-key', key);
    (0,files/* saveState */.LZ)(env, 'index-cache-folder', folder);
}
/** The post step's part. */
async function saveIndexCache(env, warn) {
    const key = (0,inputs/* readState */.u)(env, 'index-cache-key');
    const folder = (0,inputs/* readState */.u)(env, 'index-cache-folder');
    if (key === undefined || folder === undefined)
        return;
    await openHostCache(env, { warn })?.save([folder], key);
}


/***/ }),

/***/ 2233:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   runPost: () => (/* binding */ runPost)
/* harmony export */ });
/* harmony import */ var _github_workflow_commands_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4972);
/* harmony import */ var _index_cache_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(67674);
/** The action's post step: keeps the indices for the next job. */


/** Nothing in here may fail a job: what it does is a convenience. */
async function runPost(env) {
    await (0,_index_cache_js__WEBPACK_IMPORTED_MODULE_0__/* .saveIndexCache */ .U6)(env, (text) => process.stdout.write(`${(0,_github_workflow_commands_js__WEBPACK_IMPORTED_MODULE_1__/* .plain */ .pj)(`warning: ${text}`)}\n`));
    return 0;
}


/***/ }),

/***/ 42177:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LZ: () => (/* binding */ saveState),
/* harmony export */   mI: () => (/* binding */ setJsonOutput),
/* harmony export */   uH: () => (/* binding */ setOutput)
/* harmony export */ });
/* unused harmony exports OUTPUT_LIMIT, exportVariable, addPath */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(62807);
/**
 * Outputs, state, environment and PATH of a job, through the files the runner names in GITHUB_OUTPUT,
 * GITHUB_STATE, GITHUB_ENV and GITHUB_PATH. Values may be anything, several lines included: each stands
 * between delimiters nobody can guess, so no value can bring a second output with it.
 */




/**
 * Longest value of an output, in UTF-16 code units: GitHub allows a megabyte and counts two bytes for each.
 */
const OUTPUT_LIMIT = 500_000;
/** @throws `too-large` over {@link OUTPUT_LIMIT}; `usage` outside of a job */
function setOutput(env, name, value) {
    if (value.length > OUTPUT_LIMIT) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildcacheError */ .fO('too-large', `the output ${name} is too long for GitHub`, {
            expected: `at most ${OUTPUT_LIMIT} characters`,
            found: `${value.length}`,
        });
    }
    append(env, 'GITHUB_OUTPUT', pair(name, value));
}
/**
 * A value of any size as three outputs: `<name>` holds its JSON, or `whenTooLarge` (JSON too) where that is
 * over {@link OUTPUT_LIMIT}; `<name>-file` the path of a file that always holds the whole; `<name>-truncated`
 * says which it is, `'true'` or `'false'`.
 * @param file an absolute path; its folder is made
 */
function setJsonOutput(env, name, value, file, whenTooLarge = '[]') {
    const json = JSON.stringify(value);
    const truncated = json.length > OUTPUT_LIMIT;
    try {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.mkdirSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(file), { recursive: true });
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.writeFileSync)(file, `${json}\n`);
    }
    catch (error) {
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .fileError */ .zS)(error, file, `write the output ${name}`);
    }
    setOutput(env, name, truncated ? whenTooLarge : json);
    setOutput(env, `${name}-file`, file);
    setOutput(env, `${name}-truncated`, String(truncated));
}
/**
 * Kept for the post step, see `readState`. Not for secrets: state is an environment variable there, and
 * stands in the runner's files till then.
 * @throws `too-large`, `bad-input` where it could not be a variable
 */
function saveState(env, name, value) {
    requireVariable(`STATE_${name}`, value);
    append(env, 'GITHUB_STATE', pair(name, value));
}
/** Sets an environment variable of the job's following steps. @throws as {@link saveState} */
function exportVariable(env, name, value) {
    if (/^(GITHUB_|RUNNER_|NODE_OPTIONS$)/i.test(name)) {
        throw new BuildcacheError('usage', `the variable ${name} belongs to the runner`);
    }
    requireVariable(name, value);
    append(env, 'GITHUB_ENV', pair(name, value));
}
/** Puts a folder first on the PATH of the job's following steps. @throws `bad-input` for what is no line */
function addPath(env, folder) {
    if (/[\r\n\0]/.test(folder)) {
        throw new BuildcacheError('bad-input', 'a folder with a line break in its name cannot be put on the PATH', {
            file: folder,
        });
    }
    append(env, 'GITHUB_PATH', `${folder}\n`);
}
/** Linux takes 128 KiB for `NAME=value` and its NUL; one byte more and no process of the job starts. */
const VARIABLE_LIMIT = 128 * 1024 - 1;
function requireVariable(name, value) {
    if (value.includes('\0')) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildcacheError */ .fO('bad-input', `the value of ${name} has a NUL in it and cannot be a variable`);
    }
    const size = Buffer.byteLength(`${name}=${value}`);
    if (size > VARIABLE_LIMIT) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildcacheError */ .fO('too-large', `the value of ${name} is too long for a variable`, {
            expected: `at most ${VARIABLE_LIMIT} bytes, the name included`,
            found: `${size}`,
        });
    }
}
function pair(name, value) {
    // Names are ours; one that is not a name would be a bug, and could be an injection.
    if (!/^[A-Za-z_][A-Za-z0-9_-]*$/.test(name)) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildcacheError */ .fO('internal', `not a name for an output, state or variable: ${name}`);
    }
    const delimiter = `ghadelimiter_${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()}`;
    return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
}
function append(env, variable, text) {
    const file = env[variable];
    if (file === undefined || file === '') {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildcacheError */ .fO('usage', `${variable} is not set`, {
            hint: 'run this as a step of a GitHub job, or use the command line',
        });
    }
    try {
        // One write, so that what several parts of us append at once does not get mixed.
        (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.appendFileSync)(file, text);
    }
    catch (error) {
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .fileError */ .zS)(error, file, `append to ${variable}`);
    }
}


/***/ }),

/***/ 52325:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ readInput),
/* harmony export */   u: () => (/* binding */ readState)
/* harmony export */ });
/** Inputs and state as the runner hands them to an action: environment variables. Raw text, not yet parsed. */
/**
 * An input of the step, trimmed; undefined when it is empty, which is also how the runner passes an input that
 * has neither value nor default.
 */
function readInput(env, name) {
    const value = env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`]?.trim();
    return value === '' ? undefined : value;
}
/** What the main step saved under this name (see `saveState`), exactly; undefined in the main step itself. */
function readState(env, name) {
    return env[`STATE_${name}`];
}


/***/ }),

/***/ 4972:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N4: () => (/* binding */ endGroup),
/* harmony export */   Os: () => (/* binding */ group),
/* harmony export */   Yz: () => (/* binding */ debug),
/* harmony export */   eu: () => (/* binding */ addMask),
/* harmony export */   pF: () => (/* binding */ singleLine),
/* harmony export */   pj: () => (/* binding */ plain),
/* harmony export */   w7: () => (/* binding */ annotation)
/* harmony export */ });
/* unused harmony export visible */
/**
 * Lines for the GitHub runner, which looks into everything a step prints: `::command::` at the start of a line
 * and `##[command]` anywhere in one are carried out. So all text goes through here: commands have their data
 * escaped, and text that is only text goes through {@link plain}.
 *
 * Why escaping and not `::stop-commands::`: it has no state, so it also holds when several things print at
 * once, when we crash half-way, and for lines in which our own commands stand among others' text.
 */
/**
 * A line that puts an annotation on the run. GitHub cuts messages at 4,096 characters and shows ten of a
 * level per step, see annotations.ts.
 */
function annotation(level, message, place = {}) {
    const properties = {
        title: place.title === undefined ? undefined : singleLine(place.title),
        file: place.file,
        line: place.line === undefined ? undefined : String(place.line),
    };
    return command(level, visible(message), properties);
}
/** Opens a group that GitHub shows folded. Groups do not nest. */
function group(name) {
    // The name stands in the log as it is, so a line break in it would start a line of its own there.
    return command('group', singleLine(name));
}
function endGroup() {
    return command('endgroup', '');
}
/** Shown only where debug logging is on. */
function debug(message) {
    return command('debug', visible(message));
}
/**
 * The line that makes the runner mask a secret from here on, in logs and summaries, also line by line and in
 * its usual encodings. Nothing to print for a blank one, which the runner would warn about.
 */
function addMask(secret) {
    return secret.trim() === '' ? undefined : command('add-mask', secret);
}
/**
 * Text from anywhere as lines the runner leaves alone and that show what they are. Where a line would be a
 * command a backslash breaks it: `\::error::`, `##\[error]`; {@link visible} has taken out what could hide
 * one. Meant for whole lines just before they are printed; applying it again changes nothing.
 */
function plain(text) {
    return visible(text)
        .split('\n')
        .map((line) => line.replace(startsCommand, '$1\\$2').replace(containsCommand, '$1\\['))
        .join('\n');
}
/**
 * The text with its invisible characters spelled out (`\x1b`, `\u{200b}`): control characters but tab and
 * line feed, format characters (zero-width, bidirectional), variation selectors, lone surrogates. They can
 * forge what a log shows, and the runner's culture-aware search for commands does not see them either.
 */
function visible(text) {
    return text.replace(/\r\n/g, '\n').replace(invisible, (character) => {
        const code = character.codePointAt(0) ?? 0;
        return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
    });
}
/** {@link visible}, and line feeds spelled out as well. */
function singleLine(text) {
    return visible(text).replaceAll('\n', '\\n');
}
const invisible = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
// Some combining marks have no collation weight either: they may stand in between, or before.
const startsCommand = /^([\s\p{M}]*)(:\p{M}*:)/u;
const containsCommand = /(#\p{M}*#\p{M}*)\[/gu;
function command(name, data, properties = {}) {
    const pairs = Object.entries(properties).flatMap(([key, value]) => value === undefined || value === '' ? [] : [`${key}=${escapeProperty(value)}`]);
    return `::${name}${pairs.length === 0 ? '' : ` ${pairs.join(',')}`}::${escapeData(data)}`;
}
/** What the runner undoes in the data of a command. */
function escapeData(text) {
    return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
/** What the runner undoes in a property. */
function escapeProperty(text) {
    return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}


/***/ })

};
