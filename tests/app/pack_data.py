"""The codes of packs/heavy-legs are those of the project's clinical lists: each RxNorm, ATC, LOINC, SNOMED CT and
ICD code of the lists is in the pack, in its place, or stands below with the reason why not."""
import csv
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

from runs import ROOT, Checks, skip

LISTS = pathlib.Path(sys.argv[2])
if not LISTS.exists():
    skip(f"{LISTS} is not there")

checks = Checks()
SYSTEMS = {"http://snomed.info/sct": "snomed", "http://hl7.org/fhir/sid/icd-10-cm": "icd10cm",
           "http://hl7.org/fhir/sid/icd-10": "icd10"}

# Ingredients that no rule may count: neutral on purpose, or listed for an effect that they do not have.
NO_CONCEPT = {
    "bupropion": "listed as one that does not worsen restless legs",
    "reboxetine": "listed as one that does not worsen restless legs",
    "digoxin": "listed from memory; it lowers neither potassium nor magnesium by a source read",
}
NO_PRODUCT = {
    "1101339": "gabapentin enacarbil, which one list calls gabapentin; it stands there",
    "1482821": "gabapentin enacarbil, which one list calls gabapentin; it stands there",
}
NO_ATC = {
    ("gabapentin enacarbil", "N02BF01"): "the code is gabapentin's",
    ("insulin, regular, human", "A10AC01"): "the code is isophane insulin's",
}
OTHER_CODES = {"42351": "lithium carbonate, the precise ingredient"}
NO_LOINC = {
    "22674-6": "transferrin in moles: the lists give no molar mass",
    "25415-1 2282-2": "folate in whole blood needs the hematocrit",
    "48643-1 88293-6": "eGFR of the black population stands beside the other as a second value",
    "5804-0 20454-5 57735-3": "protein by test strip only prompts a measurement",
    "71427-9 91556-1 7799-0 3246-6 30240-6": "D-dimer that says neither FEU nor DDU",
    "41995-2 62388-4": "HbA1c in g/dL, and a code whose standard is not known",
    "29463-7 39156-5 85354-9 8480-6 8462-4 8867-4 9279-1 8310-5 72166-2": "vital signs that no rule reads",
    "44972-8": "where edema is, not whether",
    "8282-6 8283-4": "the girth of one calf: no rule compares two",
    "39422-1": "vessels, perhaps arteries",
    "24323-8 51990-0 24321-2 58410-2 57021-8 50190-8 24325-3": "panels: their members are read",
}
NO_CONDITION = {
    "snomed 90834002, icd10 M79.6, snomed 713514005 249943000, snomed 128045006, icd10cm L03.119, icd10 L03.1":
        "names no leg",
    "icd10cm I87.8 I87.9, icd10 I87.8 I87.9, icd10cm M79.89, icd10cm R29.898, icd10 R29.8, icd10cm I70.90, "
    "icd10cm M48.00, icd10 M48.0, icd10cm M60.9, icd10cm E88.09, icd10 E88.0, icd10cm E88.2 E65, icd10 E88.2, "
    "icd10cm L53.9 R23.8, icd10 L53.9 R23.8, snomed 444827008, icd10cm M62.838, icd10 M62.8, icd10 G25.8 G47.8, "
    "icd10 Z86.7 Z74.0, icd10cm Z46.89": "says too little: other diseases share it",
    "icd10 E83.4 E83.5": "says neither low nor high",
    "icd10cm G57.90 G57.93": "one nerve, not many",
    "snomed 247441003, icd10 Y52.6": "not verified",
    "icd10cm Z79.810 Z99.3": "a drug in use, and a wheelchair: neither active cancer nor confined to bed",
    "icd10cm Z98.890 Z96.651 Z96.641, icd10 Z98.8 Z96.6": "tells no date of the operation",
    "icd10cm Z82.0 Z82.49 Z83.2 Z84.89, icd10 Z82": "family history is not the patient's",
    "snomed 414916001 162864005 238136002, icd10cm E66.9 E66.01 E66.09 E66.8 Z68.30 Z68.35 Z68.41, icd10 E66.9 E66.0, "
    "snomed 84229001 267031002, icd10cm R53.83 R53.82, icd10 R53, snomed 40701008 433236007 60554003, "
    "snomed 401776005 401777001 401778006": "no rule asks for it: obesity, fatigue, echo, sleep study, stockings",
}
# The concept that an ingredient must be under, by the list's class and by its effect.
CLASSES = {
    "CCB_DHP": "dihydropyridine", "CCB_NDHP": "non-dihydropyridine", "NSAID": "nsaid", "STEROID_SYS": "corticosteroid",
    "STEROID_LOCAL": "corticosteroid", "STATIN": "statin", "DIUR_LOOP": "loop-diuretic", "DIUR_THIAZ": "thiazide",
    "DIUR_KSP": "potassium-sparing-diuretic", "DIUR_CAI": "carbonic-anhydrase-inhibitor", "GABA": "gabapentinoid",
    "TZD": "thiazolidinedione", "VASODIL": "direct-vasodilator", "ALPHA1": "alpha-blocker", "DOPA_AG": "dopaminergic",
    "ESTROGEN": "estrogen-or-modulator", "PROGESTOGEN": "progestogen", "ANDROGEN": "androgen", "INSULIN": "insulin",
    "DPP4": "dpp4-inhibitor", "ONC": "anticancer-drug", "IMMUNO": "immunosuppressant", "SSRI": "ssri", "SNRI": "snri",
    "ANTIHIST": "sedating-antihistamine", "ANTIEMETIC_DA": "dopamine-blocking-antiemetic", "TCA": "tricyclic",
    "ANTIPSYCH": "antipsychotic", "PPI": "proton-pump-inhibitor", "H2RA": "h2-blocker", "RAAS": "raas-inhibitor",
    "SGLT2": "sglt2-inhibitor", "ANTICOAG": "anticoagulant",
}
EFFECTS = {
    "MUSCLE_OTHER": "myotoxic-drug", "B12": "b12-lowering-drug", "HYPOMG": "magnesium-lowering-drug",
    "NEUROP": "neurotoxic-drug", "VTE": "clot-promoting-drug", "RLS_AGG": "rls-aggravating-drug",
    "OED_HF": "other-edema-drug", "OED_PERM": "other-edema-drug", "OED_OTHER": "other-edema-drug",
    "OED_MISC": "other-edema-drug", "OED_WITH_TZD": "other-edema-drug",
}
NOT_OF_ITS_CLASS = {("aspirin", "nsaid"): "at the doses that act on platelets it does not retain fluid"}
# Public lists are wrong about these, or they are of another place or time (pitfalls 8, 37, 41, 43, 44).
NEVER = {"rxnorm": ["734064 duloxetine"], "snomed": ["271863002", "449754000", "195473005"],
         "icd10cm": ["M79.3", "I85.00", "I86.1", "I82.621", "Z85.3", "Z82.49", "Z13.1"]}
