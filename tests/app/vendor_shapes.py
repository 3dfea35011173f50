"""One chart in each form that real EHRs send (their sandboxes do): the assessment is that of the plain form, cause by
cause. Where a form has truly lost something, what depends on it is unknown, and never denied."""
import copy
import json
import pathlib
import tempfile

from runs import Checks, assess_json

SNOMED, LOINC = "http://snomed.info/sct", "http://loinc.org"
ICD10CM, RXNORM = "http://hl7.org/fhir/sid/icd-10-cm", "http://www.nlm.nih.gov/research/umls/rxnorm"
UCUM = "http://unitsofmeasure.org"
BASE = "https://ehr.example.org/fhir/"
checks = Checks()


def concept(text, *codings):
    return {"coding": [{"system": system, "code": code, "display": text} for system, code in codings], "text": text}


def condition(id_, text, onset, *codings):
    return {"resourceType": "Condition", "id": id_, "subject": {"reference": "Patient/p1"},
            "clinicalStatus": concept("Active", ("http://terminology.hl7.org/CodeSystem/condition-clinical", "active")),
            "verificationStatus": concept("Confirmed", ("http://terminology.hl7.org/CodeSystem/condition-ver-status", "confirmed")),
            "category": [concept("Problem", ("http://terminology.hl7.org/CodeSystem/condition-category", "problem-list-item"))],
            "code": concept(text, *codings), "onsetDateTime": onset}


def order(id_, text, code, since):
    return {"resourceType": "MedicationRequest", "id": id_, "status": "active", "intent": "order",
            "subject": {"reference": "Patient/p1"}, "authoredOn": since, "medicationCodeableConcept": concept(text, (RXNORM, code))}


def result(id_, text, code, value, unit, low=None, high=None):
    ends = {name: {"value": end, "unit": unit, "system": UCUM, "code": unit}
            for name, end in (("low", low), ("high", high)) if end is not None}
    return {"resourceType": "Observation", "id": id_, "status": "final", "subject": {"reference": "Patient/p1"},
            "category": [concept("Laboratory", ("http://terminology.hl7.org/CodeSystem/observation-category", "laboratory"))],
            "code": concept(text, (LOINC, code)), "effectiveDateTime": "2026-11-09",
            "valueQuantity": {"value": value, "unit": unit, "system": UCUM, "code": unit},
            **({"referenceRange": [ends]} if ends else {})}


PLAIN = [
    {"resourceType": "Patient", "id": "p1", "name": [{"family": "Sandringham", "given": ["Ulla"]}],
     "identifier": [{"type": {"text": "MRN"}, "value": "XT-700001"}], "gender": "female", "birthDate": "1958-04-02"},
    condition("heavy", "Heavy legs", "2026-09-01", (SNOMED, "161873000")),
    condition("veins", "Chronic venous insufficiency", "2024-02-01", (SNOMED, "20696009"), (ICD10CM, "I87.2")),
    condition("nerves", "Diabetic polyneuropathy", "2021-05-01", (ICD10CM, "E11.42")),
    order("m1", "Amlodipine 10 MG Oral Tablet", "308135", "2026-07-20"),
    order("m2", "Furosemide 40 MG Oral Tablet", "313988", "2026-08-20"),
    order("m3", "Losartan Potassium 50 MG Oral Tablet", "979492", "2018-04-03"),
    result("ferritin", "Ferritin", "2276-4", 18, "ug/L", 30, 300),
    result("hemoglobin", "Hemoglobin", "718-7", 10.9, "g/dL", 12, 16),
    result("potassium", "Potassium", "2823-3", 3.1, "mmol/L", 3.5, 5.1),
    result("creatinine", "Creatinine", "2160-0", 0.9, "mg/dL", 0.5, 1.1),
]


def bundle(resources, kind="collection", full_url=lambda r: f"{BASE}{r['resourceType']}/{r['id']}"):
    return {"resourceType": "Bundle", "type": kind,
            "entry": [{"fullUrl": full_url(r), "resource": r} for r in resources]}


def of_type(resources, *types):
    return [r for r in resources if r["resourceType"] in types]


def codes_of(resources):
    """Each CodeableConcept that says what a resource is about."""
    for r in resources:
        for name in ("code", "medicationCodeableConcept"):
            if name in r:
                yield r, name


