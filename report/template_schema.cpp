#include "report/template_schema.hpp"

#include "report/template.hpp"

#include <algorithm>
#include <set>
#include <string_view>

namespace legwork::report {
namespace {
/// A simple type whose values are these words.
std::string words_type(std::string_view name, const std::set<std::string_view>& words) {
  std::string type = "  <xs:simpleType name=\"" + std::string(name) +
                     "\">\n    <xs:restriction base=\"xs:token\">\n";
  for (const auto word : words)
    type += "      <xs:enumeration value=\"" + std::string(word) + "\"/>\n";
  return type + "    </xs:restriction>\n  </xs:simpleType>\n";
}

std::set<std::string_view> split(std::string_view words) {
  std::set<std::string_view> result;
  for (std::size_t at = 0; at < words.size();) {
    const auto end = std::min(words.find(' ', at), words.size());
    result.insert(words.substr(at, end - at));
    at = end + 1;
  }
  return result;
}

constexpr std::string_view head = R"(<?xml version="1.0" encoding="UTF-8"?>
<!-- The templates of legwork, for editors. Written by `legwork template schema`: do not edit. -->
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="document">
    <xs:complexType>
      <xs:choice maxOccurs="unbounded">
        <xs:element name="brand" type="brand"/>
        <xs:element name="contacts" type="contacts"/>
        <xs:element name="header" type="frame"/>
        <xs:element name="page" type="page"/>
        <xs:element name="footer" type="frame"/>
        <xs:element name="text" type="wording"/>
      </xs:choice>
      <xs:attribute name="kind" type="kind" use="required"/>
      <xs:attribute name="lang" type="xs:language" use="required"/>
      <xs:attribute name="paper" type="paper" use="required"/>
    </xs:complexType>
  </xs:element>

  <xs:complexType name="brand">
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="department" type="xs:string"/>
    <xs:attribute name="address" type="xs:string"/>
    <xs:attribute name="logo" type="xs:string"/>
    <xs:attribute name="color" type="color" use="required"/>
    <xs:attribute name="signal" type="color" use="required"/>
  </xs:complexType>
  <xs:complexType name="contacts">
    <xs:attribute name="emergency" type="xs:string" use="required"/>
    <xs:attribute name="same-day" type="xs:string"/>
  </xs:complexType>
  <xs:complexType name="frame">
    <xs:sequence>
      <xs:element name="text" type="xs:string" maxOccurs="2"/>
    </xs:sequence>
  </xs:complexType>
  <xs:complexType name="wording">
    <xs:simpleContent>
      <xs:extension base="xs:string">
        <xs:attribute name="key" type="key" use="required"/>
        <xs:attribute name="one" type="xs:string"/>
      </xs:extension>
    </xs:simpleContent>
  </xs:complexType>
  <xs:complexType name="page">
    <xs:sequence>
      <xs:element name="section" type="section" minOccurs="0" maxOccurs="unbounded"/>
    </xs:sequence>
  </xs:complexType>

