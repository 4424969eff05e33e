// The whole script of Parlor's own pages. Every page works without it.
import { copyButtons } from "./copy";
import { atDoor } from "./door";
import { syncProgress } from "./progress";
import { ownZone } from "./zone";

const life = new AbortController();
addEventListener("pagehide", (event) => event.persisted || life.abort(), { signal: life.signal });

ownZone(document);
copyButtons(document, life.signal);
syncProgress(document, life.signal);
atDoor(document, life.signal);
