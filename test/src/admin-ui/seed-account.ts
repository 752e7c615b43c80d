import type { Management } from "../management.ts";

const people = [
  ["grace", "Grace", "Hopper", "writer"],
  ["alan", "Alan", "Turing", "reader"],
  ["katherine", "Katherine", "Johnson", "admin"],
  ["edsger", "Edsger", "Dijkstra", "no_access"],
] as const;

/** People, roles, teams and tokens, as an account of some months has them. */
export async function seedAccount(management: Management): Promise<void> {
  await management.ask("POST", "/api/v2/roles", {
    key: "deployer",
    name: "Deployer",
    description: "Switches flags everywhere but in critical environments.",
    basePermissions: "reader",
    policy: [
      {
        effect: "allow",
        actions: ["updateOn", "updateRules", "updateFallthrough"],
        resources: ["proj/*:env/*:flag/*"],
      },
      { effect: "deny", actions: ["*"], resources: ["proj/*:env/*;{critical:true}:flag/*"] },
    ],
  });
  await management.ask("POST", "/api/v2/roles", {
    key: "billing-only",
    name: "Billing only",
    description: "",
    basePermissions: "no_access",
    policy: [
      { effect: "allow", actions: ["viewProject"], resources: ["proj/web-shop"] },
      { effect: "allow", actions: ["*"], resources: ["proj/web-shop:env/*:flag/*;billing"] },
    ],
  });
  await management.ask("POST", "/api/v2/members", [
    ...people.map(([name, firstName, lastName, role]) => ({
      email: `${name}@example.com`,
      firstName,
      lastName,
      role,
      ...(role === "no_access" ? { customRoles: ["billing-only"] } : {}),
      ...(role === "reader" ? { customRoles: ["deployer"] } : {}),
    })),
    { email: "new.colleague.with.a.long.address@subsidiary.example.com", role: "reader" },
  ]);
  const { items } = (await management.ask("GET", "/api/v2/members")) as {
    readonly items: readonly { readonly _id: string; readonly email: string }[];
  };
  const idOf = (name: string) => items.find(({ email }) => email.startsWith(name))?._id ?? "";
  await management.ask("PUT", `/api/v2/members/${idOf("katherine")}/suspension`);
  await management.ask("POST", "/api/v2/teams", {
    key: "payments",
    name: "Payments",
    description: "Checkout, invoices and everything with money.",
    memberIDs: [idOf("grace"), idOf("alan")],
    customRoleKeys: ["deployer"],
  });
  await management.ask("POST", "/api/v2/teams", {
    key: "search",
    name: "Search",
    memberIDs: [idOf("grace")],
  });
  await seedTeams(management, { grace: idOf("grace"), edsger: idOf("edsger") });
  await management.ask("POST", "/api/v2/tokens", { name: "deploy pipeline", role: "writer" });
}

/** A relay for everything, and one that learns a part. */
export async function seedRelays(management: Management): Promise<void> {
  const path = "/api/v2/account/relay-auto-configs";
  await management.ask("POST", path, { name: "Edge, Frankfurt" });
  await management.ask("POST", path, {
    name: "Factory floor",
    policy: [
      { effect: "allow", actions: ["*"], resources: ["proj/web-shop:env/*"] },
      { effect: "deny", actions: ["*"], resources: ["proj/*:env/development"] },
    ],
  });
}

/** One that is shown now, one that is to come, and one that is over. */
export async function seedAnnouncements(management: Management): Promise<void> {
  const dayMs = 86_400_000;
  const now = Date.now();
  const all = [
    {
      title: "Freeze",
      message: "No changes in production from Thursday noon until Monday: the winter sale begins.",
      severity: "warning",
      isDismissible: true,
      startTime: now - dayMs,
    },
    {
      title: "Maintenance",
      message:
        "The database moves on Sunday at 06:00. Apps keep their flags; this UI is away for ten minutes.",
      severity: "info",
      isDismissible: true,
      startTime: now + 2 * dayMs,
      endTime: now + 5 * dayMs,
    },
    {
      title: "Payments are down",
      message: "Do not touch checkout flags.",
      severity: "critical",
      isDismissible: false,
      startTime: now - 9 * dayMs,
      endTime: now - 8 * dayMs,
    },
  ];
  for (const one of all) await management.ask("POST", "/api/v2/announcements", one);
}

/** An OpenID provider that nobody asks, and a directory's token. */
export async function seedSso(management: Management): Promise<void> {
  await management.ask("PUT", "/api/v2/account/sso", {
    issuer: "https://id.example.com/realms/staff",
    clientId: "halyard",
    clientSecret: "between the two of them",
    allowedDomains: ["example.com", "subsidiary.example.com"],
    roleClaim: "groups",
    roles: { engineering: "writer", "platform-leads": "admin" },
    teamClaim: "groups",
    teams: { payments: "payments" },
  });
  await management.ask("POST", "/api/v2/tokens", {
    name: "SCIM",
    serviceToken: true,
    inlineRole: [{ effect: "allow", actions: ["manageScim"], resources: ["acct"] }],
  });
}

/** A team whose role asks for an attribute, and one that a directory keeps. */
async function seedTeams(
  management: Management,
  { grace, edsger }: { readonly grace: string; readonly edsger: string },
): Promise<void> {
  await management.ask("POST", "/api/v2/roles", {
    key: "project-keeper",
    name: "Project keeper",
    description: "Does everything in the projects that the team names.",
    basePermissions: "no_access",
    policy: [
      {
        effect: "allow",
        actions: ["*"],
        resources: [`proj/\${roleAttribute/projects}:env/*:flag/*`],
      },
    ],
  });
  await management.ask("POST", "/api/v2/teams", {
    key: "platform",
    name: "Platform",
    description: "Keeps the lights on.",
    memberIDs: [grace, edsger],
    customRoleKeys: ["project-keeper"],
    permissionGrants: [{ actionSet: "maintainTeam", memberIDs: [grace] }],
    roleAttributes: { regions: ["eu-west", "eu-central"] },
  });
  await management.ask(
    "POST",
    "/scim/v2/Groups",
    { displayName: "Support", members: [{ value: grace }] },
    "application/scim+json",
  );
}

/** Invites somebody; gives where the invitation leads. */
export async function invitationPath(management: Management, email: string): Promise<string> {
  const invited = await management.ask("POST", "/api/v2/members", [{ email }]);
  const { items } = invited as { readonly items: readonly { readonly invitation: string }[] };
  return items[0]?.invitation ?? "";
}
