#include "tests/causes/generated_charts_making.hpp"
#include "tests/causes/naive.hpp"

#include <cmath>
#include <utility>
#include <variant>

namespace legwork::tests {
using fhir::Measurement;
using fhir::Quantity;

/// What `value` in the concept's unit is in another; both ways must be known.
double Making::sent_in(double value, fhir::ConceptId id, const std::string& unit) {
  const double zero = *naive_in_pack_unit(id, 0, unit, pack());
  const double one = *naive_in_pack_unit(id, 1, unit, pack());
  return (value - zero) / (one - zero);
}

Quantity Making::quantity_of(fhir::ConceptId id) {
  const auto& limits = material.thresholds[id];
  const auto& units = material.units[id];
  double value = limits.empty() ? 100 * random.fraction() : random.pick(limits);
  switch (random.below(8)) {
    case 0:
      value *= 0.999;
      break;
    case 1:
      value *= 1.001;
      break;
    case 2:
      value *= 3 * random.fraction();
      break;
    case 3:
      value *= random.one_in(2) ? 1000 : -1;
      break;
    default:
      break;
  }
  Quantity quantity;
  quantity.value = value;
  if (random.one_in(12)) {
    quantity.unit = random.pick(std::vector<std::string>{"", "foo", "kg", "m/s", "mg/L/", "1"});
  } else if (!units.empty()) {
    quantity.unit = random.one_in(2) ? units.front() : random.pick(units);
    // At a limit only in the pack's own unit: elsewhere the last bit of `sent_in` would decide.
    if (quantity.unit != units.front()) value *= random.one_in(2) ? 0.9995 : 1.0005;
    quantity.value = sent_in(value, id, quantity.unit);
    if (random.one_in(6)) quantity.unit.insert(quantity.unit.size() / 2, " ");
  }
  quantity.ucum = random.one_in(2);
  if (random.one_in(3)) quantity.comparator = Quantity::Comparator(random.below(5));
  if (random.one_in(12)) {
    quantity.comparator = Quantity::Comparator::equal;
    quantity.high = quantity.value * 1.1;
  }
  return quantity;
}

/// The laboratory's range and its flag, which may belie each other, and either may be missing.
void Making::add_limits(Measurement& measured) {
  const auto& units = material.units[measured.id];
  const auto* sent = std::get_if<Quantity>(&measured.value);
  if (sent && random.one_in(3)) {
    const bool own_unit = !units.empty() && sent->unit == units.front();
    const double multiple = random.pick(std::vector<double>{0.5, 1, 1, 2, 4, 10, 10});
    const double limit =
        std::abs(sent->value) / multiple * (own_unit && random.one_in(2) ? 1 : 1.001);
    measured.limits.emplace();
    if (!random.one_in(4)) measured.limits->low = limit;
    if (!random.one_in(4)) measured.limits->high = limit;
  }
  if (random.one_in(2)) {
    measured.interpretation = random.pick(
        std::vector<std::string>{"H", "HH", "HU", "L", "LL", "LU", "N", "N", "A", "HX", "POS"});
  }
}

void Making::add_measurement(fhir::ConceptId id) {
  Measurement measured;
  measured.reference = reference("Observation");
  measured.id = id;
  measured.date = date();
  const auto& all = made.chart.measurements;
  if (!all.empty() && random.one_in(3)) {
    const Measurement& other = random.pick(all);
    measured.date = other.date;
    const bool again = other.id == id && random.one_in(2);
    if (again) measured.value = other.value;
  }
  const bool numeric = !pack().concepts[id].unit.empty();
  const std::size_t form = random.below(20);
  if (std::holds_alternative<Quantity>(measured.value)) {
    // The value of another
  } else if (form == 0) {
    measured.value = Measurement::Absent{"unknown"};
  } else if (form == 1) {
    measured.value = std::string("see comment");
  } else if (numeric != (form == 2)) {
    measured.value = quantity_of(id);
  } else {
    measured.value = random.one_in(2);
  }
  add_limits(measured);
  measured.preliminary = random.one_in(10);
  made.chart.measurements.push_back(std::move(measured));
}

void Making::add_measurements() {
  for (int left = times(0, 5); left > 0; --left) {
    const auto id = concept_of(fhir::Kind::observation);
    if (!id) return;
    for (int values = times(1, 3); values > 0; --values) add_measurement(*id);
  }
}
}  // namespace legwork::tests
