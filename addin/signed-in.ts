// A placeholder until the page is here.
document.querySelector("main")?.append("You can close this window.");
export {};
