// A placeholder until the commands are here: both end at once and change nothing.
type Done = { completed(): void };
declare const Office: { actions: { associate(name: string, run: (event: Done) => void): void } };

Office.actions.associate("addParlorMeeting", (event) => event.completed());
Office.actions.associate("onNewAppointmentOrganizer", (event) => event.completed());
export {};
