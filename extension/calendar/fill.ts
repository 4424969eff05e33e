// Writing into the page's own fields the way a person does, so that the page notices; only what differs is touched.
import { textOf } from "./text.ts";

/** Makes a description read as wanted; what is the same at both ends is left alone, with its form. True when it took. */
export async function fillDescription(field: HTMLElement, wanted: string): Promise<boolean> {
  const change = difference(textOf(field).text, wanted);
  if (!change) return true;
  field.focus();
  await frame();
  select(textOf(field).range(change.from, change.to));
  type(change.text);
  await frame(); // an editor may think it over
  if (reads(field, wanted)) return true;
  const left = difference(textOf(field).text, wanted);
  if (left) replace(field, left);
  await frame();
  return reads(field, wanted);
}

/** Makes a line of text read as wanted. True when it took. */
export async function fillLine(field: HTMLInputElement, wanted: string): Promise<boolean> {
  if (field.value === wanted) return true;
  field.focus();
  await frame();
  field.select();
  type(wanted);
  if (field.value !== wanted) {
    field.value = wanted;
    field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: wanted }));
  }
  field.dispatchEvent(new Event("change", { bubbles: true }));
  field.blur();
  return field.value === wanted;
}

interface Change {
  from: number;
  to: number;
  text: string;
}

/** What to put in the place of what, to make one text of another. */
export function difference(is: string, wanted: string): Change | undefined {
  if (is === wanted) return undefined;
  const shorter = Math.min(is.length, wanted.length);
  let same = 0;
  while (same < shorter && is[same] === wanted[same]) same++;
  let tail = 0;
  while (tail < shorter - same && is.at(-1 - tail) === wanted.at(-1 - tail)) tail++;
  return { from: same, to: is.length - tail, text: wanted.slice(same, wanted.length - tail) };
}

function select(range: Range): void {
  const selection = document.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}

/** Types over the selection. No other command of the platform goes through a page's editor and its undo. */
function type(text: string): void {
  if (text === "") document.execCommand("delete");
  else document.execCommand("insertText", false, text);
}

/** The plain way, for an editor that ignores typing. */
function replace(field: HTMLElement, change: Change): void {
  const range = textOf(field).range(change.from, change.to);
  range.deleteContents();
  const lines = document.createDocumentFragment();
  for (const [i, line] of change.text.split("\n").entries()) {
    if (i > 0) lines.append(document.createElement("br"));
    if (line !== "") lines.append(line);
  }
  range.insertNode(lines);
  field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
}

function reads(field: HTMLElement, wanted: string): boolean {
  return even(textOf(field).text) === even(wanted);
}

/** Editors differ in spaces and empty lines; words and links must be the same. */
function even(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function frame(): Promise<void> {
  return new Promise((done) => setTimeout(done, 50));
}
