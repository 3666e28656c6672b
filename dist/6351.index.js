export const id = 6351;
export const ids = [6351];
export const modules = {

/***/ 40751:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  T: () => (/* binding */ explainEnvironment),
  V: () => (/* binding */ explainGate)
});

// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/mirrors/environment.js + 1 modules
var mirrors_environment = __webpack_require__(10432);
// EXTERNAL MODULE: ./build/plan/explain/explain.js + 2 modules
var explain = __webpack_require__(70383);
// EXTERNAL MODULE: ./build/plan/explain/pool.js
var explain_pool = __webpack_require__(66546);
// EXTERNAL MODULE: ./build/plan/rebuild.js
var rebuild = __webpack_require__(41033);
// EXTERNAL MODULE: ./build/plan/selection.js
var plan_selection = __webpack_require__(60000);
// EXTERNAL MODULE: ./build/commands/check.js
var check = __webpack_require__(21979);
// EXTERNAL MODULE: ./build/mirrors/open.js
var mirrors_open = __webpack_require__(95227);
// EXTERNAL MODULE: ./build/plan/explain/align.js + 2 modules
var align = __webpack_require__(36838);
// EXTERNAL MODULE: ./build/tree/install-tree.js
var install_tree = __webpack_require__(88983);
// EXTERNAL MODULE: ./build/commands/environment-at.js + 1 modules
var environment_at = __webpack_require__(97252);
// EXTERNAL MODULE: ./build/commands/mirror-specs.js + 3 modules
var mirror_specs = __webpack_require__(25977);
;// CONCATENATED MODULE: ./build/commands/near-specs.js







/** Adds all of another environment, and what is installed in a tree. @throws BuildcacheError where they cannot be read */
async function addNamed(pool, options) {
    const { against, store } = options;
    if (against !== undefined) {
        for (const node of (await (0,environment_at/* environmentAt */.F)(against, options)).nodes.values())
            pool.add(node, against);
    }
    if (store !== undefined) {
        for (const { node, installed } of (await (0,install_tree/* readInstallTree */._o)(store)).records.values()) {
            pool.add(node, installed ? store : undefined);
        }
    }
}
/**
 * Adds what mirrors have that may be the nearest to these specs, and what is below that.
 * @param asked dependencies first
 */
async function addMirrors(pool, asked, wanted, options, reporter) {
    const names = new Set(asked.map(({ name }) => name));
    const about = {
        ...options,
        asked: [...names].map((name) => ({ name, hash: undefined })),
        noVirtuals: true,
    };
    const answers = await Promise.all(options.mirrors.map(async (mirror) => {
        const found = [];
        try {
            const open = await (0,mirrors_open/* openMirror */.Y4)(mirror, { nodes: wanted, roots: [] }, options.connection);
            try {
                const ask = (source) => nearIn(source, asked, wanted, options.signal);
                const notes = await (0,mirror_specs/* askMirror */.v)(mirror, open, ask, found, about, reporter);
                return { mirror, found, notes, failed: false };
            }
            finally {
                await open.close();
            }
        }
        catch (error) {
            options.signal.throwIfAborted();
            const notes = [`nothing of it could be compared: ${(0,errors/* describeError */.Uc)(error)}`];
            return { mirror, found, notes, failed: true };
        }
    }));
    for (const { mirror, found } of answers) {
        for (const { held, known } of found) {
            for (const node of held)
                pool.add(node, mirror.name);
            for (const node of known)
                pool.add(node, undefined);
        }
    }
    return {
        notes: answers.flatMap(({ mirror, notes }) => notes.map((note) => `${mirror.name}: ${note}`)),
        incomplete: answers.some(({ failed }) => failed),
    };
}
/** What is nearest in one source, and below that everything that aligning needs. */
async function nearIn(source, asked, wanted, signal) {
    const pool = (0,explain_pool/* makePool */.R)();
    const held = await source.near(asked);
    for (const node of held)
        pool.add(node, 'it');
    const known = [];
    const tried = new Set();
    const load = async (hashes) => {
        signal.throwIfAborted();
        const fresh = [...hashes].filter((hash) => !tried.has(hash) && pool.get(hash) === undefined);
        for (const hash of fresh)
            tried.add(hash);
        const found = fresh.length === 0 ? [] : [...(await source.whole(fresh)).values()];
        for (const node of found)
            pool.add(node, undefined);
        known.push(...found);
        return found;
    };
    // A spec that only others' records name was there once, or is elsewhere.
    await load(asked.map(({ hash }) => hash));
    const changed = asked.filter(({ hash }) => pool.get(hash) === undefined);
    const candidates = (0,align/* rankCandidates */.RK)(changed, wanted, pool);
    for (;;) {
        const { pairs, unknown } = (0,align/* align */.MM)(changed, wanted, pool, candidates);
        const nearest = [...pairs.values()].map(({ near }) => near);
        let below = await load([...unknown, ...edgesOf(nearest, wanted)]);
        if (below.length === 0)
            return { held, known };
        while (below.length > 0)
            below = await load(edgesOf(below, wanted));
    }
}
/** Where the edges of specs lead to; what is wanted as well is known already. */
function* edgesOf(nodes, wanted) {
    for (const { dependencies } of nodes)
        for (const { hash } of dependencies)
            if (!wanted.has(hash))
                yield hash;
}

