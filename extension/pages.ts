/** The origins of the calendar pages that the extension is in, written in when the script is bundled. */
declare const PARLOR_PAGES: string[];

/** Google Calendar, and in a demo its stand-in. Patterns of Firefox have no port, so a script must look here too. */
export const pages: readonly string[] = PARLOR_PAGES;
