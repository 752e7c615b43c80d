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
  await seedIntegrations(management);
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

/** Nobody is told: the services are elsewhere. */
async function seedIntegrations(management: Management): Promise<void> {
  const add = (kind: string, name: string, settings: object) =>
    management.ask("POST", `/api/v2/integrations/${kind}`, { name, on: false, ...settings });
  const resources = ["flag", "segment"].map((kind) => `proj/web-shop:env/production:${kind}/*`);
  await add("slack", "#shop-releases", {
    config: { url: "https://hooks.slack.com/services/T0/B0/x" },
    statements: [{ effect: "allow", actions: ["*"], resources }],
  });
  await add("slack", "#everything", {
    config: { url: "https://hooks.slack.com/services/T0/B1/x" },
  });
  await add("datadog", "Shop dashboards", {
    config: { apiKey: "0123456789abcdef", hostURL: "https://api.datadoghq.eu" },
  });
}