# What the dose form does not tell: made to be inhaled, sprayed or put on, and meant for the whole body.
SYSTEMIC_ALL_THE_SAME = {"loxapine", "human-insulin", "levodopa", "nitrous-oxide", "ketorolac", "ethinylestradiol",
                         "estradiol", "mirtazapine"}


def rows(name):
    with open(LISTS / name, newline="") as file:
        return list(csv.DictReader(file))


def plain(code):
    return code.replace(".", "")


class Concept:
    def __init__(self, element):
        self.id, self.kind = element.get("id"), element.get("kind")
        self.wider = element.get("is-a", "").split()
        self.names = {name.text.lower() for name in element.findall("name")}
        self.codes, self.prefixes = {}, []
        for part in element:
            for code in (part.text or "").split() if part.tag in ("codes", "prefix") else ():
                if part.tag == "codes":
                    self.codes[part.get("system"), code] = part.get("route")
                else:
                    self.prefixes.append((part.get("system"), plain(code), part.get("route")))

    def routes(self, system, code):
        """What each of its codes and prefixes that hold this code says about the route."""
        found = [route for (of, prefix, route) in self.prefixes if of == system and plain(code).startswith(prefix)]
        return found + ([self.codes[system, code]] if (system, code) in self.codes else [])


PACK = {concept.get("id"): Concept(concept)
        for file in sorted((ROOT / "packs/heavy-legs").glob("*.xml"))
        for concept in ElementTree.parse(file).getroot().iter("concept")}
DRUGS = [concept for concept in PACK.values() if concept.kind == "medication"]
OTHERS = [concept for concept in PACK.values() if concept.kind != "medication"]
LONGEST_NAMES_FIRST = sorted(((name.replace(",", ""), concept) for concept in DRUGS for name in concept.names),
                             key=lambda known: -len(known[0].split()))


def drug(name):
    """The concept of an ingredient: by its id, or else by its name."""
    name = {"estrogens, conjugated (USP)": "conjugated estrogens"}.get(name, name).lower()
    id = re.sub(r"[^a-z0-9]+", "-", name).strip("-")
    by_id = [concept for concept in DRUGS if concept.id == id]
    by_name = [concept for concept in DRUGS if name in concept.names]
    return (by_id + by_name + [None])[0]


def itself_and_wider(concept):
    yield concept
    for wider in concept.wider:
        yield from itself_and_wider(PACK[wider])


def left_out(reasons):
    """{"snomed 1 2, icd10 3": why} as the set of ("snomed", "1"), ("snomed", "2"), ("icd10", "3")."""
    return {(part.split()[0], code) for codes in reasons for part in codes.split(", ") for code in part.split()[1:]}


