import { useParams } from "@tanstack/react-router";

const place = "halyard.project";

/** The project that was looked at last; empty where there was none. */
export function lastProject(): string {
  return localStorage.getItem(place) ?? "";
}

export function rememberProject(project: string): void {
  localStorage.setItem(place, project);
}

/** The project of the page; on pages of the account the one that was looked at before. */
export function useProject(): string {
  const { project } = useParams({ strict: false });
  return project ?? lastProject();
}
