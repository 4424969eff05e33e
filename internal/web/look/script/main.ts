// The whole script of Parlor's own pages. Every page works without it.
import { checkedForms } from "./check";
import { copyButtons } from "./copy";
import { atDoor } from "./door";
import { followParts } from "./parts";
import { rewriteProgress, syncProgress } from "./progress";
import { waitingAtDoor } from "./waiting";
import { ownZone } from "./zone";
import { zoneLists } from "./zones";

const life = new AbortController();
addEventListener("pagehide", (event) => event.persisted || life.abort(), { signal: life.signal });

ownZone(document);
copyButtons(document, life.signal);
syncProgress(document, life.signal);
followParts(document, life.signal);
rewriteProgress(document, life.signal);
checkedForms(document, life.signal);
zoneLists(document);
atDoor(document, life.signal);
waitingAtDoor(document, life.signal);
