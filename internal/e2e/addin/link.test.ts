// Our own link in texts as Outlook hands them back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findLink, findLinks, isOnlyLink, numberOf } from "../../web/client/link.ts";

const origin = "https://rooms.example.com";
const link = `${origin}/j/2345678901?pwd=abc_-1&omn=98765432109`;
const safe = `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(link)}&amp;data=05%7C02`;
const found = { id: "2345678901", number: "98765432109", address: link };

test("a link in plain text", () => assert.deepEqual(findLink(`See ${link}. Thanks`, origin), found));

test("a link escaped as HTML", () => {
  const html = `<p><a href="${link.replace("&", "&amp;")}">${link.replace("&", "&amp;")}</a></p>`;
  assert.deepEqual(findLinks(html, origin), [found, found]);
});

test("a link wrapped by SafeLinks, in either case of its escapes", () => {
  assert.deepEqual(findLink(`<a href="${safe}">join</a>`, origin), found);
  const lower = safe.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  assert.deepEqual(findLink(lower, origin), found);
});

test("a link below letters that grow when they are made small", () => {
  assert.deepEqual(findLink(`İSTANBUL İZMİR ${link}`, origin), found);
  assert.equal(findLink(`<p>İzmir</p><a href="${origin}/j/98765432109?pwd=x">`, origin)?.number, "98765432109");
});

test("a one-time link names its own number", () => {
  assert.equal(findLink(`${origin}/j/98765432109?pwd=x`, origin)?.number, "98765432109");
});

test("the link that names a meeting stands before a bare one", () => {
  const bare = `${origin}/j/2345678901`;
  assert.equal(findLink(bare, origin)?.number, "");
  assert.equal(findLink(`${bare} and ${link}`, origin)?.number, "98765432109");
});

test("what is not ours is not found", () => {
  const others = [
    "https://other.example.com/j/2345678901?omn=98765432109",
    `${origin}/j/12345`,
    `${origin}/j/123456789012`,
  ];
  for (const text of others) assert.equal(findLink(text, origin), undefined, text);
  assert.equal(findLink(`${origin}.evil.example/j/2345678901`, origin), undefined);
});

test("a location is only our link, or more", () => {
  assert.equal(isOnlyLink(` ${link} `, origin), true);
  for (const text of ["", "Room A", `Room A; ${link}`, `${link}; Room A`, `${link} Room A`]) {
    assert.equal(isOnlyLink(text, origin), false, text);
  }
});

test("the number of a stamp", () => {
  assert.equal(numberOf("v1 n=98765432109 k=pmi t=asked h=0"), "98765432109");
  for (const stamp of ["", "v1 k=pmi", "v1 n=123 k=pmi", "v1 xn=98765432109"]) assert.equal(numberOf(stamp), "", stamp);
});
