export const id = 3810;
export const ids = [3810];
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

/***/ 69832:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Dq: () => (/* binding */ addYes),
/* harmony export */   TR: () => (/* binding */ refuse),
/* harmony export */   Z9: () => (/* binding */ refuseScope),
/* harmony export */   pU: () => (/* binding */ addYesToAll)
/* harmony export */ });
/* harmony import */ var commander__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(48179);
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(62807);
/** Options of Spack's verbs that have nothing to do here: accepted where that is harmless, else refused with what to use. */


/** For a verb that asks nothing, so that there is nothing to say yes to. */
function addYesToAll(command) {
    return command.option('-y, --yes-to-all', 'as in Spack; nothing is asked here', false);
}
/** Spack's long form of `--yes`, for a verb that has that. */
function addYes(command, description) {
    return command
        .option('-y, --yes', description, false)
        .addOption(new commander__WEBPACK_IMPORTED_MODULE_0__/* .Option */ .c$('--yes-to-all').implies({ yes: true }).hideHelp());
}
/** @param hint what to use instead of a configuration scope */
function refuseScope(command, hint) {
    return refuse(command, '--scope <scope>', "Spack's configuration scopes are not read here", hint);
}
/**
 * @param flags as commander wants them
 * @param why that this is not here; `hint` says what is
 */
function refuse(command, flags, why, hint) {
    const option = new commander__WEBPACK_IMPORTED_MODULE_0__/* .Option */ .c$(flags).hideHelp();
    const usage = () => new _core_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .BuildcacheError */ .fO('usage', `${option.long ?? flags}: ${why}`, { hint });
    if (option.required) {
        option.argParser(() => {
            throw usage();
        });
    }
    else {
        command.hook('preAction', (_, used) => {
            if (used.getOptionValue(option.attributeName()) === true)
                throw usage();
        });
    }
    return command.addOption(option);
}


/***/ }),

/***/ 83810:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  define: () => (/* binding */ verb_mirror_define)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./node_modules/commander/esm.mjs
var esm = __webpack_require__(48179);
// EXTERNAL MODULE: ./build/core/errors.js
var errors = __webpack_require__(62807);
// EXTERNAL MODULE: ./build/core/json.js
var json = __webpack_require__(28314);
// EXTERNAL MODULE: ./build/core/write-file.js
var write_file = __webpack_require__(23020);
// EXTERNAL MODULE: ./build/mirrors/config.js
var config = __webpack_require__(62029);
;// CONCATENATED MODULE: ./build/mirrors/splice-yaml.js
/**
 * Before the others, and before what is said about the first of them.
 * @param line the pair whose value the map is; undefined for a map that is the whole document
 * @param block the pair's own text at no indent, ending in a line break
 */
function spliceFirst(text, map, line, block) {
    const [first] = map.items;
    const start = first && startOf(first);
    const indent = start === undefined ? undefined : indentAt(text, start);
    if (start === undefined || indent === undefined)
        return undefined;
    const heading = line && startOf(line);
    const at = heading === undefined ? start - indent.length : lineEnd(text, heading);
    return text.slice(0, at) + indented(block, indent) + text.slice(at);
}
function spliceReplace(text, pair, block) {
    const range = linesOf(text, pair);
    if (range === undefined)
        return undefined;
    return text.slice(0, range.start) + indented(block, range.indent) + text.slice(range.end);
}
/** A pair in a map that is empty so far: `name:` or `name: {}`. */
function spliceInto(text, parent, step, block) {
    const start = startOf(parent);
    const indent = start === undefined ? undefined : indentAt(text, start);
    if (start === undefined || indent === undefined)
        return undefined;
    const end = lineEnd(text, start);
    const line = text.slice(start, end).replace(/:[ \t]*\{[ \t]*\}/, ':');
    return `${text.slice(0, start)}${line.replace(/\n?$/, '\n')}${indented(block, indent + step)}${text.slice(end)}`;
}
/** A pair after the last of a map. */
function spliceLast(text, map, block) {
    const last = map.items.at(-1);
    const range = last && linesOf(text, last);
    if (range === undefined)
        return undefined;
    const before = text.slice(0, range.end);
    return `${before.replace(/\n?$/, '\n')}${indented(block, range.indent)}${text.slice(range.end)}`;
}
/** From the beginning of its first line to the end of its last one. */
function linesOf(text, pair) {
    const key = startOf(pair);
    const indent = key === undefined ? undefined : indentAt(text, key);
    if (key === undefined || indent === undefined)
        return undefined;
    // The value ends where its last character is; blank lines and comments after it are somebody else's.
    const content = text.slice(key, rangeOf(pair.value)?.end ?? key).trimEnd().length;
    return { start: key - indent.length, end: lineEnd(text, key + content), indent };
}
function startOf(pair) {
    return rangeOf(pair.key)?.start;
}
/** Of a node's own characters, without what follows them. */
function rangeOf(node) {
    const [start, end] = node?.range ?? [];
    return start === undefined || end === undefined ? undefined : { start, end };
}
/** What stands before it in its line; undefined when that is more than spaces. */
function indentAt(text, at) {
    const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
    return /^ *$/.test(line) ? line : undefined;
}
/** Behind the line break. */
function lineEnd(text, at) {
    const end = text.indexOf('\n', at);
    return end === -1 ? text.length : end + 1;
}
function indented(block, indent) {
    return block.replace(/^(?=.)/gm, indent);
}