;// CONCATENATED MODULE: ./build/commands/explain.js
/** `explain`: why specs of an environment are missing, what has changed, and whose fault that is. */








/**
 * Explains what the gate finds missing; without mirrors, what neither the other environment nor the install tree has.
 * @throws BuildcacheError for what cannot be worked with at all, as `check`; `usage` where there is nothing to compare with
 */
async function explainEnvironment(options, reporter) {
    const { mirrors, against, store, environment, selection } = options;
    if (mirrors.length > 0) {
        const gate = await (0,check/* check */.z)({ ...options, allowEmpty: false }, reporter);
        return explainGate(gate, options, reporter);
    }
    if (against === undefined && store === undefined) {
        throw new errors/* BuildcacheError */.fO('usage', 'there is nothing to compare with', {
            hint: 'name a mirror with --mirror-url, another lockfile with --against, or an install tree with --store',
        });
    }
    const graph = await (0,mirrors_environment/* readEnvironment */.Qo)(environment);
    const specs = await (0,plan_selection/* selectSpecs */.rk)(graph, selection);
    const pool = (0,explain_pool/* makePool */.R)();
    await addNamed(pool, options);
    const missing = specs.filter(({ hash }) => pool.holders(hash).length === 0);
    return finish(missing, specs.length, graph.nodes, pool, undefined, NOTHING_FOUND, options);
}
/** Explains what a check has found to be missing. @throws as {@link explainEnvironment} */
async function explainGate(gate, options, reporter) {
    const missing = (0,rebuild/* specsWith */.FT)(gate, 'rebuild');
    const pool = (0,explain_pool/* makePool */.R)();
    let found = NOTHING_FOUND;
    if (missing.length > 0) {
        found = await addMirrors(pool, missing, (0,explain/* nodesAsHashed */.z)(gate), options, reporter);
        await addNamed(pool, options);
    }
    return finish(missing, gate.decisions.length, gate.nodes, pool, gate, found, options);
}
const NOTHING_FOUND = { notes: [], incomplete: false };
function finish(missing, total, nodes, pool, gate, { notes, incomplete }, { mirrors, against, store }) {
    const named = [against, store].filter((each) => each !== undefined);
    return {
        explanation: (0,explain/* explain */.W)(missing, { nodes }, pool),
        total,
        nodes,
        gate,
        sources: [...mirrors.map(({ name }) => name), ...named],
        incomplete,
        notes,
    };
}


/***/ }),

/***/ 16351:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   explainStep: () => (/* binding */ explainStep)
/* harmony export */ });
/* harmony import */ var _cache_index_store_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(67489);
/* harmony import */ var _commands_explain_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(40751);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(62807);
/* harmony import */ var _github_explain_markdown_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(70695);
/* harmony import */ var _plan_rebuild_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(41033);
/* harmony import */ var _report_explain_text_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(37258);
/* harmony import */ var _action_connection_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(84895);
/* harmony import */ var _index_folder_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(53424);
/** The action's `explain: true`: why what the gate finds missing is missing, for the log and the job's summary. */








/**
 * @param indexFolder where the check has kept the mirrors' indices
 * @returns Markdown; empty where nothing is missing, or it could not be found out, which is only a warning: the gate has
 *   its answer already
 */
