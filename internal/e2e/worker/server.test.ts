// Which server is meant, and what an older version may have left in storage.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { kept } from "./fakebrowser.ts";

const { isParlor, keepServer, originOf, patternOf, server } = await import("../../../extension/server.ts");

test("an address is read as people type it", () => {
  const typed: Record<string, string | undefined> = {
    "rooms.example.com": "https://rooms.example.com",
    " https://rooms.example.com/settings?x=1#y ": "https://rooms.example.com",
    "rooms.example.com:8443": "https://rooms.example.com:8443",
    "HTTPS://Rooms.Example.com": "https://rooms.example.com",
    "http://127.0.0.1:8080/": "http://127.0.0.1:8080",
    "http://localhost:8080": "http://localhost:8080",
    "http://rooms.example.com": undefined,
    "https://me:secret@rooms.example.com": undefined,
    "javascript://rooms.example.com/%0aalert(1)": undefined,
    "file:///etc/passwd": undefined,
    rooms: undefined,
    "": undefined,
    "two words": undefined,
  };
  for (const [text, origin] of Object.entries(typed)) assert.equal(originOf(text), origin, text);
});

test("the permission asked for is for that host alone", () => {
  assert.equal(patternOf("https://rooms.example.com:8443"), "https://rooms.example.com/*");
});

test("storage of another version is no server", async () => {
  for (const old of [7, null, {}, "javascript:alert(1)", "http://rooms.example.com", ""]) {
    kept["local"] = { server: old };
    assert.equal(await server(), "", String(old));
  }
  await keepServer("https://rooms.example.com");
  assert.equal(await server(), "https://rooms.example.com");
});

test("a Parlor is known by how its API describes itself", async () => {
  const answers: Record<string, [number, string]> = {
    "a Parlor": [200, "components:\n  x: y\ninfo:\n  title: Parlor\n"],
    "another API": [200, "info:\n  title: Parlour\n"],
    "no API": [404, "info:\n  title: Parlor\n"],
  };
  for (const [name, [status, text]] of Object.entries(answers)) {
    const there = createServer((_, answer) => answer.writeHead(status).end(text)).listen(0, "127.0.0.1");
    await new Promise((listening) => there.once("listening", listening));
    const origin = `http://127.0.0.1:${(there.address() as AddressInfo).port}`;
    assert.equal(await isParlor(origin), name === "a Parlor", name);
    there.close();
  }
});
