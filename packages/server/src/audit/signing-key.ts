import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
} from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Signs where the audit log stands; who has the public half can tell. */
export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const fileName = "audit-signing-key.pem";

/** The key of a data folder, which is made at the first start. */
export function openSigningKey(folder: string): SigningKey {
  const file = path.join(folder, fileName);
  if (!existsSync(file)) {
    const made = generateKeyPairSync("ed25519");
    const pem = made.privateKey.export({ type: "pkcs8", format: "pem" });
    // Never over a key that another start has just made.
    writeFileSync(file, pem, { mode: 0o600, flag: "wx" });
  }
  return readSigningKey(folder);
}

/** Throws where the folder has none. */
export function readSigningKey(folder: string): SigningKey {
  const privateKey = createPrivateKey(readFileSync(path.join(folder, fileName)));
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

export function pemOf(publicKey: KeyObject): string {
  return publicKey.export({ type: "spki", format: "pem" }).toString();
}
