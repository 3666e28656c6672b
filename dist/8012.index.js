export const id = 8012;
export const ids = [8012];
export const modules = {

/***/ 22368:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ decodedUserInfo),
/* harmony export */   o: () => (/* binding */ percentDecoded)
/* harmony export */ });
/** User and password out of a URL, as their owner wrote them. */
/** A percent sign that encodes nothing stands for itself: passwords have them, and nobody likes to encode. */
function decodedUserInfo({ username, password }) {
    return { username: percentDecoded(username), password: percentDecoded(password) };
}
/** @returns the text itself where it is not encoded text */
function percentDecoded(text) {
    try {
        return decodeURIComponent(text);
    }
    catch {
        // One stray percent sign must not keep the rest from being read.
        return text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
            try {
                return decodeURIComponent(encoded);
            }
            catch {
                return encoded;
            }
        });
    }
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
// EXTERNAL MODULE: ./build/core/retry.js
var retry = __webpack_require__(68216);
// EXTERNAL MODULE: ./build/github/inputs.js
var github_inputs = __webpack_require__(52325);
// EXTERNAL MODULE: ./build/mirrors/environment.js + 1 modules
var mirrors_environment = __webpack_require__(10432);
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
        const names = pairs.map(([, name = '']) => name);
        const twice = names.find((name, i) => names.indexOf(name) !== i);
        if (twice !== undefined) {
            throw new errors/* BuildcacheError */.fO('bad-input', `two mirrors are named "${twice}"`, {
                file: 'the input mirrors',
                hint: 'take one of them out, or rename it',
            });
        }
        const section = (0,json/* objectOf */.Xy)(pairs.map(([, name = '', url = '']) => [name, url]));
        return await (0,config/* readMirrors */.ph)(section, 'the input mirrors', context);
    }
    if (lines.length === 1 && /^[^:{}[\]"']+$/.test(first) && !(0,mirrors_location/* hasKnownScheme */.ZC)(first)) {
        return await (0,mirrors_environment/* mirrorsFile */.vd)((0,external_node_path_.resolve)(context.base, first), context.env, context.environment).catch(namingTheInput);
    }
    const document = await (0,mirrors_environment/* parseYaml */.hN)(text, 'the input mirrors');
    const section = (0,json/* isObject */.Gv)(document) && (0,json/* isObject */.Gv)(document['mirrors']) && !('url' in document['mirrors']);
    return await (0,config/* readMirrors */.ph)(section ? document['mirrors'] : document, 'the input mirrors', context);
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
    const spackPrefix = (0,github_inputs/* readInput */.R)(env, 'spack-prefix') ?? root;
    const place = (0,external_node_path_.resolve)(workspace, (0,github_inputs/* readInput */.R)(env, 'environment') ?? (env['SPACK_ENV'] || '.'));
    const environment = await attempt(() => (0,mirrors_environment/* findEnvironment */.jY)(place, env), problems);
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
        installTree: (0,github_inputs/* readInput */.R)(env, 'install-tree'),
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
        explain: input.flag('explain', false),
        indexCache: input.flag('index-cache', true),
        summary: input.flag('summary', true),
        annotations: input.flag('annotations', true),
        jobs: input.number('jobs', 1, 512, 16),
        timeout: input.number('timeout', 1, 86_400, retry/* DEFAULT_TIMEOUT_SECONDS */.KU),
        retries: input.number('retries', 0, 20, retry/* DEFAULT_RETRY */.vI.retries),
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
/* harmony export */   Bv: () => (/* binding */ rememberNeeded),
/* harmony export */   Kt: () => (/* binding */ recallInstalled),
/* harmony export */   u1: () => (/* binding */ autopushMirrors),
/* harmony export */   uE: () => (/* binding */ rememberInstalled),
/* harmony export */   zb: () => (/* binding */ recallNeeded)
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
 * need it. The post step will say what it could not push for it.
 * @param cwd what relative paths start from
 */
async function rememberInstalled(inputs, { env, cwd, folder }, reporter) {
    if (autopushMirrors(inputs).length === 0 || !env['GITHUB_STATE'])
        return;
    // Heavy, and most checks push nothing.
    const { readTreeConfiguration } = await Promise.all(/* import() */[__webpack_require__.e(9981), __webpack_require__.e(3583), __webpack_require__.e(6226)]).then(__webpack_require__.bind(__webpack_require__, 6226));
    let place;
    try {
        const { settings } = await readTreeConfiguration(inputs.environment.folder, inputs.installTree, {
            env,
            cwd,
        });
        for (const note of settings.notes)
            if (!inputs.configuration.notes.includes(note))
                reporter.warn(note);
        place = settings;
    }
    catch (error) {
        // Of a job that only asks, nobody expects to know.
        const text = (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .describeError */ .Uc)(error);
        if ((0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .CA)(error) === 'usage')
            reporter.info(`autopush: ${text}`);
        else
            reporter.warn(`autopush: ${text}`);
        (0,_github_files_js__WEBPACK_IMPORTED_MODULE_2__/* .saveState */ .LZ)(env, (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorCode */ .CA)(error) === 'usage' ? 'autopush-unknown' : 'autopush-broken', text);
        return;
    }
    try {
        const tree = await (0,_tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_3__/* .readTreeIfThere */ .w7)(place);
        const snapshot = await (0,_tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_3__/* .takeSnapshot */ .W9)(place, tree);
        const file = (0,node_path__WEBPACK_IMPORTED_MODULE_0__.join)(folder, 'installed.json');
        await (0,_tree_install_snapshot_js__WEBPACK_IMPORTED_MODULE_3__/* .writeSnapshot */ .oF)(file, snapshot);
        (0,_github_files_js__WEBPACK_IMPORTED_MODULE_2__/* .saveState */ .LZ)(env, 'autopush-snapshot', file);
        (0,_github_files_js__WEBPACK_IMPORTED_MODULE_2__/* .saveState */ .LZ)(env, 'autopush-tree', place.unpaddedRoot);
        for (const note of tree?.notes ?? [])
            reporter.warn(`autopush: ${note}`);
        const holds = tree === undefined ? 'there is no install tree in' : `${snapshot.installed.size} specs are in`;
        const when = tree === undefined ? 'yet' : 'already';
        reporter.info(`autopush: ${holds} ${tree?.root ?? place.root} ${when}`);
    }
    catch (error) {
        const text = (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .describeError */ .Uc)(error);
        reporter.warn(`autopush is off: ${text}`);
        (0,_github_files_js__WEBPACK_IMPORTED_MODULE_2__/* .saveState */ .LZ)(env, 'autopush-broken', text);
    }
}
/** Whether the job has something to build, as far as the main step could tell. */
function rememberNeeded(env, needed) {
    if (env['GITHUB_STATE'])
        (0,_github_files_js__WEBPACK_IMPORTED_MODULE_2__/* .saveState */ .LZ)(env, 'autopush-needed', String(needed));
}
function recallInstalled(env) {
    for (const kind of ['unknown', 'broken']) {
        const reason = (0,_github_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .readState */ .u)(env, `autopush-${kind}`);
        if (reason !== undefined)
            return { kind, reason };
    }
    const file = (0,_github_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .readState */ .u)(env, 'autopush-snapshot');
    const root = (0,_github_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .readState */ .u)(env, 'autopush-tree');
    return file === undefined || root === undefined ? { kind: 'off' } : { kind: 'recorded', root, file };
}
/** Whether there may have been something to build: only a main step that said otherwise is believed. */
function recallNeeded(env) {
    return (0,_github_inputs_js__WEBPACK_IMPORTED_MODULE_4__/* .readState */ .u)(env, 'autopush-needed') !== 'false';
}


/***/ }),