async function explainStep(result, inputs, env, indexFolder, reporter, signal) {
    if ((0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_7__/* .specsWith */ .FT)(result, 'rebuild').length === 0)
        return '';
    try {
        const explained = await (0,_index_folder_js__WEBPACK_IMPORTED_MODULE_6__/* .withIndexFolder */ .V)(indexFolder, (folder) => (0,_commands_explain_js__WEBPACK_IMPORTED_MODULE_1__/* .explainGate */ .V)(result, {
            mirrors: inputs.configuration.mirrors.filter(({ binary }) => binary),
            against: undefined,
            store: undefined,
            cwd: inputs.environment.folder,
            env,
            connection: (0,_action_connection_js__WEBPACK_IMPORTED_MODULE_5__/* .actionConnection */ .X)(inputs, env),
            indexStore: (0,_cache_index_store_js__WEBPACK_IMPORTED_MODULE_0__/* .openIndexStore */ .W)(folder),
            indexTtlMs: 0,
            signal,
        }, reporter));
        reporter.grouped(`Why: ${(0,_report_explain_text_js__WEBPACK_IMPORTED_MODULE_4__/* .explainSentence */ .dS)(explained)}`, (0,_report_explain_text_js__WEBPACK_IMPORTED_MODULE_4__/* .explainText */ .lP)(explained, false));
        for (const note of explained.notes)
            reporter.warn(note);
        return (0,_github_explain_markdown_js__WEBPACK_IMPORTED_MODULE_3__.explainMarkdown)(explained);
    }
    catch (error) {
        signal.throwIfAborted();
        reporter.warn(`why could not be found out: ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .describeError */ .Uc)(error)}`);
        return '';
    }
}


/***/ }),

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

/***/ 70695:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   diffMarkdown: () => (/* binding */ diffMarkdown),
/* harmony export */   explainMarkdown: () => (/* binding */ explainMarkdown)
/* harmony export */ });
/* harmony import */ var _plan_explain_cases_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(99195);
/* harmony import */ var _report_diff_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(69706);
/* harmony import */ var _report_explain_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(37258);
/* harmony import */ var _report_explain_words_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(97036);
/* harmony import */ var _spec_format_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(40731);
/* harmony import */ var _summary_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(13794);
/** Why, as Markdown: for the job's summary, and short enough for a comment on a pull request. */






