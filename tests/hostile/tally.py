"""Grade the corpus and print, as JSON, which cases succeeded.

`tally.py [unconfined] [kernel | interpreter] [CASE...]`
"""

import json
import sys

from grader.sandbox.session import Confinement
from tests.hostile.corpus import attempt, open_range, read_cases

ENGINES = ("kernel", "interpreter")


def main() -> None:
    is_confined = "unconfined" not in sys.argv[1:]
    engine = next((word for word in sys.argv[1:] if word in ENGINES), "fork")
    named = [word for word in sys.argv[1:] if word not in {"unconfined", *ENGINES}]
    found, number = {}, 0
    with open_range(Confinement(confined=is_confined), engine) as place:
        for case in read_cases():
            if case.is_dangerous and not is_confined:
                continue
            if named and not case.name.startswith(tuple(named)):
                continue
            number += 1
            achieved = attempt(case, place)
            if achieved:
                found[case.name] = achieved
    sys.stdout.write(json.dumps({"attempted": number, "succeeded": found}, indent=1))


if __name__ == "__main__":
    main()
