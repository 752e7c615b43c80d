import type { AskAsOwner, Row, Values } from "../row.ts";

const list = "/api/v2/projects/:projectKey/environments";
const one = `${list}/:environmentKey`;
const seen = { needs: "reading", action: "viewProject", resource: "proj/{projectKey}" } as const;
const resource = "proj/{projectKey}:env/*";
const writing = { needs: "writing", resource } as const;
const administering = { needs: "administering", resource } as const;

export const rows: readonly Row[] = [
  { ...seen, route: `GET ${list}` },
  { ...seen, route: `GET ${one}` },
  { ...seen, route: `GET ${one}/connections` },
  { ...seen, route: `GET ${one}/evaluations` },
  {
    ...seen,
    route: `POST ${one}/flags/evaluate`,
    body: () => ({ kind: "user", key: "ada" }),
  },
  {
    ...writing,
    route: `POST ${list}`,
    action: "createEnvironment",
    body: ({ fresh }) => ({ key: fresh, name: "Made" }),
  },
  {
    ...writing,
    route: `PATCH ${one}`,
    action: "updateName",
    body: ({ fresh }) => [{ op: "replace", path: "/name", value: fresh }],
  },
  { ...administering, route: `POST ${one}/apiKey`, action: "updateApiKey" },
  { ...administering, route: `POST ${one}/mobileKey`, action: "updateMobileKey" },
  {
    ...administering,
    needs: "reading",
    route: `GET ${one}/keys`,
    action: "viewSdkKey",
  },
  {
    ...administering,
    route: `POST ${one}/keys`,
    action: "createSdkKey",
    body: () => ({ kind: "sdk", name: "further" }),
  },
  {
    ...administering,
    route: `DELETE ${one}/keys/:secret`,
    action: "deleteSdkKey",
    make: makeKey,
  },
  {
    ...writing,
    route: `DELETE ${one}`,
    action: "deleteEnvironment",
    make: async (askAsOwner, { projectKey, fresh }) => {
      const path = `/api/v2/projects/${projectKey}/environments`;
      await askAsOwner("POST", path, { key: fresh, name: "Made", color: "417505" });
      return { environmentKey: String(fresh) };
    },
  },
];

async function makeKey(askAsOwner: AskAsOwner, { projectKey }: Values): Promise<Values> {
  const path = `/api/v2/projects/${projectKey}/environments/test/keys`;
  const made = await askAsOwner("POST", path, { kind: "sdk", name: "further" });
  if (typeof made === "object" && made !== null && "key" in made)
    return { secret: String(made.key) };
  throw new Error("a key was made, and is not shown");
}
