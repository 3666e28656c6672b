import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 42613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 20181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 35317:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");

/***/ }),

/***/ 76982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 24434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 79896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 58611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 65692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 73339:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("module");

/***/ }),

/***/ 69278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 34589:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:assert");

/***/ }),

/***/ 16698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 31421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 37540:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:console");

/***/ }),

/***/ 77598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 53053:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:diagnostics_channel");

/***/ }),

/***/ 40610:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");

/***/ }),

/***/ 78474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 73024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 51455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 37067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 32467:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");

/***/ }),

/***/ 44708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");

/***/ }),

/***/ 98995:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:module");

/***/ }),

/***/ 77030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 48161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 76760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 53916:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path/posix");

/***/ }),

/***/ 643:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:perf_hooks");

/***/ }),

/***/ 1708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:process");

/***/ }),

/***/ 41792:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:querystring");

/***/ }),

/***/ 80481:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:readline");

/***/ }),

/***/ 57075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 46466:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");

/***/ }),

/***/ 37830:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/web");

/***/ }),

/***/ 58500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 41692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 73136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 57975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 73429:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util/types");

/***/ }),

/***/ 75919:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");

/***/ }),

/***/ 38522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 70857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 16928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 83480:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("querystring");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 13193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");

/***/ }),

/***/ 53557:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");

/***/ }),

/***/ 64756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 52018:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tty");

/***/ }),

/***/ 87016:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("url");

/***/ }),

/***/ 39023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 28167:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("worker_threads");

/***/ }),

/***/ 62807:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   CA: () => (/* binding */ errorCode),
/* harmony export */   O9: () => (/* binding */ describeInLines),
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
    const { choices, ...facts } = error.facts;
    return describeFacts(error, { found: choices?.join(', '), ...facts });
}
/** The same for where there is room: one line, then the choices, one a line. */
function describeInLines(error) {
    if (!(error instanceof BuildcacheError) || error.facts.choices === undefined)
        return [describeError(error)];
    return [describeFacts(error, error.facts), ...error.facts.choices.map((choice) => `  ${oneLine(choice)}`)];
}
function describeFacts(error, { file, url, expected, found, hint }) {
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

/***/ 50036:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Z: () => (/* binding */ exitOnUncaught)
/* harmony export */ });
/* harmony import */ var _core_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(62807);
/**
 * Errors that nobody has caught: a bug, most likely. Node ends a process then with code 1, which is an answer here
 * ("something is to be rebuilt"); so they end it with 2 ("could not tell"), and one line.
 */

/**
 * @param say writes what a person is to read
 * @returns what puts things back as they were
 */
function exitOnUncaught(say) {
    const crash = (error) => {
        try {
            say(`internal error: ${(0,_core_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .describeError */ .Uc)(error)}. Please report it, with what was run`);
            if (process.env['BUILDCACHE_DEBUG'])
                console.error(error);
        }
        finally {
            process.exit(2);
        }
    };
    // Rejections that nobody handles come as such exceptions, too.
    process.on('uncaughtException', crash);
    return () => void process.off('uncaughtException', crash);
}


/***/ }),

/***/ 4972:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
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
 * its usual encodings. Nothing to print for one that stands in too many places, see {@link isMaskable}.
 */
function addMask(secret) {
    return isMaskable(secret) ? command('add-mask', secret) : undefined;
}
/**
 * The runner looks for a masked value within words too, and drops each output of a job that holds it. So what is short or
 * one plain word (`ci`, `true`, `minioadmin`) is not masked by us: it would empty outputs, and is hardly a secret. What
 * somebody has registered as a secret the runner masks anyway.
 */
