/** An id of our own choosing, for what has to be known by it before the server answers. */
export function newId(): string {
  // `crypto.randomUUID` is not there where the UI is served without TLS.
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
