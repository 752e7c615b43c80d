import { createHash, randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { DomainError } from "../errors.ts";
import { isWeakPassword } from "./weak-passwords.ts";

const derive = promisify<string, Buffer, number, Buffer>(scrypt);
const lengthBytes = 32;

/** The hash of a password that somebody chooses; refuses one that would be guessed. */
export async function hashChosenPassword(password: string): Promise<string> {
  if (await isWeakPassword(password)) {
    throw new DomainError(
      "invalid_request",
      "the password is among the 3,000 that are guessed first; choose another, such as four words",
    );
  }
  return hashPassword(password);
}

async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  return `${salt.toString("hex")}:${(await derive(password, salt, lengthBytes)).toString("hex")}`;
}

export async function isPassword(password: string, stored: string): Promise<boolean> {
  const [salt = "", hash = ""] = stored.split(":");
  const derived = await derive(password, Buffer.from(salt, "hex"), lengthBytes);
  const expected = Buffer.from(hash, "hex");
  return expected.length === derived.length && timingSafeEqual(derived, expected);
}

/** A secret of 256 random bits is kept as its plain hash: there is nothing to guess. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}
