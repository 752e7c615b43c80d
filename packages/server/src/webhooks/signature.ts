import { createHmac, randomBytes } from "node:crypto";

const prefix = "whsec_";

/** A secret as the Standard Webhooks write it. */
export function newWebhookSecret(): string {
  return prefix + randomBytes(32).toString("base64");
}

export interface SignedMessage {
  readonly id: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly body: string;
}

/** Signs with each secret that is good, the newest first: one that was replaced is so for a while. */
export function signatureHeaders(
  { id, timestamp, body }: SignedMessage,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const [newest] = secrets;
  const standard = { "webhook-id": id, "webhook-timestamp": String(timestamp) };
  if (newest === undefined) return standard;
  const signed = `${id}.${timestamp}.${body}`;
  const signatures = secrets.map(
    (secret) => `v1,${createHmac("sha256", keyOf(secret)).update(signed).digest("base64")}`,
  );
  return {
    ...standard,
    "webhook-signature": signatures.join(" "),
    // The older scheme takes the secret as it is written, and knows one only.
    "x-ld-signature": createHmac("sha256", newest).update(body).digest("hex"),
  };
}

/** A secret with the prefix stands for the bytes behind it; any other text stands for itself. */
function keyOf(secret: string): Buffer {
  return secret.startsWith(prefix)
    ? Buffer.from(secret.slice(prefix.length), "base64")
    : Buffer.from(secret, "utf8");
}
