// What is said to people, from _locales, in the language of the browser.
import type en from "./_locales/en/messages.json";
import { browser } from "./browser.ts";

/** The name of a sentence. */
export type Word = keyof typeof en;

/** A sentence, with values in the places $1 to $9. */
export function say(word: Word, ...values: string[]): string {
  return browser.i18n.getMessage(word, values);
}