def referred(resources, to):
    """Each order names its drug by reference; the Medications stand behind."""
    drugs = []
    for r in of_type(resources, "MedicationRequest"):
        drug = {"resourceType": "Medication", "id": f"drug-{r['id']}", "code": r.pop("medicationCodeableConcept")}
        r["medicationReference"] = to(r, drug)
        drugs.append(drug)
    return drugs


def by_reference(resources):
    drugs = referred(resources, lambda r, drug: {"reference": f"Medication/{drug['id']}", "display": drug["code"]["text"]})
    return bundle(resources + drugs)


def by_reference_without_words(resources):
    drugs = referred(resources, lambda r, drug: {"reference": f"Medication/{drug['id']}"})
    return bundle(drugs + resources)


def by_absolute_reference(resources):
    drugs = referred(resources, lambda r, drug: {"reference": f"{BASE}Medication/{drug['id']}"})
    return bundle(resources + drugs, "searchset")


def contained(resources):
    def inside(r, drug):
        r["contained"] = [drug]
        return {"reference": f"#{drug['id']}"}
    referred(resources, inside)
    return bundle(resources)


def by_uuid(resources):
    uuids = {}

    def uuid(r):
        return uuids.setdefault(f"{r['resourceType']}/{r['id']}", f"urn:uuid:0c1f0000-0000-4000-8000-{len(uuids):012}")
    resources += referred(resources, lambda r, drug: {"reference": uuid(drug)})
    for r in resources:
        if "subject" in r:
            r["subject"] = {"reference": uuid(resources[0])}
    made = bundle(resources, "transaction", uuid)
    for r in resources:
        del r["id"]  # as before a server has stored them
    return made


def drugs_as_text(resources):
    for r in of_type(resources, "MedicationRequest"):
        del r["medicationCodeableConcept"]["coding"]
    return bundle(resources)


def results_and_drugs_without_display(resources):
    for r, name in codes_of(resources):
        del r[name]["text"]
        for coding in r[name]["coding"]:
            del coding["display"]
    return bundle(resources)


def results_as_strings(resources):
    for r in of_type(resources, "Observation"):
        quantity = r.pop("valueQuantity")
        r["valueString"] = f"{quantity['value']} {quantity['unit']}"
        for end in r.get("referenceRange", [{}])[0].values():
            end.pop("system"), end.pop("code")
    return bundle(resources)


def national_drug_codes(resources):
    for r in of_type(resources, "MedicationRequest"):
        r["medicationCodeableConcept"]["coding"] = [{"system": "http://hl7.org/fhir/sid/ndc", "code": "99999-0000-00"}]
    return bundle(resources)


def diagnoses_as_icd(resources):
    codes = {"veins": "I87.2", "nerves": "E11.42", "heavy": "R29.898"}
    for r in of_type(resources, "Condition"):
        r["code"] = {"coding": [{"system": ICD10CM, "code": codes[r["id"]]}],
                     **({"text": "Heavy legs"} if r["id"] == "heavy" else {})}  # ICD-10-CM has no code for it
    return bundle(resources)


def local_beside_known(resources):
    for r, name in codes_of(resources):
        r[name]["coding"] = [{"system": "https://ehr.example.org/codes", "code": "4711", "display": "LOCAL 4711"},
                             {"system": "http://hl7.org/fhir/sid/icd-9-cm", "code": "459.81"},
                             {"code": "no-system"}, *r[name]["coding"]]
    return bundle(resources)


def loinc_without_org(resources):
    for r in of_type(resources, "Observation"):
        r["code"] = {"coding": [{"system": "http://loinc", "code": r["code"]["coding"][0]["code"]}]}
    return bundle(resources)


def flowsheet_first(resources):
    for r in of_type(resources, "Observation"):
        r["code"]["coding"].insert(0, {"system": "urn:oid:2.999.7.688883", "code": "2.999", "display": "Row 12"})
        del r["code"]["text"]
    return bundle(resources)


def units_without_code(resources):
    for r in of_type(resources, "Observation"):
        for quantity in (r["valueQuantity"], *r.get("referenceRange", [{}])[0].values()):
            quantity.pop("system"), quantity.pop("code")
    return bundle(resources)


def coding_as_object(resources):
    for r, name in codes_of(resources):
        r[name]["coding"] = r[name]["coding"][0]
    for r in of_type(resources, "Condition"):
        r["clinicalStatus"]["coding"] = r["clinicalStatus"]["coding"][0]
    return bundle(resources)


