"""What is measured: requests as scripts send them, and the least that the raw engine has to do for the same answer."""

import csv
import itertools
import os
import random
import unicodedata
import urllib.parse
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from generate import STUDIES

# As many different requests of each kind, at most.
VARIETY = 2000
PAGE = 20
DEEP = 0.9

STUDY = "SELECT study.*, patient.* FROM study JOIN patient ON patient.id = study.patient_fk WHERE study.deleted_at IS NULL"
LIVE = "SELECT * FROM patient WHERE deleted_at IS NULL"


@dataclass
class Scenario:
    name: str
    connections: int
    paths: list
    # SQL of the same answer, for some of the paths.
    raw: list = field(default_factory=list)
    # The name of the scenario that it is compared with.
    beside: str = ""


def folded(text):
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain.lower() if letter.isalnum() and letter.isascii())


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def search(text, **more):
    return "/api/search?" + urllib.parse.urlencode({"q": text, "limit": PAGE, **more})


def people(folder, number, chance):
    """The names of some patients, drawn evenly: common names are common."""
    wanted = set(chance.sample(range(number), min(number, VARIETY)))
    with open(f"{folder}/patients.csv", encoding="utf-8") as file:
        rows = csv.reader(file)
        next(rows)
        return [row for index, row in enumerate(itertools.islice(rows, number)) if index in wanted]


def by_prefix(prefix):
    end = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    return (
        "SELECT patient.* FROM (SELECT row_id FROM search_token WHERE kind = 1 AND "
        f"token >= {quoted(prefix)} AND token < {quoted(end)} ORDER BY token, field, sort_key, row_id LIMIT {PAGE + 1}) "
        "entry JOIN patient ON patient.id = entry.row_id"
    )


def two_words(family, given):
    return (
        "SELECT patient.* FROM search_token entry JOIN patient ON patient.id = entry.row_id WHERE entry.kind = 1 AND "
        f"entry.token = {quoted(family)} AND INSTR(entry.words, {quoted(' ' + given)}) > 0 "
        f"ORDER BY field, entry.sort_key, row_id LIMIT {PAGE + 1}"
    )


def reads(number, chance):
    ids = [chance.randrange(1, number + 1) for _ in range(VARIETY)]
    paths = [f"/api/patients/{one}" for one in ids]
    counted = "(SELECT COUNT(*) FROM study WHERE patient_fk = patient.id AND deleted_at IS NULL)"
    raw = [f"SELECT patient.*, {counted} FROM patient WHERE id = {one}" for one in ids]
    return [Scenario("patient by id", 4, paths, raw), Scenario("patient by id, 32 connections", 32, paths, raw)]


def searches(folder, number, chance):
    known = people(folder, number, chance)
    chance.shuffle(known)
    families = [folded(row[2].replace("-", " ").split()[0]) for row in known]
    givens = [folded(row[3].split("-")[0]) for row in known]
    prefixes = [family[: 3 + index % 3] for index, family in enumerate(families) if len(family) >= 5]
    pairs = [(family, given[:4]) for family, given in zip(families, givens) if len(family) >= 3 and len(given) >= 3]
    studies = [chance.randrange(number * STUDIES) for _ in range(VARIETY)]
    common = ["ma", "be", "du", "le", "mo", "pe", "ro", "la", "gu", "ch", "mi", "da"]
    rare_given = ["svetlana", "dmitri", "zeynep", "hiroshi", "soren", "gunther", "lukasz", "yuki"]
    drivers = ["martin", "bernard", "thomas", "petit", "robert", "mar", "ber", "m"]
    nobody = ["".join(chance.choice("bcdfghjklmnpqrstvwxz") for _ in range(8)) for _ in range(200)]
    by = "patient by id"
    return [
        Scenario("search, one prefix", 4, [search(one) for one in prefixes], [by_prefix(one) for one in prefixes]),
        Scenario(
            "search, two words", 4, [search(f"{family} {given}") for family, given in pairs],
            [two_words(family, given) for family, given in pairs], "search, one prefix",
        ),
        Scenario(
            "search, patient_id", 4, [search(row[0]) for row in known],
            [f"{LIVE} AND patient_id = {quoted(row[0])}" for row in known], by,
        ),
        Scenario(
            "search, accession number", 4, [search(f"A{one:08d}") for one in studies],
            [f"{STUDY} AND study.accession_number = 'A{one:08d}'" for one in studies], by,
        ),
        Scenario(
            "search, UID", 4, [search(f"1.2.826.0.1.3680043.10.1.{one}") for one in studies],
            [f"{STUDY} AND study.study_instance_uid = '1.2.826.0.1.3680043.10.1.{one}'" for one in studies], by,
        ),
        Scenario("worst: two letters of common names", 4, [search(one) for one in common], [by_prefix(one) for one in common]),
        Scenario(
            "worst: rare partner behind a common driver", 4,
            [search(f"{driver} {rare}") for driver in drivers for rare in rare_given],
        ),
        Scenario("worst: studies of common names with a filter", 4,
                 [search(f"{driver} irm", type="study", modality="XA") for driver in drivers]),
        Scenario("worst: a common name and a birth date", 4,
                 [search(driver, birth_date=f"19{year}-03-03") for driver in drivers for year in range(40, 90)]),
        Scenario("worst: the same with a month, by name", 4,
                 [search(driver, birth_date=f"19{year}-03", sort="name") for driver in drivers for year in range(40, 90)]),
        Scenario("worst: a common name, by study date", 4, [search(driver, sort="-study_date") for driver in drivers]),
        Scenario("worst: two common words, by name", 4,
                 [search(f"{driver} {given}", sort="name") for driver in drivers[:5] for given in ("soph", "cath", "zoe")]),
        Scenario("worst: studies of a common name or description", 4,
                 [f"/api/studies?limit={PAGE}&modality=MR&{one}" for one in (
                     "study_description=irm", "patient_name=martin", "referring_physician_name=bernard", "study_description=genou")]),
        Scenario("worst: nobody, fuzzy tier and all", 4, [search(one) for one in nobody]),
        Scenario("worst: one edit from a common name", 4,
                 [search(one, match="fuzzy") for one in ("martni", "bernadr", "dubios", "lefebrve", "rousseua", "garcai")]),
    ]


