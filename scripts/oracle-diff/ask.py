# Asked by scripts/oracle-diff.mjs: what `spack diff` says of pairs of concrete specs, given as spec documents.
import json
import os

import spack.cmd.diff
from spack.spec import Spec

with open(os.environ["ORACLE_QUESTIONS"]) as questions:
    pairs = json.load(questions)
answers = []
for old, new in pairs:
    said = spack.cmd.diff.compare_specs(Spec.from_dict(old), Spec.from_dict(new), to_string=True)
    answers.append({"gone": said["a_not_b"], "come": said["b_not_a"]})
with open(os.environ["ORACLE_ANSWERS"], "w") as out:
    json.dump(answers, out)
