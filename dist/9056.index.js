export const id = 9056;
export const ids = [9056];
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
/** @throws the system's error for what stood in the way: `EROFS`, `EACCES`, `ENOTDIR`, … */
async function makeFolder(folder) {
    for (let attempt = 1;; attempt++) {
        try {
            return void (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdir)(folder));
        }
        catch (error) {
            const parent = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(folder);
            const lacksParent = (0,_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .systemCode */ .xU)(error) === 'ENOENT' && parent !== folder;
            if (!lacksParent || attempt === ATTEMPTS) {
                if (await isFolder(folder))
                    return;
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

/***/ 59056:
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
/** @param block the pair's own text at no indent, ending in a line break */
function spliceFirst(text, map, block) {
    const [first] = map.items;
    const start = first && startOf(first);
    const indent = start === undefined ? undefined : indentAt(text, start);
    if (start === undefined || indent === undefined)
        return undefined;
    return text.slice(0, start - indent.length) + indented(block, indent) + text.slice(start - indent.length);
}
function spliceReplace(text, pair, block) {
    const range = linesOf(text, pair);
    if (range === undefined)
        return undefined;
    return text.slice(0, range.start) + indented(block, range.indent) + text.slice(range.end);
}
function spliceRemove(text, pair) {
    const range = linesOf(text, pair);
    return range && text.slice(0, range.start) + text.slice(range.end);
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
    const range = pair.value?.range;
    // The value ends where its last character is; blank lines and comments after it are somebody else's.
    const content = text.slice(key, range?.[1] ?? key).trimEnd().length;
    return { start: key - indent.length, end: lineEnd(text, key + content), indent };
}
function startOf(pair) {
    return pair.key?.range?.[0];
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
    const whole = printed(document, file);
    const spliced = spliceEdit(text, new Editor(parse(text), yaml.isMap, file), isEnvironment, edit, () => {
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
    });
    const isSame = (source) => JSON.stringify(parse(source).toJS()) === JSON.stringify(document.toJS());
    return spliced !== undefined && parse(spliced).errors.length === 0 && isSame(spliced) ? spliced : whole;
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
/** The same edit on the lines it is about; undefined where they are not written in blocks. */
function spliceEdit(text, editor, isEnvironment, edit, makeBlock) {
    const { map, line, parent } = editor.place(isEnvironment);
    const pair = map?.items.find((each) => keyOf(each) === edit.name);
    const block = edit.kind === 'remove' ? '' : makeBlock();
    if (block === undefined)
        return undefined;
    switch (edit.kind) {
        case 'add':
            if (map !== undefined && map.items.length > 0)
                return spliceFirst(text, map, block);
            if (line !== undefined)
                return spliceInto(text, line, '  ', block);
            return parent && spliceLast(text, parent, `mirrors:\n${block.replace(/^(?=.)/gm, '  ')}`);
        case 'set':
            return pair && spliceReplace(text, pair, block);
        case 'remove':
            // Nothing left under "mirrors:" reads as null, which is fine with everybody.
            return pair && spliceRemove(text, pair);
    }
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
/** Without Spack's override mark: `name::`. */
function keyOf(pair) {
    const key = pair.key?.value ?? pair.key;
    return String(key).replace(/:+$/, '');
}
function withoutUndefined(changes) {
    return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

// EXTERNAL MODULE: ./build/mirrors/environment.js + 1 modules
var environment = __webpack_require__(52875);
// EXTERNAL MODULE: ./build/mirrors/host-facts.js
var host_facts = __webpack_require__(45559);
// EXTERNAL MODULE: ./build/mirrors/location.js
var mirrors_location = __webpack_require__(6296);
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
        ];
        const { fetch, push } = mirror;
        const isSame = fetch.url === push.url && fetch.view === push.view;
        const places = isSame ? place(fetch) : `fetch ${place(fetch)}, push ${place(push)}`;
        return `${(0,errors/* oneLine */.TN)(mirror.name).padEnd(width)}  [${marks.join(', ')}]  ${(0,errors/* oneLine */.TN)(places)}`;
    });
}
/** What `mirror list --json` prints. Fields are added, never changed: `version` says when that is not so. */
function mirrorsJson(mirrors) {
    const side = ({ url, view, endpointUrl, credentials }) => ({
        url: url === '' ? null : (0,redact/* redactUrl */.B)(url),
        view: view ?? null,
        endpoint_url: endpointUrl === undefined ? null : (0,redact/* redactUrl */.B)(endpointUrl),
        credentials: credentialsJson(credentials),
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

;// CONCATENATED MODULE: ./build/entry/verb-mirror.js
/** `buildcache mirror list|add|set|remove`: the mirrors in an environment's spack.yaml, or in a mirrors.yaml. */












function verb_mirror_define(command, context) {
    const verb = (name, description) => addFileOptions(command.command(name).description(description));
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
    addConnectionOptions(verb('set', 'change a mirror'))
        .argument('<name>', 'the mirror')
        .option('--url <url>', 'a URL or a path')
        .addOption(new esm/* Option */.c$('--push', 'change only how it is pushed to').conflicts('fetch'))
        .addOption(new esm/* Option */.c$('--fetch', 'change only how it is fetched from'))
        .option('--no-autopush', 'do not push to it after builds')
        .action((name, options) => {
        const url = options.url === undefined ? undefined : urlFor(options.url, context);
        const direction = options.fetch ? 'fetch' : options.push ? 'push' : undefined;
        return write({ kind: 'set', name, changes: { url, ...changesOf(options) }, direction }, options, context);
    });
    verb('remove', 'remove a mirror')
        .alias('rm')
        .argument('<name>', 'the mirror')
        .action((name, options) => write({ kind: 'remove', name }, options, context));
}
function addFileOptions(command) {
    return command
        .option('-e, --environment <dir|spack.yaml>', 'the environment (default: $SPACK_ENV, then the working directory)')
        .option('--mirrors <file>', "a mirrors.yaml instead of the environment's spack.yaml");
}
function addConnectionOptions(command) {
    return command
        .addOption(new esm/* Option */.c$('--type <type>', 'what it holds (repeatable; default: both)')
        .choices(['binary', 'source'])
        .argParser(mirrorType))
        .option('--autopush', 'push to it after builds')
        .option('--signed', 'sign, and believe only what is signed')
        .option('--unsigned', 'neither sign nor look at signatures')
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
    const { folder } = await (0,environment/* findEnvironment */.jY)(environmentOf(options, context));
    let configuration = await (0,environment/* environmentMirrors */.ux)(folder, env);
    if (options.mirrors !== undefined) {
        configuration = (0,environment/* mergeMirrors */.ZQ)(await (0,environment/* mirrorsFile */.vd)((0,external_node_path_.resolve)(cwd, options.mirrors), env, folder), configuration);
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
/** Changes the file whole or not at all, and only to what can be read again. */
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
    await requireReadable(changed, file, isEnvironment, context);
    await (0,write_file/* writeWholeFile */.R0)(file, changed);
    context.exit(0);
}
async function fileToChange(options, context) {
    if (options.mirrors !== undefined)
        return { file: (0,external_node_path_.resolve)(context.cwd, options.mirrors), isEnvironment: false };
    const where = environmentOf(options, context);
    const file = (0,external_node_path_.join)((await (0,environment/* findEnvironment */.jY)(where)).folder, 'spack.yaml');
    const isThere = await (0,promises_.stat)(file).then(() => true, () => false);
    if (isThere)
        return { file, isEnvironment: true };
    throw new errors/* BuildcacheError */.fO('not-found', 'there is no spack.yaml to write mirrors to', {
        file,
        hint: 'name an environment with --environment, or a mirrors.yaml with --mirrors',
    });
}
async function requireReadable(text, file, isEnvironment, { env, cwd }) {
    const document = await (0,environment/* parseYaml */.hN)(text, file);
    const scope = isEnvironment && (0,json/* isObject */.Gv)(document) ? document['spack'] : document;
    const section = (0,json/* isObject */.Gv)(scope)
        ? (scope['mirrors'] ?? scope['mirrors:'] ?? (isEnvironment ? {} : scope))
        : scope;
    const host = await (0,host_facts/* hostFactsFor */.P)(text);
    (0,config/* parseMirrors */.C)(section, file, {
        base: cwd,
        environment: isEnvironment ? (0,external_node_path_.dirname)(file) : undefined,
        env,
        host,
    });
}
function environmentOf({ environment }, { env, cwd }) {
    return (0,external_node_path_.resolve)(cwd, environment ?? (env['SPACK_ENV'] || '.'));
}
/** As typed here; in the file a relative path would start from the file's folder. */
function urlFor(text, { cwd }) {
    return (0,mirrors_location/* hasKnownScheme */.ZC)(text) || /^[$~/]/.test(text) ? text : (0,external_node_path_.resolve)(cwd, text);
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
