export const id = 1385;
export const ids = [1385];
export const modules = {

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
/**
 * Escapes what could break a line or a terminal, or show it in another order: attacker-controlled names end up in
 * messages.
 */
function oneLine(text) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being escaped
    return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\p{Cf}]/gu, (c) => {
        if (c === '\n')
            return '\\n';
        return `\\x${(c.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`;
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

/***/ 75992:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  U: () => (/* binding */ readActionInputs)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/github/inputs.js
var github_inputs = __webpack_require__(52325);
// EXTERNAL MODULE: ./build/mirrors/environment.js + 1 modules
var mirrors_environment = __webpack_require__(52875);
// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(28314);
// EXTERNAL MODULE: ./build/mirrors/config.js
var config = __webpack_require__(62029);
// EXTERNAL MODULE: ./build/mirrors/location.js
var mirrors_location = __webpack_require__(6296);
;// CONCATENATED MODULE: ./build/mirrors/input.js
/** The action's `mirrors` input: a YAML map, lines `name=url`, or the path of a file. */






/** @throws `bad-input` for what is none of the three, `not-found` for a file that is not there */
async function parseMirrorsInput(text, context) {
    const lines = text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '' && !line.startsWith('#'));
    const [first = ''] = lines;
    const pairs = lines.map((line) => /^([\w.-]+)=(\S+)$/.exec(line));
    if (pairs.every((pair) => pair !== null)) {
        const section = Object.fromEntries(pairs.map(([, name = '', url = '']) => [name, url]));
        return (0,config/* parseMirrors */.C)(section, 'the input mirrors', context);
    }
    if (lines.length === 1 && /^[^:{}[\]"']+$/.test(first) && !(0,mirrors_location/* hasKnownScheme */.ZC)(first)) {
        return await (0,mirrors_environment/* mirrorsFile */.vd)((0,external_node_path_.resolve)(context.base, first), context.env, context.environment).catch(namingTheInput);
    }
    const document = await (0,mirrors_environment/* parseYaml */.hN)(text, 'the input mirrors');
    const section = (0,json/* isObject */.Gv)(document) && (0,json/* isObject */.Gv)(document['mirrors']) && !('url' in document['mirrors']);
    return (0,config/* parseMirrors */.C)(section ? document['mirrors'] : document, 'the input mirrors', context);
}
function namingTheInput(error) {
    if (!(error instanceof errors/* BuildcacheError */.fO) || error.code !== 'not-found')
        throw error;
    throw new errors/* BuildcacheError */.fO('not-found', 'the input mirrors names no file', {
        ...error.facts,
        expected: 'a YAML map, lines name=url, or the path of a file',
    });
}

// EXTERNAL MODULE: ./build/mirrors/select.js
var mirrors_select = __webpack_require__(45675);
// EXTERNAL MODULE: ./build/plan/matrix.js
var matrix = __webpack_require__(557);
// EXTERNAL MODULE: ./build/entry/verb-check.js
var verb_check = __webpack_require__(72907);
;// CONCATENATED MODULE: ./build/entry/action-inputs.js
/** The action's inputs -> one read-only value, everything that is wrong reported together. */








/**
 * @param workspace what relative paths start from
 * @throws `usage` with every problem, one after the other; for one alone its own error
 */
async function readActionInputs(env, workspace) {
    const problems = [];
    const input = new Inputs(env, problems);
    const command = input.choice('command', ['check', 'push', 'update-index', 'install', 'sync'], 'check');
    const root = env['SPACK_ROOT'] || undefined;
    const tree = (0,github_inputs/* readInput */.R)(env, 'install-tree') ?? (root && (0,external_node_path_.resolve)(root, 'opt', 'spack'));
    const spackPrefix = (0,github_inputs/* readInput */.R)(env, 'spack-prefix') ?? root;
    const place = (0,external_node_path_.resolve)(workspace, (0,github_inputs/* readInput */.R)(env, 'environment') ?? (env['SPACK_ENV'] || '.'));
    const environment = await attempt(() => (0,mirrors_environment/* findEnvironment */.jY)(place), problems);
    const mirrors = (0,github_inputs/* readInput */.R)(env, 'mirrors');
    const context = { base: workspace, environment: environment?.folder, env };
    const configuration = await attempt(async () => {
        const own = mirrors === undefined ? undefined : await parseMirrorsInput(mirrors, context);
        const inEnvironment = environment && (await (0,mirrors_environment/* environmentMirrors */.ux)(environment.folder, env));
        const none = { mirrors: [], notes: [] };
        return (0,mirrors_environment/* mergeMirrors */.ZQ)(own ?? none, inEnvironment ?? none);
    }, problems);
    const autopush = input.autopush(configuration);
    const copyTo = input.mirror('copy-to', configuration, context);
    const inputs = {
        command,
        autopush,
        installTree: tree && (0,external_node_path_.resolve)(workspace, tree),
        spackPrefix: spackPrefix && (0,external_node_path_.resolve)(workspace, spackPrefix),
        baseImage: (0,github_inputs/* readInput */.R)(env, 'base-image'),
        pushFailure: input.choice('push-failure', ['error', 'warn'], 'error'),
        updateIndex: input.flag('update-index', true),
        copyTo,
        copyFrom: input.mirror('copy-from', configuration, context),
        copyLists: input.list('copy-list'),
        wholeMirror: input.flag('whole-mirror', false),
        allowOtherHosts: input.flag('allow-other-hosts', false),
        resign: input.flag('resign', false),
        dryRun: input.flag('dry-run', false),
        allowPrivileged: input.flag('allow-unsafe-pull-request-target', false),
        otherarch: input.flag('otherarch', false),
        installCache: input.flag('install-cache', true),
        selection: {
            rootsOnly: input.flag('roots-only', false),
            noBuildDeps: false,
            specs: input.list('specs'),
            hashes: [],
            include: input.list('include'),
            exclude: input.list('exclude'),
        },
        needs: (0,verb_check.parseNeeds)((0,github_inputs/* readInput */.R)(env, 'needs') ?? 'any'),
        verify: input.choice('verify', ['exists', 'manifests', 'blobs'], 'exists'),
        forbidden: input.choice('forbidden', ['auto', 'missing', 'unknown'], 'auto'),
        onUnknown: input.choice('on-unknown', ['fail', 'rebuild', 'warn'], 'fail'),
        failOnRebuild: input.flag('fail-on-rebuild', false),
        indexCache: input.flag('index-cache', true),
        summary: input.flag('summary', true),
        annotations: input.flag('annotations', true),
        jobs: input.number('jobs', 1, 512, 16),
        maxJobs: input.number('max-jobs', 1, matrix/* MAX_JOBS */.Eu, matrix/* MAX_JOBS */.Eu),
    };
    if (problems.length === 0 && environment !== undefined && configuration !== undefined) {
        return { environment, configuration, ...inputs };
    }
    if (problems.length === 1)
        throw problems[0];
    throw new errors/* BuildcacheError */.fO('usage', `${problems.length} inputs are wrong: ${problems.map(errors/* describeError */.Uc).join(' | ')}`);
}
/** Reads inputs of each kind, collecting what is wrong instead of stopping at the first. */
class Inputs {
    #env;
    #problems;
    constructor(env, problems) {
        this.#env = env;
        this.#problems = problems;
    }
    choice(name, choices, otherwise) {
        const text = (0,github_inputs/* readInput */.R)(this.#env, name);
        if (text === undefined)
            return otherwise;
        return choices.find((choice) => choice === text) ?? this.#bad(name, choices.join(', '), text, otherwise);
    }
    /** The spellings of YAML 1.2's core schema, as @actions/core takes them. */
    flag(name, otherwise) {
        const text = (0,github_inputs/* readInput */.R)(this.#env, name);
        if (text === undefined)
            return otherwise;
        if (/^(true|True|TRUE)$/.test(text))
            return true;
        if (/^(false|False|FALSE)$/.test(text))
            return false;
        return this.#bad(name, 'true or false', text, otherwise);
    }
    number(name, least, most, otherwise) {
        const text = (0,github_inputs/* readInput */.R)(this.#env, name);
        if (text === undefined)
            return otherwise;
        const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
        if (value >= least && value <= most)
            return value;
        return this.#bad(name, `a whole number from ${least} to ${most}`, text, otherwise);
    }
    /** Not given at all, as in the sub-actions that write nothing: off. */
    autopush(configuration) {
        const text = (0,github_inputs/* readInput */.R)(this.#env, 'autopush') ?? 'false';
        if (/^(true|True|TRUE)$/.test(text))
            return 'configured';
        if (/^(false|False|FALSE)$/.test(text))
            return 'off';
        const names = text.split(/[\s,]+/).filter((name) => name !== '');
        const known = (configuration?.mirrors ?? []).map(({ name }) => name);
        const unknown = names.filter((name) => !known.includes(name));
        if (configuration === undefined || unknown.length === 0)
            return names;
        return this.#bad('autopush', `true, false or names of mirrors (${known.join(', ')})`, unknown.join(' '), names);
    }
    /** A configured mirror's name, a path or a URL. */
    mirror(name, configuration, context) {
        const text = (0,github_inputs/* readInput */.R)(this.#env, name);
        if (text === undefined || configuration === undefined)
            return undefined;
        try {
            return (0,mirrors_select/* resolveMirror */.oR)(text, configuration, context);
        }
        catch (error) {
            this.#problems.push(error);
            return undefined;
        }
    }
    /** One item a line: specs have spaces. */
    list(name) {
        const lines = ((0,github_inputs/* readInput */.R)(this.#env, name) ?? '').split('\n').map((line) => line.trim());
        return lines.filter((line) => line !== '' && !line.startsWith('#'));
    }
    #bad(name, expected, found, otherwise) {
        const facts = { expected, found: JSON.stringify(found.slice(0, 60)) };
        this.#problems.push(new errors/* BuildcacheError */.fO('usage', `the input ${name} is wrong`, facts));
        return otherwise;
    }
}
async function attempt(action, problems) {
    try {
        return await action();
    }
    catch (error) {
        problems.push(error);
        return undefined;
    }
}


/***/ }),

/***/ 8376:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Kt: () => (/* binding */ recallInstalled),
/* harmony export */   u1: () => (/* binding */ autopushMirrors),
/* harmony export */   uE: () => (/* binding */ rememberInstalled)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(76760);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _github_files_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(42177);
/* harmony import */ var _github_inputs_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(52325);
/* harmony import */ var _tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(17883);
/** What the main step leaves for its post step, so that it can tell what is new: never a secret. */





/** The mirrors the post step pushes to. */
function autopushMirrors({ autopush, configuration }) {
    if (autopush === 'off')
        return [];
    const binary = configuration.mirrors.filter((mirror) => mirror.binary);
    if (autopush === 'configured')
        return binary.filter((mirror) => mirror.autopush);
    return binary.filter(({ name }) => autopush.includes(name));
}
/**
 * Records what the install tree holds now. A tree that cannot be read is a warning: the main step's own answer does not
 * need it.
 */
async function rememberInstalled(inputs, env, folder, reporter) {
    const { installTree } = inputs;
    if (autopushMirrors(inputs).length === 0 || !env['GITHUB_STATE'])
        return;
    if (installTree === undefined) {
        reporter.info('autopush is off: which install tree to push from is not known (input install-tree)');
        return;
    }
    try {
        const snapshot = await (0,_tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_3__/* .takeSnapshot */ .W9)(installTree);
        const file = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'installed.json');
        await (0,_tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_3__/* .writeSnapshot */ .oF)(file, snapshot);
        (0,_github_files_js__WEBPACK_IMPORTED_MODULE_2__/* .saveState */ .LZ)(env, 'autopush-snapshot', file);
        (0,_github_files_js__WEBPACK_IMPORTED_MODULE_2__/* .saveState */ .LZ)(env, 'autopush-tree', installTree);
        reporter.info(`autopush: ${snapshot.installed.size} specs are in ${installTree} already`);
    }
    catch (error) {
        reporter.warn(`autopush is off: ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .describeError */ .Uc)(error)}`);
    }
}
/** What {@link rememberInstalled} recorded; undefined where it did not. */
async function recallInstalled(env) {
    const file = (0,_github_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .readState */ .u)(env, 'autopush-snapshot');
    const root = (0,_github_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .readState */ .u)(env, 'autopush-tree');
    if (file === undefined || root === undefined)
        return undefined;
    return { root, before: await (0,_tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_3__/* .readSnapshot */ .RA)(file) };
}


/***/ }),

/***/ 35072:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Br: () => (/* binding */ restoreIndexCache),
/* harmony export */   SG: () => (/* binding */ rememberIndexCache),
/* harmony export */   U6: () => (/* binding */ saveIndexCache)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(48161);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var _core_digest_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(82552);
/* harmony import */ var _core_redact_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(193);
/* harmony import */ var _github_cache_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(21112);
/* harmony import */ var _github_files_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(42177);
/* harmony import */ var _github_inputs_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(52325);
/**
 * Indices kept across jobs in GitHub's cache: restored by the main step, saved by the post step when they have
 * changed. What is restored is verified against what the mirror names before it is used.
 */








/** Undefined where there is no cache, or nothing in it would be faster than the mirror itself. */
async function restoreIndexCache(env, mirrors, reporter) {
    if (!mirrors.some(({ fetch }) => !fetch.url.startsWith('file:')))
        return undefined;
    const cache = (0,_github_cache_js__WEBPACK_IMPORTED_MODULE_4__/* .openHostCache */ .N)(env, { warn: (text) => reporter.warn(text) });
    if (cache === undefined)
        return undefined;
    const folder = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(env['RUNNER_TEMP'] ?? (0,node_os__WEBPACK_IMPORTED_MODULE_1__.tmpdir)(), 'buildcache-index');
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(folder, { recursive: true });
    const places = mirrors.map(({ fetch }) => `${(0,_core_redact_js__WEBPACK_IMPORTED_MODULE_6__/* .redactUrl */ .B)(fetch.url)} ${fetch.view ?? ''}`);
    const base = `buildcache-index-1-${(0,_core_digest_js__WEBPACK_IMPORTED_MODULE_3__/* .sha256 */ .sc)(places.sort().join('\n')).slice(0, 16)}-`;
    // The newest of the same mirrors: keys end in what they hold.
    const restored = await cache.restore([folder], `${base}none`, [base]);
    // Documents are verified by their digest, their compact forms only against damage: those are made again.
    for (const name of (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(folder))
        if (name.includes('.compact-'))
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, name));
    return { folder, base, restored };
}
/** Tells the post step what to save, if there is anything new. */
async function rememberIndexCache(env, { folder, base, restored }) {
    const documents = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)(folder).filter((name) => name.endsWith('.index'));
    const key = base + (0,_core_digest_js__WEBPACK_IMPORTED_MODULE_3__/* .sha256 */ .sc)(documents.sort().join('\n')).slice(0, 16);
    if (documents.length === 0 || key === restored || !env['GITHUB_STATE'])
        return;
    (0,_github_files_js__WEBPACK_IMPORTED_MODULE_5__/* .saveState */ .LZ)(env, 'index-cache-key', key);
    (0,_github_files_js__WEBPACK_IMPORTED_MODULE_5__/* .saveState */ .LZ)(env, 'index-cache-folder', folder);
}
/** The post step's part. */
async function saveIndexCache(env, warn) {
    const key = (0,_github_inputs_js__WEBPACK_IMPORTED_MODULE_7__/* .readState */ .u)(env, 'index-cache-key');
    const folder = (0,_github_inputs_js__WEBPACK_IMPORTED_MODULE_7__/* .readState */ .u)(env, 'index-cache-folder');
    if (key === undefined || folder === undefined)
        return;
    await (0,_github_cache_js__WEBPACK_IMPORTED_MODULE_4__/* .openHostCache */ .N)(env, { warn })?.save([folder], key);
}


