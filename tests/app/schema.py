"""What `legwork assess --format json` prints fits docs/assessment.schema.json, with --explain
docs/explanation.schema.json, and the schemas describe every key of it."""
import copy
import json

from runs import ROOT, Checks, assess_json, examples, skip

try:
    import jsonschema
except ImportError:
    skip("the Python module jsonschema is not there: install python3-jsonschema")

checks = Checks()
SCHEMA = json.loads((ROOT / "docs/assessment.schema.json").read_text())
jsonschema.Draft202012Validator.check_schema(SCHEMA)


def closed(schema):
    """The schema with no room for keys that it does not describe."""
    schema = copy.deepcopy(schema)

    def close(node):
        if isinstance(node, dict):
            if "properties" in node:
                node["additionalProperties"] = False
            for child in node.values():
                close(child)
        elif isinstance(node, list):
            for child in node:
                close(child)

    close(schema)
    return schema


STRICT = jsonschema.Draft202012Validator(closed(SCHEMA))


def faults(value):
    return [f"{'/'.join(map(str, fault.absolute_path))}: {fault.message[:200]}" for fault in STRICT.iter_errors(value)]


for chart in [*examples(), ROOT / "tests/cases/damaged/chart.json"]:
    found = faults(assess_json(chart))
    checks.check(not found, f"{chart.name}: " + "\n  ".join(found[:5]))

# So does every explanation, and its root says what the assessment says.
EXPLANATION = jsonschema.Draft202012Validator(closed(json.loads((ROOT / "docs/explanation.schema.json").read_text())))
for chart in examples()[:3]:
    assessment = assess_json(chart)
    for finding in [*assessment["causes"][:4], *assessment["redFlags"]]:
        root = assess_json(chart, "--explain", finding["id"])
        found = [fault.message[:200] for fault in EXPLANATION.iter_errors(root)]
        checks.check(not found, f"{chart.name}, {finding['id']}: " + "\n  ".join(found[:5]))
        checks.check(root["status"] == finding["status"], f"{chart.name}, {finding['id']}: explained otherwise")
checks.check(not EXPLANATION.is_valid({"kind": "rule", "truth": "perhaps"}), "the schema of explanations misses a fault")

# The schema can refuse.
broken = assess_json(examples()[0])
broken["causes"][0]["status"] = "certain"
del broken["asOf"]
broken["surprise"] = 1
checks.check(len(faults(broken)) == 3, f"the schema misses faults: {faults(broken)}")
checks.end()