function isMaskable(secret) {
    const text = secret.trim();
    return text.length >= SHORTEST && !/^(?:[a-z]{1,15}|[A-Z]{1,15}|\d{1,15}|[A-Z][a-z]{1,14})$/.test(text);
}
/** Characters; GitLab's bound too. */
const SHORTEST = 8;
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

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		8792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
var __webpack_exports__ = {};
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   OH: () => (/* binding */ sync),
/* harmony export */   UB: () => (/* binding */ updateIndex),
/* harmony export */   VC: () => (/* binding */ push),
/* harmony export */   ai: () => (/* binding */ install),
/* harmony export */   bE: () => (/* binding */ post),
/* harmony export */   iW: () => (/* binding */ main),
/* harmony export */   xw: () => (/* binding */ cli)
/* harmony export */ });
/* harmony import */ var _github_workflow_commands_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4972);
/* harmony import */ var _uncaught_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(50036);
/**
 * The one entry of the bundle. Launchers beside it call what they are for; each loads only its own part.
 */


/** Runs the command line and sets the exit code. */
async function cli() {
    const { packageVersion, runCli } = await __nccwpck_require__.e(/* import() */ 2576).then(__nccwpck_require__.bind(__nccwpck_require__, 2576));
    const version = packageVersion(__nccwpck_require__.ab + "package.json");
    // Sockets that are kept alive must not keep us alive.
    process.exit(await runCli(process.argv.slice(2), version));
}
/** The action's main step. */
async function main() {
    await step(async () => (await Promise.all(/* import() */[__nccwpck_require__.e(8179), __nccwpck_require__.e(7934), __nccwpck_require__.e(1055), __nccwpck_require__.e(3589), __nccwpck_require__.e(5227), __nccwpck_require__.e(8337), __nccwpck_require__.e(9908), __nccwpck_require__.e(2907), __nccwpck_require__.e(8012), __nccwpck_require__.e(8745)]).then(__nccwpck_require__.bind(__nccwpck_require__, 8745))).runMain(process.env));
}
/** The main step of the sub-actions that have one command only. */
const push = () => mainOf('push');
const updateIndex = () => mainOf('update-index');
const install = () => mainOf('install');
const sync = () => mainOf('sync');
/** The action's post step. */
async function post() {
    await step(async () => (await Promise.all(/* import() */[__nccwpck_require__.e(8179), __nccwpck_require__.e(7934), __nccwpck_require__.e(1055), __nccwpck_require__.e(3589), __nccwpck_require__.e(5227), __nccwpck_require__.e(8337), __nccwpck_require__.e(9908), __nccwpck_require__.e(2907), __nccwpck_require__.e(8012), __nccwpck_require__.e(2233)]).then(__nccwpck_require__.bind(__nccwpck_require__, 2233))).runPost(process.env));
}
async function mainOf(command) {
    await step(async () => (await Promise.all(/* import() */[__nccwpck_require__.e(8179), __nccwpck_require__.e(7934), __nccwpck_require__.e(1055), __nccwpck_require__.e(3589), __nccwpck_require__.e(5227), __nccwpck_require__.e(8337), __nccwpck_require__.e(9908), __nccwpck_require__.e(2907), __nccwpck_require__.e(8012), __nccwpck_require__.e(8745)]).then(__nccwpck_require__.bind(__nccwpck_require__, 8745))).runMain({ ...process.env, INPUT_COMMAND: command }));
}
async function step(run) {
    const putBack = (0,_uncaught_js__WEBPACK_IMPORTED_MODULE_0__/* .exitOnUncaught */ .Z)((text) => void process.stdout.write(`${(0,_github_workflow_commands_js__WEBPACK_IMPORTED_MODULE_1__/* .annotation */ .w7)('error', text)}\n`));
    try {
        process.exitCode = await run();
    }
    finally {
        putBack();
    }
}

var __webpack_exports__cli = __webpack_exports__.xw;
var __webpack_exports__install = __webpack_exports__.ai;
var __webpack_exports__main = __webpack_exports__.iW;
var __webpack_exports__post = __webpack_exports__.bE;
var __webpack_exports__push = __webpack_exports__.VC;
var __webpack_exports__sync = __webpack_exports__.OH;
var __webpack_exports__updateIndex = __webpack_exports__.UB;
export { __webpack_exports__cli as cli, __webpack_exports__install as install, __webpack_exports__main as main, __webpack_exports__post as post, __webpack_exports__push as push, __webpack_exports__sync as sync, __webpack_exports__updateIndex as updateIndex };
