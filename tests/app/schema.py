"""What `legwork assess --format json` prints fits docs/assessment.schema.json, and the schema describes
every key of it."""
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

# The schema can refuse.
broken = assess_json(examples()[0])
broken["causes"][0]["status"] = "certain"
del broken["asOf"]
broken["surprise"] = 1
checks.check(len(faults(broken)) == 3, f"the schema misses faults: {faults(broken)}")
checks.end()
