#include "causes/bands.hpp"
#include "causes/pack_reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

// A cause that reads one analyte in bands ("below 3 for it, 3 to 4 open, from 4 on against it")
// must put each value into one camp, and every value between its bands into some.

namespace legwork::causes {
namespace {
struct Band {
  Interval values;
  bool rules_out = false;
  std::string rule;
};

using Bands = std::map<ConceptId, std::vector<Band>>;

/// The bands that a rule draws by itself. What it says only together with something else is none.
void add_bands(const Rule& rule, const Criterion& criterion, bool rules_out, Bands& bands) {
  if (const auto* any = std::get_if<Any>(&criterion.node)) {
    for (const Criterion& child : any->of) add_bands(rule, child, rules_out, bands);
    return;
  }
  const auto* query = std::get_if<ObservationQuery>(&criterion.node);
  const bool is_band = query != nullptr && !query->bounds.empty() && !query->age_limit &&
                       query->scale == ObservationQuery::Scale::unit;
  if (is_band) bands[query->id].push_back({allowed_by(query->bounds), rules_out, rule.id});
}

Bands bands_of(const Cause& cause) {
  Bands bands;
  for (const auto* rules : {&cause.strong, &cause.weak}) {
    for (const Rule& rule : *rules) add_bands(rule, rule.criterion, false, bands);
  }
  for (const Rule& rule : cause.rules_out) add_bands(rule, rule.criterion, true, bands);
  return bands;
}

/// Whether no value lies between the end of one band and the start of another.
bool touch(const Interval& ended, const Interval& next) {
  if (next.low != ended.high) return next.low < ended.high;
  return !(next.low_open && ended.high_open);
}

void find_overlaps(const std::vector<Band>& bands, const Concept& about, const Element& at,
                   Reading& reading) {
  for (const Band& for_it : bands) {
    for (const Band& against : bands) {
      if (for_it.rules_out || !against.rules_out) continue;
      const Interval shared = both(for_it.values, against.values);
      if (is_empty(shared)) continue;
      reading.fault(at, fmt::format("the bands of '{}' overlap: from {} to {} both '{}' speaks for "
                                    "the cause and '{}' rules it out; move one limit",
                                    about.id, shared.low, shared.high, for_it.rule, against.rule));
    }
  }
}

void find_gaps(std::vector<Band> bands, const Concept& about, const Element& at, Reading& reading) {
  const auto start = [](const Band& band) {
    return std::tuple(band.values.low, band.values.low_open);
  };
  std::sort(bands.begin(), bands.end(),
            [&](const Band& a, const Band& b) { return start(a) < start(b); });
  Interval covered = bands.front().values;
  for (const Band& band : bands) {
    if (!touch(covered, band.values)) {
      reading.fault(at,
                    fmt::format("the bands of '{}' leave a gap: what {} to {} means is not said; "
                                "move a limit or add a rule",
                                about.id, covered.high, band.values.low));
    }
    const bool further = std::tuple(band.values.high, !band.values.high_open) >
                         std::tuple(covered.high, !covered.high_open);
    if (further) {
      covered.high = band.values.high;
      covered.high_open = band.values.high_open;
    }
  }
}
}  // namespace

void check_bands(Reading& reading) {
  const Pack& pack = reading.pack;
  for (std::size_t i = 0; i < pack.causes.size(); ++i) {
    const Element& at = reading.place(IdKind::cause, i);
    for (const auto& [id, bands] : bands_of(pack.causes[i])) {
      const bool split =
          std::any_of(bands.begin(), bands.end(), [](const Band& band) { return band.rules_out; });
      if (!split) continue;
      find_overlaps(bands, pack.concepts[id], at, reading);
      find_gaps(bands, pack.concepts[id], at, reading);
    }
  }
}
}  // namespace legwork::causes
