#!/usr/bin/env python3
"""Patients and studies that nobody is: as many as are asked for, the same ones for the same number.

    bench/generate.py NUMBER FOLDER      # patients.csv and studies.csv, three studies a patient

Names are as unevenly spread as in a French registry: a few hundred family names bear half of the patients, tens of thousands the
others. Files that are there already are kept.
"""

import csv
import itertools
import os
import random
import sys
from datetime import date, timedelta

STUDIES = 3
COMMON = """Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefebvre Leroy Roux David Bertrand
Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller Lefèvre Faure André Mercier Blanc Guérin Boyer Garnier
Chevalier François Legrand Gauthier Garcia Perrin Robin Clément Morin Nicolas Henry Roussel Mathieu Gautier Masson Marchand Duval
Denis Dumont Marie Lemaire Noël Meyer Dufour Meunier Brun Blanchard Giraud Joly Rivière Lucas Brunet Gaillard Barbier Arnaud
Martinez Gérard Roche Renard Schmitt Roy Leroux Colin Vidal Caron Picard Roger Fabre Aubert Lemoine Renaud Dumas Lacroix Olivier
Philippe Bourgeois Pierre Benoit Rey Leclerc Payet Rolland Leclercq Guillaume Lecomte Lopez Jean Dupuy Guillot Hubert Berger
Carpentier Sanchez Dupuis Moulin Louis Deschamps Huet Vasseur Perez Boucher Fleury Royer Klein Jacquet Adam Paris Poirier Marty
Aubry Guyot Carré Charles Renault Charpentier Ménard Maillard Baron Bertin Bailly Hervé Schneider Fernandez Collet Léger Bouvier
Julien Prévost Millet Perrot Daniel Cousin Germain Breton Besson Langlois Rémy Pelletier Lévêque Perrier Leblanc Barre Lebrun
Marchal Weber Mallet Hamon Boulanger Jacob Monnier Michaud Rodriguez Guichard Gillet Étienne Grondin Poulain Tessier Chevallier
Collin Chauvin Bouchet Gay Lemaître Bénard Maréchal Humbert Reynaud Antoine Hoarau Perret Barthélemy Cordier Pichon Lejeune Gilbert
Lamy Delaunay Pasquier Carlier Laporte O'Brien d'Artagnan Le Goff de la Tour Saint-Martin""".replace("\n", " ")
PARTICLES = {"Le": 2, "de": 3}
GIVEN = """Marie Jean Pierre Michel André Philippe Nathalie Isabelle Alain Patrick Jacques Catherine Sylvie Christophe Nicolas
Christine Françoise Monique Laurent Frédéric Éric Stéphane Sandrine Olivier Bernard Daniel Julien Pascal Valérie Thierry Céline
Sébastien Christian Véronique Gérard Claude Nicole Sophie Anne Jacqueline Stéphanie Aurélie Hélène Émilie Élodie Thomas Guillaume
Camille Julie Léa Manon Chloé Emma Louise Alice Jade Inès Zoé Lina Rose Anna Mila Hugo Lucas Louis Gabriel Raphaël Arthur Jules Adam
Noé Léo Paul Ethan Nathan Sacha Mohamed Yanis Rayan Amine Fatima Aïcha Karim Nadia Farid Samira Ahmed Ali Ömer Zeynep João Maria
José Ana Łukasz Zofia Jürgen Günther Søren Åse Dmitri Svetlana Wei Li Nguyễn Thị Hiroshi Yuki""".split()
ONSETS = "b br c ch cl d dr f fl g gr gu h j l m n p pl pr qu r s t tr v".split()
VOWELS = "a ai an au e é eau eu i in o oi on ou u".split()
ENDS = " l n r s t x ard eau el er et ier in ot".split(" ")
MODALITIES = ["CR", "CT", "MR", "US", "DX", "MG", "PT", "NM", "XA", "OT"]
SHARES = [20, 22, 18, 18, 10, 5, 2, 2, 2, 1]
WORDS = {"CR": "Radio", "CT": "Scanner", "MR": "IRM", "US": "Échographie", "DX": "Radio", "MG": "Mammographie", "PT": "TEP",
         "NM": "Scintigraphie", "XA": "Angiographie", "OT": "Examen"}
