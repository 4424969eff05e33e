// Where in the page an event can be worked on just now, and where our row belongs there.
import { find } from "../selectors.ts";
import { eidOfAddress, isEditor } from "./eid.ts";

/** An editor, a bubble or a pop-up that is open. */
export interface Surface {
  kind: "editor" | "bubble" | "popup";
  root: HTMLElement; // what belongs to the event is inside of it
  eid: string; // of a saved event, else ""
  put(row: HTMLElement): void;
}

/** What of a page was found: nothing to work on, a surface, or a page that has changed its shape. */
export type Found = Surface | "nothing" | "changed";

/** Looks for a surface. It is called often: a handful of look-ups, and no question about the page's layout. */
export function survey(page: Document, path: string): Found {
  const editing = page.body?.dataset["viewfamily"] === "EVENT_EDIT" || isEditor(path) || eidOfAddress(path) !== "";
  if (editing) return editorOf(page, path) ?? "changed";
  const panel = find("bubble", page);
  if (panel) return bubbleOf(panel);
  if (find("bubbleTab", page)) return "changed";
  const popup = find("popup", page);
  return (popup && popupOf(popup)) ?? "nothing";
}

function editorOf(page: Document, path: string): Surface | undefined {
  const conference = find("conference", page);
  const anchor = conference ?? find("editorAnchor", page);
  if (!anchor) return undefined;
  const put = (row: HTMLElement) => settle(row, anchor, conference ? "after" : "before");
  return { kind: "editor", root: page.body, eid: eidOfAddress(path), put };
}

function bubbleOf(panel: HTMLElement): Surface {
  const root = panel.closest<HTMLElement>('[role="dialog"]') ?? panel;
  const anchor = find("bubbleDescription", panel);
  const put = (row: HTMLElement) => settle(row, anchor ?? panel, anchor ? "before" : "inside");
  return { kind: "bubble", root, eid: "", put };
}

/** A pop-up without a name is about something that is no event: a birthday, a task. */
function popupOf(popup: HTMLElement): Surface | undefined {
  const named = popup.closest<HTMLElement>("[data-eventid]") ?? find("event", popup);
  const eid = named?.dataset["eventid"] ?? "";
  if (eid === "") return undefined;
  const anchor = find("popupPlace", popup) ?? find("popupWhen", popup);
  const put = (row: HTMLElement) => settle(row, anchor ?? popup, anchor ? "after" : "inside");
  return { kind: "popup", root: popup, eid, put };
}

/** Puts a row in its place, unless it is there already. */
function settle(row: HTMLElement, anchor: Element, where: "before" | "after" | "inside"): void {
  if (where === "inside") {
    if (row.parentElement !== anchor) anchor.append(row);
  } else if (where === "before") {
    if (anchor.previousElementSibling !== row) anchor.before(row);
  } else if (anchor.nextElementSibling !== row) anchor.after(row);
}
