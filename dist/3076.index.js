export const id = 3076;
export const ids = [3076];
export const modules = {

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

/***/ 13794:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   FV: () => (/* binding */ escapeMarkdown),
/* harmony export */   Qj: () => (/* binding */ markdownTable),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   fe: () => (/* binding */ appendSummary)
/* harmony export */ });
/* unused harmony export SUMMARY_LIMIT */
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(73024);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/* harmony import */ var _workflow_commands_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4972);
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
        throw new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', 'GITHUB_STEP_SUMMARY is not set', {
            hint: 'run this as a step of a GitHub job, or use the command line',
        });
    }
    try {
        const room = SUMMARY_LIMIT - ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.statSync)(file, { throwIfNoEntry: false })?.size ?? 0);
        const text = markdown.endsWith('\n') ? markdown : `${markdown}\n`;
        const fits = Buffer.byteLength(text) <= room;
        const kept = fits ? text : cut(text, room);
        if (kept !== '')
            (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.appendFileSync)(file, kept);
        return fits;
    }
    catch (error) {
        throw (0,_core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .fileError */ .zS)(error, file, 'append to the job summary');
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
    const line = (0,_workflow_commands_js__WEBPACK_IMPORTED_MODULE_2__/* .singleLine */ .pF)(text);
    return /^[^\s`|]([^`|]*[^\s`|])?$/.test(line) ? `\`${line}\`` : `<code>${escapeMarkdown(line)}</code>`;
}
/**
 * Text from outside as prose of one line. Every character that means something in GitHub's Markdown becomes an
 * entity, and what is made a link all the same, after entities are resolved (`zlib@1.3` is a mail address to
 * GitHub, `#1` an issue), is broken up by a comment.
 */
function escapeMarkdown(text) {
    return entities((0,_workflow_commands_js__WEBPACK_IMPORTED_MODULE_2__/* .singleLine */ .pF)(text))
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


/***/ })

};
