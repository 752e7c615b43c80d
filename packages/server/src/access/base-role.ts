import { compilePolicy, type Policy, type Statement } from "./policy.ts";

/** The roles that are there without anyone making them. */
const baseRoles = ["no_access", "reader", "writer", "admin", "owner"] as const;
type BaseRole = (typeof baseRoles)[number];

/** What stands in every role that begins from reading. */
export const reading: readonly Statement[] = [
  { effect: "allow", actions: ["view*"], resources: ["*"] },
  {
    effect: "deny",
    actions: ["viewAccessTokens", "viewRelayAutoConfiguration"],
    resources: ["*"],
  },
];

const everything: readonly Statement[] = [{ effect: "allow", actions: ["*"], resources: ["*"] }];

const statementsOf: Readonly<Record<BaseRole, readonly Statement[]>> = {
  no_access: [],
  reader: reading,
  writer: [
    {
      effect: "allow",
      actions: ["*"],
      resources: [
        "proj/*",
        "proj/*:env/*",
        "proj/*:env/*:flag/*",
        "proj/*:env/*:segment/*",
        "proj/*:env/*:context/*",
        "proj/*:env/*:user/*",
        "proj/*:context-kind/*",
        "proj/*:metric/*",
        "proj/*:payload-filter/*",
        "proj/*:release-pipeline/*",
        "code-reference-repository/*",
        "template/*",
      ],
    },
    {
      effect: "deny",
      actions: [
        "updateApiKey",
        "updateMobileKey",
        "createSdkKey",
        "deleteSdkKey",
        "bypassRequiredApproval",
      ],
      resources: ["*"],
    },
  ],
  admin: everything,
  owner: everything,
};

/** The policies of a base role; the permissions of several add up. */
export function policiesOfBaseRole(role: string): readonly Policy[] {
  const known = baseRoles.find((one) => one === role);
  if (known === undefined) return [];
  // A writer reads what is not written by writers, such as who the members are.
  const origin = `the base role ${known}`;
  const policies =
    known === "writer"
      ? [compilePolicy(statementsOf.writer), compilePolicy(reading)]
      : [compilePolicy(statementsOf[known])];
  return policies.map((policy) => ({ ...policy, origin }));
}