def expect_ingredient(row):
    name, concept = row["ingredient_rxnorm_name"], drug(row["ingredient_rxnorm_name"])
    if name in NO_CONCEPT:
        checks.check(concept is None, f"{name} is in the pack: take it off the list of what is left out")
        return
    checks.check(concept is not None, f"{name} is not in the pack")
    if concept is None:
        return
    code = row["rxcui_ingredient"]
    checks.check(not code or ("rxnorm", code) in concept.codes, f"{concept.id} lacks its RxNorm ingredient {code}")
    wider = {each.id for each in itself_and_wider(concept)}
    for must in (CLASSES.get(row["class_key"]), EFFECTS.get(row["effect_key"])):
        known = must is None or must in wider or (name, must) in NOT_OF_ITS_CLASS
        checks.check(known, f"{concept.id} is not under {must}")
    for inn in (row["inn"], row["usan"]):
        word = inn.split(" (")[0].split(" / ")[0].lower().removesuffix(" acetate").removesuffix(" etabonate")
        checks.check(not word or word == "insulin" or word in concept.names, f"{concept.id} lacks the name {word}")
    for code in row["atc_systemic"].split():
        told = [route for each in itself_and_wider(concept) for route in each.routes("atc", code)]
        known = any(route != "local" for route in told) or (name, code) in NO_ATC
        checks.check(known, f"{concept.id} lacks the systemic ATC code {code}")
    for code in row["atc_local_do_not_match"].split():
        told = concept.routes("atc", code)
        checks.check(told and set(told) == {"local"}, f"{concept.id}: ATC {code} is not local: {told}")
    for code in re.findall(r"\d+", row["rxcui_other_codes_seen_same_name"]):
        seen = [each.id for each in DRUGS if ("rxnorm", code) in each.codes]
        checks.check(not seen or code in OTHER_CODES, f"{seen} holds {code}, another substance of that name")


def allowed_routes(row, concept):
    name, form = row["rxnorm_name_as_found"], row["route_class"]
    if "Osmotic" in name or form in ("oral", "transdermal (systemic)"):
        return {"systemic"}  # "Osmotic" is not "otic"
    if form == "injectable":  # a depot of a corticosteroid may go into a joint, and Zynrelef into a wound
        depot = re.search(r"Suspension|acetate|Acetonide", name) and "corticosteroid" in concept.wider
        return {None} if depot else {"local"} if "Zynrelef" in name else {"systemic"}
    if form in ("inhaled", "nasal", "topical", "vaginal", "ophthalmic/otic"):
        if "clonidine" in name:
            return {None}  # the patches are among them
        return {"systemic"} if concept.id in SYSTEMIC_ALL_THE_SAME else {"local"}
    if form in ("systemic or unspecified", "unspecified"):
        return {None, "local"}
    return {"local", None, "systemic"} if form == "rectal" else {"local", None}


def named_in(text):
    """The pack's ingredients in the name of a product, without its brand; the longest name takes its words."""
    text = re.sub(r"\[.*?\]|Insulin, Regular, Pork", "", text).lower().replace("/", " / ")
    words, found = " " + " ".join(re.findall(r"[^\s,()]+", text)) + " ", []
    for name, concept in LONGEST_NAMES_FIRST:
        if f" {name} " in words:
            words = words.replace(f" {name} ", " / ")
            found.append(concept)
    return found


def expect_product(row):
    code, concept = row["rxcui_product"], drug(row["ingredient_matched"])
    if row["ingredient_matched"] in NO_CONCEPT or code in NO_PRODUCT and concept and concept.id == "gabapentin":
        return
    known = concept is not None and ("rxnorm", code) in concept.codes
    checks.check(known, f"{row['ingredient_matched']} lacks the product {code}")
    if not known:
        return
    route = concept.codes["rxnorm", code]
    checks.check(route in allowed_routes(row, concept),
                 f"{concept.id} {code} is {route}, but {row['route_class']}: {row['rxnorm_name_as_found'][:80]}")
    if not row["rxnorm_name_as_found"].startswith("(name not given"):
        for part in named_in(row["rxnorm_name_as_found"]):
            checks.check(("rxnorm", code) in part.codes, f"{code} holds {part.id} too, which lacks it")


def expect_once(key, system, code, missing):
    """A code stands in the pack or on the list of reasons, and not on both."""
    known = any(concept.routes(system, code) for concept in OTHERS)
    listed = (system, code) in missing
    where = "in the pack and on the list of what is left out" if known else "not in the pack, and no reason is given"
    checks.check(known != listed, f"{key}: {system} {code} is {where}")


for row in rows("medications.csv"):
    expect_ingredient(row)
for row in rows("medication_products.csv"):
    expect_product(row)
no_loinc = {("loinc", code) for codes in NO_LOINC for code in codes.split()}
for row in rows("labs.csv"):
    expect_once(row["analyte_key"], "loinc", row["loinc"], no_loinc)
no_condition = left_out(NO_CONDITION)
for row in rows("conditions.csv"):
    if row["system"]:  # some say that no code exists
        expect_once(row["key"], SYSTEMS[row["system"]], row["code"], no_condition)
for system, codes in NEVER.items():
    for code in codes:
        code, _, only = code.partition(" ")
        holders = [concept.id for concept in PACK.values() if concept.routes(system, code) and only in ("", concept.id)]
        checks.check(not holders, f"{holders} holds {code}, which is something else")
checks.end()
