#include "app/serve.hpp"

#include "app/tell.hpp"
#include "plugin/gate.hpp"
#include "plugin/listener.hpp"
#include "plugin/log.hpp"
#include "plugin/metrics.hpp"
#include "plugin/read_config.hpp"
#include "plugin/server.hpp"
#include "plugin/service.hpp"
#include "plugin/tls.hpp"
#include "press/io.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <iterator>
#include <memory>
#include <utility>

namespace legwork::app {
namespace {
struct Options {
  std::string config;  ///< file; "" for none
  std::string listen;  ///< "" where it is not given
  std::vector<std::string> set;
  bool check = false;  ///< say what is wrong with the configuration, and serve nothing
};

using Faults = std::vector<Error>;

tl::expected<plugin::Config, Faults> read_configuration(const Options& options) {
  constexpr std::size_t limit = std::size_t{1} << 20;
  std::vector<plugin::Setting> settings;
  const auto add = [&](std::vector<plugin::Setting> more) {
    std::ranges::move(more, std::back_inserter(settings));
  };
  if (!options.config.empty()) {
    const auto text = press::read_file(options.config, limit);
    if (!text) return tl::unexpected(Faults{text.error()});
    auto from_file = plugin::read_settings(options.config, *text);
    if (!from_file) return tl::unexpected(from_file.error());
    add(std::move(*from_file));
  }
  add(plugin::environment_settings(::environ));
  for (const auto& text : options.set) {
    auto setting = plugin::argument_setting("--set", text);
    if (!setting) return tl::unexpected(Faults{setting.error()});
    add({std::move(*setting)});
  }
  if (!options.listen.empty()) add({{"listen", {options.listen}, "--listen"}});
  return plugin::make_config(settings);
}

struct Ready {
  plugin::Config config;
  std::unique_ptr<plugin::Tls> tls;  ///< null for plain HTTP
};

/// All that can be found wrong before the first connection.
tl::expected<Ready, Faults> prepare(const Options& options) {
  auto config = read_configuration(options);
  if (!config) return tl::unexpected(config.error());
  auto faults = plugin::faults_of(*config);
  std::ranges::move(plugin::check_clients(*config), std::back_inserter(faults));
  Ready ready{std::move(*config), nullptr};
  if (!ready.config.tls.certificate.empty() && !ready.config.tls.key.empty()) {
    auto tls = plugin::Tls::load(ready.config.tls);
    if (tls)
      ready.tls = std::move(*tls);
    else
      faults.push_back(tls.error());
  }
  if (!faults.empty()) return tl::unexpected(std::move(faults));
  return ready;
}

Exit serve(Ready ready) {
  auto& config = ready.config;
  auto listener = plugin::Listener::open(*plugin::read_endpoint(config.listen));
  if (!listener) return tell(listener.error());
  const auto url = plugin::url_of(listener->endpoint(), ready.tls ? "https" : "http");
  if (config.base_url.empty()) config.base_url = url;

  std::atomic<bool> draining = false;
  const plugin::Log log(config.log_format);
  plugin::Metrics metrics(LEGWORK_VERSION);
  const auto service =
      plugin::make_service(config, metrics, log, [&draining] { return !draining; });
  if (!service) return tell(service.error());
  if (config.clients.empty())
    tell("serve", "no client is configured: whoever can reach this address may call");
  std::signal(SIGPIPE, SIG_IGN);  // who reads the log may go away
  fmt::print(stderr, "legwork: listening on {}\n", url);
  plugin::run_server({config.limits, *service, log, metrics, ready.tls.get(), draining},
                     std::move(*listener));
  return Exit::done;
}

Exit run(const Options& options) {
  auto ready = prepare(options);
  if (!ready) {
    tell(ready.error());
    return Exit::misuse;
  }
  if (!options.check) return serve(std::move(*ready));
  fmt::print("no faults\n");
  return Exit::done;
}
}  // namespace

void add_serve(CLI::App& app, std::function<Exit()>& chosen) {
  auto* command = app.add_subcommand("serve", "Answer an EHR: CDS Hooks, SMART page, operations");
  const auto options = std::make_shared<Options>();
  command->add_option("--config", options->config, "settings (TOML; docs/operating.md)")
      ->option_text("FILE");
  command
      ->add_option("--listen", options->listen,
                   "where to listen (default: 127.0.0.1:8080); port 0 takes one that is free")
      ->option_text("ADDRESS:PORT");
  command
      ->add_option("--set", options->set,
                   "any setting of the file, as limits.body=4MB; may be given several times")
      ->option_text("KEY=VALUE")
      ->allow_extra_args(false);
  command->add_flag("--check-config", options->check,
                    "say all that is wrong with the settings, and serve nothing");
  command->callback([options, &chosen] { chosen = [options] { return run(*options); }; });
}
}  // namespace legwork::app
