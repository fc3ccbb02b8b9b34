"""What check.sh adds to Schemathesis: a sandbox of its own for each operation,
and, in place of the check that refuses every refusal of a valid request, one
that lets those pass whose rule depends on state (state-rules.txt)."""
import os
import pathlib

import schemathesis

FOLDER = pathlib.Path(__file__).parent
STATE = {line.split()[0] for line in (FOLDER / "state-rules.txt").read_text().splitlines() if line and line[0] != "#"}
SUCCEEDED = open(os.environ["SUCCEEDED"], "a", buffering=1)


def operation(case):
    return case.operation.definition.raw["operationId"]


@schemathesis.hook
def before_call(ctx, case, kwargs):
    stateful = case.meta and case.meta.phase.name.value == "stateful"
    case.headers = case.headers or {}
    case.headers["Rolecall-Sandbox"] = "stateful" if stateful else operation(case)


@schemathesis.hook
def after_call(ctx, case, response):
    if 200 <= response.status_code < 300:
        SUCCEEDED.write(operation(case) + "\n")


@schemathesis.check
def refused_because_of_state(ctx, response, case):
    valid = case.meta and case.meta.generation.mode.value == "positive"
    if not valid or response.status_code not in (400, 405, 406, 413, 415, 422):
        return
    rule = (response.headers.get("rolecall-rule") or ["none"])[0]
    assert rule in STATE, f"a valid request is refused under {rule}, which is not in state-rules.txt"