PARTS = ["thorax", "abdomen", "crâne", "rachis lombaire", "rachis cervical", "genou droit", "genou gauche", "épaule droite",
         "épaule gauche", "bassin", "hanche", "cheville", "poignet", "main", "sinus", "rocher", "foie", "rein", "cœur", "sein",
         "prostate", "thyroïde"]
ADDITIONS = ["", "", "", " sans injection", " avec injection", " contrôle", " post-opératoire", " urgence"]
SITES = [f"{kind} {place}" for kind in ("CHU", "Clinique", "Cabinet", "Centre d'imagerie")
         for place in ("Nord", "Sud", "Saint-Jean", "de la Gare", "du Parc", "Pasteur", "Bellevue", "de l'Étang")]
FIRST_DAY, DAYS = date(2006, 1, 1), 7500


def common_names():
    words, names = iter(COMMON.split()), []
    for word in words:
        rest = itertools.islice(words, PARTICLES.get(word, 1) - 1)
        names.append(" ".join([word, *rest]))
    return names


def rare_name(chance):
    syllables = (chance.choice(ONSETS) + chance.choice(VOWELS) for _ in range(chance.choice((2, 2, 3))))
    return ("".join(syllables) + chance.choice(ENDS)).capitalize()


def falling(number):
    """The weights of Zipf's law."""
    return list(itertools.accumulate(1 / (rank + 4) for rank in range(number)))


def patients(number):
    chance = random.Random(20261122)
    common, rare = common_names(), sorted({rare_name(chance) for _ in range(60_000)})
    common_weights, given_weights = falling(len(common)), falling(len(GIVEN))
    for index in range(number):
        family = chance.choices(common, cum_weights=common_weights)[0] if chance.random() < 0.5 else chance.choice(rare)
        given = chance.choices(GIVEN, cum_weights=given_weights)[0]
        if chance.random() < 0.08:
            given += "-" + chance.choice(GIVEN)
        if chance.random() < 0.03:
            family += "-" + chance.choice(common)
        birth = date(1925, 1, 1) + timedelta(days=chance.randrange(29_000))
        yield [f"P{index:07d}", "BENCH", family, given, birth.isoformat(), chance.choice("MF")]


def studies(number):
    chance = random.Random(42)
    doctors = [f"{chance.choice(common_names())}^{chance.choice(GIVEN)}" for _ in range(400)]
    for index in range(number * STUDIES):
        modality = chance.choices(MODALITIES, SHARES)[0]
        both = f"{modality},SR" if chance.random() < 0.2 else modality
        # Nobody is examined before birth: the youngest are born in 2004.
        day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
        yield [
            f"1.2.826.0.1.3680043.10.1.{index}", f"P{index // STUDIES:07d}", "BENCH", f"A{index:08d}", day.isoformat(),
            f"{chance.randrange(8, 19):02d}:{chance.randrange(60):02d}:00",
            f"{WORDS[modality]} {chance.choice(PARTS)}{chance.choice(ADDITIONS)}", both, chance.choice(doctors),
            chance.choice(SITES), 1 + chance.randrange(8), 10 + chance.randrange(900), "available",
        ]


TABLES = {
    "patients.csv": (patients, "patient_id issuer_of_patient_id family_name given_name birth_date sex"),
    "studies.csv": (studies, "study_instance_uid patient_id issuer_of_patient_id accession_number study_date study_time "
                             "study_description modalities_in_study referring_physician_name institution_name "
                             "number_of_study_related_series number_of_study_related_instances status"),
}


def write(number, folder):
    """Writes what is missing; the paths of the files."""
    os.makedirs(folder, exist_ok=True)
    paths = []
    for name, (rows, heading) in TABLES.items():
        path = os.path.join(folder, name)
        if not os.path.exists(path):
            with open(path + ".part", "w", newline="", encoding="utf-8") as file:
                table = csv.writer(file)
                table.writerow(heading.split())
                table.writerows(rows(number))
            os.rename(path + ".part", path)
        paths.append(path)
    return paths


if __name__ == "__main__":
    write(int(sys.argv[1]), sys.argv[2])
