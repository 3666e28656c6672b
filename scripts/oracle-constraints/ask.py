"""Run by `spack python`: answers the questions in a JSON file the way Spack does.

Reads the file named by ORACLE_QUESTIONS and writes the one named by ORACLE_ANSWERS.
"""

import json
import os
import signal

import spack.hash_types
import spack.spec
import spack.spec_parser


def load(nodes, version):
    """Concrete specs by hash."""
    reader = {4: spack.spec.SpecfileV4, 5: spack.spec.SpecfileV5}[version]
    specs = spack.spec.wire_spec_nodes(nodes, "hash", reader)
    for spec in specs.values():
        spec._mark_concrete()
    return specs


class TooLong(Exception):
    pass


def give_up(*_):
    raise TooLong("no end")


def parse(text):
    """Specs, or the first line of the error. Spack never comes back from a text such as `]`."""
    signal.setitimer(signal.ITIMER_VIRTUAL, 0.5)
    try:
        return spack.spec_parser.parse(text), None
    except Exception as error:
        return None, "{}: {}".format(type(error).__name__, str(error).partition("\n")[0])
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def ask(question):
    try:
        return bool(question())
    except Exception as error:
        return "{}: {}".format(type(error).__name__, error)


def same_reading(specs, written):
    """Whether what the other side wrote of its own reading is the same to Spack."""
    if written is None or specs is None:
        return None
    again = [parse(text)[0] for text in written]
    if any(one is None for one in again):
        return False
    again = [spec for one in again for spec in one]
    try:
        return again == specs
    except Exception:
        # It has no order for some specs, and looks into a repository to compare git refs without a version.
        return [str(spec) for spec in again] == [str(spec) for spec in specs]


signal.signal(signal.SIGVTALRM, give_up)
with open(os.environ["ORACLE_QUESTIONS"]) as f:
    questions = json.load(f)

modern = load(questions["modern"], 5)
old = load(questions["old"], 4)
nodes = list({**modern, **old}.items())

answers = []
for asked in questions["queries"]:
    specs, error = parse(asked["text"])
    answer = {"error": error, "count": None if specs is None else len(specs), "same": same_reading(specs, asked["written"])}
    if specs is not None and len(specs) == 1:
        query = specs[0]
        answer["satisfies"] = [ask(lambda: node.satisfies(query)) for _, node in nodes]
        answer["intersects"] = [ask(lambda: node.intersects(query)) for _, node in nodes]
    answers.append(answer)

soup = []
for asked in questions["soup"]:
    specs, error = parse(asked["text"])
    soup.append({"error": error, "count": None if specs is None else len(specs), "same": same_reading(specs, asked["written"])})

result = {
    "nodes": [hash for hash, _ in nodes],
    "hashes": {hash: modern[hash].spec_hash(spack.hash_types.dag_hash) for hash in questions["hashed"]},
    "queries": answers,
    "soup": soup,
}
with open(os.environ["ORACLE_ANSWERS"], "w") as f:
    json.dump(result, f)
