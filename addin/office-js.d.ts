// The part of Office.js that the add-in uses (learn.microsoft.com/javascript/api/outlook, checked against
// @types/office-js 1.0.612). What is newer than Mailbox 1.3 is optional here, so that the compiler asks for the feature test.

interface OfficeResult<T> {
  status: "succeeded" | "failed";
  value: T;
  error?: { code: number; name: string; message: string };
}

type OfficeDone<T> = (result: OfficeResult<T>) => void;

interface OfficeAddress {
  displayName: string;
  emailAddress: string;
}

interface OfficeReadable<T> {
  getAsync(done: OfficeDone<T>): void;
}

interface OfficeBody {
  getAsync(kind: "html" | "text", done: OfficeDone<string>): void;
  getTypeAsync(done: OfficeDone<"html" | "text">): void;
  prependAsync(text: string, options: { coercionType: "html" | "text" }, done: OfficeDone<void>): void;
  setAsync(text: string, options: { coercionType: "html" | "text" }, done: OfficeDone<void>): void;
}

interface OfficePlace {
  locationIdentifier: { id: string; type: "custom" | "room" };
  displayName: string;
}

interface OfficeSeriesTime {
  getStartDate(): string; // YYYY-MM-DD
  getEndDate(): string | null; // YYYY-MM-DD, null in a series without end
  getStartTime(): string; // THH:mm:ss:mmm
  getDuration(): number; // minutes
}

interface OfficeRecurrence {
  recurrenceType: "daily" | "weekday" | "weekly" | "monthly" | "yearly";
  recurrenceProperties?: {
    interval: number;
    dayOfMonth?: number;
    dayOfWeek?: string;
    days?: string[];
    weekNumber?: string;
    month?: string;
    firstDayOfWeek?: string;
  } | null;
  seriesTime?: OfficeSeriesTime;
}

interface OfficeCustomProperties {
  get(name: string): unknown;
  set(name: string, value: string): void;
  remove(name: string): void;
  saveAsync(done: OfficeDone<void>): void;
}

interface OfficeNotice {
  type: "informationalMessage" | "errorMessage";
  message: string; // at most 150 characters
  icon?: string; // the id of an image of the manifest; informational messages need one, others refuse it
  persistent?: boolean;
}

interface OfficeAppointment {
  itemType: string;
  body: OfficeBody;
  subject: OfficeReadable<string>;
  start: OfficeReadable<Date>;
  end: OfficeReadable<Date>;
  location: OfficeReadable<string> & { setAsync(text: string, done: OfficeDone<void>): void };
  requiredAttendees: OfficeReadable<OfficeAddress[]>;
  optionalAttendees: OfficeReadable<OfficeAddress[]>;
  loadCustomPropertiesAsync(done: OfficeDone<OfficeCustomProperties>): void;
  notificationMessages?: { replaceAsync(key: string, notice: OfficeNotice, done: OfficeDone<void>): void };
  organizer?: OfficeReadable<OfficeAddress>; // 1.7
  recurrence?: OfficeReadable<OfficeRecurrence | null>; // 1.7
  seriesId?: string | null; // 1.7: set in one occurrence of a series
  getSharedPropertiesAsync?(done: OfficeDone<{ owner: string }>): void; // 1.8
  enhancedLocation?: OfficeReadable<OfficePlace[]> & {
    addAsync(places: OfficePlace["locationIdentifier"][], done: OfficeDone<void>): void;
    removeAsync(places: OfficePlace["locationIdentifier"][], done: OfficeDone<void>): void;
  }; // 1.8
  addHandlerAsync?(event: string, handler: () => void, done: OfficeDone<void>): void; // 1.7
  removeHandlerAsync?(event: string, done: OfficeDone<void>): void; // 1.7
}

interface OfficeDialog {
  close(): void;
  addEventHandler(event: string, handler: (said: { message?: string; origin?: string; error?: number }) => void): void;
}

interface OfficeCommandEvent {
  completed(): void;
}

declare namespace Office {
  function onReady(): Promise<{ host: string | null; platform: string | null }>;
  const EventType: Record<string, string>;
  const actions: { associate(name: string, handler: (event: OfficeCommandEvent) => void): void };
  const context: {
    displayLanguage?: string;
    partitionKey?: string;
    requirements?: { isSetSupported(name: string, version?: string): boolean };
    mailbox?: {
      item?: OfficeAppointment | null;
      userProfile?: { emailAddress: string; displayName: string; accountType?: string };
    };
    ui?: {
      displayDialogAsync?(
        address: string,
        options: { height: number; width: number; displayInIframe: boolean },
        done: OfficeDone<OfficeDialog>,
      ): void;
      messageParent?(message: string): void;
    };
  };
}