def code_as_words(resources):
    """CodeableConcepts as plain strings, statuses as STU3 has them."""
    for r, name in codes_of(resources):
        r[name] = r[name]["text"]
    for r in of_type(resources, "Condition"):
        r["clinicalStatus"], r["verificationStatus"] = "active", "confirmed"
    return bundle(resources)


def with_outcomes(resources):
    made = bundle(resources, "searchset")
    made["entry"].insert(0, {"search": {"mode": "outcome"}, "resource": {
        "resourceType": "OperationOutcome", "issue": [{"severity": "warning", "code": "suppressed", "diagnostics": "x"}]}})
    return made


def in_several_sets(resources):
    return [bundle(of_type(resources, kind), "searchset")
            for kind in ("Observation", "MedicationRequest", "Condition", "Patient")]


def outcome_of(*forms):
    """What of an assessment does not depend on the form: all statuses, and the onset."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for at, form in enumerate(forms):
            files.append(pathlib.Path(folder) / f"chart-{at}.json")
            files[-1].write_text(json.dumps(form))
        made = assess_json(*files)
    return {(kind, one["id"]): one["status"] for kind in ("causes", "redFlags", "workup") for one in made[kind]} | {
        ("complaint", "status"): made["complaint"]["status"], ("complaint", "onset"): made["complaint"].get("onset")}


plain = outcome_of(bundle(PLAIN))
# The chart has something to lose in each kind of resource.
for cause in ("calcium-channel-blocker", "diuretic", "low-iron", "chronic-venous-insufficiency", "electrolyte-imbalance"):
    checks.check(plain["causes", cause] == "supported", f"the plain chart: {cause} is {plain['causes', cause]}")

SAME = [by_reference, by_reference_without_words, by_absolute_reference, contained, by_uuid, drugs_as_text,
        results_and_drugs_without_display, results_as_strings, national_drug_codes, diagnoses_as_icd, local_beside_known,
        loinc_without_org, flowsheet_first, units_without_code, coding_as_object, code_as_words, with_outcomes, in_several_sets]
for shape in SAME:
    form = shape(copy.deepcopy(PLAIN))
    seen = outcome_of(*form) if isinstance(form, list) else outcome_of(form)
    changed = {key: (was, seen.get(key)) for key, was in plain.items() if seen.get(key) != was}
    checks.check(not changed, f"{shape.__name__}: (plain, here): {changed}")


def lost(shape, kept_open, what):
    """The form has lost what these causes rest on: they are not known, which is not no."""
    seen = outcome_of(shape(copy.deepcopy(PLAIN)))
    for cause in kept_open:
        checks.check(seen["causes", cause] in ("undetermined", "possible"), f"{what}: {cause} is {seen['causes', cause]}")
    rest = {key: (was, seen[key]) for key, was in plain.items()
            if key[0] == "causes" and key[1] not in kept_open and was == "supported" and seen[key] == "unlikely"}
    checks.check(not rest, f"{what}: denied: {rest}")


def national_drug_codes_alone(resources):
    national_drug_codes(resources)
    for r in of_type(resources, "MedicationRequest"):
        del r["medicationCodeableConcept"]["text"]
    return bundle(resources)


def dangling(resources):
    referred(resources, lambda r, drug: {"reference": f"Medication/{drug['id']}"})
    return bundle(resources)


def numbers_without_unit(resources):
    for r in of_type(resources, "Observation"):
        r["valueQuantity"] = {"value": r["valueQuantity"]["value"]}
        r.pop("referenceRange", None)
    return bundle(resources)


def bare_numbers_for_codes(resources):
    for r in of_type(resources, "Observation"):
        r["code"] = r["code"]["coding"][0]["code"]
    return bundle(resources)


lost(national_drug_codes_alone, ["calcium-channel-blocker", "diuretic", "nsaid", "corticosteroid", "statin"],
     "drugs by a number that no list here knows")
lost(dangling, ["calcium-channel-blocker", "diuretic", "nsaid", "corticosteroid", "statin"], "drugs by reference to what was not sent")
lost(numbers_without_unit, ["low-iron"], "results without a unit")
lost(bare_numbers_for_codes, ["low-iron"], "results under a number of no system")
checks.end()
