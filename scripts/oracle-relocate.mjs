// Compares relocation with Spack's own functions on random input, and unpacking with Spack's own tarballs.
//
//   SPACK=/path/to/bin/spack node scripts/oracle-relocate.mjs [cases] [seed]      (Node 24)
//
// Exits 1 where anything differs, showing the first differences.
import { execFileSync } from 'node:child_process';
import {
  createReadStream,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openByteFile } from '../src/package/byte-file.ts';
import { bytesOf } from '../src/package/byte-string.ts';
import { relocateElf } from '../src/package/relocate-elf.ts';
import { prefixMatcher } from '../src/package/relocate-matcher.ts';
import { relocateStrings } from '../src/package/relocate-strings.ts';
import { relocateText } from '../src/package/relocate-text.ts';
import { unpackPackage } from '../src/package/unpack.ts';
import { makeElf } from '../test/package/make-elf.ts';
import { requireSpack, versionOf } from './oracle-spack/spack.mjs';

/** Calls Spack's functions and writes down what they did. */
const DRIVER = String.raw`
import base64, io, json, os, random, shutil, sys
import spack.binary_distribution as bindist
import spack.relocate, spack.relocate_text, spack.util.elf

mode, work = sys.argv[1:3]
with open(os.path.join(work, "question.json")) as f:
    question = json.load(f)

def b64(data):
    return base64.b64encode(data).decode()

def replaced(case):
    kind, mapping, data = case["kind"], dict(case["map"]), base64.b64decode(case["input"])
    path = os.path.join(work, "spack-case")
    if not mapping:
        return {"bytes": b64(data)}
    try:
        if kind in ("text", "strings"):
            names = {"text": "TextFilePrefixReplacer", "strings": "BinaryFilePrefixReplacer"}
            replacer = getattr(spack.relocate_text, names[kind]).from_strings_or_bytes(mapping)
            f = io.BytesIO(data)
            replacer.apply_to_file(f)
            return {"bytes": b64(f.getvalue())}
        if kind == "link":
            if os.path.lexists(path):
                os.unlink(path)
            os.symlink(data, path)
            spack.relocate.relocate_links([path], mapping)
            return {"bytes": b64(os.fsencode(os.readlink(path)))}
        if os.path.lexists(path):
            os.unlink(path)
        with open(path, "wb") as f:
            f.write(data)
        binary = {k.encode(): v.encode() for k, v in mapping.items()}
        spack.util.elf.substitute_rpath_and_pt_interp_in_place_or_raise(path, binary)
        with open(path, "rb") as f:
            return {"bytes": b64(f.read())}
    except spack.util.elf.ElfCStringUpdatesFailed as e:
        values = [x and b64(x.new_value) for x in (e.rpath, e.pt_interp)]
        return {"rpath": values[0], "interpreter": values[1]}
    except spack.relocate_text.BinaryTextReplaceError as e:
        return {"error": type(e).__name__}
    except Exception as e:
        return {"crash": repr(e)}

# No "?": Spack does not read the "?/x" it writes.
NAMES = ["a", "b c", "null", "true", "123", "1.5", "~", "#x", "x: y", "x #y", "-d", "--", "it's", 'q"q', "[l]", "{m}",
    "a,b", "&a", "*a", "!t", "|", ">", "%p", "@at", "=", "<<", ":", "x:", "\u00e9", "\u65e5\u672c", "tab\tx",
    "new\nline", "\x7f", "n" * 120, "\u00e9" * 60, "back\\slash", "2024-01-01", "0x1f", "1e3", ".inf", "off", "'", " s "]

def package(i):
    rng = random.Random(question["seed"] + i)
    root = os.path.join(work, "p%d" % i, "store")
    hashes = ["".join(rng.choice("abcdefghijklmnopqrstuvwxyz234567") for _ in range(32)) for _ in range(3)]
    prefixes = [os.path.join(root, "linux", "pkg%d-1.0-%s" % (n, h)) for n, h in enumerate(hashes)]
    prefix = prefixes[0]
    os.makedirs(os.path.join(prefix, ".spack"))
    os.makedirs(os.path.join(prefix, "empty"))
    files = []
    with open("/bin/true", "rb") as f:
        binary = f.read()
    directories = [prefix]
    for name in rng.sample(NAMES, rng.randint(1, len(NAMES))):
        where = rng.choice(directories)
        path = os.path.join(where, name)
        kind = rng.choice(["text", "text", "elf", "dir", "link", "abs", "hard", "empty", "latin"])
        if kind == "dir":
            os.mkdir(path)
            directories.append(path)
        elif kind == "link":
            os.symlink(rng.choice(["a", "../b", "does-not-exist", "/etc/hostname"]), path)
        elif kind == "abs":
            os.symlink(rng.choice(prefixes + [root]) + rng.choice(["", "/lib", "2"]), path)
        elif kind == "hard" and files:
            os.link(rng.choice(files), path)
        else:
            body = {"elf": binary + b"\0" + prefix.encode() + b"/share\0", "empty": b"", "latin": b"\xe9 " + prefix.encode()}
            with open(path, "wb") as f:
                f.write(body.get(kind, b"x = " + rng.choice(prefixes + [root, "/usr"]).encode() + b"/lib\n"))
            os.chmod(path, rng.choice([0o644, 0o755, 0o600, 0o444]))
            files.append(path)
    info = {
        "sbang_install_path": root + "/bin/sbang", "buildpath": root, "spackprefix": "/opt/spack",
        "relative_prefix": os.path.relpath(prefix, root), "hardlinks_deduped": True,
        "hash_to_prefix": dict(zip(hashes, prefixes)),
    }
    tarball = os.path.join(work, "p%d.tar.gz" % i)
    bindist._do_create_tarball(tarball, prefix, info, prefixes + [root + "/bin/sbang", root])
    unpacked = os.path.join(work, "u%d" % i)
    os.mkdir(unpacked)
    bindist.extract_buildcache_tarball(tarball, unpacked)
    mapping = {root + "/bin/sbang": "/opt/t/bin/sbang"}
    mapping.update({old: "/opt/t" + old[len(root):] for old in prefixes})
    mapping[root] = "/opt/t"
    read = bindist.read_buildinfo_file(unpacked)
    lists = {k: list(read["relocate_" + v]) for k, v in (("text", "textfiles"), ("binaries", "binaries"), ("links", "links"))}
    path = lambda name: os.path.join(unpacked, name)
    spack.relocate.relocate_elf_binaries([path(x) for x in lists["binaries"]], mapping)
    spack.relocate.relocate_links([path(x) for x in lists["links"]], mapping)
    spack.relocate.relocate_text([path(x) for x in lists["text"]], mapping)
    spack.relocate.relocate_text_bin([path(x) for x in lists["binaries"]], mapping)
    encoded = {k: [b64(os.fsencode(x)) for x in v] for k, v in lists.items()}
    return {"tarball": tarball, "unpacked": unpacked, "map": list(mapping.items()), "info": {"hash": hashes[0], "lists": encoded}}

if mode == "replacements":
    answer = [replaced(case) for case in question]
else:
    answer = [package(i) for i in range(question["trees"])]
with open(os.path.join(work, "answer.json"), "w") as f:
    json.dump(answer, f)
`;

