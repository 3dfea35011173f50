#include "app/feedback.hpp"

#include "app/tell.hpp"
#include "base/date.hpp"
#include "plugin/feedback_store.hpp"
#include "press/io.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <boost/json.hpp>
#include <filesystem>

namespace legwork::app {
namespace {
using plugin::FeedbackLine;

struct Options {
  std::string database;
  std::string format = "csv";
  std::string since;
};

struct Column {
  const char* name;
  std::string FeedbackLine::*member;
};

/// Intervention, action, feedback, user, date and location are what 45 CFR 170.315(b)(11) asks for.
constexpr Column columns[] = {{"date", &FeedbackLine::time},
                              {"location", &FeedbackLine::client},
                              {"tenant", &FeedbackLine::tenant},
                              {"service", &FeedbackLine::service},
                              {"intervention", &FeedbackLine::intervention},
                              {"card", &FeedbackLine::card},
                              {"feedback", &FeedbackLine::outcome},
                              {"action", &FeedbackLine::action},
                              {"reasonSystem", &FeedbackLine::reason_system},
                              {"reason", &FeedbackLine::reason_code},
                              {"commented", &FeedbackLine::commented},
                              {"user", &FeedbackLine::user},
                              {"pack", &FeedbackLine::pack}};

/// A field that a spreadsheet would take for a formula is kept from being one.
std::string csv_field(std::string text) {
  if (!text.empty() && std::string_view("=+-@").find(text[0]) != std::string_view::npos)
    text.insert(0, "'");
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  for (auto at = text.find('"'); at != std::string::npos; at = text.find('"', at + 2))
    text.insert(at, "\"");
  return '"' + text + '"';
}

std::string to_csv(const std::vector<FeedbackLine>& lines) {
  std::string out;
  for (const auto& [name, member] : columns) out.append(out.empty() ? "" : ",").append(name);
  out += "\r\n";
  for (const FeedbackLine& line : lines) {
    const char* separator = "";
    for (const auto& [name, member] : columns)
      out.append(std::exchange(separator, ",")).append(csv_field(line.*member));
    out += "\r\n";
  }
  return out;
}

std::string to_json(const std::vector<FeedbackLine>& lines) {
  boost::json::array all;
  for (const FeedbackLine& line : lines) {
    boost::json::object one;
    for (const auto& [name, member] : columns)
      if (!(line.*member).empty()) one[name] = line.*member;
    all.push_back(std::move(one));
  }
  return boost::json::serialize(all) + "\n";
}

Exit run(const Options& options) {
  if (!std::filesystem::exists(options.database)) {
    tell(options.database,
         "there is no such file; give the database of the server's configuration");
    return Exit::nothing;
  }
  const auto store = plugin::FeedbackStore::open(options.database);
  if (!store) return tell(store.error());
  const auto lines = (*store)->lines(options.since);
  if (!lines) return tell(lines.error());
  const auto output = options.format == "json" ? to_json(*lines) : to_csv(*lines);
  if (const auto written = press::write_file("-", output); !written) return tell(written.error());
  return Exit::done;
}
}  // namespace

void add_feedback(CLI::App& app, std::function<Exit()>& chosen) {
  auto* command = app.add_subcommand(
      "feedback", "Export what clinicians did with the cards of `legwork serve`");
  const auto options = std::make_shared<Options>();
  command->add_option("--database", options->database, "the database of the server")
      ->option_text("FILE REQUIRED")
      ->required();
  command->add_option("--format", options->format, "csv for a spreadsheet, json for programs")
      ->check(CLI::IsMember({"csv", "json"}))
      ->option_text("csv|json");
  command
      ->add_option_function<std::string>(
          "--since",
          [options](const std::string& text) {
            const auto date = parse_date(text);
            if (!date || !date->exact())
              throw CLI::ValidationError("--since", "needs a day; write it as 2026-11-22");
            options->since = iso(date->first);
          },
          "only what was given on that day or later")
      ->option_text("DATE");
  command->callback([options, &chosen] { chosen = [options] { return run(*options); }; });
}
}  // namespace legwork::app
