import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import path from "node:path";

/**
 * Takes a data folder for this process; the function given back lets it go. Two servers on one
 * folder would each serve what the other does not know of. A process that was killed leaves its
 * mark behind; it counts only while that process lives.
 */
export function lockFolder(folder: string): () => void {
  const file = path.join(folder, "halyard.lock");
  const holder = holderOf(file);
  if (holder !== undefined && holder !== process.pid && isAlive(holder)) {
    throw new Error(
      `another server (process ${holder}) uses ${folder}; stop it, or set HALYARD_DATA to another folder`,
    );
  }
  if (holder === process.pid) {
    throw new Error(`this process has ${folder} open already; set HALYARD_DATA to another folder`);
  }
  rmSync(file, { force: true });
  const descriptor = openSync(file, "wx", 0o600);
  writeSync(descriptor, String(process.pid));
  closeSync(descriptor);
  return () => rmSync(file, { force: true });
}

function holderOf(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined; // There is no mark: nobody holds the folder.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
