/** What one attempt to sign in is bound to (RFC 7636, S256); kept by whoever began it. */
export interface Attempt {
  verifier: string;
  challenge: string;
  state: string;
}

/** Makes a fresh attempt; 32 random bytes each for the verifier and the state. */
export async function newAttempt(): Promise<Attempt> {
  const verifier = random();
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return { verifier, challenge: base64url(new Uint8Array(digest)), state: random() };
}

function random(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

/** Base64 for addresses, without padding (RFC 4648 section 5). */
export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
}
