#include "app/fetch_export.hpp"

#include "app/fetch_progress.hpp"
#include "app/interrupts.hpp"
#include "app/tell.hpp"
#include "bulk/run.hpp"
#include "press/io.hpp"
#include "press/secret.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>

namespace legwork::app {
namespace {
struct Options {
  bulk::Options bulk;
  std::string base, client_id, key_file, key_id, token_url, scope, ca_file;
  std::vector<std::string> more;  // NAME=VALUE
  bool system = false, resume = false, cancel = false;
};

Exit exit_of(const Error& error) {
  tell(error);
  return error.kind == ErrorKind::unavailable ? Exit::again : Exit::never;
}

Exit misuse(const std::string& where, const std::string& what) {
  tell(where, what);
  return Exit::misuse;
}

/// The private key: in a file that its owner alone may read, or in the environment.
Result<std::optional<bulk::Credentials>> read_credentials(const Options& options) {
  if (options.client_id.empty()) return std::nullopt;
  const char* const variable = "LEGWORK_CLIENT_KEY";
  const char* const in_environment = std::getenv(variable);
  Result<std::string> text = in_environment == nullptr ? "" : in_environment;
  if (!options.key_file.empty()) text = press::read_secret(options.key_file);
  if (!text) return tl::unexpected(text.error());
  const std::string where = options.key_file.empty() ? variable : options.key_file;
  if (text->empty())
    return refuse(ErrorKind::missing, "--key",
                  "is not given; a client proves who it is with its private key, in a file or in "
                  "LEGWORK_CLIENT_KEY");
  auto key = bulk::read_signing_key(*text, where, options.key_id);
  if (!key) return tl::unexpected(key.error());
  return bulk::Credentials{options.client_id, std::move(*key), options.token_url, options.scope};
}

/// --since may name an earlier download: the next one begins where that one ended.
Result<std::string> since_of(const std::string& since) {
  std::error_code error;
  if (since.empty() || bulk::is_instant(since) || !std::filesystem::is_directory(since, error))
    return since;
  const auto earlier = bulk::summary_of(since);
  if (!earlier) return tl::unexpected(earlier.error());
  return earlier->transaction_time;
}

std::vector<bulk::Parameter> parameters_of(const std::vector<std::string>& given) {
  std::vector<bulk::Parameter> made;
  for (const auto& one : given) {
    const auto equals = std::min(one.find('='), one.size());
    made.push_back({one.substr(0, equals), one.substr(std::min(equals + 1, one.size()))});
  }
  return made;
}

Exit conclude(const bulk::Summary& summary, const std::string& out, const std::string& since) {
  const auto text = fmt::format(
      "{} files in {}, of {}\n{}\n", summary.files, out, summary.transaction_time,
      since.empty() ? fmt::format("Read them with `legwork batch {}`", out)
                    : fmt::format("They hold what changed since {}, and no whole charts: "
                                  "`legwork batch` reads whole exports",
                                  since));
  if (const auto written = press::write_file("-", text); !written) return tell(written.error());
  for (const auto& name : summary.errors)
    tell(out + "/" + name, "says what the server could not export: data may be missing");
  for (const auto& name : summary.miscounted)
    tell(out + "/" + name,
         "has another number of lines than the server says; manifest.json has both");
  if (summary.left_over)
    tell(summary.left_over->where,
         "could not be told that the export is not needed any more: " + summary.left_over->what);
  const bool in_part = !summary.errors.empty() || !summary.miscounted.empty();
  return in_part ? Exit::in_part : Exit::done;
}

Exit cancel(const bulk::Options& options, const press::FetchAll& fetch) {
  const auto done = bulk::cancel_export(options, bulk::make_outside(fetch, {}));
  if (!done) return exit_of(done.error());
  tell(options.out,
       "holds nothing to go on with any more: the export was ended, at the server too");
  return Exit::done;
}

/// After a signal. What has arrived is kept; a server that is still at work is told to leave it,
/// where somebody sits at the keyboard who does not want it.
Exit interrupted(const bulk::Options& options, const press::FetchAll& fetch, bulk::Phase phase,
                 bool by_keyboard) {
  if (by_keyboard && phase == bulk::Phase::waiting) {
    cancel(options, fetch);
    return Exit::again;
  }
  tell(options.out, "is not whole yet; go on with --resume, or end it with --cancel");
  return Exit::again;
}

Exit run(Options options) {
  const auto base = press::read_address(options.base, options.bulk.plain);
  if (!base)
    return misuse("BASE_URL", base.error().what + "; only this machine is spoken to without TLS");
  options.bulk.base = *base;
  auto credentials = read_credentials(options);
  if (!credentials) return exit_of(credentials.error());
  options.bulk.credentials = std::move(*credentials);
  auto since = since_of(options.bulk.request.since);
  if (!since) return exit_of(since.error());
  auto& request = options.bulk.request;
  request.since = std::move(*since);
  request.more = parameters_of(options.more);
  if (!request.group.empty()) request.level = bulk::Level::group;
  if (options.system) request.level = bulk::Level::system;
  if (const auto sound = bulk::kick_off(request, *base); !sound)
    return misuse(sound.error().where, sound.error().what);
  options.bulk.begin = options.resume ? bulk::Begin::go_on : bulk::Begin::anew;

  const Interrupts interrupts;
  const auto fetch = press::make_fetch({.ca_file = options.ca_file});
  if (options.cancel) return cancel(options.bulk, fetch);
  bulk::Progress progress;
  const auto summary = [&] {
    const StatusLine shown([&](auto since_begin, Reader reader) {
      return progress_line(progress, since_begin, reader);
    });
    return bulk::fetch_export(options.bulk, bulk::make_outside(fetch, interrupts.token()),
                              progress);
  }();
  if (summary) return conclude(*summary, options.bulk.out, request.since);
  if (interrupts.token().stop_requested())
    return interrupted(options.bulk, fetch, progress.phase, interrupts.by_keyboard());
  auto error = summary.error();
  if (error.kind == ErrorKind::unavailable)
    error.what += "; try again with --resume, or end it with --cancel";
  return exit_of(error);
}

void add_request(CLI::App& command, Options& options) {
  auto& request = options.bulk.request;
  auto* group =
      command.add_option("--group", request.group, "the patients of this Group")->option_text("ID");
  command
      .add_flag("--system", options.system,
                "the whole server (default: all patients, and what belongs to them)")
      ->excludes(group);
  const std::map<std::string, bulk::Method> methods{{"get", bulk::Method::get},
                                                    {"post", bulk::Method::post}};
  command.add_option("--method", request.method, "how the export is asked for (default: get)")
      ->transform(CLI::CheckedTransformer(methods, CLI::ignore_case).description(""))
      ->option_text("get|post");
  command.add_option("--type", request.types, "only resources of these types")
      ->delimiter(',')
      ->option_text("TYPE,...");
  command
      .add_option("--since", request.since,
                  "only what changed since this instant, or since the download in this folder")
      ->option_text("INSTANT|DIR");
  command
      .add_option("--type-filter", request.type_filters,
                  "only what this search finds: Observation?category=laboratory; may be repeated")
      ->option_text("QUERY")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command.add_option("--patient", request.patients, "only these patients; with --method post")
      ->delimiter(',')
      ->option_text("ID,...");
  command
      .add_option(
          "--param", options.more,
          "another parameter of the export: includeAssociatedData=LatestProvenanceResources; "
          "may be repeated")
      ->option_text("NAME=VALUE")
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void add_client(CLI::App& command, Options& options) {
  command.add_option("--client-id", options.client_id, "as the server knows this client")
      ->option_text("ID");
  command
      .add_option("--key", options.key_file,
                  "its private key, a JWK or PEM that its owner alone may read (default: the text "
                  "in LEGWORK_CLIENT_KEY)")
      ->option_text("FILE");
  command.add_option("--key-id", options.key_id, "kid of the key (default: that in the JWK)")
      ->option_text("KID");
  command
      .add_option("--token-url", options.token_url,
                  "where tokens are to be had (default: as the server's smart-configuration says)")
      ->option_text("URL");
  command
      .add_option("--scope", options.scope, "(default: system/*.rs, or system/TYPE.rs for each)")
      ->option_text("SCOPES");
  command
      .add_option("--ca", options.ca_file, "certificates to trust, as PEM (default: the system's)")
      ->option_text("FILE");
}
}  // namespace

void add_fetch_export(CLI::App& app, std::function<Exit()>& chosen) {
  auto* command = app.add_subcommand(
      "fetch-export", "Fetch a Bulk Data export from a FHIR server, for `legwork batch`");
  const auto options = std::make_shared<Options>();
  command->add_option("base", options->base, "of the FHIR server: https://ehr.example.org/fhir")
      ->option_text("BASE_URL REQUIRED")
      ->required();
  command->add_option("--out", options->bulk.out, "folder of the result; it must be new or empty")
      ->option_text("DIR REQUIRED")
      ->required();
  add_request(*command, *options);
  add_client(*command, *options);
  command->add_option("--jobs", options->bulk.jobs, "files fetched at a time (default: 4)")
      ->check(CLI::Range(1, 64))
      ->option_text("N");
  const std::map<std::string, long> units{{"s", 1}, {"m", 60}, {"h", 3600}, {"d", 86'400}};
  command
      ->add_option_function<long>(
          "--timeout",
          [options](long seconds) { options->bulk.timeout = std::chrono::seconds(seconds); },
          "how long the server may prepare the export: 90m, 12h (default: 24h)")
      ->transform(CLI::AsNumberWithUnit(units, CLI::AsNumberWithUnit::CASE_SENSITIVE))
      ->option_text("TIME");
  auto* resume =
      command->add_flag("--resume", options->resume, "go on with a download that was interrupted");
  command
      ->add_flag("--cancel", options->cancel,
                 "end an export that was begun in DIR, at the server and here")
      ->excludes(resume);
  command->callback([options, &chosen] { chosen = [options] { return run(*options); }; });
}
}  // namespace legwork::app