/***/ }),

/***/ 58684:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LG: () => (/* binding */ maskMirrorSecrets),
/* harmony export */   Pt: () => (/* binding */ jobToken),
/* harmony export */   W1: () => (/* binding */ jobSigningKey),
/* harmony export */   zf: () => (/* binding */ maskJobSecrets)
/* harmony export */ });
/* harmony import */ var _github_inputs_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(52325);
/* harmony import */ var _github_workflow_commands_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4972);
/* harmony import */ var _mirrors_credentials_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(92853);
/* harmony import */ var _signing_key_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(19786);
/** The secrets of a job: read from inputs and variables in each step anew, masked before anything else is printed. */




/** From the inputs, else from the variables the command line reads. */
function jobSigningKey(env) {
    const input = (0,_github_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .readInput */ .R)(env, 'signing-key');
    return {
        secretKeys: input ?? (env[_signing_key_js__WEBPACK_IMPORTED_MODULE_1__/* .KEY_VARIABLE */ .$9]?.trim() ? env[_signing_key_js__WEBPACK_IMPORTED_MODULE_1__/* .KEY_VARIABLE */ .$9] : undefined),
        passphrase: (0,_github_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .readInput */ .R)(env, 'signing-passphrase') ?? (env[_signing_key_js__WEBPACK_IMPORTED_MODULE_1__/* .PASSPHRASE_VARIABLE */ .GT] || undefined),
        source: input === undefined ? `$${_signing_key_js__WEBPACK_IMPORTED_MODULE_1__/* .KEY_VARIABLE */ .$9}` : 'the input signing-key',
    };
}
/** For ghcr.io. */
function jobToken(env) {
    return (0,_github_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .readInput */ .R)(env, 'github-token') ?? (env['GITHUB_TOKEN'] || undefined);
}
/** Needs no configuration: to be called first of all. */
function maskJobSecrets(env, write) {
    const inputs = [(0,_github_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .readInput */ .R)(env, 'signing-key'), (0,_github_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .readInput */ .R)(env, 'signing-passphrase'), jobToken(env)];
    mask([...inputs, env[_signing_key_js__WEBPACK_IMPORTED_MODULE_1__/* .KEY_VARIABLE */ .$9], env[_signing_key_js__WEBPACK_IMPORTED_MODULE_1__/* .PASSPHRASE_VARIABLE */ .GT]], write);
}
/** Values of the variables the mirrors name, and passwords in their URLs. */
function maskMirrorSecrets(mirrors, env, write) {
    const secrets = [];
    for (const side of mirrors.flatMap(({ fetch, push }) => [fetch, push])) {
        for (const variable of (0,_mirrors_credentials_js__WEBPACK_IMPORTED_MODULE_0__/* .credentialVariables */ .r)(side.credentials))
            secrets.push(env[variable]);
        if (URL.canParse(side.url))
            secrets.push(decodeURIComponent(new URL(side.url).password));
    }
    mask(secrets, write);
}
function mask(secrets, write) {
    for (const secret of new Set(secrets)) {
        const line = (0,_github_workflow_commands_js__WEBPACK_IMPORTED_MODULE_3__/* .addMask */ .eu)(secret ?? '');
        if (line !== undefined)
            write(line);
    }
}


