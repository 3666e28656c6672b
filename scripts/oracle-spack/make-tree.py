"""Fills the configured install tree with small stand-ins for specs of an environment, and packs specs as a push would.

    spack -C CONFIG python make-tree.py ENVIRONMENT INSTALL PACK

INSTALL and PACK are names, with commas. Prints JSON on its last line: the digest of each archive, uncompressed, by hash.
"""

import json
import os
import sys
import tempfile

import spack.binary_distribution
import spack.hooks.sbang
import spack.store
from spack.environment import Environment

environment, install, pack = sys.argv[1:4]
specs = {spec.name: spec for spec in Environment(os.path.abspath(environment)).all_specs()}
store = spack.store.STORE
sbang = spack.hooks.sbang.sbang_install_path()


def write(prefix, name, *lines):
    path = os.path.join(prefix, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write("".join(line + "\n" for line in lines))


def add(spec):
    store.layout.create_install_directory(spec)
    prefix = str(spec.prefix)
    others = [
        str(each.prefix)
        for each in spec.traverse(deptype=("link", "run"), root=False)
        if not each.external
    ]
    write(prefix, "bin/tool", "#!/bin/sh " + sbang, "#!" + prefix + "/bin/python", *others)
    write(prefix, "lib/only-sbang", "#!/bin/sh " + sbang)
    write(prefix, "lib/only-root", str(store.root) + "/elsewhere")
    write(prefix, "lib/nothing", "nothing")
    for number, other in enumerate(others):
        write(prefix, "lib/other-%d" % number, other)
        os.symlink(other + "/lib", os.path.join(prefix, "lib/link-%d" % number))
    store.db.add(spec, explicit=True)


for name in filter(None, install.split(",")):
    add(specs[name])
digests = {}
with tempfile.TemporaryDirectory() as folder:
    for name in filter(None, pack.split(",")):
        file = os.path.join(folder, name)
        digests[specs[name].dag_hash()] = spack.binary_distribution.create_tarball(specs[name], file)[1]
print(json.dumps(digests))