LISTS = {
    "patients by name": ("/api/patients?", f"{LIVE} ORDER BY name_key, id"),
    "patients by last change": ("/api/patients?sort=-updated_at&", f"{LIVE} ORDER BY updated_at DESC, id DESC"),
    "patients born 1960 to 1979": (
        "/api/patients?birth_date=19600101-19791231&sort=birth_date&",
        f"{LIVE} AND birth_date BETWEEN '1960-01-01' AND '1979-12-31' ORDER BY birth_date, id",
    ),
    "studies by date": ("/api/studies?", f"{STUDY} ORDER BY study_date DESC, study.id DESC"),
    "studies, two modalities": (
        "/api/studies?modality=MR,CT&",
        f"{STUDY} AND EXISTS (SELECT 1 FROM study_modality WHERE study_fk = study.id AND modality IN ('MR', 'CT')) "
        "ORDER BY study_date DESC, study.id DESC",
    ),
    "studies, modality and month": (
        "/api/studies?modality=MR&study_date=20190301-20190331&sort=study_date&",
        f"{STUDY} AND study_date BETWEEN '2019-03-01' AND '2019-03-31' AND EXISTS (SELECT 1 FROM study_modality WHERE "
        "study_fk = study.id AND modality = 'MR') ORDER BY study_date, study.id",
    ),
}


def lists(server, token, only):
    """First pages, and pages at nine tenths of the list; of the lists whose name has this."""
    wanted = {name: list_of for name, list_of in LISTS.items() if only in f"{name}: first, at 90 %"}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        walked = pool.map(lambda list_of: all_cursors(server, token, list_of[0]), wanted.values())
    for (name, (path, raw)), cursors in zip(wanted.items(), walked):
        around = range(int(len(cursors) * (DEEP - 0.02)), int(len(cursors) * (DEEP + 0.02)) + 1)
        deep = [f"{path}limit={PAGE}&cursor={urllib.parse.quote(cursors[at])}" for at in around if at < len(cursors)]
        yield Scenario(f"{name}: first", 4, [f"{path}limit={PAGE}"], [f"{raw} LIMIT {PAGE}"])
        if deep:
            yield Scenario(f"{name}: at 90 %", 4, deep, beside=f"{name}: first")


def all_cursors(server, token, path):
    cursors, end = [], ""
    while True:
        status, page = server.ask("GET", f"{path}limit=200{end}", token=token)
        if status != 200:
            raise SystemExit(f"{path}: {status} {page}")
        cursor = page.get("next_cursor")
        if not cursor:
            return cursors
        cursors.append(cursor)
        end = "&cursor=" + urllib.parse.quote(cursor)


def all_searches(folder, number):
    chance = random.Random(7)
    return reads(number, chance) + searches(folder, number, chance)
