// All that we know of Google Calendar's pages: the places we look at, and in which saved page each must be found how often
// (internal/e2e/calendar/pages, written from the structure that has lasted since 2017, never copied). Only ids that begin
// with x, roles and data attributes are trusted; classes and words change often, words with the language too.

/** Goes up when a selector changes; a page of another shape is spoken of once per version. */
export const shape = 1;

/** The saved pages. */
export const pages: readonly string[] = [
  ...["editor-new", "editor-existing", "editor-german", "editor-japanese", "bubble", "bubble-collapsed"],
  ...["bubble-redrawn", "popup", "week", "changed"],
];

interface Place {
  css: string;
  on: Record<string, number>; // saved page -> how often; on all others never
}

const editors = (times: number) => ({
  ...{ "editor-new": times, "editor-existing": times, "editor-german": times, "editor-japanese": times },
});
const bubbles = (times: number) => ({ bubble: times, "bubble-redrawn": times });

export const places = {
  /** The body says what is shown: EVENT is the grid, EVENT_EDIT the full editor. */
  view: {
    css: "body[data-viewfamily]",
    on: { ...editors(1), ...bubbles(1), "bubble-collapsed": 1, popup: 1, week: 1 },
  },
  /** Notifications, in the editor: our row stands before them where there is no row for conferences. */
  editorAnchor: { css: "#xNtList", on: editors(1) },
  /** Google's own row for conferences: ours follows it. */
  conference: { css: "#xRTCIn", on: { ...editors(1), "editor-german": 0 } },
  /** The panel of the quick bubble that is about an event, not a task. */
  bubble: {
    css: '[role="dialog"] [role="tabpanel"][aria-labelledby="tabEvent"]',
    on: { ...bubbles(1), "bubble-collapsed": 1 },
  },
  /** The bubble's tab for events; without the panel the page has changed. */
  bubbleTab: { css: '[role="dialog"] #tabEvent', on: { ...bubbles(1), "bubble-collapsed": 1 } },
  /** Where the bubble has its description, open or not. */
  bubbleDescription: { css: '[role="tabpanel"] [jsname="hGaP9"]', on: { ...bubbles(1), "bubble-collapsed": 1 } },
  /** What opens the bubble's description and location. */
  openDescription: { css: '[role="tabpanel"] [data-key="description"]', on: { "bubble-collapsed": 1 } },
  openLocation: { css: '[role="tabpanel"] [data-key="location"]', on: { "bubble-collapsed": 1 } },
  /** The pop-up of a saved event; its node is used again for the next event. */
  popup: { css: '[data-chips-dialog="true"]', on: { popup: 1 } },
  popupWhen: { css: "#xDetDlgWhen", on: { popup: 1 } },
  popupPlace: { css: "#xDetDlgLoc", on: { popup: 1 } },
  /** What names an event: base64 of "event calendar". */
  event: { css: "[data-eventid]", on: { popup: 3, week: 2, bubble: 2, "bubble-redrawn": 2, "bubble-collapsed": 1 } },

  title: { css: "#xTiIn", on: editors(1) },
  /** Any line of text; the first in a bubble is its title. */
  textLine: { css: '[role="dialog"] input[type="text"]', on: { ...bubbles(6), "bubble-collapsed": 1 } },
  /** Days have data-date="20261124" whatever the language. */
  startDate: { css: "#xStDaIn[data-date]", on: { ...editors(1), ...bubbles(1) } },
  endDate: { css: "#xEnDaIn[data-date]", on: { ...editors(1), ...bubbles(1) } },
  startTime: { css: "#xStTiIn", on: { ...editors(1), ...bubbles(1) } },
  endTime: { css: "#xEnTiIn", on: { ...editors(1), ...bubbles(1) } },
  allDay: { css: '#xAlDaCbx input[type="checkbox"], #xAlDaCbx[role="checkbox"]', on: { ...editors(1), ...bubbles(1) } },
  zone: { css: "#xTimezone", on: { ...editors(1) } },
  repeats: { css: '[role="listbox"] [data-value][aria-selected="true"]', on: { ...editors(1) } },
  guest: { css: '#xGstLst [data-email], [role="tree"] [data-email]', on: { "editor-existing": 2, "editor-german": 1 } },
  location: {
    css: '#xLocIn input[role="combobox"], [jsname="vHVaxd"] input[role="combobox"]',
    on: { ...editors(1), ...bubbles(1) },
  },
  description: {
    css: '#xDescIn [role="textbox"][contenteditable], [jsname="hGaP9"] [role="textbox"][contenteditable]',
    on: { ...editors(1), ...bubbles(1) },
  },
} satisfies Record<string, Place>;

/** The first of a place inside of something. */
export function find(place: keyof typeof places, within: ParentNode): HTMLElement | null {
  return within.querySelector<HTMLElement>(places[place].css);
}

/** Every one of a place inside of something. */
export function findAll(place: keyof typeof places, within: ParentNode): HTMLElement[] {
  return [...within.querySelectorAll<HTMLElement>(places[place].css)];
}