/***/ 15508:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Ej: () => (/* binding */ verbEpilogue),
/* harmony export */   TL: () => (/* binding */ SHARED_OPTIONS),
/* harmony export */   v3: () => (/* binding */ HELP_LAYOUT),
/* harmony export */   wl: () => (/* binding */ PROGRAM_EPILOGUE)
/* harmony export */ });
/* unused harmony export defaultText */
/** Heading of the options every verb has. */
const SHARED_OPTIONS = 'Options of all verbs:';
const UNTOLD = 'it could not be told, or bad input or usage; goes over the others';
const HELP_LAYOUT = {
    // What a verb takes is in its own help: here there is room for what it does.
    subcommandTerm: (command) => [command.name(), ...command.aliases()].join(', '),
    optionDescription: (option) => {
        const facts = [];
        if (option.argChoices !== undefined)
            facts.push(`one of ${option.argChoices.join(', ')}`);
        const value = defaultText(option);
        if (value !== undefined)
            facts.push(`default: ${value}`);
        return facts.length === 0 ? option.description : `${option.description} (${facts.join('; ')})`;
    },
    groupItems(_, shown, group) {
        const groups = new Map();
        for (const item of shown)
            groups.set(group(item), [...(groups.get(group(item)) ?? []), item]);
        const shared = groups.get(SHARED_OPTIONS);
        if (shared !== undefined && groups.delete(SHARED_OPTIONS))
            groups.set(SHARED_OPTIONS, shared);
        return groups;
    },
};
/** What an option is when it is not given, or undefined where that is "off" or nothing. */
function defaultText({ defaultValue, defaultValueDescription, negate }) {
    if (negate || defaultValue === undefined || defaultValue === false)
        return undefined;
    if (Array.isArray(defaultValue) && defaultValue.length === 0)
        return undefined;
    return defaultValueDescription ?? String(defaultValue);
}
/** What follows a verb's options. */
function verbEpilogue({ examples, exits }) {
    const codes = { ...exits, 2: `${exits[2] ?? ''}${UNTOLD}` };
    return [
        '\nExamples:',
        ...examples.map((example) => `  buildcache ${example}`),
        '\nExit code:',
        ...Object.entries(codes).map(([code, meaning]) => `  ${code}  ${meaning}`),
    ].join('\n');
}
const PROGRAM_EPILOGUE = `
buildcache VERB --help says what a verb takes, with examples.

Exit code:
  0  done, or all present
  1  the answer is no (something to rebuild, a check that failed), or part of the work failed
  2  ${UNTOLD}

Environment variables:
  SPACK_ENV                      the environment, where -e does not name it
  SPACK_ROOT                     Spack's prefix: the install tree is in opt/spack below it
  BUILDCACHE_SIGNING_KEY         an armored secret key, BUILDCACHE_SIGNING_PASSPHRASE opens it
  BUILDCACHE_CACHE_DIR           where indices and downloads are kept (default: ~/.cache/buildcache)
  HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY, NO_COLOR, and those of the AWS SDK for s3://`;


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
/* harmony import */ var _core_user_info_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(22368);
/* harmony import */ var _github_inputs_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(52325);
/* harmony import */ var _github_workflow_commands_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4972);
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
        for (const variable of (0,_mirrors_credentials_js__WEBPACK_IMPORTED_MODULE_0__/* .secretVariables */ .c8)(side.credentials))
            secrets.push(env[variable]);
        if (URL.canParse(side.url))
            secrets.push((0,_core_user_info_js__WEBPACK_IMPORTED_MODULE_3__/* .decodedUserInfo */ .C)(new URL(side.url)).password);
    }
    mask(secrets, write);
}
function mask(secrets, write) {
    for (const secret of new Set(secrets)) {
        const line = (0,_github_workflow_commands_js__WEBPACK_IMPORTED_MODULE_4__/* .addMask */ .eu)(secret ?? '');
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
