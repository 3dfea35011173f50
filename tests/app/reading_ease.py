"""How hard a text is to read, as the school grade that it takes.

English: Flesch-Kincaid grade = 0.39 words/sentence + 11.8 syllables/word - 15.59 (Kincaid et al. 1975).
Spanish: Crawford 1989 grade = -0.205 sentences/100 words + 0.049 syllables/100 words - 3.407
(https://legible.es/blog/formula-de-crawford/); and as a second look the ease of Fernandez Huerta 1959,
206.84 - 60 syllables/word - 1.02 words/sentence, from 0 (hard) to 100 (easy), 70 to 80 being grade 6
(https://legible.es/blog/lecturabilidad-fernandez-huerta/).

What ends without a full stop (a heading, a line of a list) counts as a sentence of its own: so it is read.
A number counts as a word of one syllable.
"""
import re
import unicodedata

# What the rule below miscounts, among the words that these texts use.
IRREGULAR = {"vitamin": 3, "people": 2, "fluid": 2, "fluids": 2, "create": 2, "diet": 2, "medicine": 3, "medicines": 3, "area": 3,
             "something": 2, "sometimes": 2, "someone": 2, "every": 2, "being": 2, "science": 2, "idea": 3,
             "potassium": 4, "sodium": 3, "calcium": 3, "magnesium": 4, "ibuprofen": 4, "amlodipine": 4,
             "diuretic": 4, "diuretics": 4, "thyroid": 2, "whole": 1, "heavier": 3, "earlier": 3, "period": 3}


def english_syllables(word):
    word = re.sub(r"[^a-z]", "", word.lower().replace("’", "'").split("'")[0])
    if not word:
        return 1
    if word in IRREGULAR:
        return IRREGULAR[word]
    count = len(re.findall(r"[aeiouy]+", word))
    if word.endswith("e") and not word.endswith(("le", "ee", "ye", "oe")):
        count -= 1
    elif re.search(r"[aeiouy][^aeiouytd]+ed$|[^aeiouytd]ed$", word) and not word.endswith(("ted", "ded")):
        count -= 1
    elif re.search(r"[^aeiouscxzgh]es$", word) and not word.endswith("les"):
        count -= 1
    elif re.search(r"[^aeiou]le$", word) is None and word.endswith("le"):
        count -= 1
    return max(count, 1)


def spanish_syllables(word):
    """Each group of vowels is one syllable, but two strong ones, or an accented weak one, part."""
    word = unicodedata.normalize("NFC", word.lower())
    word = re.sub(r"[^a-záéíóúüñ]", "", word)
    if not word:
        return 1
    word = re.sub(r"qu(?=[eiéí])", "q", re.sub(r"gu(?=[eiéí])", "g", word))
    word = re.sub(r"y$", "i", word)
    count = 0
    for group in re.findall(r"[aeiouáéíóúü]+", word):
        count += 1
        for first, second in zip(group, group[1:]):
            strong = set("aeoáéó")
            count += (first in strong and second in strong) or first in "íú" or second in "íú"
    return max(count, 1)


SYLLABLES = {"en": english_syllables, "es": spanish_syllables}


def measure(pieces, language):
    """Sentences, words and syllables of texts that stand apart from each other."""
    sentences = words = syllables = 0
    for piece in pieces:
        for sentence in re.split(r"(?<=[.?!:])\s+", piece.strip()):
            found = [word for word in sentence.split() if re.search(r"\w", word)]
            if not found:
                continue
            sentences += 1
            words += len(found)
            syllables += sum(SYLLABLES[language](word) for word in found)
    return sentences, words, syllables


def grade(pieces, language):
    sentences, words, syllables = measure(pieces, language)
    if language == "es":
        return -0.205 * 100 * sentences / words + 0.049 * 100 * syllables / words - 3.407
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


def fernandez_huerta(pieces):
    sentences, words, syllables = measure(pieces, "es")
    return 206.84 - 60 * syllables / words - 1.02 * words / sentences
