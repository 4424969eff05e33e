// Writes the Go table of what Windows calls the world's time zones, as CLDR has it
// (https://unicode.org/reports/tr35/tr35-dates.html#Time_Zone_Names, windowsZones): node zones.mjs <file>
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

const [, , target] = process.argv;
const { supplemental } = JSON.parse(
  readFileSync(new URL("node_modules/cldr-core/supplemental/windowsZones.json", import.meta.url), "utf8"),
);

// Territory 001 is the world: the zone to take when nothing else is known.
const lines = supplemental.windowsZones.mapTimezones
  .map(({ mapZone }) => mapZone)
  .filter((zone) => zone._territory === "001")
  .map((zone) => `\t${JSON.stringify(zone._other)}: ${JSON.stringify(zone._type)},`)
  .sort();

writeFileSync(
  target,
  `// Code generated from CLDR ${supplemental.version._cldrVersion} by internal/e2e/zones.mjs. DO NOT EDIT.

package parlor

// windowsZones gives the IANA name of each time zone that Windows names.
var windowsZones = map[string]string{
${lines.join("\n")}
}
`,
);
execFileSync("gofmt", ["-w", target]);
