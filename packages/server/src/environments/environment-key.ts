import { randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

type KeyKind = "sdk" | "mob" | "api";

/** A new key such as `sdk-…`: 32 hexadecimal digits by chance, and 8 that tell a typo from a wrong key. */
export function newKey(kind: KeyKind): string {
  const secret = `${kind}-${randomBytes(16).toString("hex")}`;
  return secret + checksum(secret);
}

/** Whether something that looks like a key of ours has a character wrong. Keys of others pass. */
export function isMistyped(key: string): boolean {
  return /^(sdk|mob|api)-[0-9a-f]{40}$/u.test(key) && checksum(key.slice(0, -8)) !== key.slice(-8);
}

/** A new id of 24 hexadecimal digits. */
export function newId(): string {
  return randomBytes(12).toString("hex");
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, "0");
}

/** A key that people can tell from another, and nobody can use: `sdk-…1f3c`. */
export function endingOf(key: string): string {
  return `${/^[a-z]{3}-/u.exec(key)?.[0] ?? ""}…${key.slice(-4)}`;
}
