#include "tests/report/sample_pages.hpp"

#include <utility>

namespace legwork::report {
namespace {
constexpr Length left = Length::pt(40);
constexpr Length measure = Length::pt(515);

/// Fills a page from the top.
class Sheet {
 public:
  Sheet(Pages& pages, Typesetter& typesetter) : pages_(pages), typesetter_(typesetter) {
    page_.width = Length::pt(595.28);
    page_.height = Length::pt(841.89);
  }

  Node element(std::string type, Node parent = artifact) {
    pages_.structure.push_back({std::move(type), parent, {}, {}, {}, {}});
    return static_cast<Node>(pages_.structure.size()) - 1;
  }
  StructureElement& details(Node node) { return pages_.structure[static_cast<std::size_t>(node)]; }

  void text(Node node, std::vector<Span> spans, std::string link = {}) {
    for (auto& line : typesetter_.paragraph(spans, measure)) {
      y_ += Typesetter::leading(spans.front().style);
      page_.items.push_back(PlacedText{std::move(line), {left, y_}, node, link});
    }
    y_ += Length::pt(4);
  }

  void table(int seed);
  void figure();
  void finish(const std::string& foot) {
    Style small;
    small.size = Length::pt(6.4);
    page_.items.push_back(
        PlacedText{typesetter_.line(foot, small), {left, Length::pt(820)}, artifact, {}});
    pages_.pages.push_back(std::move(page_));
  }

 private:
  Pages& pages_;
  Typesetter& typesetter_;
  Page page_;
  Length y_ = Length::pt(40);
};

void Sheet::table(int seed) {
  const Node whole = element("Table");
  Style strong, figures;
  strong.weight = Weight::semibold;
  figures.tabular_figures = true;
  for (int row = 0; row < 12; ++row) {
    y_ += Length::pt(13);
    const Node line = element("TR", whole);
    const std::string cells[] = {row == 0 ? "Test" : "Ferritin",
                                 row == 0 ? "Result" : std::to_string(seed * 7 + row) + " ug/L",
                                 row == 0 ? "Taken" : "12-Mar-20" + std::to_string(10 + row)};
    for (int column = 0; column < 3; ++column) {
      const bool head = row == 0 || column == 0;
      const Node cell = element(head ? "TH" : "TD", line);
      if (head) details(cell).scope = row == 0 ? "Column" : "Row";
      page_.items.push_back(PlacedText{typesetter_.line(cells[column], head ? strong : figures),
                                       {left + Length::pt(120) * column, y_},
                                       cell,
                                       {}});
    }
    const Length below = y_ + Length::pt(3.5);
    page_.items.push_back(PlacedRule{
        {left, below}, {left + measure, below}, Length::pt(0.6), {211, 219, 225}, row % 4 == 3});
  }
  y_ += Length::pt(12);
}

void Sheet::figure() {
  const Node node = element("Figure");
  details(node).alternative = "Ferritin fell from 40 to 18 ug/L in three years.";
  const Box frame{left, y_, Length::pt(120), Length::pt(30)};
  PlacedBox panel;
  panel.box = frame;
  panel.corner = Length::pt(5);
  panel.fill = Color{226, 239, 241};
  panel.stroke = Color{11, 85, 99};
  panel.node = node;
  page_.items.push_back(panel);
  using Kind = PlacedPath::Step::Kind;
  PlacedPath spark;
  spark.node = node;
  spark.stroke = Color{169, 58, 11};
  const auto at = [&](double x, double y) {
    return Point{frame.left + Length::pt(x), frame.top + Length::pt(y)};
  };
  spark.steps = {{Kind::move, {at(6, 6)}},
                 {Kind::line, {at(50, 11)}},
                 {Kind::curve, {at(70, 12), at(90, 20), at(114, 24)}}};
  page_.items.push_back(spark);
  y_ += Length::pt(36);
}

void write_page(Sheet& sheet, int number, int seed) {
  Style title, strong, claim, link;
  title.weight = Weight::display;
  title.size = Length::pt(22);
  title.tracking = Length::pt(-0.35);
  strong.weight = Weight::semibold;
  claim.weight = Weight::italic;
  link.color = 0x0B5563;
  const Node heading = sheet.element(number == 1 ? "H1" : "H2");
  const std::string name = number == 1 ? "Heavy legs at rest" : "Blood results";
  sheet.details(heading).bookmark = name;
  sheet.text(heading, {{name, title}});
  for (int i = 0; i < 6; ++i) {
    sheet.text(
        sheet.element("P"),
        {{"Finding " + std::to_string(seed + i) + ". ", strong},
         {"Amlodipine 10 mg was started on 14-Jul-2026, seven weeks before the heaviness "
          "began; ferritin 18 ug/L (12-Mar-2023) was never repeated. A duplex ultrasound is "
          "not on file. ",
          {}},
         {"Ask whether the legs ache, tingle or crawl at rest, and whether moving helps.", claim}});
  }
  sheet.table(seed);
  sheet.figure();
  const Node list = sheet.element("L");
  for (const char* item :
       {"Chân nặng khi nghỉ ngơi: ợ ặ ẫ ỹ", "Vie\u0323\u0302t e\u0301", "ثقل الساقين أثناء الراحة",
        "רגליים כבדות במנוחה", "क्षति पैरों में भारीपन", "ขาหนักขณะพัก น้ำ", "zażółć gęślą jaźń",
        "Βαριά πόδια, Тяжесть", "gone: 🦵"}) {
    sheet.text(sheet.element("LBody", sheet.element("LI", list)), {{item, {}}});
  }
  const Node more = sheet.element("P");
  sheet.text(more, {{"See ", {}}});
  sheet.text(more, {{"https://example.org/heavy-legs?part=(2)&x=ü", link}},
             "https://example.org/heavy-legs?part=(2)");
  sheet.text(more, {{"the first page", link}}, "#0");
  sheet.finish("Page " + std::to_string(number) + " of 2");
}
}  // namespace

Pages sample_pages(Typesetter& typesetter, int seed) {
  Pages pages;
  pages.title = "Heavy legs <draft> & \"more\" 🦵";
  pages.language = "en";
  pages.subject = "What the chart says";
  for (int number = 1; number <= 2; ++number) {
    Sheet sheet(pages, typesetter);
    write_page(sheet, number, seed);
  }
  return pages;
}

Pages sample_pages_of_boxes(const std::vector<std::string>& names) {
  Pages pages;
  pages.title = "Boxes";
  pages.language = "en";
  pages.pages.push_back({Length::pt(200), Length::pt(200), {}});
  for (const auto& name : names) {
    pages.structure.push_back({"P", artifact, {}, {}, {}, {}});
    PlacedField field;
    field.box.box = {Length::pt(20), Length::pt(20) * static_cast<double>(names.size()),
                     Length::pt(7), Length::pt(7)};
    field.box.stroke = Color{};
    field.name = field.tooltip = name;
    field.node = static_cast<Node>(pages.structure.size()) - 1;
    pages.pages.back().items.push_back(field);
  }
  return pages;
}

PdfOptions sample_options() { return {"legwork", "2026-11-22T00:00:00Z", "0123456789abcdef"}; }
}  // namespace legwork::report
