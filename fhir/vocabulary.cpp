#include "fhir/vocabulary.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

namespace legwork::fhir {
namespace {
/// What is the same system to a person: "HTTPS://LOINC.org/" -> "loinc.org".
std::string normal_uri(std::string_view uri) {
  std::string normal(trim(uri));
  for (char& c : normal) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  for (const std::string_view scheme : {"https://", "http://", "urn:oid:"}) {
    if (normal.starts_with(scheme)) normal.erase(0, scheme.size());
  }
  while (normal.ends_with('/')) normal.pop_back();
  return normal;
}

std::string key(SystemId system, std::string_view code) {
  std::string made(1, static_cast<char>(system));
  made += code;
  return made;
}

std::string without_dots(std::string_view code) {
  std::string made(code);
  std::erase(made, '.');
  return made;
}

/// Registered and trade marks and the no-break space part words, like any other sign.
std::string without_marks(std::string_view text) {
  std::string made(text);
  for (const std::string_view sign : {"\u00AE", "\u2122", "\u00A0"}) {
    for (auto at = made.find(sign); at != made.npos; at = made.find(sign, at)) {
      made.replace(at, sign.size(), " ");
    }
  }
  return made;
}

/// Folded, and without the dots that end sentences: "Norvasc\u00AE 2.5 mg." -> "norvasc 2.5 mg".
std::string plain_words(std::string_view text) {
  const bool is_ascii = std::all_of(text.begin(), text.end(), [](char c) { return c >= 0; });
  std::string plain = is_ascii ? fold(text) : fold(without_marks(text));
  for (auto dot = plain.rfind('.'); dot != plain.npos; dot = plain.rfind('.', dot - 1)) {
    const bool ends_word = dot + 1 == plain.size() || plain[dot + 1] == ' ';
    if (ends_word) plain.erase(dot, 1);
    if (dot == 0) break;
  }
  return plain;
}

/// The plain words of a text, one by one. Owns the letters that its views point to.
class Words {
 public:
  explicit Words(std::string_view text) : plain_(plain_words(text)) {
    for (std::size_t from = 0; from < plain_.size();) {
      const std::size_t to = std::min(plain_.find(' ', from), plain_.size());
      words_.emplace_back(plain_.data() + from, to - from);
      from = to + 1;
    }
  }
  Words(const Words&) = delete;
  Words& operator=(const Words&) = delete;

  std::size_t size() const { return words_.size(); }
  std::string_view operator[](std::size_t at) const { return words_[at]; }

  bool has(const std::vector<std::string>& phrase, std::size_t at) const {
    return phrase.size() <= words_.size() - at &&
           std::equal(phrase.begin(), phrase.end(), words_.begin() + std::ptrdiff_t(at));
  }
  std::vector<std::string> copy() const { return {words_.begin(), words_.end()}; }

 private:
  std::string plain_;
  std::vector<std::string_view> words_;
};

/// The longest of the phrases that stands at a place: "soft gel" takes its words from "gel".
template <class Said>
const std::pair<std::vector<std::string>, Said>* longest_in(
    const std::vector<std::pair<std::vector<std::string>, Said>>& phrases, const Words& words,
    std::size_t at) {
  const std::pair<std::vector<std::string>, Said>* longest = nullptr;
  for (const auto& candidate : phrases) {
    if (!words.has(candidate.first, at)) continue;
    if (longest == nullptr || candidate.first.size() > longest->first.size()) longest = &candidate;
  }
  return longest;
}

/// Where a name was found in a text: words [from, to).
struct Span {
  std::size_t from, to;
  Vocabulary::Meaning meaning;