const spack = requireSpack();
const isOld = versionOf(spack).number < 100;
const count = Number(process.argv[2] ?? 2000);
const seed = Number(process.argv[3] ?? Date.now() % 1e9);
const random = mulberry32(seed);
const work = mkdtempSync(join(tmpdir(), 'oracle-relocate-'));
console.log(`${count} cases of each kind, seed ${seed}`);
try {
  // Spack 0.23 packs by the spec and has patchelf write into each file: only its replacements can be compared.
  const differences = [...(await compareReplacements()), ...(isOld ? [] : await comparePackages())];
  for (const difference of differences.slice(0, 10)) console.log(difference);
  console.log(`${differences.length} differences`);
  process.exitCode = differences.length === 0 ? 0 : 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function compareReplacements() {
  const cases = [];
  for (let i = 0; i < count; i++) {
    const map = randomMap();
    cases.push({ kind: 'text', map, input: randomBytes(map) });
    cases.push({ kind: 'strings', map: shorter(map), input: randomBytes(map) });
    cases.push({ kind: 'elf', map, input: randomElf(map) });
    cases.push({
      kind: 'link',
      map,
      input: Buffer.from(pick([...map.map(([old]) => old), '/usr', 'opt']) + randomPath()),
    });
  }
  for (const file of systemBinaries(Math.min(60, count))) {
    const map = [
      ['/usr/lib', '/opt/lib'],
      ['/usr', '/o'],
      ['/lib64', '/l'],
      ['/etc', '/abc'],
    ];
    cases.push(
      { kind: 'strings', map, input: readFileSync(file) },
      { kind: 'elf', map, input: readFileSync(file) },
    );
  }
  const answers = askSpack(
    'replacements',
    cases.map(({ kind, map, input }) => ({ kind, map, input: input.toString('base64') })),
  );
  console.log('replacements:', tally(cases.map((one, i) => outcome(one, answers[i]))));
  const ours = [];
  for (const one of cases) ours.push(await answer(one)); // in turn: they share a file
  return cases.flatMap((one, i) => {
    // Where Spack falls over (an offset no file has), there is nothing to compare with.
    return answers[i].crash !== undefined || JSON.stringify(ours[i]) === JSON.stringify(answers[i])
      ? []
      : [
          {
            kind: one.kind,
            map: one.map,
            input: one.input.toString('latin1').slice(0, 300),
            ours: decoded(ours[i]),
            spack: decoded(answers[i]),
          },
        ];
  });
}

/** What became of a case, to see that the cases are worth their time. */
function outcome({ kind, input }, result) {
  const [first] = Object.keys(result);
  if (first !== 'bytes') return `${kind} ${result.error ?? first}`;
  return `${kind} ${result.bytes === input.toString('base64') ? 'unchanged' : 'changed'}`;
}

function tally(names) {
  const counts = {};
  for (const name of names.toSorted()) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** What we make of a case, in the form in which the oracle answers. */
async function answer({ kind, map, input }) {
  const matcher = prefixMatcher(new Map(map));
  if (kind === 'link') {
    const target = input.toString('latin1');
    const found = target.startsWith('/') ? matcher?.matchAt(input, 0) : undefined;
    return {
      bytes: (found === undefined
        ? input
        : Buffer.concat([found.new, input.subarray(found.old.length)])
      ).toString('base64'),
    };
  }
  if (kind === 'text') {
    const output = matcher === undefined ? undefined : relocateText(input, matcher);
    return { bytes: (output ?? input).toString('base64') };
  }
  const path = join(work, 'case');
  writeFileSync(path, input);
  const file = openByteFile(path, 'read-write');
  try {
    if (kind === 'strings') {
      if (matcher !== undefined) await relocateStrings(file, matcher, async () => undefined);
    } else if (matcher !== undefined) {
      const result = relocateElf(file, matcher);
      if (result.kind === 'too-long') {
        return {
          rpath: result.rpath?.toString('base64') ?? null,
          interpreter: result.interpreter?.toString('base64') ?? null,
        };
      }
    }
    return { bytes: readFileSync(path).toString('base64') };
  } catch (error) {
    return { error: error.message.includes('longer') ? 'CannotGrowString' : 'CannotShrinkCString' };
  } finally {
    file.close();
  }
}

/** Trees that Spack packs, unpacks and relocates, and we unpack and relocate. */
async function comparePackages() {
  const trees = Math.min(40, Math.ceil(count / 20));
  const answers = askSpack('packages', { trees, seed, work });
  const differences = [];
  for (const { tarball, unpacked, map, info } of answers) {
    const prefix = `${unpacked}-ours`;
    try {
      const result = await unpackPackage({
        tarball: createReadStream(tarball),
        prefix,
        hash: info.hash,
        format: 'elf',
        relocation: () => new Map(map),
      });
      const lists = { text: result.info.textFiles, binaries: result.info.binaries, links: result.info.links };
      const expected = JSON.stringify(info.lists);
      const found = JSON.stringify(
        Object.fromEntries(
          Object.entries(lists).map(([key, names]) => [
            key,
            names.map((name) => bytesOf(name).toString('base64')),
          ]),
        ),
      );
      if (expected !== found) differences.push({ tarball, expected, found });
    } catch (error) {
      differences.push({ tarball, error });
      continue;
    }
    const [theirs, ours] = [snapshot(unpacked), snapshot(prefix)];
    for (const path of new Set([...theirs.keys(), ...ours.keys()])) {
      if (theirs.get(path) !== ours.get(path))
        differences.push({
          tarball,
          path: Buffer.from(path, 'latin1').toString(),
          spack: theirs.get(path),
          ours: ours.get(path),
        });
    }
  }
  return differences;
}

function snapshot(root) {
  const found = new Map();
  const walk = (directory) => {
    for (const name of readdirSync(Buffer.from(directory, 'latin1'), 'buffer')) {
      const path = `${directory}/${name.toString('latin1')}`;
      const bytes = Buffer.from(path, 'latin1');
      const stats = lstatSync(bytes);
      const key = path.slice(root.length + 1);
      if (stats.isDirectory()) {
        found.set(key, `directory ${(stats.mode & 0o7777).toString(8)}`);
        walk(path);
      } else if (stats.isSymbolicLink())
        found.set(key, `link ${readlinkSync(bytes, 'buffer').toString('base64')}`);
      else
        found.set(
          key,
          `file ${(stats.mode & 0o7777).toString(8)} links ${stats.nlink} ${readFileSync(bytes).toString('base64')}`,
        );
    }
  };
  walk(root);
  return found;
}

/** Runs the driver below in Spack's own Python. */
function askSpack(mode, question) {
  writeFileSync(join(work, 'driver.py'), DRIVER);
  writeFileSync(join(work, 'question.json'), JSON.stringify(question));
  const scratch = {
    SPACK_USER_CONFIG_PATH: join(work, 'config'),
    SPACK_USER_CACHE_PATH: join(work, 'cache'),
    SPACK_DISABLE_LOCAL_CONFIG: '1',
  };
  // No package repository is needed, and none is to be cloned.
  mkdirSync(join(work, 'scope'), { recursive: true });
  writeFileSync(join(work, 'scope/repos.yaml'), `repos:: ${isOld ? '[]' : '{}'}\n`);
  writeFileSync(
    join(work, 'scope/config.yaml'),
    `config:\n  install_tree:\n    root: ${join(work, 'tree')}\n`,
  );
  execFileSync(spack, ['-C', join(work, 'scope'), 'python', join(work, 'driver.py'), mode, work], {
    env: { ...process.env, ...scratch },
    stdio: 'inherit',
  });
  return JSON.parse(readFileSync(join(work, 'answer.json'), 'utf8'));
}

function randomMap() {
  const root = pick([
    '/opt/toy/store',
    '/home/spack/opt/spack/__padding__/__pad',
    '/a',
    '/opt',
    '/x.y+z/s p',
    '/œuvre/store',
  ]);
  const map = [[`${root}/bin/sbang`, `${pick(['/opt/t', '/somewhere/quite/long/indeed', root])}/bin/sbang`]];
  const to = pick([
    '/opt/t',
    '/b',
    '/opt/toy/stor2',
    '/somewhere/quite/long/indeed',
    root,
    `${root}/more`,
    '/o',
  ]);
  for (let i = 0; i < random() * 6; i++) {
    const base = pick([root, root, '/upstream/store', '/up', `${root}2`]);
    const name = pick(['zlib-1.3-abcdefg', 'zlib-1.3-abcdef', 'pkg', 'linux/gcc-13', 'z']);
    map.push([`${base}/${name}`, `${pick([to, to, '/elsewhere'])}/${pick([name, name, 'other'])}`]);
  }
  map.push([root, to]);
  // As a Python dict would have it: a repeated key stays where it was and takes the later value.
  return [...new Map(map)].filter(([old, now]) => old !== now);
}

function shorter(map) {
  return random() < 0.15
    ? map
    : map
        .map(([old, now]) => [old, now.length > old.length ? now.slice(0, old.length) : now])
        .filter(([old, now]) => old !== now);
}

function randomBytes(map) {
  const parts = [];
  const olds = map.map(([old]) => old);
  const pieces = [
    '/',
    '//',
    '\0',
    '\0\0',
    ' ',
    '\n',
    ':',
    'word',
    'a-b_c',
    '-',
    '.',
    '"',
    '\xe9',
    'é',
    '/lib',
    '/bin/x',
    'L',
    '=',
    'abcdefg',
    'abcdef\0',
    '1234567\0',
    '12345678\0',
    '\x80\xff',
  ];
  for (let i = 0; i < 1 + random() * 30; i++) {
    const roll = random();
    if (roll < 0.35 && olds.length > 0) parts.push(Buffer.from(pick(olds)));
    else if (roll < 0.45 && olds.length > 0) parts.push(Buffer.from(pick(olds).slice(0, random() * 20)));
    else if (roll < 0.5 && map.length > 0) parts.push(Buffer.from(pick(map)[1]));
    else parts.push(Buffer.from(pick(pieces), random() < 0.5 ? 'latin1' : 'utf8'));
  }
  return Buffer.concat(parts);
}

function randomPath() {
  return pick(['', '/lib', '2/lib', '/a b', '-x', '/é']);
}

function randomElf(map) {
  const olds = [...map.map(([old]) => old), '/usr', '$ORIGIN/..', ''];
  const rpath = Array.from({ length: random() * 5 }, () => pick(olds) + randomPath()).join(
    pick([':', ':', '::']),
  );
  const elf = makeElf({
    bits: pick([64, 64, 32]),
    endian: pick(['little', 'little', 'big']),
    type: pick([2, 3, 3, 3, 1]),
    ...(random() < 0.8
      ? { rpath: Buffer.from(rpath + pick(['', ':::', ':::::::::::::::::::'])).toString('latin1') }
      : {}),
    rpathTags: pick([[29], [15], [29], [15, 29], [29, 29]]),
    ...(random() < 0.5
      ? { interpreter: Buffer.from(pick(olds) + pick(['', '/lib/ld.so'])).toString('latin1') }
      : {}),
    ...(random() < 0.5 ? { needed: ['libc.so.6', 'libtoy.so'] } : {}),
    ...(random() < 0.3 ? { soname: 'libme.so' } : {}),
    sections: random() < 0.95,
    data: randomBytes(map),
  });
  if (random() < 0.4)
    for (let i = 0; i < 1 + random() * 3; i++)
      elf[Math.floor(random() * Math.min(elf.length, pick([64, 300, 1e9])))] = pick([
        0,
        1,
        2,
        0x7f,
        0xff,
        random() * 256,
      ]);
  return random() < 0.05 ? elf.subarray(0, random() * elf.length) : elf;
}

function systemBinaries(wanted) {
  const files = ['/usr/bin', '/usr/lib/x86_64-linux-gnu'].flatMap((directory) => {
    try {
      return readdirSync(directory).map((name) => join(directory, name));
    } catch {
      return [];
    }
  });
  const usable = files.filter(
    (file) => statSync(file, { throwIfNoEntry: false })?.isFile() && statSync(file).size < 1e6,
  );
  return Array.from({ length: usable.length === 0 ? 0 : wanted }, () => pick(usable));
}

function pick(values) {
  return values[Math.floor(random() * values.length)];
}

function decoded(result) {
  return result?.bytes === undefined
    ? result
    : Buffer.from(result.bytes, 'base64').toString('latin1').slice(0, 300);
}

function mulberry32(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
