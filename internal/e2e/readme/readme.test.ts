// The commands that the README gives a newcomer do what it says.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { bare, binary, startDemo } from "../demo.js";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../../..");

describe("README", () => {
  let commands: string[];

  before(() => {
    const text = readFileSync(join(root, "README.md"), "utf8");
    const blocks = [...text.matchAll(/^```(?:sh|bash|console|shell)?\n([\s\S]*?)^```/gm)].map((m) => m[1] ?? "");
    commands = blocks.flatMap((b) => b.split("\n")).map((line) => line.replace(/^\$ /, "").trim());
  });

  it("starts the demo, which answers", async () => {
    const line = commands.find((c) => c.startsWith("go run ./cmd/parlor demo"));
    assert(line, "README has no demo command");
    process.chdir(root);
    const demo = await startDemo(line.split(/\s+/));
    try {
      for (const address of [demo.portal, demo.calendar, new URL("/readyz", demo.portal)]) {
        const answer = await fetch(address);
        assert.equal(answer.status, 200, String(address));
      }
      assert.match(demo.printed(), /#meet/, "the demo says what to try");
    } finally {
      await demo.stop();
    }
  });

  it("lists every configuration problem at once when it cannot serve", () => {
    const run = spawnSync(binary, ["serve"], {
      env: { ...bare(), PARLOR_ROOMS: "cinema" },
      encoding: "utf8",
      timeout: 20_000,
    });
    assert.equal(run.status, 1, run.stderr);
    for (const name of [
      "PARLOR_PUBLIC_URL",
      "PARLOR_REDIS_URL",
      "PARLOR_KEYSET",
      "PARLOR_ALLOWED_DOMAINS",
      "PARLOR_ROOMS",
    ]) {
      assert.match(run.stderr + run.stdout, new RegExp(name));
    }
  });

  it("names only verbs that the product has", () => {
    const help = spawnSync(binary, ["help"], { env: bare(), encoding: "utf8", timeout: 20_000 });
    for (const verb of commands.map((c) => /parlor (\w+)/.exec(c)?.[1]).filter((v) => v !== undefined)) {
      assert.match(help.stdout + help.stderr, new RegExp(`\\b${verb}\\b`));
    }
  });
});
