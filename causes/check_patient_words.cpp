#include "causes/pack_reading.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

// A patient reads what nobody has left out by mistake: all that the pack can find, ask for or ask
// about is either told or, with its reason, not told, and that in every language alike.

namespace legwork::causes {
namespace {
/// A longer sentence is hard to follow for many who will read the page.
constexpr std::size_t most_words = 15;

class Check {
 public:
  Check(const PatientWords& words, const Element& root, Reading& reading)
      : words_(words), root_(root), reading_(reading) {}

  void run() {
    const Pack& pack = reading_.pack;
    complete("cause", pack.causes, words_.causes, Untold::What::cause);
    complete("test", pack.tests, words_.tests, Untold::What::test);
    complete("question", pack.questions, words_.questions, Untold::What::question);
    all_of("red-flag", pack.red_flags, words_.red_flags);
    all_of("banner", pack.banners, words_.banners);
    for (const auto& [what, missing] :
         {std::pair{"<today>", words_.today.text.empty()},
          {"<emergency>", words_.emergency.signs.empty()},
          {"<same-day>", words_.same_day.signs.empty()},
          {"<list>", words_.list_and.empty()},
          {"<link count=\"1\">, \"2\" and \"3\"",
           std::ranges::any_of(words_.link, [](const Sign& it) { return it.text.empty(); })}}) {
      if (missing) reading_.fault(root_, fmt::format("<patient> needs {}", what));
    }
    for (const auto& text : texts(words_)) short_sentences(text);
  }

 private:
  template <class T>
  static std::multiset<std::string> ids(const std::vector<T>& items) {
    std::multiset<std::string> found;
    for (const T& item : items) found.insert(item.id);
    return found;
  }

  template <class Defined, class Told>
  void complete(std::string_view kind, const std::vector<Defined>& defined,
                const std::vector<Told>& told, Untold::What what) {
    const auto spoken = ids(told);
    std::multiset<std::string> silent;
    for (const auto& it : words_.untold)
      if (it.what == what) silent.insert(it.id);
    for (const auto& it : defined) {
      const auto times = spoken.count(it.id) + silent.count(it.id);
      if (times == 1) continue;
      if (times == 0) {
        reading_.fault(root_, fmt::format("the {0} '{1}' is neither told nor left untold; add <{0} "
                                          "id=\"{1}\"> or <untold {0}=\"{1}\" reason=\"…\"/>",
                                          kind, it.id));
      } else {
        reading_.fault(root_, fmt::format("the {} '{}' is told or left untold {} times; keep one",
                                          kind, it.id, times));
      }
    }
  }

  template <class Defined, class Told>
  void all_of(std::string_view kind, const std::vector<Defined>& defined,
              const std::vector<Told>& told) {
    const auto spoken = ids(told);
    for (const auto& it : defined)
      if (spoken.count(it.id) != 1)
        reading_.fault(root_, fmt::format("the {0} '{1}' stands here {2} times; it needs one <{0} "
                                          "id=\"{1}\">",
                                          kind, it.id, spoken.count(it.id)));
    for (const auto& id : spoken)
      if (std::ranges::find(defined, id, &Defined::id) == defined.end())
        reading_.fault(root_, fmt::format("the pack has no {} '{}'; correct the id", kind, id));
  }

  /// The element that holds a text.
  const Element& place_of(const PatientText& text) const {
    const auto owner = words_.lang + " " + text.name.substr(0, text.name.find(':'));
    const auto place = reading_.patient_places.find(owner);
    return place == reading_.patient_places.end() ? root_ : place->second;
  }

  void short_sentences(const PatientText& text) {
    std::size_t count = 0;
    const auto end_sentence = [&] {
      if (count > most_words)
        reading_.fault(place_of(text),
                       fmt::format("a sentence of {} words in '{}'; split it, {} are the most",
                                   count, text.name, most_words));
      count = 0;
    };
    for (const auto word : legwork::words(text.text)) {
      ++count;
      if (std::string_view(".?!:").find(word.back()) != std::string_view::npos) end_sentence();
    }
    end_sentence();
  }

  const PatientWords& words_;
  const Element& root_;
  Reading& reading_;
};

std::string joined(const std::vector<std::string>& parts) {
  return fmt::format("{}", fmt::join(parts, " "));
}

/// What must be the same in every language, under the name of what it belongs to.
std::map<std::string, std::string> fixed_parts(const PatientWords& words) {
  std::map<std::string, std::string> parts;
  for (const auto& it : texts(words)) {
    auto names = placeholders(it.text);
    std::ranges::sort(names);
    parts[it.name] = fmt::format("placeholders: {}", joined(names));
  }
  for (const auto& it : words.causes)
    parts["cause " + it.id] =
        fmt::format("icon: {}, claim: {}", icon_names[static_cast<std::size_t>(it.icon)], it.claim);
  for (const auto& it : words.tests)
    parts["test " + it.id] = fmt::format("claim: {}, group: {}", it.claim, it.group);
  for (const auto& it : words.advice)
    parts["advice " + it.id] = fmt::format(
        "kind: {}, topic: {}, claims: {}, causes: {}, unless-causes: {}, unless-red-flags: {}",
        it.kind == Advice::Kind::do_it ? "do" : "avoid", it.topic, joined(it.claims),
        joined(it.causes), joined(it.unless_causes), joined(it.unless_red_flags));
  for (const auto& it : words.red_flags) parts["red-flag " + it.id] = "claim: " + it.claim;
  for (const auto& it : words.banners)
    parts["banner " + it.id] = it.findings_told ? "findings: told" : "findings: untold";
  for (const auto& [name, help] :
       {std::pair{"emergency", &words.emergency}, {"same-day", &words.same_day}})
    for (std::size_t i = 0; i < help->signs.size(); ++i)
      parts[fmt::format("{}, sign {}", name, i + 1)] = "claim: " + help->signs[i].claim;
  std::vector<std::string> order;
  for (const auto& it : words.advice) order.push_back(it.id);
  parts["the order of <advice>"] = joined(order);
  return parts;
}

void compare(const PatientWords& first, const PatientWords& other, const Element& root,
             Reading& reading) {
  const auto known = fixed_parts(first);
  const auto given = fixed_parts(other);
  for (const auto& [name, value] : known) {
    const auto found = given.find(name);
    if (found == given.end()) {
      reading.fault(
          root, fmt::format("'{}' is in the words of '{}' and not here; add it", name, first.lang));
    } else if (found->second != value) {
      reading.fault(root,
                    fmt::format("'{}' differs from the words of '{}', which have {}; this has "
                                "{}",
                                name, first.lang, value, found->second));
    }
  }
  for (const auto& [name, value] : given)
    if (!known.contains(name))
      reading.fault(root, fmt::format("'{}' is here and not in the words of '{}'; add it there",
                                      name, first.lang));
}
}  // namespace

void check_patient_words(Reading& reading) {
  const auto& all = reading.pack.patient;
  for (std::size_t i = 0; i < all.size(); ++i)
    Check(all[i], reading.patient_roots[i], reading).run();
  for (std::size_t i = 1; i < all.size(); ++i)
    compare(all[0], all[i], reading.patient_roots[i], reading);
}
}  // namespace legwork::causes
