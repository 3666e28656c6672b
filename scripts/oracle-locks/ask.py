"""Run by `spack python`: says what Spack reads in lockfiles.

Reads the list of files in ORACLE_QUESTIONS and writes, for each of them, what it says of every concrete spec by hash into
ORACLE_ANSWERS.
"""

import json
import os
import tempfile

import spack.environment as ev
import spack.hash_types
import spack.traverse


def rehash(spec):
    try:
        return spec.spec_hash(spack.hash_types.dag_hash)
    except TypeError:
        return spec.spec_hash()  # Spack 1.3 has one kind of hash left


def read(lockfile, folder):
    with open(os.path.join(folder, "spack.yaml"), "w") as manifest:
        manifest.write("spack: {}\n")
    environment = ev.Environment(folder)
    with open(lockfile) as f:
        environment._read_lockfile(f)
    roots = list(environment.specs_by_hash.values())
    for included in environment.included_specs_by_hash.values():
        roots.extend(included.values())
    return {
        spec.dag_hash(): {"short": spec.short_spec, "again": rehash(spec)}
        for spec in spack.traverse.traverse_nodes(roots, key=lambda s: s.dag_hash())
    }


with open(os.environ["ORACLE_QUESTIONS"]) as f:
    lockfiles = json.load(f)
answers = []
for lockfile in lockfiles:
    with tempfile.TemporaryDirectory() as folder:
        try:
            answers.append({"specs": read(lockfile, folder)})
        except Exception as error:
            answers.append({"error": "{}: {}".format(type(error).__name__, error)})
with open(os.environ["ORACLE_ANSWERS"], "w") as f:
    json.dump(answers, f)
