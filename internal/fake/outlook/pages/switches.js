// The page's query parameters: which client it is and what goes wrong in it. Facts per client: the table of Mailbox sets
// at learn.microsoft.com/javascript/api/requirement-sets/outlook/outlook-api-requirement-sets, June 2026.

/**
 * @typedef {object} Client
 * @property {string} platform of Office.PlatformType
 * @property {string} hostName of Office.context.mailbox.diagnostics
 * @property {number} set minor number of the newest Mailbox set
 * @property {boolean} [onPremises] the mailbox is on a server of the organisation's own
 * @property {boolean} [mobile] only the function command, no notifications, no events
 * @property {boolean} [narrow] at most three calls in flight
 * @property {boolean} [word] bodies come as a whole HTML document
 * @property {boolean} [appends] a location that is set is put behind the rooms instead of replacing them
 * @property {boolean} [bare] events run in a runtime of scripts alone, without storage
 * @property {boolean} [deaf] prepending does nothing while Teams is on (OfficeDev/office-js#6328)
 */

/** @type {Record<string, Client>} */
const clients = {
  web: { platform: "OfficeOnline", hostName: "OutlookWebApp", set: 16, narrow: true },
  new: { platform: "OfficeOnline", hostName: "newOutlookWindows", set: 16, narrow: true },
  classic: { platform: "PC", hostName: "Outlook", set: 16, word: true, appends: true, bare: true },
  mac: { platform: "Mac", hostName: "Outlook", set: 14, deaf: true, appends: true },
  "classic-mac": { platform: "Mac", hostName: "Outlook", set: 8, appends: true },
  android: { platform: "Android", hostName: "OutlookAndroid", set: 5, narrow: true, mobile: true },
  ios: { platform: "iOS", hostName: "OutlookIOS", set: 5, narrow: true, mobile: true },
  onprem: { platform: "PC", hostName: "Outlook", set: 5, word: true, appends: true, onPremises: true },
};

const query = new URLSearchParams(location.search);
const named = query.get("client") ?? "web";
const base = clients[named] ?? /** @type {Client} */ (clients.web);

/** The client this page is, its set lowered by ?set=1.3. */
export const client = { ...base, name: named, set: Math.min(base.set, minor(query.get("set"))) };

/** True when nothing reaches a server: saving fails, and so does every fetch of the add-in's pages. */
export const offline = query.has("offline");

/** False when HTML that the add-in writes is kept as it is. */
export const rewrites = query.get("rewrite") !== "off";

/** True when some of the body is selected as the page opens. */
export const selects = query.has("selection");

/**
 * Tells whether the calls of a method are to fail: ?fail=location.setAsync,body.getAsync or ?fail=*.
 * @param {string} method
 */
export function fails(method) {
  const list = (query.get("fail") ?? "").split(",");
  return list.includes(method) || list.includes("*");
}

/**
 * How long the calls of a method wait, in milliseconds: ?slow=body.getAsync or ?slow=body.getAsync:8000, 3000 by default.
 * @param {string} method
 */
export function wait(method) {
  for (const entry of (query.get("slow") ?? "").split(",")) {
    const [name, time] = entry.split(":");
    if (name === method || name === "*") return Number(time ?? 3000);
  }
  return 0;
}

/** @param {string | null} set such as 1.8 */
function minor(set) {
  return set === null ? 99 : Number(set.split(".")[1] ?? set);
}
