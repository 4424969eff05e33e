/** Tells people who cannot see the change; the region is in every page. */
export function say(words: string): void {
  const region = document.getElementById("said");
  if (region) region.textContent = words;
}