/** Rows of each table: GitHub takes no comment of more than 65,536 characters. */
const MOST_ROWS = 20;
/** Specs in a list that is folded away. */
const MOST_LISTED = 60;
function explainMarkdown(result) {
    const { explanation, incomplete, notes } = result;
    return section('### Why', [
        (0,_summary_js__WEBPACK_IMPORTED_MODULE_4__/* .escapeMarkdown */ .FV)((0,_report_explain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .explainSentence */ .dS)(result)),
        ...explanationParts(explanation),
        incomplete ? 'Not everything could be compared with: what is called new need not be.' : '',
        notes.map((note) => `- ${(0,_summary_js__WEBPACK_IMPORTED_MODULE_4__/* .escapeMarkdown */ .FV)(note)}`).join('\n'),
    ]);
}
function diffMarkdown(result) {
    const { old, new: to, explanation, updated, added, removed } = result;
    return section(`### What changed from ${(0,_summary_js__WEBPACK_IMPORTED_MODULE_4__/* .code */ .aY)(old)} to ${(0,_summary_js__WEBPACK_IMPORTED_MODULE_4__/* .code */ .aY)(to)}`, [
        ...(0,_report_diff_text_js__WEBPACK_IMPORTED_MODULE_1__/* .diffSentences */ .C0)(result).map(_summary_js__WEBPACK_IMPORTED_MODULE_4__/* .escapeMarkdown */ .FV),
        ...explanationParts(explanation),
        fold(`${updated.length} updated`, updated.map(_report_diff_text_js__WEBPACK_IMPORTED_MODULE_1__/* .updateText */ .Pq)),
        fold(`${added.length} added`, added.map(_spec_format_js__WEBPACK_IMPORTED_MODULE_5__/* .shortSpec */ .Gx)),
        fold(`${removed.length} removed`, removed.map(_spec_format_js__WEBPACK_IMPORTED_MODULE_5__/* .shortSpec */ .Gx)),
    ]);
}
function section(title, parts) {
    return `${[title, ...parts].filter((part) => part !== '').join('\n\n')}\n`;
}
function explanationParts(explanation) {
    const { causes, answers } = explanation;
    const rows = causes
        .slice(0, MOST_ROWS)
        .map((cause) => [String(cause.counted), String(cause.drags.length), (0,_summary_js__WEBPACK_IMPORTED_MODULE_4__/* .escapeMarkdown */ .FV)((0,_report_explain_words_js__WEBPACK_IMPORTED_MODULE_3__/* .causeTitle */ .ev)(cause))]);
    for (const { holders, names } of (0,_report_explain_words_js__WEBPACK_IMPORTED_MODULE_3__/* .elsewhereByHolder */ .KW)(answers)) {
        const what = (0,_summary_js__WEBPACK_IMPORTED_MODULE_4__/* .escapeMarkdown */ .FV)(`${(0,_report_explain_words_js__WEBPACK_IMPORTED_MODULE_3__/* .elsewhereText */ .Kq)(holders)}: ${(0,_report_explain_words_js__WEBPACK_IMPORTED_MODULE_3__/* .namePackages */ .BR)(names)}`);
        rows.push([String(names.length), String(names.length), what]);
    }
    const fresh = answers.filter(({ is }) => is === 'new').map(({ node }) => node.name);
    if (fresh.length > 0) {
        const what = (0,_summary_js__WEBPACK_IMPORTED_MODULE_4__/* .escapeMarkdown */ .FV)(`new, with nothing to compare with: ${(0,_report_explain_words_js__WEBPACK_IMPORTED_MODULE_3__/* .namePackages */ .BR)(fresh)}`);
        rows.push([String(fresh.length), String(fresh.length), what]);
    }
    const rest = causes.length - MOST_ROWS;
    const hints = new Set(causes.slice(0, MOST_ROWS).flatMap((cause) => (0,_plan_explain_cases_js__WEBPACK_IMPORTED_MODULE_0__/* .hintOf */ .$z)(cause.case) ?? []));
    const unproven = (0,_report_explain_words_js__WEBPACK_IMPORTED_MODULE_3__/* .unprovenReasons */ .xv)(answers).slice(0, MOST_ROWS);
    return [
        rows.length === 0 ? '' : (0,_summary_js__WEBPACK_IMPORTED_MODULE_4__/* .markdownTable */ .Qj)(['Specs', 'In all', 'Because'], rows).trimEnd(),
        rest > 0 ? `…and ${rest} more causes.` : '',
        [...hints].map((hint) => `- ${(0,_summary_js__WEBPACK_IMPORTED_MODULE_4__/* .escapeMarkdown */ .FV)(hint)}`).join('\n'),
        (0,_summary_js__WEBPACK_IMPORTED_MODULE_4__/* .escapeMarkdown */ .FV)([(0,_report_explain_words_js__WEBPACK_IMPORTED_MODULE_3__/* .onlySentence */ .Gp)(explanation), (0,_report_explain_words_js__WEBPACK_IMPORTED_MODULE_3__/* .proofSentence */ .U$)((0,_report_explain_words_js__WEBPACK_IMPORTED_MODULE_3__/* .countAnswers */ .XA)(answers))].join(' ').trim()),
        unproven
            .map(({ why, names }) => `- not proven: ${(0,_summary_js__WEBPACK_IMPORTED_MODULE_4__/* .escapeMarkdown */ .FV)(why)} (${(0,_summary_js__WEBPACK_IMPORTED_MODULE_4__/* .escapeMarkdown */ .FV)((0,_report_explain_words_js__WEBPACK_IMPORTED_MODULE_3__/* .namePackages */ .BR)(names))})`)
            .join('\n'),
    ];
}
function fold(title, items) {
    if (items.length === 0)
        return '';
    const shown = items.slice(0, MOST_LISTED).map((item) => `- ${(0,_summary_js__WEBPACK_IMPORTED_MODULE_4__/* .code */ .aY)(item)}`);
    const rest = items.length - shown.length;
    const more = rest > 0 ? [`- …and ${rest} more`] : [];
    return `<details><summary>${title}</summary>\n\n${[...shown, ...more].join('\n')}\n\n</details>`;
}


