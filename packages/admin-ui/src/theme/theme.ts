import { useSyncExternalStore } from "react";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

const place = "halyard.theme";
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
const changed = new EventTarget();

function wanted(): Theme {
  const kept = localStorage.getItem(place);
  return themes.find((theme) => theme === kept) ?? "system";
}

function apply(): void {
  const theme = wanted();
  const isDark = theme === "dark" || (theme === "system" && systemIsDark.matches);
  document.documentElement.dataset["theme"] = isDark ? "dark" : "light";
  changed.dispatchEvent(new Event("change"));
}

/** Follows the system, and what another tab chooses. */
export function followTheme(): void {
  apply();
  systemIsDark.addEventListener("change", apply);
  addEventListener("storage", ({ key }) => {
    if (key === place) apply();
  });
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(place, theme);
  apply();
}

export function useTheme(): Theme {
  return useSyncExternalStore(listen, wanted);
}

/** Whether the page is dark at the moment, for what CSS does not draw. */
export function useIsDark(): boolean {
  return useSyncExternalStore(listen, () => document.documentElement.dataset["theme"] === "dark");
}

function listen(onChange: () => void): () => void {
  changed.addEventListener("change", onChange);
  return () => changed.removeEventListener("change", onChange);
}
