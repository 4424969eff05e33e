// A placeholder until the pane is here.
document.querySelector("main")?.append("Parlor");
export {};