;// CONCATENATED MODULE: ./build/mirrors/reconcile-yaml.js

/** @param edits that do not overlap, in any order; of those at one place the first comes first */
function applyEdits(text, edits) {
    const ordered = edits.map((edit, i) => ({ ...edit, i })).sort((a, b) => b.start - a.start || b.i - a.i);
    let result = text;
    for (const { start, end, text: replacement } of ordered) {
        result = result.slice(0, start) + replacement + result.slice(end);
    }
    return result;
}
/** What pairs of one document become. */
class Reconciler {
    #yaml;
    #text;
    /** As the rest of the file ends its lines. */
    #eol;
    constructor(yaml, text) {
        this.#yaml = yaml;
        this.#text = text;
        this.#eol = eolOf(text);
    }
    /** @param wanted the pair's value as plain data */
    pair(pair, wanted, isInFlow) {
        const { isMap, isScalar } = this.#yaml;
        const node = pair.value;
        if (isMap(node) && isRecord(wanted))
            return this.#map(node, wanted, pair);
        if (!isScalar(node) || typeof node.type !== 'string' || node.type.startsWith('BLOCK'))
            return undefined;
        if (node.value === wanted)
            return [];
        const range = rangeOf(node);
        if (range === undefined)
            return undefined;
        if (!isRecord(wanted)) {
            return [{ ...range, text: this.#scalar(wanted, isInFlow, node.type) }];
        }
        return this.#wrapped(pair, node, range, wanted, isInFlow);
    }
    /** Taken out with its comma, or with its lines. */
    remove(map, pair) {
        if (map.flow !== true) {
            const lines = linesOf(this.#text, pair);
            return lines && [{ start: lines.start, end: lines.end, text: '' }];
        }
        const start = startOf(pair);
        const end = rangeOf(pair.value)?.end ?? rangeOf(pair.key)?.end;
        if (start === undefined || end === undefined)
            return undefined;
        const after = /^[ \t]*,[ \t]*/.exec(this.#text.slice(end))?.[0] ?? '';
        const line = this.#text.lastIndexOf('\n', start - 1) + 1;
        const rest = this.#text.slice(end + after.length, lineEnd(this.#text, end));
        const isLineOfItsOwn = indentAt(this.#text, start) !== undefined && /^\s*(#.*)?$/.test(rest);
        if (isLineOfItsOwn)
            return [{ start: line, end: lineEnd(this.#text, end), text: '' }];
        if (after !== '')
            return [{ start, end: end + after.length, text: '' }];
        const before = /,\s*$/.exec(this.#text.slice(0, start))?.[0] ?? '';
        return [{ start: start - before.length, end, text: '' }];
    }
    /** `name: value` before the first of a map in braces. */
    insertFirst(map, name, value) {
        const range = rangeOf(map);
        if (range === undefined || this.#text[range.start] !== '{')
            return undefined;
        const at = range.start + 1;
        const [separator, space] = map.items.length === 0 ? ['', ''] : [', ', /^[ \t]*/.exec(this.#text.slice(at))?.[0]];
        const item = `${this.#scalar(name, true)}: ${this.#flow(value)}${separator}`;
        return [{ start: at + (space ?? '').length, end: at + (space ?? '').length, text: item }];
    }
    #map(map, wanted, parent) {
        const isFlow = map.flow === true;
        const edits = [];
        const keys = Object.keys(wanted);
        const present = new Set(map.items.map(keyOf));
        if (present.has('<<'))
            return undefined;
        for (const [i, item] of map.items.entries()) {
            const key = keyOf(item);
            const instead = keys[i];
            if (!(key in wanted) && instead !== undefined && !present.has(instead)) {
                const replaced = this.#replaced(item, instead, wanted[instead], isFlow);
                if (replaced === undefined)
                    return undefined;
                present.add(instead);
                edits.push(replaced);
                continue;
            }
            const isSame = key in wanted && JSON.stringify(plain(item.value)) === JSON.stringify(wanted[key]);
            if (isSame)
                continue;
            const own = key in wanted ? this.pair(item, wanted[key], isFlow) : this.remove(map, item);
            if (own === undefined)
                return undefined;
            edits.push(...own);
        }
        const added = Object.entries(wanted).filter(([key]) => !present.has(key));
        const last = map.items.at(-1);
        if (added.length === 0)
            return edits;
        if (last === undefined)
            return undefined;
        if (isFlow) {
            const end = rangeOf(last.value)?.end;
            if (end === undefined)
                return undefined;
            const items = added.map(([key, value]) => `, ${this.#scalar(key, true)}: ${this.#flow(value)}`);
            return [...edits, { start: end, end, text: items.join('') }];
        }
        const lines = linesOf(this.#text, last);
        if (lines === undefined)
            return undefined;
        return [
            ...edits,
            {
                start: lines.end,
                end: lines.end,
                text: this.#lines(added, lines.indent, this.#step(parent, lines.indent), lines.end),
            },
        ];
    }
    /** One scalar in the place of another, with another key. */
    #replaced(item, key, value, isInFlow) {
        const start = startOf(item);
        const range = rangeOf(item.value);
        if (start === undefined || range === undefined || isRecord(value) || !this.#yaml.isScalar(item.value))
            return undefined;
        const type = item.value.type ?? undefined;
        const text = `${this.#scalar(key, isInFlow)}: ${this.#scalar(value, isInFlow, type)}`;
        return { start, end: range.end, text };
    }
    /** What was a scalar becomes a map; a URL that stays stays where it is, with the comment behind it. */
    #wrapped(pair, node, range, wanted, isInFlow) {
        const { url, ...rest } = wanted;
        if (typeof url !== 'string')
            return undefined;
        const written = url === node.value ? this.#text.slice(range.start, range.end) : undefined;
        if (isInFlow) {
            const first = `url: ${written ?? this.#scalar(url, true)}`;
            const others = Object.entries(rest).map(([key, value]) => `, ${this.#scalar(key, true)}: ${this.#flow(value)}`);
            return [{ ...range, text: `{${first}${others.join('')}}` }];
        }
        const keyEnd = rangeOf(pair.key)?.end;
        const key = startOf(pair);
        const indent = key === undefined ? undefined : indentAt(this.#text, key);
        if (keyEnd === undefined || indent === undefined)
            return undefined;
        const between = this.#text.slice(keyEnd, range.start);
        const [, colon] = /^([ \t]*:)[ \t]+$/.exec(between) ?? [];
        if (colon === undefined)
            return undefined;
        const inner = `${indent}  `;
        const end = lineEnd(this.#text, range.end);
        return [
            {
                start: keyEnd + colon.length,
                end: range.end,
                text: `${this.#eol}${inner}url: ${written ?? this.#scalar(url, false, node.type)}`,
            },
            { start: end, end, text: this.#lines(Object.entries(rest), inner, '  ', end) },
        ];
    }
    /** @param at where the lines go: what is before it may lack its line break */
    #lines(entries, indent, step, at) {
        const { stringify } = this.#yaml;
        const block = stringify(Object.fromEntries(entries), {
            lineWidth: 0,
            indentSeq: false,
            indent: step.length || 2,
        });
        const text = block.replace(/^(?=.)/gm, indent).replaceAll('\n', this.#eol);
        const isOpen = at > 0 && this.#text[at - 1] !== '\n';
        return isOpen ? this.#eol + text.slice(0, -this.#eol.length) : text;
    }
    /** How far what is in a pair stands to the right of it. */
    #step(parent, indent) {
        const start = startOf(parent);
        const outer = start === undefined ? undefined : indentAt(this.#text, start);
        return outer === undefined ? '  ' : indent.slice(outer.length);
    }
    #scalar(value, isInFlow, type) {
        const scalar = new this.#yaml.Scalar(value);
        if (type !== undefined && type !== null && typeof value === 'string')
            scalar.type = type;
        return isInFlow ? this.#inList(scalar) : this.#yaml.stringify(scalar, { lineWidth: 0 }).trimEnd();
    }
    #flow(value) {
        return this.#inList(value);
    }
    /** As it is written between braces, where a comma ends it. */
    #inList(value) {
        const options = { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 };
        return this.#yaml.stringify([value], options).trim().slice(1, -1);
    }
}
/** How a file ends its lines. */
function eolOf(text) {
    return /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n';
}
/** Without Spack's override mark: `name::`. */
function keyOf(pair) {
    const key = pair.key?.value ?? pair.key;
    return String(key).replace(/:+$/, '');
}
function plain(node) {
    const { toJSON } = (node ?? {});
    return toJSON === undefined ? node : toJSON.call(node);
}
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

;// CONCATENATED MODULE: ./build/mirrors/edit-mirrors.js



/**
 * @param text of the file; empty for one that is not there yet
 * @param isEnvironment a `spack.yaml`, whose mirrors stand under `spack:`
 * @returns the new text, the same where there is nothing to change
 * @throws BuildcacheError `bad-input` for what is no such file; `usage` for a mirror that is there already or is not,
 *   and for half an access pair
 */
async function editMirrors(text, file, isEnvironment, edit) {
    const yaml = await __webpack_require__.e(/* import() */ 8815).then(__webpack_require__.t.bind(__webpack_require__, 38815, 19));
    const parse = (source) => yaml.parseDocument(source, { prettyErrors: true });
    const document = parse(text);
    const [problem] = document.errors;
    if (problem !== undefined) {
        const message = problem.message.split('\n')[0]?.replace(/:$/, '') ?? '';
        throw new errors/* BuildcacheError */.fO('bad-input', `not valid YAML: ${message}`, { file });
    }
    const editor = new Editor(document, yaml.isMap, file);
    const section = editor.section(isEnvironment, edit.kind === 'add');
    if (!editor.apply(section, edit))
        return text;
    const blockOf = (pair) => {
        const alone = new yaml.Document({});
        const { key, value } = pair.clone();
        const node = key;
        // What stands around it in the text stays there.
        if (yaml.isScalar(key))
            Object.assign(node, { commentBefore: undefined, spaceBefore: false });
        if (yaml.isMap(value))
            value.comment = null;
        alone.contents.items.push(new yaml.Pair(key, value));
        return alone.toString({ lineWidth: 0, indentSeq: false });
    };
    const whole = () => printed(document, file).replaceAll('\n', eolOf(text));
    const before = new Editor(parse(text), yaml.isMap, file);
    const wanted = section?.items.find((each) => keyOf(each) === edit.name)?.value;
    const spliced = spliceEdit(text, before, isEnvironment, edit, {
        reconciler: new Reconciler(yaml, text),
        wanted: yaml.isNode(wanted) ? wanted.toJS(document) : wanted,
        block: () => {
            const pair = section?.items.find((each) => keyOf(each) === edit.name);
            if (pair === undefined)
                return '';
            try {
                return blockOf(pair);
            }
            catch {
                // It refers to an anchor elsewhere; the whole document can be written out.
                return undefined;
            }
        },
    });
    const data = (value) => JSON.stringify(value ?? {});
    for (const candidate of spliced) {
        const result = candidate();
        if (result === undefined)
            continue;
        const parsed = parse(result);
        if (parsed.errors.length === 0 && data(parsed.toJS()) === data(document.toJS()))
            return result;
    }
    return whole();
}
/** @throws BuildcacheError `bad-input` where something refers to an anchor that is not there any more */
function printed(document, file) {
    try {
        return document.toString({ lineWidth: 0, indentSeq: false });
    }
    catch {
        throw new errors/* BuildcacheError */.fO('bad-input', 'what would be changed has an anchor that something else refers to', {
            file,
            hint: 'write out in the file what the alias stands for, then try again',
        });
    }
}
/** The same edit on the lines it is about, in ways to be tried one after the other; each may give nothing. */
function spliceEdit(text, editor, isEnvironment, edit, { reconciler, wanted, block, }) {
    const { map, line, parent } = editor.place(isEnvironment);
    const pair = map?.items.find((each) => keyOf(each) === edit.name);
    const edited = (edits) => edits && applyEdits(text, edits);
    const withBlock = (use) => () => {
        const lines = block();
        return lines === undefined ? undefined : use(lines.replaceAll('\n', eolOf(text)));
    };
    switch (edit.kind) {
        case 'add':
            if (map !== undefined && map.items.length > 0) {
                if (map.flow === true)
                    return [() => edited(reconciler.insertFirst(map, edit.name, wanted))];
                return [withBlock((lines) => spliceFirst(text, map, line, lines))];
            }
            if (line !== undefined)
                return [withBlock((lines) => spliceInto(text, line, '  ', lines))];
            return [
                withBlock((lines) => parent && spliceLast(text, parent, `mirrors:${eolOf(text)}${lines.replace(/^(?=.)/gm, '  ')}`)),
            ];
        case 'set':
            if (map === undefined || pair === undefined)
                return [];
            return [
                () => edited(reconciler.pair(pair, wanted, map.flow === true)),
                withBlock((lines) => spliceReplace(text, pair, lines)),
            ];
        case 'remove': {
            if (map === undefined || pair === undefined)
                return [];
            // Spack wants a map under "mirrors:", be it empty.
            const emptied = map.items.length === 1 && map.flow !== true && line !== undefined ? emptyMapAt(text, line) : [];
            return [
                () => {
                    const removed = reconciler.remove(map, pair);
                    return removed && emptied && edited([...emptied, ...removed]);
                },
            ];
        }
    }
}
/** Writes `{}` behind the colon of a line that has nothing else there. */
function emptyMapAt(text, line) {
    const end = rangeOf(line.key)?.end;
    const colon = end === undefined ? -1 : text.indexOf(':', end);
    return colon < 0 ? undefined : [{ start: colon + 1, end: colon + 1, text: ' {}' }];
}
/** Keys of one direction; the others are about the whole mirror. */
const CONNECTION = [
    'url',
    'access_pair',
    'access_token_variable',
    'profile',
    'endpoint_url',
    'view',
];
class Editor {
    #document;
    #isMap;
    #file;
    constructor(document, isMap, file) {
        this.#document = document;
        this.#isMap = isMap;
        this.#file = file;
    }
    /** The map of mirrors, made if need be and wanted. */
    section(isEnvironment, create) {
        const top = this.#document.contents;
        if (isEnvironment) {
            const spack = this.#isMap(top) ? top.get('spack', true) : undefined;
            if (!this.#isMap(spack))
                throw this.#malformed('a map under "spack:"');
            return this.#child(spack, 'mirrors', create);
        }
        if (top === null || top === undefined) {
            if (!create)
                return undefined;
            const made = this.#document.createNode({});
            // A file of comments alone keeps them.
            this.#document.contents = made;
            return this.#child(made, 'mirrors', true);
        }
        if (!this.#isMap(top))
            throw this.#malformed('a map under "mirrors:"');
        // The line "mirrors:" may be missing, as everywhere mirrors are read.
        const hasLine = top.items.some((pair) => keyOf(pair) === 'mirrors');
        return hasLine || top.items.length === 0 ? this.#child(top, 'mirrors', create) : top;
    }
    /** Where the mirrors stand: their map, the line it is under, and the map that line is in. */
    place(isEnvironment) {
        const top = this.#document.contents;
        const above = isEnvironment && this.#isMap(top) ? top.get('spack', true) : top;
        const parent = this.#isMap(above) ? above : undefined;
        const line = parent?.items.find((pair) => keyOf(pair) === 'mirrors');
        if (!isEnvironment && line === undefined)
            return { map: parent, line, parent };
        return { map: this.#isMap(line?.value) ? line.value : undefined, line, parent };
    }
    /** @returns whether anything was changed */
    apply(section, edit) {
        const { name } = edit;
        const at = section?.items.findIndex((pair) => keyOf(pair) === name) ?? -1;
        if (edit.kind === 'add') {
            if (at >= 0) {
                throw new errors/* BuildcacheError */.fO('usage', `there is a mirror named "${name}" already`, {
                    file: this.#file,
                    hint: 'change it with `mirror set`',
                });
            }
            const { url, ...rest } = withoutUndefined(edit.changes);
            const value = Object.keys(rest).length === 0 ? url : { url, ...this.#whole(rest, undefined) };
            // First is asked first, and what is added last is meant most.
            section?.items.unshift(this.#document.createPair(name, value));
            return true;
        }
        const pair = section?.items[at];
        if (section === undefined || pair === undefined) {
            const names = section?.items.map(keyOf) ?? [];
            throw new errors/* BuildcacheError */.fO('usage', `there is no mirror named "${name}"`, {
                file: this.#file,
                found: names.length === 0 ? 'none' : names.join(', '),
            });
        }
        if (edit.kind === 'set')
            return this.#set(pair, edit.changes, edit.direction);
        section.items.splice(at, 1);
        return true;
    }
    #set(pair, changes, direction) {
        const before = JSON.stringify(pair);
        const given = Object.entries(withoutUndefined(changes));
        const own = Object.fromEntries(given.filter(([key]) => CONNECTION.includes(key)));
        const whole = Object.fromEntries(given.filter(([key]) => !CONNECTION.includes(key)));
        if (direction === undefined)
            this.#update(pair, { ...own, ...whole });
        else {
            if (Object.keys(whole).length > 0)
                this.#update(pair, whole);
            if (Object.keys(own).length > 0) {
                const mirror = this.#asMap(pair);
                let side = mirror.items.find((each) => keyOf(each) === direction);
                if (side === undefined) {
                    side = this.#document.createPair(direction, {});
                    mirror.items.push(side);
                }
                this.#update(side, own);
            }
        }
        return JSON.stringify(pair) !== before;
    }
    /** Changes a URL, or a map of things; what is only a URL stays that. */
    #update(pair, changes) {
        const { url, ...rest } = changes;
        this.#writeOut(pair);
        const isPlain = !this.#isMap(pair.value) || pair.value.items.length === 0;
        if (isPlain && url !== undefined && Object.keys(rest).length === 0) {
            const old = pair.value;
            if (typeof old?.value === 'string')
                old.value = url;
            else
                pair.value = this.#document.createNode(url);
            return;
        }
        const map = this.#asMap(pair);
        const present = map.toJSON();
        const all = this.#whole(rest, present['access_pair']);
        for (const [key, value] of Object.entries(url === undefined ? all : { url, ...all })) {
            // Compared by value: what is the same keeps its form and comments.
            if (JSON.stringify(present[key]) !== JSON.stringify(value))
                map.set(key, this.#document.createNode(value));
        }
        // Two ways to say one thing would contradict each other.
        if ('access_token_variable' in all)
            map.delete('access_token');
    }
    /** With the parts of an access pair that are not given taken from what is there. */
    #whole(changes, present) {
        if (changes['access_pair'] === undefined)
            return changes;
        const given = changes['access_pair'];
        const old = typeof present === 'object' && present !== null && !Array.isArray(present) ? present : {};
        const hasOwnId = given.id !== undefined || given.id_variable !== undefined;
        const { id, id_variable } = hasOwnId ? given : old;
        const secret_variable = given.secret_variable ?? old.secret_variable;
        if ((id === undefined && id_variable === undefined) || secret_variable === undefined) {
            throw new errors/* BuildcacheError */.fO('usage', 'half an access pair', {
                file: this.#file,
                expected: 'an id (or the variable that has it), and the variable that has the secret',
            });
        }
        return {
            ...changes,
            access_pair: { ...(id === undefined ? { id_variable } : { id }), secret_variable },
        };
    }
    /** What was said elsewhere and is changed here, is said here: an anchor is somebody else's, too. */
    #writeOut(pair) {
        const { resolve } = (pair.value ?? {});
        if (resolve === undefined)
            return;
        const found = resolve.call(pair.value, this.#document);
        if (found === undefined)
            throw this.#malformed('an alias of something');
        pair.value = this.#document.createNode(found.toJS(this.#document));
    }
    #asMap(pair) {
        this.#writeOut(pair);
        if (this.#isMap(pair.value))
            return pair.value;
        const url = pair.value?.value;
        const map = this.#document.createNode(typeof url === 'string' ? { url } : {});
        pair.value = map;
        return map;
    }
    #child(map, name, create) {
        const pair = map.items.find((each) => keyOf(each) === name);
        if (pair !== undefined && this.#isMap(pair.value)) {
            // `{}` was written for "none": what is added should not stand in braces.
            if (create && pair.value.items.length === 0)
                pair.value.flow = false;
            return pair.value;
        }
        const value = pair?.value;
        // A line without anything is a scalar that is null.
        const isEmpty = value === undefined || value === null || value.value === null;
        if (!isEmpty)
            throw this.#malformed(`a map under "${name}:"`);
        if (!create)
            return undefined;
        const made = this.#document.createNode({});
        if (pair === undefined)
            map.items.push(this.#document.createPair(name, made));
        else
            pair.value = made;
        return made;
    }
    #malformed(expected) {
        return new errors/* BuildcacheError */.fO('bad-input', 'mirrors is malformed', { file: this.#file, expected });
    }
}
function withoutUndefined(changes) {
    return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

// EXTERNAL MODULE: ./build/mirrors/environment.js + 1 modules
var mirrors_environment = __webpack_require__(10432);
// EXTERNAL MODULE: ./build/mirrors/host-facts.js
var host_facts = __webpack_require__(45559);
// EXTERNAL MODULE: ./build/mirrors/location.js
var mirrors_location = __webpack_require__(6296);
// EXTERNAL MODULE: ./build/mirrors/merge-sections.js
var merge_sections = __webpack_require__(19472);
// EXTERNAL MODULE: ./build/mirrors/open.js
var mirrors_open = __webpack_require__(95227);
// EXTERNAL MODULE: ./build/core/redact.js
var redact = __webpack_require__(193);
;// CONCATENATED MODULE: ./build/report/mirrors-list.js
/** Configured mirrors, for a person and for machines. Secrets are named by their variables and never shown. */


/** Lines without their ends, names in a column. */
function mirrorsText(mirrors) {
    const width = Math.max(0, ...mirrors.map(({ name }) => (0,errors/* oneLine */.TN)(name).length));
    return mirrors.map((mirror) => {
        const marks = [
            mirror.signed ? 'signed' : 'unsigned',
            ...(mirror.autopush ? ['autopush'] : []),
            ...(mirror.binary ? [] : ['sources only']),
            ...((mirror.fetch.filter ?? mirror.push.filter) ? ['filtered'] : []),
        ];
        const { fetch, push } = mirror;
        const isSame = fetch.url === push.url && fetch.view === push.view;
        const places = isSame ? place(fetch) : `fetch ${place(fetch)}, push ${place(push)}`;
        return `${(0,errors/* oneLine */.TN)(mirror.name).padEnd(width)}  [${marks.join(', ')}]  ${(0,errors/* oneLine */.TN)(places)}`;
    });
}
/** What `mirror list --json` prints. Fields are added, never changed: `version` says when that is not so. */
function mirrorsJson(mirrors) {
    const side = ({ url, view, endpointUrl, credentials, filter }) => ({
        url: url === '' ? null : (0,redact/* redactUrl */.B)(url),
        view: view ?? null,
        endpoint_url: endpointUrl === undefined ? null : (0,redact/* redactUrl */.B)(endpointUrl),
        credentials: credentialsJson(credentials),
        include_binary: filter?.include ?? [],
        exclude_binary: filter?.exclude ?? [],
    });
    return {
        version: 1,
        mirrors: mirrors.map(({ name, fetch, push, signed, autopush, binary }) => ({
            name,
            signed,
            autopush,
            binary,
            fetch: side(fetch),
            push: side(push),
        })),
    };
}
function place({ url, view }) {
    if (url === '')
        return 'nowhere';
    return view === undefined ? (0,redact/* redactUrl */.B)(url) : `${(0,redact/* redactUrl */.B)(url)} (view ${view})`;
}
function credentialsJson({ id, secretVariable, tokenVariable, profile }) {
    return {
        id: id !== undefined && 'value' in id ? id.value : null,
        id_variable: id !== undefined && 'variable' in id ? id.variable : null,
        secret_variable: secretVariable ?? null,
        access_token_variable: tokenVariable ?? null,
        profile: profile ?? null,
    };
}

// EXTERNAL MODULE: ./build/entry/spack-options.js
var spack_options = __webpack_require__(69832);
;// CONCATENATED MODULE: ./build/entry/verb-mirror.js
/** `buildcache mirror list|add|set|set-url|remove`: the mirrors in an environment's spack.yaml, or in a mirrors.yaml. */















function verb_mirror_define(command, context) {
    const verb = (name, description) => addFileOptions(command.command(name).description(description));
    const set = (name, options) => {
        const url = options.url === undefined ? undefined : urlFor(options.url, context);
        const direction = options.fetch ? 'fetch' : options.push ? 'push' : undefined;
        const changes = { url, ...changesOf(options) };
        return write({ kind: 'set', name, changes, direction }, options, context);
    };
    verb('list', 'list the configured mirrors, the first asked first')
        .alias('ls')
        .option('--json', 'print everything as JSON', false)
        .action((options) => list(options, context));
    addConnectionOptions(verb('add', 'add a mirror, before the others'))
        .argument('<name>', 'what to call it', mirrorName)
        .argument('<url>', 'a URL or a path')
        .option('-n, --name <view>', 'an index of its own')
        .action((name, url, options) => {
        const changes = { url: urlFor(url, context), ...changesOf(options), view: options.name };
        return write({ kind: 'add', name, changes }, options, context);
    });
    addDirectionOptions(addConnectionOptions(verb('set', 'change a mirror')))
        .argument('<name>', 'the mirror')
        .option('--url <url>', 'a URL or a path')
        .option('--no-autopush', 'do not push to it after builds')
        .action((name, options) => set(name, options));
    addDirectionOptions(addAccessOptions(verb('set-url', 'change the URL of a mirror')))
        .argument('<name>', 'the mirror')
        .argument('<url>', 'a URL or a path')
        .action((name, url, options) => set(name, { ...options, url }));
    const remove = verb('remove', 'remove a mirror')
        .alias('rm')
        .argument('<name>', 'the mirror')
        .action((name, options) => write({ kind: 'remove', name }, options, context));
    (0,spack_options/* refuse */.TR)(remove, '--all-scopes', 'one file is changed', ONE_FILE);
    notHere(command, 'create', 'mirrors of sources are made by Spack', 'for a build cache, push to its path');
    const emptying = 'remove entries with prune, and a folder or bucket with its own tools';
    notHere(command, 'destroy', 'a mirror is not removed with all that it holds', emptying);
}
const ONE_FILE = 'name the file with --environment or --mirrors';
/** A verb of Spack's that is refused, whatever comes with it. */
function notHere(command, name, why, hint) {
    command
        .command(name, { hidden: true })
        .allowUnknownOption()
        .allowExcessArguments()
        .action(() => {
        throw new errors/* BuildcacheError */.fO('usage', `there is no mirror ${name}: ${why}`, { hint });
    });
}
function addFileOptions(command) {
    return (0,spack_options/* refuseScope */.Z9)(command, ONE_FILE)
        .option('-e, --environment <dir|spack.yaml>', 'the environment (default: $SPACK_ENV, then the working directory)')
        .option('--mirrors <file>', "a mirrors.yaml instead of the environment's spack.yaml");
}
function addDirectionOptions(command) {
    return command
        .addOption(new esm/* Option */.c$('--push', 'change only how it is pushed to').conflicts('fetch'))
        .addOption(new esm/* Option */.c$('--fetch', 'change only how it is fetched from'));
}
function addConnectionOptions(command) {
    command
        .addOption(new esm/* Option */.c$('--type <type>', 'what it holds (repeatable; default: both)')
        .choices(['binary', 'source'])
        .argParser(mirrorType))
        .option('--autopush', 'push to it after builds')
        .option('--signed', 'sign, and believe only what is signed')
        .option('--unsigned', 'neither sign nor look at signatures');
    return addAccessOptions(command);
}
function addAccessOptions(command) {
    return command
        .option('--s3-access-key-id <id>', 'the id for S3')
        .addOption(new esm/* Option */.c$('--s3-access-key-id-variable <name>', 'the variable that has it').conflicts('s3AccessKeyId'))
        .option('--s3-access-key-secret-variable <name>', 'the variable that has the secret for S3')
        .option('--s3-access-token-variable <name>', 'the variable that has a token')
        .option('--s3-profile <name>', 'a profile of the AWS configuration')
        .option('--s3-endpoint-url <url>', 'another endpoint than AWS')
        .option('--oci-username <name>', 'the user of a registry')
        .addOption(new esm/* Option */.c$('--oci-username-variable <name>', 'the variable that has it').conflicts('ociUsername'))
        .option('--oci-password-variable <name>', 'the variable that has the password of a registry');
}
async function list(options, context) {
    const { env, cwd } = context;
    const { folder } = await (0,mirrors_environment/* findEnvironment */.jY)(environmentOf(options, context));
    let configuration = await (0,mirrors_environment/* environmentMirrors */.ux)(folder, env);
    if (options.mirrors !== undefined) {
        configuration = (0,mirrors_environment/* mergeMirrors */.ZQ)(await (0,mirrors_environment/* mirrorsFile */.vd)((0,external_node_path_.resolve)(cwd, options.mirrors), env, folder), configuration);
    }
    const { mirrors, notes } = configuration;
    for (const note of notes)
        context.stderr.write(`warning: ${(0,errors/* oneLine */.TN)(note)}\n`);
    if (options.json)
        context.stdout.write(`${JSON.stringify(mirrorsJson(mirrors), null, 2)}\n`);
    else if (mirrors.length === 0)
        context.stdout.write('No mirrors are configured.\n');
    else
        context.stdout.write(`${mirrorsText(mirrors).join('\n')}\n`);
    context.exit(0);
}
/**
 * Changes the file whole or not at all, and only to what `check` can work with: to add one, all mirrors of the file; to
 * change one, that; to remove one, nothing that there was must be right.
 */
async function write(edit, options, context) {
    const { file, isEnvironment } = await fileToChange(options, context);
    let text = '';
    try {
        text = await (0,promises_.readFile)(file, 'utf8');
    }
    catch (error) {
        if ((0,errors/* systemCode */.xU)(error) !== 'ENOENT' || isEnvironment || edit.kind !== 'add')
            throw (0,errors/* fileError */.zS)(error, file, 'read it');
    }
    const changed = await editMirrors(text, file, isEnvironment, edit);
    if (changed === text) {
        context.stdout.write('Nothing to change.\n');
        return context.exit(0);
    }
    if (edit.kind !== 'remove')
        await requireUsable(changed, file, isEnvironment, edit, context);
    await (0,write_file/* writeWholeFile */.R0)(file, changed);
    context.exit(0);
}
async function fileToChange(options, context) {
    if (options.mirrors !== undefined)
        return { file: (0,external_node_path_.resolve)(context.cwd, options.mirrors), isEnvironment: false };
    const where = environmentOf(options, context);
    const file = (0,external_node_path_.join)((await (0,mirrors_environment/* findEnvironment */.jY)(where)).folder, 'spack.yaml');
    const isThere = await (0,promises_.stat)(file).then(() => true, () => false);
    if (isThere)
        return { file, isEnvironment: true };
    throw new errors/* BuildcacheError */.fO('not-found', 'there is no spack.yaml to write mirrors to', {
        file,
        hint: 'name an environment with --environment, or a mirrors.yaml with --mirrors',
    });
}
async function requireUsable(text, file, isEnvironment, edit, { env, cwd }) {
    const document = await (0,mirrors_environment/* parseYaml */.hN)(text, file);
    const scope = isEnvironment && (0,json/* isObject */.Gv)(document) ? document['spack'] : document;
    const section = (0,json/* isObject */.Gv)(scope)
        ? ((0,mirrors_environment/* sectionOf */.ZE)(scope, 'mirrors')?.[1] ?? (isEnvironment ? {} : scope))
        : scope;
    const host = await (0,host_facts/* hostFactsFor */.P)(text);
    const environment = isEnvironment ? (0,external_node_path_.dirname)(file) : undefined;
    const { kind, name } = edit;
    const about = kind === 'set' && (0,json/* isObject */.Gv)(section)
        ? Object.fromEntries(Object.entries(section).filter(([key]) => (0,merge_sections/* withoutMark */.E_)(key) === name))
        : section;
    const { mirrors } = await (0,config/* readMirrors */.ph)(about, file, { base: cwd, environment, env, host });
    const mirror = mirrors.find((candidate) => candidate.name === name);
    // What holds sources only is not opened, and what was there before is not asked about.
    if (mirror?.binary !== true || (edit.kind === 'set' && edit.changes.url === undefined))
        return;
    const direction = edit.kind === 'set' ? edit.direction : undefined;
    const sides = direction === undefined ? [mirror.fetch, mirror.push] : [mirror[direction]];
    for (const { url } of sides)
        if (url !== '')
            (0,mirrors_open/* requireKnownScheme */.aC)(name, url);
}
function environmentOf({ environment }, { env, cwd }) {
    return (0,external_node_path_.resolve)(cwd, environment ?? (env['SPACK_ENV'] || '.'));
}
/** As typed here; in the file a relative path would start from the file's folder. */
function urlFor(text, { cwd }) {
    if (text === '')
        throw new errors/* BuildcacheError */.fO('usage', 'a mirror needs a place', { expected: 'a URL or a path' });
    return (0,mirrors_location/* hasKnownScheme */.ZC)(text) || /^[$~/]|^[A-Za-z][A-Za-z0-9+.-]+:\/\//.test(text)
        ? text
        : (0,external_node_path_.resolve)(cwd, text);
}
function changesOf(options) {
    if (options.signed === true && options.unsigned === true) {
        throw new errors/* BuildcacheError */.fO('usage', '--signed and --unsigned contradict each other');
    }
    return {
        access_pair: accessPair(options),
        access_token_variable: options.s3AccessTokenVariable,
        profile: options.s3Profile,
        endpoint_url: options.s3EndpointUrl,
        binary: options.type?.includes('binary'),
        source: options.type?.includes('source'),
        signed: options.unsigned === true ? false : options.signed,
        autopush: options.autopush,
    };
}
function accessPair(options) {
    const pair = {
        id: options.s3AccessKeyId ?? options.ociUsername,
        id_variable: options.s3AccessKeyIdVariable ?? options.ociUsernameVariable,
        secret_variable: options.s3AccessKeySecretVariable ?? options.ociPasswordVariable,
    };
    return Object.values(pair).some((part) => part !== undefined) ? pair : undefined;
}
function mirrorName(text) {
    // A colon at its end would be Spack's mark to override, "<<" YAML's to merge.
    const isPlain = /^[^\s/\\:][^/\\]*$/.test(text) && !/:$|^<<$|\p{Cc}/u.test(text);
    if (isPlain && !(0,mirrors_location/* hasKnownScheme */.ZC)(text))
        return text;
    throw new esm/* InvalidArgumentError */.Di('Expected a name without slashes, which would make it a path.');
}
function mirrorType(text, before = []) {
    if (text !== 'binary' && text !== 'source')
        throw new esm/* InvalidArgumentError */.Di('Expected binary or source.');
    return [...before, text];
}


/***/ })

};
