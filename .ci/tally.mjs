// Reads what one test runner wrote (go test -json, or node --test as TAP), appends "passed failed" to the counts file,
// prints a short note to stdout and, to stderr, the output of what failed.
// Exits 1 when a test failed or was skipped, or when none ran at all.
import { appendFileSync, readFileSync } from "node:fs";

/** goTests reads the event stream of `go test -json`: tests and subtests count, packages do not. */
function goTests(lines) {
  const events = lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  const names = (action) => events.filter((e) => e.Action === action && e.Test).map(nameOf);
  const broken = new Set(events.filter((e) => e.Action === "fail" || e.Action === "build-fail").map(nameOf));
  const log = events.filter((e) => e.Output && broken.has(nameOf(e))).map((e) => e.Output);
  const plain = lines.filter((line) => line && !line.startsWith("{")).map((line) => `${line}\n`);
  return {
    passed: names("pass").length,
    failed: names("fail").length,
    skipped: names("skip"),
    log: [...plain, ...log],
  };
}

function nameOf(event) {
  return `${event.Package ?? event.ImportPath} ${event.Test ?? ""}`.trim();
}

/** nodeTests reads the closing counters of node's TAP reporter; the whole report is the log. */
function nodeTests(lines) {
  const count = (word) => Number(lines.find((line) => line.startsWith(`# ${word} `))?.split(" ")[2] ?? 0);
  const failed = count("fail") + count("cancelled");
  const skipped = lines.filter((line) => /^\s*ok .*# (SKIP|TODO)/.test(line));
  return {
    passed: count("pass"),
    failed,
    skipped,
    log: failed > 0 || count("tests") === 0 ? lines.map((l) => `${l}\n`) : [],
  };
}

const [file, counts] = process.argv.slice(2);
const lines = readFileSync(file, "utf8").split("\n");
const { passed, failed, skipped, log } = file.endsWith(".json") ? goTests(lines) : nodeTests(lines);
appendFileSync(counts, `${passed} ${failed}\n`);
console.log(`${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ""}`);
process.stderr.write(log.join(""));
for (const name of skipped) console.error(`skipped: ${name}`);
if (passed === 0) console.error("no test ran");
process.exitCode = failed > 0 || skipped.length > 0 || passed === 0 ? 1 : 0;