  <xs:complexType name="section">
    <xs:sequence>
      <xs:element name="heading" type="xs:string" minOccurs="0"/>
      <xs:element name="note" type="xs:string" minOccurs="0"/>
      <xs:group ref="flow" minOccurs="0" maxOccurs="unbounded"/>
    </xs:sequence>
    <xs:attribute name="id" type="section-id"/>
    <xs:attribute name="limit" type="xs:positiveInteger"/>
  </xs:complexType>
  <xs:group name="flow">
    <xs:choice>
      <xs:element name="text" type="text"/>
      <xs:element name="list" type="list"/>
      <xs:element name="table" type="table"/>
      <xs:element name="figure">
        <xs:complexType>
          <xs:attribute name="kind" type="section-figure" use="required"/>
        </xs:complexType>
      </xs:element>
      <xs:element name="repeat">
        <xs:complexType>
          <xs:group ref="flow" maxOccurs="unbounded"/>
          <xs:attributeGroup ref="repetition"/>
        </xs:complexType>
      </xs:element>
      <xs:element name="when">
        <xs:complexType>
          <xs:group ref="flow" maxOccurs="unbounded"/>
          <xs:attributeGroup ref="condition"/>
        </xs:complexType>
      </xs:element>
    </xs:choice>
  </xs:group>
  <xs:complexType name="text">
    <xs:simpleContent>
      <xs:extension base="xs:string">
        <xs:attribute name="tone" type="tone"/>
      </xs:extension>
    </xs:simpleContent>
  </xs:complexType>
  <xs:complexType name="list">
    <xs:group ref="items" maxOccurs="unbounded"/>
    <xs:attribute name="signs" type="signs"/>
    <xs:attribute name="limit" type="xs:positiveInteger"/>
  </xs:complexType>
  <xs:group name="items">
    <xs:choice>
      <xs:element name="item" type="xs:string"/>
      <xs:element name="repeat">
        <xs:complexType>
          <xs:group ref="items" maxOccurs="unbounded"/>
          <xs:attributeGroup ref="repetition"/>
        </xs:complexType>
      </xs:element>
      <xs:element name="when">
        <xs:complexType>
          <xs:group ref="items" maxOccurs="unbounded"/>
          <xs:attributeGroup ref="condition"/>
        </xs:complexType>
      </xs:element>
    </xs:choice>
  </xs:group>
  <xs:complexType name="table">
    <xs:sequence>
      <xs:element name="column" maxOccurs="unbounded">
        <xs:complexType>
          <xs:simpleContent>
            <xs:extension base="xs:string">
              <xs:attribute name="width" type="xs:decimal"/>
            </xs:extension>
          </xs:simpleContent>
        </xs:complexType>
      </xs:element>
      <xs:group ref="rows" maxOccurs="unbounded"/>
    </xs:sequence>
    <xs:attribute name="limit" type="xs:positiveInteger"/>
  </xs:complexType>
  <xs:group name="rows">
    <xs:choice>
      <xs:element name="row">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="cell" type="cell" maxOccurs="unbounded"/>
          </xs:sequence>
        </xs:complexType>
      </xs:element>
      <xs:element name="repeat">
        <xs:complexType>
          <xs:group ref="rows" maxOccurs="unbounded"/>
          <xs:attributeGroup ref="repetition"/>
        </xs:complexType>
      </xs:element>
      <xs:element name="when">
        <xs:complexType>
          <xs:group ref="rows" maxOccurs="unbounded"/>
          <xs:attributeGroup ref="condition"/>
        </xs:complexType>
      </xs:element>
    </xs:choice>
  </xs:group>
  <xs:complexType name="cell" mixed="true">
    <xs:sequence>
      <xs:element name="figure" minOccurs="0">
        <xs:complexType>
          <xs:attribute name="kind" type="cell-figure" use="required"/>
        </xs:complexType>
      </xs:element>
    </xs:sequence>
    <xs:attribute name="tone" type="tone"/>
  </xs:complexType>
  <xs:attributeGroup name="repetition">
    <xs:attribute name="over" type="collection" use="required"/>
    <xs:attribute name="status" type="statuses"/>
    <xs:attribute name="id" type="xs:token"/>
  </xs:attributeGroup>
  <xs:attributeGroup name="condition">
    <xs:attribute name="some" type="collection"/>
    <xs:attribute name="no" type="collection"/>
    <xs:attribute name="status" type="statuses"/>
    <xs:attribute name="id" type="xs:token"/>
  </xs:attributeGroup>

  <xs:simpleType name="color">
    <xs:restriction base="xs:token">
      <xs:pattern value="#[0-9A-Fa-f]{6}"/>
    </xs:restriction>
  </xs:simpleType>
  <xs:simpleType name="statuses">
    <xs:list itemType="status"/>
  </xs:simpleType>
)";
}  // namespace

std::string template_schema() {
  std::set<std::string_view> kinds, sections, keys, collections, statuses;
  for (const auto& kind : document_kinds()) {
    kinds.insert(kind.name);
    for (const auto& section : section_kinds(kind.kind)) sections.insert(section.name);
    for (const auto& key : wording_keys(kind.kind)) keys.insert(key.key);
  }
  for (const auto& collection : collection_kinds()) {
    collections.insert(collection.name);
    statuses.merge(split(collection.statuses));
  }
  return std::string(head) + words_type("kind", kinds) + words_type("paper", {"A4", "Letter"}) +
         words_type("section-id", sections) + words_type("collection", collections) +
         words_type("status", statuses) + words_type("tone", split("plain strong quiet alarm")) +
         words_type("signs", split("bullets numbers boxes")) +
         words_type("section-figure", {"timeline"}) +
         words_type("cell-figure", {"range", "trend"}) + words_type("key", keys) + "</xs:schema>\n";
}
}  // namespace legwork::report
