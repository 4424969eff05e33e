import type { Words } from "../words.ts";

export const de: Words = {
  language: "de",

  loading: "Einen Moment …",
  retry: "Erneut versuchen",
  noScriptTitle: "Outlook ist nicht erreichbar",
  noScript:
    "Das Skript, das diese Seite mit Outlook verbindet, wurde nicht geladen. Ihr Termin ist unverändert. Prüfen Sie die Verbindung und versuchen Sie es erneut.",
  unsupportedTitle: "Hier nicht unterstützt",
  noHost:
    "Diese Seite arbeitet neben einem Termin in Outlook. Öffnen Sie dort einen neuen Termin und wählen Sie „Besprechung planen“.",
  onPremises:
    "Dieses Postfach liegt auf dem Exchange-Server Ihrer Organisation; dort kann Parlor keine Besprechungen einfügen. Ihren Link können Sie auf der Website von Parlor kopieren.",
  onPremisesShort:
    "Dieses Postfach liegt auf dem Exchange-Server Ihrer Organisation; dort kann Parlor keine Besprechungen einfügen.",
  tooOld: "Dieses Outlook ist zu alt für Parlor. Verwenden Sie Outlook im Web oder ein neueres Outlook.",
  website: "Website von Parlor öffnen",
  troubleTitle: "Das hat nicht geklappt",

  signedOutTitle: "Besprechung planen",
  signedOut: "Einmal anmelden, und Ihr Teilnahmelink ist in jedem Termin einen Klick entfernt.",
  signIn: "Anmelden",
  signInWaiting: "Melden Sie sich in dem Fenster an, das sich geöffnet hat.",
  signInClosed: "Das Fenster wurde geschlossen, bevor Sie angemeldet waren.",
  signInRefused: "Sie haben dem Add-in den Zugang nicht erlaubt. Nichts wurde geändert.",
  signInBlocked:
    "Das Anmeldefenster konnte nicht geöffnet werden. Erlauben Sie Pop-up-Fenster für Outlook und versuchen Sie es erneut.",
  signInFailed: "Die Anmeldung kam nicht wie erwartet zurück. Bitte versuchen Sie es erneut.",
  signInInPane:
    "Sie sind bei Parlor abgemeldet. Öffnen Sie „Besprechung planen“, melden Sie sich an und drücken Sie die Taste erneut.",
  signInNotDone:
    "Sie sind nicht bei Parlor angemeldet, es wurde nichts eingefügt. Drücken Sie die Taste erneut, um sich anzumelden.",
  signedInClose: "Sie sind angemeldet. Dieses Fenster schließt sich von selbst.",
  signInUnheard: "Sie können dieses Fenster schließen und zu Outlook zurückkehren.",
  signedInAs: "Angemeldet als {name}",
  signOut: "Abmelden",

  title: "Besprechung planen",
  inCalendarOf: "Dies ist der Kalender von {owner}; die Besprechung findet in deren Raum statt.",
  usePmi: "Persönliche Meeting-ID verwenden",
  pmiHint: "Ihr eigener Raum, immer unter derselben Nummer (PMI): {pmi}",
  inLocation: "Link in den Ort schreiben",
  inLocationHint: "Räume und Orte, die dort stehen, bleiben.",
  locked: "Gesperrt: {reason}",
  previewTitle: "Das wird eingefügt",
  previewLoading: "Wird geprüft …",
  kindPmi: "Persönliche Meeting-ID",
  kindOneTime: "Einmalige Nummer",
  meetingNumber: "Besprechungsnummer",
  continue: "Weiter",
  inserting: "Wird eingefügt …",

  inserted: "Die Einladung steht in Ihrem Termin.",
  updated: "Die Einladung ist auf dem neuesten Stand.",
  next: "Fügen Sie nun Gäste hinzu und speichern oder senden Sie.",
  locationRefused: "Outlook ließ den Ort nicht ändern. Der Link steht im Text.",
  presentTitle: "Dieser Termin hat eine Besprechung",
  update: "Aktualisieren",
  remove: "Entfernen",
  removed: "Die Einladung wurde entfernt. Alles andere ist unverändert.",
  copyLink: "Link kopieren",
  copied: "Kopiert",
  copyByHand: "Unten markiert: bitte von Hand kopieren",
  linkLabel: "Teilnahmelink",
  conflictTitle: "Ihr Raum ist zu dieser Zeit belegt",
  useOneTime: "Einmalige Nummer verwenden",
  usePmiInstead: "Stattdessen Persönliche Meeting-ID verwenden",
  inSeries:
    "Dies ist ein einzelner Termin einer Serie und hat den Link der Serie. Öffnen Sie die ganze Serie, um ihn zu ändern.",

  addedRoom: "Parlor-Besprechung in Ihrem persönlichen Raum eingefügt. Nun Gäste hinzufügen und speichern oder senden.",
  addedOneTime: "Parlor-Besprechung mit einmaliger Nummer eingefügt. Nun Gäste hinzufügen und speichern oder senden.",
  addedConflict: "Parlor-Besprechung eingefügt, doch Ihr Raum ist dann belegt. Mehr dazu unter „Besprechung planen“.",
  updatedByButton: "Die Parlor-Besprechung in diesem Termin ist auf dem neuesten Stand.",

  settings: "Einstellungen",
  settingsTitle: "Einstellungen",
  back: "Zurück",
  save: "Änderungen speichern",
  saved: "Gespeichert. Es gilt ab der nächsten Besprechung.",
  faults: "Noch wurde nichts gespeichert. Bitte sehen Sie das markierte Feld an.",
  portal: "Alle Einstellungen auf der Website von Parlor",
  autoAdd: "Link von selbst einfügen",
  autoAddChoices: {
    keyword: "Wenn das Stichwort im Termin steht",
    with_guests: "Wenn der Termin Gäste hat",
    always: "In jeden Termin, den ich organisiere",
    never: "Nie",
  },
  keyword: "Stichwort",
  keywordHint: "2 bis 40 Zeichen ohne Leerzeichen.",
  putLink: "Link auch in den Ort schreiben",
  putLinkHint: "Nur wenn der Ort leer ist oder Räume enthält.",
  embedPasscode: "Gäste ohne Eingabe des Kenncodes einlassen",
  embedPasscodeHint: "Der Link trägt dann einen eigenen Schlüssel.",
  duration: "Übliche Dauer",
  minutes: "Minuten",
  invitationLanguage: "Sprache der Einladung",
  overlap: "Wenn zu dieser Zeit eine andere Besprechung in Ihrem Raum ist",
  overlapChoices: {
    one_time: "Einmaligen Link verwenden",
    warn: "Den Raum verwenden und mich warnen",
    allow: "Den Raum verwenden",
  },
  buffer: "Freie Zeit um jede Besprechung",
  defaultPmi: "Persönliche Meeting-ID verwenden",
  defaultPmiHint: "Für Besprechungen, die Sie planen. Jede einzelne kann davon abweichen.",
  staleTitle: "Ihre Einstellungen wurden anderswo geändert",
  staleText:
    "Sie wurden inzwischen in einem anderen Fenster oder auf einem anderen Gerät gespeichert. Nichts ist verloren: wählen Sie, was gelten soll.",
  staleSetting: "Einstellung",
  staleSaved: "Inzwischen gespeichert",
  staleYours: "Ihre Wahl",
  useMine: "Meine speichern",
  useSaved: "Gespeichertes behalten",
  yes: "Ein",
  no: "Aus",

  tooLong: "Der Text dieses Termins ist zu lang. Kürzen Sie ihn und versuchen Sie es erneut. Nichts wurde geändert.",
  notTaken:
    "Outlook hat den Text nicht behalten. Sehen Sie Ihren Termin vor dem Speichern an und versuchen Sie es erneut.",
  officeTrouble: "Outlook hat nicht wie erwartet geantwortet. Sehen Sie Ihren Termin an und versuchen Sie es erneut.",
  problems: {
    offline:
      "Parlor ist nicht erreichbar. Ihr Termin ist unverändert. Prüfen Sie die Verbindung und versuchen Sie es erneut.",
    timeout: "Parlor hat zu lange gebraucht. Sehen Sie Ihren Termin an und versuchen Sie es erneut.",
    signed_out: "Sie sind bei Parlor abgemeldet. Melden Sie sich an und versuchen Sie es erneut.",
    refused: "Parlor darf dies nicht für Sie tun. Fragen Sie, wem der Kalender gehört, oder Ihre Administration.",
    missing: "Parlor kennt diese Besprechung nicht mehr. Entfernen Sie sie und fügen Sie eine neue ein.",
    stale: "Dies wurde inzwischen geändert. Versuchen Sie es erneut.",
    too_large: "Der Text dieses Termins ist zu lang. Kürzen Sie ihn und versuchen Sie es erneut.",
    invalid:
      "Parlor kann Datum oder Gäste dieses Termins nicht verwenden. Prüfen Sie beides und versuchen Sie es erneut.",
    busy: "Parlor ist gerade ausgelastet. Nichts ist verloren; versuchen Sie es gleich noch einmal.",
    server: "Bei Parlor ist etwas schiefgegangen. Ihr Termin ist unverändert; versuchen Sie es gleich noch einmal.",
  },
  reasons: {
    pmi_setting:
      "Ihr persönlicher Raum, weil „Persönliche Meeting-ID verwenden“ in Ihren Einstellungen eingeschaltet ist.",
    pmi_asked: "Ihr persönlicher Raum, weil Sie ihn für diese Besprechung gewählt haben.",
    one_time_setting:
      "Eine einmalige Nummer, weil „Persönliche Meeting-ID verwenden“ in Ihren Einstellungen ausgeschaltet ist.",
    one_time_asked: "Eine einmalige Nummer, weil Sie sie für diese Besprechung gewählt haben.",
    room_unavailable: "Eine einmalige Nummer, weil Ihr persönlicher Raum im Videosystem ausgeschaltet ist.",
    overlap: "Ihr Raum ist zu dieser Zeit durch eine andere Besprechung belegt.",
  },
};
