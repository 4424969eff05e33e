// What calls fail with, as Office.js numbers and words it.

/** @type {Record<number, [string, string]>} */
const errors = {
  // Documented by name only; the number is ours.
  9999: ["DataExceedsMaximumSize", "The data is longer than the maximum."],
  5001: ["InternalError", "An internal error has occurred."],
  5100: ["API Call Failed", "Wait until the previous call completes."],
  9002: ["InternalFormatError", "There was an internal format error."],
  9010: ["InvalidEndTime", "The end time cannot be before the start time."],
  9012: ["NumberOfRecipientsExceeded", "The total number of recipients in the field can't exceed 500."],
  9014: ["CursorPositionChanged", "The user changed the position of the cursor while the data was being inserted."],
  9019: ["GenericSettingsError", "The properties are longer than 2,500 characters."],
  9021: ["SaveError", "Connection error occurred while trying to save the item on the server."],
  9023: ["DuplicateNotificationKey", "A notification with the provided key already exists."],
  9024: ["NotificationKeyNotFound", "There are no notifications with the provided key."],
  9025: [
    "NumberOfNotificationsExceeded",
    "The notification couldn't be added because the notification limit has been reached.",
  ],
  9031: ["InvalidParameterValueError", "The value of a parameter is invalid."],
  9033: ["SetRecurrenceOnInstanceError", "A recurrence pattern can't be set for a single occurrence in a series."],
  9041: [
    "NetworkError",
    "The user is no longer connected to the network. Please check your network connection and try again.",
  ],
  9046: ["ItemNotSaved", "The id can't be retrieved until the item is saved."],
};

/** A call that fails under one of Office.js's codes. */
export class OfficeError extends Error {
  /** @param {number} code */
  constructor(code) {
    const [name, message] = errors[code] ?? ["InternalError", "An internal error has occurred."];
    super(message);
    this.name = name;
    this.code = code;
  }
}