  std::size_t length() const { return to - from; }
  bool is_shadowed_by(const Span& kept) const {
    return from < kept.to && kept.from < to && length() < kept.length();
  }
};

/// "iron sucrose" takes its words from "iron", but not from an "iron" elsewhere in the text.
void keep_longest(std::vector<Span>& spans) {
  std::stable_sort(spans.begin(), spans.end(),
                   [](const Span& a, const Span& b) { return a.length() > b.length(); });
  std::vector<Span> kept;
  for (const Span& span : spans) {
    const auto shadows = [&](const Span& longer) { return span.is_shadowed_by(longer); };
    if (std::none_of(kept.begin(), kept.end(), shadows)) kept.push_back(span);
  }
  std::stable_sort(kept.begin(), kept.end(),
                   [](const Span& a, const Span& b) { return a.from < b.from; });
  spans = std::move(kept);
}

bool must_be_whole(Kind kind) { return kind == Kind::observation || kind == Kind::procedure; }
}  // namespace

SystemId Vocabulary::add_system(std::string_view uri) {
  if (const SystemId known = system(uri)) return known;
  assert(has_room());
  add_system_alias(uri, ++last_system_);
  return last_system_;
}

bool Vocabulary::has_room() const { return last_system_ < std::numeric_limits<SystemId>::max(); }

void Vocabulary::add_system_alias(std::string_view uri, SystemId system) {
  systems_.emplace(uri, system);  // as it is sent nearly always: found without folding
  systems_.emplace(normal_uri(uri), system);
}

void Vocabulary::add_code(SystemId system, std::string_view code, Meaning meaning) {
  codes_[key(system, code)].push_back(meaning);
}

void Vocabulary::add_prefix(SystemId system, std::string_view prefix, Meaning meaning) {
  const std::string plain = without_dots(prefix);
  if (prefix_lengths_.size() <= system) prefix_lengths_.resize(system + 1u);
  PrefixLengths& lengths = prefix_lengths_[system];
  lengths.shortest = std::min(lengths.shortest, plain.size());
  lengths.longest = std::max(lengths.longest, plain.size());
  prefixes_[key(system, plain)].push_back(meaning);
}

void Vocabulary::add_name(std::string_view name, Meaning meaning) {
  meaning.matched_by = MatchedBy::name;
  if (must_be_whole(meaning.kind)) {
    whole_names_[plain_words(name)].push_back(meaning);
    return;
  }
  const Words words(name);
  if (words.size() == 0) return;
  names_[std::string(words[0])].push_back({words.copy(), meaning});
}

void Vocabulary::add_route_code(SystemId system, std::string_view code, Medication::Route route) {
  route_codes_.emplace(key(system, code), route);
}

void Vocabulary::add_route_words(std::string_view words, Medication::Route route) {
  const Words phrase(words);
  if (phrase.size() == 0) return;
  route_words_[std::string(phrase[0])].emplace_back(phrase.copy(), route);
}

void Vocabulary::add_value_code(SystemId system, std::string_view code, bool present) {
  value_codes_.emplace(key(system, code), present);
}

void Vocabulary::add_value_word(std::string_view words, bool present) {
  value_words_.emplace(fold(words), present);
}

void Vocabulary::add_guard(std::string_view words) {
  const Words phrase(words);
  if (phrase.size() == 0) return;
  guards_[std::string(phrase[0])].push_back(phrase.copy());
}

void Vocabulary::add_question(std::string_view link_id) { questions_.emplace(link_id); }
void Vocabulary::set_questionnaire(std::string_view canonical) { questionnaire_ = canonical; }

SystemId Vocabulary::system(std::string_view uri) const {
  if (const auto found = systems_.find(uri); found != systems_.end()) return found->second;
  const auto found = systems_.find(normal_uri(uri));
  return found == systems_.end() ? SystemId{0} : found->second;
}

void Vocabulary::find_code(SystemId system, std::string_view code,
                           std::vector<Meaning>& found) const {
  if (system == 0) return;
  const auto append = [&](const auto& table, std::string_view whole) {
    const auto at = table.find(whole);
    if (at != table.end()) found.insert(found.end(), at->second.begin(), at->second.end());
  };
  append(codes_, key(system, code));
  if (system >= prefix_lengths_.size()) return;
  const PrefixLengths lengths = prefix_lengths_[system];
  if (lengths.longest == 0) return;
  const std::string plain = key(system, without_dots(code));
  for (auto length = lengths.shortest; length <= lengths.longest && length < plain.size();
       ++length) {
    append(prefixes_, std::string_view(plain).substr(0, 1 + length));
  }
}

void Vocabulary::find_names(Kind kind, std::string_view text, std::vector<Meaning>& found) const {
  if (must_be_whole(kind)) return find_whole_name(kind, text, found);
  const Words words(text);
  std::vector<Span> spans;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const auto starting = names_.find(words[at]);
    if (starting == names_.end()) continue;
    for (const Name& name : starting->second) {
      if (name.meaning.kind != kind || !words.has(name.words, at)) continue;
      spans.push_back({at, at + name.words.size(), name.meaning});
    }
  }
  if (spans.empty() || (kind == Kind::condition && has_guard(text))) return;
  keep_longest(spans);
  for (const Span& span : spans) found.push_back(span.meaning);
}

void Vocabulary::find_whole_name(Kind kind, std::string_view text,
                                 std::vector<Meaning>& found) const {
  const auto named = whole_names_.find(plain_words(text));
  if (named == whole_names_.end()) return;
  std::copy_if(named->second.begin(), named->second.end(), std::back_inserter(found),
               [kind](const Meaning& meaning) { return meaning.kind == kind; });
}

bool Vocabulary::has_guard(std::string_view text) const {
  const Words words(text);
  for (std::size_t at = 0; at < words.size(); ++at) {
    const auto starting = guards_.find(words[at]);
    if (starting == guards_.end()) continue;
    for (const Phrase& phrase : starting->second) {
      if (words.has(phrase, at)) return true;
    }
  }
  return false;
}

std::optional<Medication::Route> Vocabulary::route_of_code(SystemId system,
                                                           std::string_view code) const {
  const auto found = route_codes_.find(key(system, code));
  if (system == 0 || found == route_codes_.end()) return {};
  return found->second;
}

std::optional<Medication::Route> Vocabulary::route_of_words(std::string_view text) const {
  const Words words(text);
  std::optional<Medication::Route> route;
  for (std::size_t at = 0; at < words.size();) {
    std::size_t length = 1;
    if (const auto starting = route_words_.find(words[at]); starting != route_words_.end()) {
      const auto* longest = longest_in(starting->second, words, at);
      if (longest != nullptr) {
        if (longest->second == Medication::Route::local) return longest->second;
        route = longest->second;
        length = longest->first.size();
      }
    }
    at += length;
  }
  return route;
}

std::optional<bool> Vocabulary::value_of_code(SystemId system, std::string_view code) const {
  const auto found = value_codes_.find(key(system, code));
  if (system == 0 || found == value_codes_.end()) return {};
  return found->second;
}

std::optional<bool> Vocabulary::value_of_words(std::string_view text) const {
  const auto found = value_words_.find(fold(text));
  if (found == value_words_.end()) return {};
  return found->second;
}

bool Vocabulary::is_question(std::string_view link_id) const {
  return questions_.contains(link_id);
}

bool Vocabulary::is_questionnaire(std::string_view canonical) const {
  return !questionnaire_.empty() && canonical.substr(0, canonical.find('|')) == questionnaire_;
}
}  // namespace legwork::fhir
