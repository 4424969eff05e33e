// All that the add-in says, chosen by the language of Outlook itself.
import type { ProblemKind } from "../internal/web/client/problem.ts";
import { de } from "./words/de.ts";
import { en } from "./words/en.ts";
import { es } from "./words/es.ts";
import { ja } from "./words/ja.ts";

/** One choice of a setting. */
type Choices<Name extends string> = Record<Name, string>;

/** The table of one language. Notices of the button are at most 150 characters. */
export interface Words {
  language: string;

  loading: string;
  retry: string;
  noScriptTitle: string;
  noScript: string;
  unsupportedTitle: string;
  noHost: string;
  onPremises: string;
  onPremisesShort: string;
  tooOld: string;
  website: string;
  troubleTitle: string;

  signedOutTitle: string;
  signedOut: string;
  signIn: string;
  signInWaiting: string;
  signInClosed: string;
  signInRefused: string;
  signInBlocked: string;
  signInFailed: string;
  signInInPane: string;
  signInNotDone: string;
  signedInClose: string;
  signInUnheard: string;
  signedInAs: string; // {name}
  signOut: string;

  title: string;
  paused: string;
  inCalendarOf: string; // {owner}
  usePmi: string;
  pmiHint: string; // {pmi}
  inLocation: string;
  inLocationHint: string;
  locked: string; // {reason}
  previewTitle: string;
  previewLoading: string;
  kindPmi: string;
  kindOneTime: string;
  meetingNumber: string;
  continue: string;
  inserting: string;

  inserted: string;
  updated: string;
  next: string;
  locationRefused: string;
  presentTitle: string;
  update: string;
  remove: string;
  removed: string;
  copyLink: string;
  copied: string;
  copyByHand: string;
  linkLabel: string;
  conflictTitle: string;
  useOneTime: string;
  usePmiInstead: string;
  inSeries: string;

  addedRoom: string;
  addedOneTime: string;
  addedConflict: string;
  addedWaits: string;
  updatedByButton: string;

  newMeeting: string;
  startInRoom: string;
  startAlways: string;
  start: string;
  startedTitle: string;
  openMeeting: string;
  copyInvitation: string;

  settings: string;
  settingsTitle: string;
  back: string;
  save: string;
  saved: string;
  faults: string;
  portal: string;
  autoAdd: string;
  autoAddChoices: Choices<"keyword" | "with_guests" | "always" | "never">;
  keyword: string;
  keywordHint: string;
  putLink: string;
  putLinkHint: string;
  embedPasscode: string;
  embedPasscodeHint: string;
  duration: string;
  minutes: string;
  invitationLanguage: string;
  overlap: string;
  overlapChoices: Choices<"one_time" | "warn" | "allow">;
  buffer: string;
  unfamiliar: string;
  unfamiliarChoices: Choices<"waiting_room" | "one_time" | "allow">;
  waitingRoom: string;
  waitingRoomHint: string;
  defaultPmi: string;
  defaultPmiHint: string;
  instantPmi: string;
  instantPmiHint: string;
  staleTitle: string;
  staleText: string;
  staleSetting: string;
  staleSaved: string;
  staleYours: string;
  useMine: string;
  useSaved: string;
  yes: string;
  no: string;

  tooLong: string;
  notTaken: string;
  officeTrouble: string;
  problems: Record<ProblemKind, string>;
  reasons: Record<string, string>;
}

const tables: Record<string, Words> = { en, de, es, ja };

/** The table for a language tag, by its first part: de-AT is de; languages that we do not have are English. */
export function wordsFor(tag: string): Words {
  return tables[tag.toLowerCase().split("-")[0] ?? ""] ?? en;
}
