import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import path from "node:path";

/**
 * Takes a data folder for this process; the function given back lets it go. Two servers on one
 * folder would each serve what the other does not know of. A process that was killed leaves its
 * mark behind; it counts only while that process lives. In a container every server may have the
 * same id, so a mark with our own id counts only where its time says that we made it.
 */
export function lockFolder(folder: string): () => void {
  const file = path.join(folder, "halyard.lock");
  const holder = holderOf(file);
  const isOurs = holder?.pid === process.pid;
  const isHeld = isOurs
    ? holder.startedAt === performance.timeOrigin
    : holder !== undefined && isAlive(holder.pid);
  if (isHeld) {
    throw new Error(
      `another server (process ${holder?.pid}) uses ${folder}; stop it, or set HALYARD_DATA to another folder`,
    );
  }
  rmSync(file, { force: true });
  const descriptor = openSync(file, "wx", 0o600);
  writeSync(descriptor, `${process.pid} ${performance.timeOrigin}`);
  closeSync(descriptor);
  return () => rmSync(file, { force: true });
}

function holderOf(file: string): { readonly pid: number; readonly startedAt: number } | undefined {
  try {
    const [pid = 0, startedAt = 0] = readFileSync(file, "utf8").split(" ").map(Number);
    return Number.isSafeInteger(pid) && pid > 0 ? { pid, startedAt } : undefined;
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