/***/ }),

/***/ 95442:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   P: () => (/* binding */ abortOnSignals)
/* harmony export */ });
/** How a step learns that it is cancelled. */
/** The runner sends SIGINT on cancellation, SIGTERM some seconds later, and then kills. */
function abortOnSignals() {
    const controller = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'])
        process.on(signal, () => controller.abort());
    return controller;
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

/***/ 21112:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ openHostCache)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
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
            return await Promise.race([Promise.all(/* import() */[__webpack_require__.e(2507), __webpack_require__.e(3669), __webpack_require__.e(1691)]).then(__webpack_require__.bind(__webpack_require__, 61691)).then(act), tooLong]);
        }
        catch (error) {
            warn(`could not ${doing} the GitHub Actions cache: ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .describeError */ .Uc)(error)}`);
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


/***/ }),

/***/ 42177:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   LZ: () => (/* binding */ saveState),
/* harmony export */   dN: () => (/* binding */ exportVariable),
/* harmony export */   fM: () => (/* binding */ addPath),
/* harmony export */   mI: () => (/* binding */ setJsonOutput),
/* harmony export */   uH: () => (/* binding */ setOutput)
/* harmony export */ });
/* unused harmony export OUTPUT_LIMIT */
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
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildcacheError */ .fO('usage', `the variable ${name} belongs to the runner`);
    }
    requireVariable(name, value);
    append(env, 'GITHUB_ENV', pair(name, value));
}
/** Puts a folder first on the PATH of the job's following steps. @throws `bad-input` for what is no line */
function addPath(env, folder) {
    if (/[\r\n\0]/.test(folder)) {
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .BuildcacheError */ .fO('bad-input', 'a folder with a line break in its name cannot be put on the PATH', {
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

/***/ 56626:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   r: () => (/* binding */ readHost)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var _core_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28314);
/** Which job of which event we are in, as far as it decides what we may do and what we say. */


/** Reads the environment and the event's payload; a payload that is missing or no JSON counts as empty. */
function readHost(env) {
    const eventName = env['GITHUB_EVENT_NAME'] ?? '';
    const repository = present(env['GITHUB_REPOSITORY']);
    return {
        eventName,
        repository,
        workspace: present(env['GITHUB_WORKSPACE']),
        temp: present(env['RUNNER_TEMP']),
        runUrl: runUrl(env, repository),
        debug: env['RUNNER_DEBUG'] === '1',
        pullRequest: pullRequest(eventName, repository, env['GITHUB_EVENT_PATH']),
    };
}
function pullRequest(eventName, repository, eventPath) {
    // The payload's names, branches and texts are the pull request author's.
    switch (eventName) {
        case 'pull_request':
        case 'pull_request_target':
        case 'pull_request_review':
        case 'pull_request_review_comment': {
            const subject = at(readEvent(eventPath), 'pull_request');
            const number = at(subject, 'number');
            return {
                number: typeof number === 'number' ? number : undefined,
                // The head's repository is null once a fork is deleted.
                fork: !sameName(at(subject, 'head', 'repo', 'full_name'), repository),
                privileged: eventName === 'pull_request_target',
            };
        }
        case 'workflow_run': {
            const subject = at(readEvent(eventPath), 'workflow_run');
            const source = at(subject, 'event');
            // Only a run that is known to be something else is not taken for a pull request's.
            if (typeof source === 'string' && !source.startsWith('pull_request'))
                return undefined;
            const number = at(subject, 'pull_requests', '0', 'number');
            return {
                number: typeof number === 'number' ? number : undefined,
                fork: !sameName(at(subject, 'head_repository', 'full_name'), repository),
                privileged: true,
            };
        }
        default:
            return undefined;
    }
}
function readEvent(path) {
    if (path === undefined)
        return undefined;
    try {
        return JSON.parse((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)(path, 'utf8'));
    }
    catch {
        return undefined;
    }
}
function at(value, ...path) {
    let found = value;
    for (const name of path) {
        if (Array.isArray(found))
            found = found[Number(name)];
        else
            found = (0,_core_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(found) && Object.hasOwn(found, name) ? found[name] : undefined;
    }
    return found;
}
/** Names of repositories are the same in any case. */
function sameName(name, repository) {
    return typeof name === 'string' && name.toLowerCase() === repository?.toLowerCase();
}
function runUrl(env, repository) {
    const server = env['GITHUB_SERVER_URL'];
    const run = env['GITHUB_RUN_ID'];
    if (server === undefined || repository === undefined || run === undefined)
        return undefined;
    const attempt = env['GITHUB_RUN_ATTEMPT'];
    return `${server}/${repository}/actions/runs/${run}${attempt === undefined ? '' : `/attempts/${attempt}`}`;
}
function present(value) {
    return value === '' ? undefined : value;
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

/***/ 49621:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  P: () => (/* binding */ jobReporter)
});

// EXTERNAL MODULE: ./build/github/workflow-commands.js
var workflow_commands = __webpack_require__(4972);
;// CONCATENATED MODULE: ./build/github/annotations.js
/**
 * Annotations within what GitHub shows: ten of a level per step, the rest is dropped without a word. Nine go
 * out at once; what comes later goes to the log, and at the end into one more: "and 7 more: …".
 */

function collectAnnotations({ write, limit = 10 }) {
    const levels = new Map();
    return {
        add(level, message, place = {}) {
            const state = levels.get(level) ?? { sent: 0, held: [] };
            levels.set(level, state);
            if (state.sent < limit - 1) {
                state.sent++;
                write((0,workflow_commands/* annotation */.w7)(level, message, place));
                return;
            }
            write((0,workflow_commands/* plain */.pj)(`${level}: ${message}`));
            state.held.push({ message, place });
        },
        flush() {
            for (const [level, { held }] of levels) {
                const [first, ...others] = held;
                if (first === undefined || limit < 1)
                    continue;
                if (others.length === 0)
                    write((0,workflow_commands/* annotation */.w7)(level, first.message, first.place));
                else
                    write((0,workflow_commands/* annotation */.w7)(level, fold(held)));
                held.length = 0;
            }
        },
    };
}
/** Below the 4,096 characters at which GitHub cuts. */
const FOLDED_LENGTH = 4000;
function fold(held) {
    let text = `and ${held.length} more: `;
    for (const [i, { message }] of held.entries()) {
        const next = `${i === 0 ? '' : '; '}${(0,workflow_commands/* singleLine */.pF)(message)}`;
        if (text.length + next.length > FOLDED_LENGTH) {
            return i === 0
                ? `${text}${next.slice(0, FOLDED_LENGTH - text.length)}…`
                : `${text}; … (all of them are in the log)`;
        }
        text += next;
    }
    return text;
}

;// CONCATENATED MODULE: ./build/github/job-reporter.js


/** Milliseconds between two lines of progress. */
const PROGRESS_EVERY = 10_000;
function jobReporter(options) {
    const { write } = options;
    const annotations = collectAnnotations({ write, ...(options.annotations ? {} : { limit: 0 }) });
    const lines = (texts) => {
        for (const text of texts)
            write((0,workflow_commands/* plain */.pj)(text));
    };
    return {
        annotations,
        lines,
        grouped(title, texts) {
            write((0,workflow_commands/* group */.Os)(title));
            lines(texts);
            write((0,workflow_commands/* endGroup */.N4)());
        },
        info: (text) => write((0,workflow_commands/* plain */.pj)(text)),
        warn: (text) => annotations.add('warning', text),
        error: (text) => annotations.add('error', text),
        debug: (text) => {
            if (options.debug)
                write((0,workflow_commands/* debug */.Yz)(text));
        },
        progress(label, total) {
            let [shown, done] = [Date.now(), 0];
            return {
                advance(by) {
                    done += by;
                    if (Date.now() - shown < PROGRESS_EVERY)
                        return;
                    shown = Date.now();
                    write((0,workflow_commands/* plain */.pj)(`${label}: ${done} of ${total}`));
                },
                done: () => undefined,
            };
        },
    };
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