/***/ }),

/***/ 69706:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C0: () => (/* binding */ diffSentences),
/* harmony export */   NI: () => (/* binding */ diffText),
/* harmony export */   Pq: () => (/* binding */ updateText)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62807);
/* harmony import */ var _plan_rebuild_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(41033);
/* harmony import */ var _spec_format_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(40731);
/* harmony import */ var _check_text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(93235);
/* harmony import */ var _explain_text_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(37258);
/* harmony import */ var _explain_words_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(97036);
/* harmony import */ var _shared_reasons_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(44186);
/** What has changed between two environments, for a person at a terminal. */







/** Specs of each list on a screen. */
const LISTED = 10;
const NAMED = 4;
/** Lines without their ends; nothing in them can end a line or reach the terminal. */
function diffText(result, verbose, style = _check_text_js__WEBPACK_IMPORTED_MODULE_1__/* .PLAIN_STYLE */ .nV) {
    const { added, removed, updated, explanation, gate } = result;
    const lines = diffSentences(result).map(_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN);
    const list = (title, mark, items) => {
        if (items.length === 0)
            return;
        const shown = verbose ? items : items.slice(0, LISTED);
        lines.push('', title, ...shown.map((item) => `  ${mark} ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .oneLine */ .TN)(item)}`));
        if (items.length > shown.length) {
            lines.push(`    ${style.dim(`and ${items.length - shown.length} more: --verbose has them all`)}`);
        }
    };
    list('Updated:', style.doubt('~'), updated.map(updateText));
    list('Added:', style.good('+'), added.map(_spec_format_js__WEBPACK_IMPORTED_MODULE_4__/* .shortSpec */ .Gx));
    list('Removed:', style.bad('-'), removed.map(_spec_format_js__WEBPACK_IMPORTED_MODULE_4__/* .shortSpec */ .Gx));
    if (explanation.answers.length > 0)
        lines.push('', 'Because:', ...(0,_explain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .causeLines */ .t1)(explanation, verbose, style));
    for (const { reason, names } of gate === undefined ? [] : (0,_check_text_js__WEBPACK_IMPORTED_MODULE_1__/* .unknownReasons */ .i1)(gate)) {
        lines.push('', `${style.doubt('Could not tell')} for ${(0,_shared_reasons_js__WEBPACK_IMPORTED_MODULE_5__/* .nameSome */ .Kf)(names, NAMED)}:`, `  ${reason}`);
    }
    return lines;
}
/** What changed, and what there is to build, in a sentence each. */
function diffSentences(result) {
    const { added, removed, updated, rebuilt, build, gate, total } = result;
    const parts = [
        [added.length, 'added'],
        [removed.length, 'removed'],
        [updated.length, 'updated'],
        [rebuilt.length, 'rebuilt over what changed'],
    ].flatMap(([count, word]) => (count === 0 ? [] : [`${count} ${word}`]));
    const changed = parts.length === 0 ? 'No difference.' : `${parts.join(', ')}.`;
    if (gate === undefined) {
        if (parts.length === 0)
            return [changed];
        if (build.length === 0)
            return [changed, 'Nothing of that needs to be built.'];
        const are = build.length === 1 ? 'is' : 'are';
        return [changed, `${build.length} of ${total} ${(0,_explain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(total, 'spec')} ${are} not in the old one.`];
    }
    const present = (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_6__/* .specsWith */ .FT)(gate, 'present').length;
    const unknown = (0,_plan_rebuild_js__WEBPACK_IMPORTED_MODULE_6__/* .specsWith */ .FT)(gate, 'unknown').length;
    const cached = `${build.length} of ${total} ${(0,_explain_text_js__WEBPACK_IMPORTED_MODULE_2__/* .plural */ .LS)(total, 'spec')} would have to be built, ${present} are cached`;
    return [changed, unknown === 0 ? `${cached}.` : `${cached}; for ${unknown} it could not be told.`];
}
function updateText({ wanted, changes }) {
    return `${wanted.name}: ${(0,_explain_words_js__WEBPACK_IMPORTED_MODULE_3__/* .changesText */ .Tb)(changes)}`;
}


/***/ })

};
