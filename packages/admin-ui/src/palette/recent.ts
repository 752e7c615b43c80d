const place = "halyard.recent";
const most = 8;

/** Ids of the commands that were used last, newest first. */
export function recentlyUsed(): readonly string[] {
  const kept: unknown = JSON.parse(localStorage.getItem(place) ?? "[]");
  return Array.isArray(kept) ? kept.filter((id) => typeof id === "string") : [];
}

export function noteUse(id: string): void {
  const others = recentlyUsed().filter((one) => one !== id);
  localStorage.setItem(place, JSON.stringify([id, ...others].slice(0, most)));
}
