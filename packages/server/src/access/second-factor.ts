import { randomInt } from "node:crypto";
import { generateSecret, generateURI, verifySync } from "otplib";

const recoveryCodes = 10;
const stepSeconds = 30;
/** Without what is mistaken for something else on paper. */
const letters = "abcdefghjkmnpqrstuvwxyz23456789";

/** What an authenticator app is given. */
export function newTotpSecret(): string {
  return generateSecret();
}

/** The address that apps read from a QR code. */
export function otpauthUrl(secret: string, email: string): string {
  return generateURI({ issuer: "Halyard", label: email, secret });
}

/**
 * The half minute that a code is of; undefined where it is wrong, or not later than the last one that
 * was taken. A clock may be half a minute off.
 */
export function stepOfCode(
  code: string,
  { secret, lastStep, now }: { secret: string; lastStep: number; now: number },
): number | undefined {
  const token = code.replaceAll(/\s/gu, "");
  if (!/^\d{6}$/u.test(token)) return undefined;
  const epoch = Math.floor(now / 1000);
  const result = verifySync({ secret, token, epoch, epochTolerance: stepSeconds });
  if (!result.valid) return undefined;
  const step = Math.floor(epoch / stepSeconds) + result.delta;
  return step > lastStep ? step : undefined;
}

/** Codes for the day when the app is lost, each good for once. */
export function newRecoveryCodes(): readonly string[] {
  return Array.from({ length: recoveryCodes }, () => `${fiveLetters()}-${fiveLetters()}`);
}

/** A recovery code as it is hashed, however it was typed. */
export function plainRecoveryCode(code: string): string {
  return code.toLowerCase().replaceAll(/[^a-z0-9]/gu, "");
}

function fiveLetters(): string {
  return Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join("");
}
