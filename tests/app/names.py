"""Drugs and diagnoses that a record names in words, without a code, are taken for what they are: INN, USAN and brand,
with salts and strengths around them; and what only sounds like one is not taken for it."""
import json

from runs import Checks, legwork

DRUG_CAUSES = {"calcium-channel-blocker", "diuretic", "nsaid", "corticosteroid", "statin"}

# The text of a prescription, and which of these causes it speaks for.
DRUGS = """
Amlodipine Besylate 5mg Tab | calcium-channel-blocker
AMLODIPINE-BENAZEPRIL 10-20 MG | calcium-channel-blocker
amLODIPine (NORVASC) 5 mg tablet | calcium-channel-blocker
Norvasc® 10 mg | calcium-channel-blocker
Caduet 10 mg/20 mg | calcium-channel-blocker statin
Exforge HCT 10/320/25 | calcium-channel-blocker diuretic
olmesartan/amlodipine/HCTZ 40-10-25 | calcium-channel-blocker diuretic
Osmotic 24 HR nifedipine 60 MG Extended Release Oral Tablet | calcium-channel-blocker
diltiazem 24HR CD 240 mg cap | calcium-channel-blocker
trandolapril-verapamil ER 2-180 | calcium-channel-blocker
amiloride 5 mg tablet | diuretic
co-amilozide 5/50 | diuretic
Lasix 40 mg po bid | diuretic
frusemide 20 mg | diuretic
HCTZ 25 mg | diuretic
losartan HCT 50-12.5 | diuretic
Vaseretic 10-25 | diuretic
triamterene/HCTZ 37.5-25 | diuretic
torsemide 20mg tab | diuretic
Atorvastatin calcium 40 MG Oral Tablet | statin
Simvastatin-ezetimibe 10/40 | statin
Ibuprofen 200 mg Liqui-Gels | nsaid
Advil 200 mg | nsaid
Motrin PM | nsaid
Naproxen sodium 220 MG (Aleve) | nsaid
Voltaren XR 100 mg | nsaid
Toradol 30 mg IM | nsaid
predniSONE 10 mg tab | corticosteroid
Medrol dosepak 4 mg | corticosteroid
Solu-Medrol 125 mg IV | corticosteroid
Ibuprofen 5% gel |
Ibugel |
Diclofenac sodium 1 % topical gel |
hydrocortisone 1% crm |
betamethasone dipropionate 0.05% oint |
budesonide 0.5 mg/2 mL neb |
Flonase |
Advair Diskus 250/50 |
Pred Forte 1% eye drops |
aspirin 81 mg EC tablet |
amantadine 100 mg |
amiodarone 200 mg |
metFORMIN 1000 mg |
"""

# The text of a problem, and where it must be named: a cause, a red flag or the complaint; nothing: nowhere.
PROBLEMS = """
Heaviness in both legs | complaint
Swelling of right leg | peripheral-edema
B/L LE edema | peripheral-edema
Nocturnal leg cramps | electrolyte-imbalance
Congestive heart failure, unspecified | heart-failure
Deep vein thrombosis of left leg | deep-vein-thrombosis
Upper extremity DVT |
DVT of left arm |
concern for DVT |
Personal history of pulmonary embolism |
Chronic pulmonary embolism |
Postmastectomy lymphedema syndrome |
Hypertensive heart disease without heart failure |
Optic neuropathy |
Jaw claudication |
Pre-diabetic |
Encounter for pregnancy test, result negative |
Not pregnant |
Paternal grandmother had varicose veins |
"""

checks = Checks()


def table(text):
    for line in text.strip().splitlines():
        words, _, expected = line.partition("|")
        yield words.strip(), set(expected.split())


def assessed(resource):
    """The assessment of a chart that holds this resource only."""
    patient = {"resourceType": "Patient", "id": "p", "birthDate": "1950-01-01", "gender": "female"}
    entries = [{"resource": patient}, {"resource": {"id": "it", "subject": {"reference": "Patient/p"}, **resource}}]
    chart = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    run = legwork("assess", "-", "--format", "json", "--as-of", "2026-06-01", "--onset", "2026-05-15",
                  stdin=json.dumps(chart).encode())
    return json.loads(run.out)


for text, expected in table(DRUGS):
    found = assessed({"resourceType": "MedicationRequest", "status": "active", "intent": "order",
                      "authoredOn": "2026-05-01", "medicationCodeableConcept": {"text": text}})
    settled = {cause["id"]: cause["status"] for cause in found["causes"] if cause["id"] in DRUG_CAUSES}
    spoken = {id for id, status in settled.items() if status in ("supported", "possible")}
    checks.check(spoken == expected, f"{text}: speaks for {sorted(spoken)}, expected {sorted(expected)}")
    checks.check("undetermined" not in settled.values(), f"{text}: leaves open {settled}")

for text, expected in table(PROBLEMS):
    found = assessed({"resourceType": "Condition", "recordedDate": "2026-05-20", "code": {"text": text},
                      "clinicalStatus": {"coding": [{"code": "active"}]}})
    named = {item.get("id", "complaint") for item in [found["complaint"], *found["causes"], *found["redFlags"]]
             if any(evidence.get("reference") == "Condition/it" for evidence in item["evidence"])}
    checks.check(expected <= named, f"{text}: is named under {sorted(named)}, expected {sorted(expected)}")
    checks.check(expected or not named, f"{text}: is named under {sorted(named)}, expected nowhere")

checks.end()
