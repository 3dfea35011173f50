#include "report/pdf_structure.hpp"

#include <catch2/catch.hpp>

using namespace legwork;
using namespace legwork::report;

namespace {
StructureElement element(std::string type, Node parent = artifact) {
  return {std::move(type), parent, {}, {}, {}, {}};
}

PlacedBox box_of(Node node, double top) {
  PlacedBox box;
  box.box = {Length::pt(10), Length::pt(top), Length::pt(20), Length::pt(5)};
  box.node = node;
  return box;
}

/// Pages of boxes, drawn: the marks of each in the order of its boxes.
struct Drawn {
  Pages pages;
  std::vector<DrawnPage> drawn;
  PdfObjects objects{100};
  StructureRoots roots{};

  void add_page(const std::vector<Node>& nodes) {
    Page page{Length::pt(100), Length::pt(200), {}};
    DrawnPage result{static_cast<int>(10 + drawn.size()), {}, {}};
    for (const Node node : nodes) {
      page.items.push_back(box_of(node, 10.0 * static_cast<double>(page.items.size())));
      result.content.marks.push_back({node, -1});
    }
    pages.pages.push_back(std::move(page));
    drawn.push_back(std::move(result));
  }
  void finish() { roots = add_structure(pages, drawn, objects); }
  std::string body(int number) const {
    for (const auto& object : objects.all()) {
      if (object.number == number) return object.dictionary;
    }
    return "no such object";
  }
};
}  // namespace

TEST_CASE("An element's own content stands between its children where it is painted", "[pdf]") {
  Drawn d;
  d.pages.structure = {element("P"), element("Span", 0), element("Span", 0)};
  d.add_page({0, 1, 0, 2, 0});
  d.finish();
  CHECK(d.body(102) == "/S /P /P 101 0 R /Pg 10 0 R /K [0 103 0 R 2 104 0 R 4 ]");
  CHECK(d.body(103) == "/S /Span /P 102 0 R /Pg 10 0 R /K [1 ]");
  CHECK(d.body(101) == "/S /Document /P 100 0 R /K [102 0 R ]");
}

TEST_CASE("Children stand as they were declared, whatever is painted first", "[pdf]") {
  Drawn d;
  d.pages.structure = {element("Table"), element("TR", 0), element("TR", 0), element("TR", 0)};
  d.add_page({3, 1});
  d.finish();
  CHECK(d.body(102) == "/S /Table /P 101 0 R /K [103 0 R 104 0 R 105 0 R ]");
  CHECK(d.body(104) == "/S /TR /P 102 0 R");
}

TEST_CASE("An element that runs over two pages says which of its parts is on the second", "[pdf]") {
  Drawn d;
  d.pages.structure = {element("P")};
  d.add_page({0});
  d.add_page({0});
  d.finish();
  CHECK(d.body(102) == "/S /P /P 101 0 R /Pg 10 0 R /K [0 <</Type /MCR /Pg 11 0 R /MCID 0>> ]");
  CHECK(d.body(103) == "/Nums [0 [102 0 R ]\n1 [102 0 R ]\n]");
}

TEST_CASE("A figure tells its place and its meaning, a head of a table its scope", "[pdf]") {
  Drawn d;
  d.pages.structure = {element("Figure"), element("TH")};
  d.pages.structure[0].alternative = "Up";
  d.pages.structure[1].scope = "Row";
  d.pages.structure[1].language = "vi";
  d.add_page({0, 0, 1});
  d.finish();
  CHECK(d.body(102) ==
        "/S /Figure /P 101 0 R /Pg 10 0 R /Alt <FEFF00550070> /A <</O /Layout /Placement /Block "
        "/BBox [10 185 30 200]>> /K [0 1 ]");
  CHECK(d.body(103) ==
        "/S /TH /P 101 0 R /Pg 10 0 R /Lang <7669> /A <</O /Table /Scope /Row>> /K [2 ]");
}

TEST_CASE("A bookmark leads to where its element begins; an empty element has none", "[pdf]") {
  Drawn d;
  d.pages.structure = {element("Sect"), element("H1", 0), element("Sect")};
  d.pages.structure[0].bookmark = "A";
  d.pages.structure[2].bookmark = "B";
  d.add_page({});
  d.add_page({1});
  d.finish();
  REQUIRE(d.roots.outlines != 0);
  CHECK(d.body(d.roots.outlines + 1) == "/Title <FEFF0041> /Parent " +
                                            std::to_string(d.roots.outlines) +
                                            " 0 R /Dest [11 0 R /XYZ 10 200 null]");
  CHECK(d.body(d.roots.outlines + 2) == "no such object");
}

TEST_CASE("A link becomes an element of its own, which its annotation points back to", "[pdf]") {
  Drawn d;
  d.pages.structure = {element("P")};
  d.add_page({0, 0});
  auto& content = d.drawn[0].content;
  content.marks[1].link = 0;
  content.links.push_back(
      {{Length::pt(1), Length::pt(2), Length::pt(3), Length::pt(4)}, "https://a.b", "ab", 0});
  d.finish();
  const std::string link = "103 0 R";
  CHECK(d.body(102) == "/S /P /P 101 0 R /Pg 10 0 R /K [0 " + link + " ]");
  CHECK(d.body(103) == "/S /Link /P 102 0 R /Pg 10 0 R /K [1 <</Type /OBJR /Obj 104 0 R>>]");
  CHECK(d.body(104) ==
        "/Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect [1 194 4 198] /Contents "
        "<FEFF00610062> /StructParent 1 /A <</S /URI /URI <68747470733A2F2F612E62>>>");
  CHECK(d.body(105) == "/Nums [0 [102 0 R 103 0 R ]\n1 103 0 R ]");
  CHECK(d.drawn[0].annotations == std::vector<int>{104});
}

TEST_CASE("A link to a place that does not exist stays plain text", "[pdf]") {
  Drawn d;
  d.pages.structure = {element("P")};
  d.add_page({0});
  auto& content = d.drawn[0].content;
  content.marks[0].link = 0;
  content.links.push_back({{}, GENERATE("#7", "#-2", "#", "#x"), "ab", 0});
  d.finish();
  CHECK(d.drawn[0].annotations.empty());
}
