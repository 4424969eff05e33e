// The whole script of Parlor's own pages. Every page works without it.
import { copyButtons } from "./copy.ts";
import { syncProgress } from "./progress.ts";
import { ownZone } from "./zone.ts";

const life = new AbortController();
addEventListener("pagehide", (event) => event.persisted || life.abort(), { signal: life.signal });

ownZone(document);
copyButtons(document, life.signal);
syncProgress(document, life.signal);
