export const id = 719;
export const ids = [719];
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

/***/ 65719:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  runMain: () => (/* binding */ runMain)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(73024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./build/cache/index-store.js
var index_store = __webpack_require__(67489);
// EXTERNAL MODULE: ./build/commands/check.js
var check = __webpack_require__(21979);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/core/retry.js
var retry = __webpack_require__(68216);
// EXTERNAL MODULE: ./build/core/write-file.js
var write_file = __webpack_require__(23020);
// EXTERNAL MODULE: ./build/plan/matrix.js
var plan_matrix = __webpack_require__(557);
// EXTERNAL MODULE: ./build/plan/rebuild.js
var plan_rebuild = __webpack_require__(41033);
// EXTERNAL MODULE: ./build/report/check-text.js
var check_text = __webpack_require__(93235);
// EXTERNAL MODULE: ./build/spec/format.js
var format = __webpack_require__(40731);
// EXTERNAL MODULE: ./build/github/workflow-commands.js
var workflow_commands = __webpack_require__(4972);
;// CONCATENATED MODULE: ./build/github/summary.js
/**
 * The job summary: Markdown appended to GITHUB_STEP_SUMMARY. Whatever comes from outside goes through
 * {@link code} or {@link escapeMarkdown}, which let nothing of it be Markdown, HTML, a link or a mention.
 */



/** Bytes of a step's summary; GitHub refuses all of a longer one. */
const SUMMARY_LIMIT = 1024 * 1024;
/**
 * Appends Markdown to the step's summary; what goes over {@link SUMMARY_LIMIT} is cut off at the end of a line
 * and a sentence says so.
 * @returns whether all of it is there
 * @throws `usage` outside of a job
 */
function appendSummary(env, markdown) {
    const file = env['GITHUB_STEP_SUMMARY'];
    if (file === undefined || file === '') {
        throw new errors/* BuildcacheError */.fO('usage', 'GITHUB_STEP_SUMMARY is not set', {
            hint: 'run this as a step of a GitHub job, or use the command line',
        });
    }
    try {
        const room = SUMMARY_LIMIT - ((0,external_node_fs_.statSync)(file, { throwIfNoEntry: false })?.size ?? 0);
        const text = markdown.endsWith('\n') ? markdown : `${markdown}\n`;
        const fits = Buffer.byteLength(text) <= room;
        const kept = fits ? text : cut(text, room);
        if (kept !== '')
            (0,external_node_fs_.appendFileSync)(file, kept);
        return fits;
    }
    catch (error) {
        throw (0,errors/* fileError */.zS)(error, file, 'append to the job summary');
    }
}
/**
 * A table. Headers and cells are Markdown of one line each, already safe: made with {@link code} and
 * {@link escapeMarkdown} where they hold anything from outside. Missing cells are empty.
 */
function markdownTable(headers, rows) {
    const line = (cells) => `| ${headers.map((_, i) => oneCell(cells[i] ?? '')).join(' | ')} |\n`;
    const rule = `| ${headers.map(() => '---').join(' | ')} |\n`;
    return `${line(headers)}${rule}${rows.map(line).join('')}`;
}
/**
 * Text from outside as inline code, in tables too: GitHub makes neither links nor mentions of what stands in
 * backticks. What cannot stand in them (a backtick, a bar in a table, a space at an edge) becomes an element.
 */
function code(text) {
    const line = (0,workflow_commands/* singleLine */.pF)(text);
    return /^[^\s`|]([^`|]*[^\s`|])?$/.test(line) ? `\`${line}\`` : `<code>${escapeMarkdown(line)}</code>`;
}
/**
 * Text from outside as prose of one line. Every character that means something in GitHub's Markdown becomes an
 * entity, and what is made a link all the same, after entities are resolved (`zlib@1.3` is a mail address to
 * GitHub, `#1` an issue), is broken up by a comment.
 */
function escapeMarkdown(text) {
    return entities((0,workflow_commands/* singleLine */.pF)(text))
        .replace(/^[\s\d+=-]/, (first) => entity(first))
        .replace(/&#(?:64|35);(?=\w)/g, '$&<!-- -->')
        .replace(/\bGH(?=-\d)/gi, '$&<!-- -->')
        .replace(/www\./gi, (www) => `${www.slice(0, -1)}<!-- -->.`);
}
/** As references by number, so that nothing of the text is left to any parser. */
function entities(text) {
    return text.replace(/[!"#$&'()*:<>@[\\\]^_`{|}~]/g, entity);
}
function entity(character) {
    return `&#${character.charCodeAt(0)};`;
}
/** Bars that are still there would divide the cell, line breaks end the table. */
function oneCell(markdown) {
    return markdown.replaceAll('|', '&#124;').replace(/[\r\n]+/g, ' ');
}
const CUT = '\n\n*The rest is left out: GitHub shows at most 1 MiB for each step.*\n';
/** As many whole lines as there is room for, closed folds and fences, and the sentence that says so. */
function cut(text, room) {
    const closers = '\n```\n\n</details></details>';
    const bytes = Buffer.from(text).subarray(0, Math.max(0, room - CUT.length - closers.length));
    const kept = bytes.subarray(0, bytes.lastIndexOf('\n') + 1).toString('utf8');
    if (kept === '')
        return room >= CUT.length ? CUT : '';
    const fenced = (kept.match(/^```/gm)?.length ?? 0) % 2 === 1;
    const open = (kept.match(/<details\b/g)?.length ?? 0) - (kept.match(/<\/details>/g)?.length ?? 0);
    return `${kept}${fenced ? '```\n' : ''}${open > 0 ? `\n${'</details>'.repeat(Math.min(open, 2))}` : ''}${CUT}`;
}

;// CONCATENATED MODULE: ./build/github/check-summary.js
/** The gate's answer as a job summary: readable without opening the log. */





/** Rows of the rebuild list; the outputs hold all of it. */
const MAX_ROWS = 200;
const INDEX_WORDS = { mirror: 'downloaded', 'local copy': 'unchanged' };
function checkSummary(result) {
    return [
        `## ${icon(result)} Build cache: ${(0,check_text/* checkSentence */.YC)(result)}`,
        mirrorTable(result),
        rebuildTable(result),
        unknownList(result),
        noteList(result),
    ]
        .filter((part) => part !== '')
        .join('\n\n')
        .concat('\n');
}
function icon(result) {
    if ((0,plan_rebuild/* specsWith */.FT)(result, 'unknown').length > 0)
        return '⚠️';
    return (0,plan_rebuild/* specsWith */.FT)(result, 'rebuild').length > 0 ? '🔨' : '✅';
}
function mirrorTable(result) {
    if (result.answers.length === 0)
        return '';
    const rows = result.answers.map((answer) => {
        const { present, missing, unknown } = (0,plan_rebuild/* countStates */.c0)(answer);
        const index = answer.index === undefined ? 'none' : INDEX_WORDS[answer.index];
        return [code(answer.name), code(answer.url), String(present), String(missing), String(unknown), index];
    });
    return markdownTable(['Mirror', 'URL', 'Present', 'Missing', 'Unknown', 'Index'], rows).trimEnd();
}
function rebuildTable(result) {
    const rebuild = (0,plan_rebuild/* specsWith */.FT)(result, 'rebuild');
    if (rebuild.length === 0)
        return '';
    const rows = (0,plan_matrix/* groupByStage */.x6)(rebuild, (0,plan_rebuild/* checkedSpecs */.MI)(result)).flatMap((specs, stage) => specs.map((node) => {
        const missing = (0,plan_rebuild/* mirrorsWith */.$I)(result, node.hash, 'missing').map(({ name, reason }) => reason === undefined ? code(name) : `${code(name)} (${escapeMarkdown(reason)})`);
        return [String(stage), code((0,format/* shortSpec */.Gx)(node)), missing.join(', ')];
    }));
    const rest = rows.length - MAX_ROWS;
    const more = rest > 0 ? `\n\n…and ${rest} more: the output \`rebuild-specs-file\` names a file with all of them.` : '';
    const title = '### To rebuild, dependencies first';
    return `${title}\n\n${markdownTable(['Stage', 'Spec', 'Missing on'], rows.slice(0, MAX_ROWS)).trimEnd()}${more}`;
}
function unknownList(result) {
    const reasons = (0,check_text/* unknownReasons */.i1)(result);
    if (reasons.length === 0)
        return '';
    const items = reasons.map(({ reason, names }) => {
        const shown = names.slice(0, 5).map(code).join(', ');
        const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
        return `- ${escapeMarkdown(reason)} (${shown}${more})`;
    });
    return `### Could not tell\n\n${items.join('\n')}`;
}
function noteList(result) {
    const notes = result.answers.flatMap(({ name, notes }) => notes.map((note) => ({ name, note })));
    if (notes.length === 0)
        return '';
    return `### Notes\n\n${notes.map(({ name, note }) => `- ${code(name)}: ${escapeMarkdown(note)}`).join('\n')}`;
}

// EXTERNAL MODULE: ./build/github/files.js
var files = __webpack_require__(42177);
// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(28314);
;// CONCATENATED MODULE: ./build/github/host.js
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
        return JSON.parse((0,external_node_fs_.readFileSync)(path, 'utf8'));
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
            found = (0,json/* isObject */.Gv)(found) && Object.hasOwn(found, name) ? found[name] : undefined;
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

// EXTERNAL MODULE: ./build/mirrors/credentials.js
var credentials = __webpack_require__(92853);
// EXTERNAL MODULE: ./build/plan/rebuild-manifest.js
var rebuild_manifest = __webpack_require__(8167);
// EXTERNAL MODULE: ./build/report/check-json.js
var check_json = __webpack_require__(50234);
// EXTERNAL MODULE: ./build/github/inputs.js
var github_inputs = __webpack_require__(52325);
// EXTERNAL MODULE: ./build/mirrors/environment.js + 1 modules
var mirrors_environment = __webpack_require__(52875);
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
    input.choice('command', ['check'], 'check');
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
    const inputs = {
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
        maxJobs: input.number('max-jobs', 1, plan_matrix/* MAX_JOBS */.Eu, plan_matrix/* MAX_JOBS */.Eu),
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

// EXTERNAL MODULE: ./build/entry/index-cache.js + 1 modules
var index_cache = __webpack_require__(67674);
;// CONCATENATED MODULE: ./build/entry/main.js
/** The action's main step: inputs -> check -> outputs, summary, annotations. */






















/** @returns the step's exit code: 0, or 1 where the step is to fail */
async function runMain(env) {
    const host = readHost(env);
    const folder = (0,external_node_fs_.mkdtempSync)((0,external_node_path_.join)(host.temp ?? (0,external_node_os_.tmpdir)(), 'buildcache-'));
    const controller = abortOnSignals();
    const write = (line) => void process.stdout.write(`${line}\n`);
    let reporter = jobReporter({ annotations: true, debug: host.debug, write });
    try {
        const inputs = await readActionInputs(env, host.workspace ?? process.cwd());
        reporter = jobReporter({ annotations: inputs.annotations, debug: host.debug, write });
        maskSecrets(inputs.configuration.mirrors, env, write);
        for (const note of inputs.configuration.notes)
            reporter.warn(note);
        const result = await runCheck(inputs, env, reporter, controller.signal);
        await publish(result, inputs, env, folder, reporter);
        return verdict(result, inputs, reporter);
    }
    catch (error) {
        const cancelled = controller.signal.aborted || (0,errors/* errorCode */.CA)(error) === 'cancelled';
        const text = cancelled ? 'cancelled' : (0,errors/* describeError */.Uc)(error);
        reporter.error(text);
        publishFailure(text, env, folder);
        return 1;
    }
    finally {
        reporter.annotations.flush();
    }
}
async function runCheck(inputs, env, reporter, signal) {
    const mirrors = inputs.configuration.mirrors.filter(({ binary }) => binary);
    const cache = inputs.indexCache ? await (0,index_cache/* restoreIndexCache */.Br)(env, mirrors, reporter) : undefined;
    const connection = {
        timeoutMs: 30_000,
        retry: retry/* DEFAULT_RETRY */.v,
        jobs: inputs.jobs,
        verifyTls: inputs.configuration.verifyTls ?? true,
        caFile: inputs.configuration.caFile,
        env,
    };
    const folder = cache?.folder ?? (0,external_node_path_.join)(env['RUNNER_TEMP'] ?? (0,external_node_os_.tmpdir)(), 'buildcache-index');
    const result = await (0,check/* check */.z)({
        ...inputs,
        mirrors,
        connection,
        indexStore: (0,index_store/* openIndexStore */.W)(folder),
        // What another job left may be old: every mirror is asked, with one small request.
        indexTtlMs: 0,
        allowEmpty: false,
        signal,
    }, reporter);
    if (cache !== undefined)
        await (0,index_cache/* rememberIndexCache */.SG)(env, cache);
    return result;
}
/** All outputs, the summary and the log. */
async function publish(result, inputs, env, folder, reporter) {
    const withUnknown = inputs.onUnknown === 'rebuild';
    const rebuild = (0,plan_rebuild/* specsWith */.FT)(result, 'rebuild');
    const unknown = (0,plan_rebuild/* specsWith */.FT)(result, 'unknown');
    const toBuild = result.decisions
        .filter(({ decision }) => decision === 'rebuild' || (withUnknown && decision === 'unknown'))
        .map(({ node }) => node);
    // A step that fails because it could not tell must not say "nothing to do" to one that goes on regardless.
    const needed = toBuild.length > 0 || (inputs.onUnknown === 'fail' && unknown.length > 0);
    (0,files/* setOutput */.uH)(env, 'needs-rebuild', String(needed));
    (0,files/* setOutput */.uH)(env, 'cache-hit', String(rebuild.length === 0 && unknown.length === 0));
    (0,files/* setOutput */.uH)(env, 'rebuild-count', String(toBuild.length));
    (0,files/* setOutput */.uH)(env, 'unknown-count', String(unknown.length));
    (0,files/* setJsonOutput */.mI)(env, 'rebuild-specs', (0,check_json/* rebuildSpecsJson */.c)(result, withUnknown), (0,external_node_path_.join)(folder, 'rebuild-specs.json'));
    const matrix = { include: (0,plan_matrix/* jobMatrix */.dI)(toBuild, inputs.maxJobs, (0,plan_rebuild/* checkedSpecs */.MI)(result)) };
    (0,files/* setJsonOutput */.mI)(env, 'matrix', matrix, (0,external_node_path_.join)(folder, 'matrix.json'), '{"include":[]}');
    (0,files/* setOutput */.uH)(env, 'rebuild-manifest', await writeManifest(result, inputs, folder));
    if (inputs.summary && env['GITHUB_STEP_SUMMARY'])
        appendSummary(env, checkSummary(result));
    reporter.grouped(`Build cache: ${(0,check_text/* checkSentence */.YC)(result)}`, (0,check_text/* checkText */.qW)(result));
    for (const { name, notes } of result.answers)
        for (const note of notes)
            reporter.warn(`${name}: ${note}`);
}
/** The same file `check -o` writes: not there when some could not be told and the step fails for it. */
async function writeManifest(result, inputs, folder) {
    if (inputs.onUnknown === 'fail' && (0,plan_rebuild/* specsWith */.FT)(result, 'unknown').length > 0)
        return '';
    const file = (0,external_node_path_.join)(folder, 'rebuild-manifest.json');
    await (0,write_file/* writeWholeFile */.R0)(file, (0,rebuild_manifest/* rebuildManifest */.x)((0,plan_rebuild/* checkedSpecs */.MI)(result), result.answers, inputs.onUnknown === 'rebuild'));
    return file;
}
function verdict(result, inputs, reporter) {
    const rebuild = (0,plan_rebuild/* specsWith */.FT)(result, 'rebuild');
    const reasons = (0,check_text/* unknownReasons */.i1)(result);
    for (const { reason, names } of reasons) {
        const text = `Could not tell for ${names.length} specs: ${reason}`;
        if (inputs.onUnknown === 'fail')
            reporter.error(text);
        else
            reporter.warn(text);
    }
    if (rebuild.length > 0) {
        const names = rebuild.map(({ name }) => name);
        const shown = names.length > 10 ? `${names.slice(0, 10).join(', ')} and ${names.length - 10} more` : names.join(', ');
        const level = inputs.failOnRebuild ? 'error' : 'notice';
        reporter.annotations.add(level, `${(0,check_text/* checkSentence */.YC)(result)} ${shown}`, { title: 'Build cache' });
    }
    if (inputs.onUnknown === 'fail' && reasons.length > 0)
        return 1;
    return inputs.failOnRebuild && rebuild.length > 0 ? 1 : 0;
}
/** Every output is set even then: a job that goes on regardless rebuilds rather than trusts. */
function publishFailure(text, env, folder) {
    try {
        (0,files/* setOutput */.uH)(env, 'needs-rebuild', 'true');
        (0,files/* setOutput */.uH)(env, 'cache-hit', 'false');
        (0,files/* setOutput */.uH)(env, 'rebuild-count', '0');
        (0,files/* setOutput */.uH)(env, 'unknown-count', '0');
        (0,files/* setJsonOutput */.mI)(env, 'rebuild-specs', [], (0,external_node_path_.join)(folder, 'rebuild-specs.json'));
        (0,files/* setJsonOutput */.mI)(env, 'matrix', { include: [] }, (0,external_node_path_.join)(folder, 'matrix.json'));
        (0,files/* setOutput */.uH)(env, 'rebuild-manifest', '');
        if (env['GITHUB_STEP_SUMMARY']) {
            appendSummary(env, `## ❌ Build cache: the check failed\n\n${escapeMarkdown(text)}\n`);
        }
    }
    catch (error) {
        process.stdout.write(`${code((0,errors/* describeError */.Uc)(error))}\n`); // no GITHUB_OUTPUT: there is nobody to tell
    }
}
/** Values of the variables the mirrors name, and passwords in their URLs, before anything else is printed. */
function maskSecrets(mirrors, env, write) {
    const secrets = new Set();
    for (const side of mirrors.flatMap(({ fetch, push }) => [fetch, push])) {
        for (const variable of (0,credentials/* credentialVariables */.r)(side.credentials))
            secrets.add(env[variable] ?? '');
        if (URL.canParse(side.url))
            secrets.add(decodeURIComponent(new URL(side.url).password));
    }
    for (const secret of secrets) {
        const line = (0,workflow_commands/* addMask */.eu)(secret);
        if (line !== undefined)
            write(line);
    }
}
function abortOnSignals() {
    const controller = new AbortController();
    // The runner sends SIGINT on cancellation, SIGTERM some seconds later.
    for (const signal of ['SIGINT', 'SIGTERM'])
        process.on(signal, () => controller.abort());
    return controller;
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
