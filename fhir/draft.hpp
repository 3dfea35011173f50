#pragma once

#include "base/result.hpp"
#include "fhir/facts.hpp"
#include "fhir/unmapped.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace legwork::fhir {
/// Where a resource stands, for those that have no id. Made into words only when needed.
struct Place {
  enum class Step { input, line, item };
  const Place* outer = nullptr;
  Step step = Step::input;
  std::string_view name;      ///< of the input, or of the list: "Bundle.entry"; "" for an array
  std::size_t index = 0;      ///< lines from 1, items from 0
  std::string words() const;  ///< "chart.json", "chart.ndjson:3", "Bundle.entry[7]"
};

/// A resource on its own, before any chart says whether it counts. Lasts as long as the call that
/// it is handed over in.
struct Taken {
  std::string_view type;
  std::string_view reference;  ///< "Observation/o9"; where it has no id, its place in words
  bool has_id = false;         ///< or a full URL
  std::string_view subject;    ///< the reference as it was sent; "" where there is none
  std::string_view full_url;   ///< of its Bundle entry
  /// What of it a chart may need: as JSON, or as elements. Neither where it is no resource.
  std::string_view json = {};
  const ElementList* resource = nullptr;
  bool matters = false;        ///< a chart with it is another than one without
  std::string_view complaint;  ///< why it cannot be read; "" if it can
};

/// Those elements of a resource that a chart may need, as they were sent.
struct Copied {
  const Rule* rule = nullptr;
  std::string_view id, subject;  ///< "o9"; "Patient/p1"
  std::string_view json;         ///< on one line
};

/// A chart while its resources are still coming in. Whether a resource counts can be said only at
/// the end: its patient, its drug, or a newer version of it may stand after it, or in another file.
class Draft {
 public:
  /// `unmapped`: where to list the codes that the vocabulary does not know; nullptr for nowhere.
  Draft(const Vocabulary& vocabulary, Unmapped* unmapped)
      : vocabulary_(vocabulary), unmapped_(unmapped) {}

  /// From now on each resource is handed over and not kept: for those who sort many charts.
  void hand_over(std::function<void(const Taken&)> to) { taker_ = std::move(to); }

  bool hands_over() const { return taker_ != nullptr; }
  /// Whether the codes of a resource tell that it gives no fact (Rule::codes).
  bool is_dull(const Rule& rule, const ElementList& resource) const;

  /// A resource of a type that the chart needs.
  void take(const Rule& rule, const ElementList& resource, const Place& place,
            std::string_view full_url);
  /// One whose codes say something, as JSON: it is handed over, unread.
  void take(const Copied& copied, const Place& place, std::string_view full_url);
  /// A resource of another type: only counted.
  void pass() { ++passed_; }
  /// What should be a resource and is none.
  void refuse(const Place& place, std::string_view why);
  /// A Bundle, without its entries: remembers its pages.
  void take_pages(const ElementList& bundle, const Place& place);

  /// Takes back what came in since `mark`: the line that it stood on turned out to be broken.
  std::size_t mark() const { return records_.size(); }
  void forget_since(std::size_t mark);

  /// Errors: missing, unsupported (see read_chart).
  Result<Chart> finish(std::string_view where) &&;

 private:
  /// One resource, and what became of it.
  struct Record {
    enum class Fate { used, idle, unreadable, in_error, modified, superseded, foreign, forgotten };
    std::string reference;
    std::size_t subject = 0;  // in subjects_
    std::string version;      // meta.lastUpdated and meta.versionId: the greater is the newer
    Fate fate = Fate::idle;
    bool has_id = false;  // otherwise it is like no other resource
    std::string complaint;
  };
  template <class Fact>
  struct From {
    std::size_t record;
    Fact fact;
  };
  template <class Fact>
  using All = std::vector<From<Fact>>;
  struct Drug {
    Product product;
    std::string reference, full_url;
  };
  struct Page {
    std::string self, next;
    std::string place;
  };

  Record describe(const Rule& rule, const Element& resource, const Place& place,
                  std::string_view full_url);
  std::size_t subject_index(std::string_view reference);
  Record::Fate fate_of(const ElementList& list, const Element& resource) const;
  void keep_facts(std::size_t record, std::string_view full_url);
  void drop_superseded();
  std::vector<bool> foreign_subjects(const Patient& patient) const;
  void drop_foreign(const std::vector<bool>& foreign);
  void list_unmapped(const std::vector<bool>& foreign) const;
  Result<Patient> the_patient(std::string_view where) const;
  void add_notes(Chart& chart) const;
  void add_medications(Chart& chart);
  template <class Fact>
  std::vector<Fact> kept(All<Fact>& drafted) const;
  bool is_kept(std::size_t record) const;

  const Vocabulary& vocabulary_;
  Unmapped* unmapped_;
  UnmappedTally tally_;
  std::vector<Record> records_;
  std::vector<std::string> subjects_{""};  // references, as sent; nearly always very few
  std::size_t passed_ = 0;
  Facts facts_;  // of the resource at hand; reused
  std::string complaint_;

  All<Patient> patients_;
  std::vector<std::string> patient_urls_;  // full URLs that are no plain "Patient/p1"
  All<Drug> drugs_;
  All<MedicationEntry> medications_;
  All<Measurement> measurements_;
  All<Condition> conditions_;
  All<Procedure> procedures_;
  All<Answer> answers_;
  All<Allergy> allergies_;
  All<std::string> warnings_;
  std::vector<std::size_t> no_known_allergies_;
  std::vector<Page> pages_;
  std::function<void(const Taken&)> taker_;
};
}  // namespace legwork::fhir
