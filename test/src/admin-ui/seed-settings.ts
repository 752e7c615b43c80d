import type { Management } from "../management.ts";

const project = "/api/v2/projects/web-shop";

/** What a project has set up after some months. */
export async function seedSettings(management: Management): Promise<void> {
  await management.ask("PATCH", `${project}/flag-defaults`, [
    { op: "replace", path: "/tags", value: ["shop"] },
    { op: "replace", path: "/booleanDefaults/trueDisplayName", value: "Available" },
    { op: "replace", path: "/booleanDefaults/falseDisplayName", value: "Unavailable" },
  ]);
  await seedKinds(management);
}

async function seedKinds(management: Management): Promise<void> {
  const kind = (key: string, settings: object) =>
    management.ask("PUT", `${project}/context-kinds/${key}`, settings);
  await kind("organization", {
    name: "Organization",
    description: "A business that buys for many people, such as a hotel or a school.",
  });
  await kind("device", { name: "Device" });
  await kind("session", {
    name: "Session",
    description: "One visit; for experiments before somebody signs in.",
    hideInTargeting: true,
  });
  await kind("till", { name: "Till in a store", archived: true });
}
