// The button in calendar pages.
export {};
