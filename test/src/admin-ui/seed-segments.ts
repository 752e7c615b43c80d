import type { Management } from "../management.ts";

const project = "web-shop";
const country = (values: readonly string[]) => ({
  contextKind: "user",
  attribute: "country",
  op: "in",
  values,
});

/** Segments as a shop has them: some testers by name and by rule, a big list, one that nothing asks for. */
export async function seedSegments(management: Management): Promise<void> {
  const testers = {
    key: "beta-testers",
    name: "Beta testers",
    description: "Who has asked to see things early.",
    tags: ["product"],
  };
  for (const environment of ["staging", "production"]) {
    const path = `/api/v2/segments/${project}/${environment}`;
    await management.ask("POST", path, testers);
    await management.ask("PATCH", `${path}/beta-testers`, { instructions: whoTests });
  }
  const path = `/api/v2/segments/${project}/production`;
  await management.ask("POST", path, {
    key: "newsletter",
    name: "Newsletter readers",
    description: "Taken over from the mailing system each night.",
    tags: ["marketing"],
    unbounded: true,
  });
  await management.ask("PATCH", `${path}/newsletter`, {
    instructions: [
      {
        kind: "addBigSegmentIncludedTargets",
        values: Array.from({ length: 1_240 }, (_, at) => `customer-${at * 3}`),
      },
      { kind: "addBigSegmentExcludedTargets", values: ["customer-10", "customer-20"] },
    ],
  });
  await askForSegment(management);
}

const whoTests = [
  { kind: "addIncludedTargets", contextKind: "user", values: ["customer-0", "customer-7", "ada"] },
  { kind: "addIncludedTargets", contextKind: "org", values: ["acme", "globex"] },
  { kind: "addExcludedTargets", contextKind: "user", values: ["customer-11"] },
  {
    kind: "addRule",
    description: "Beta plan where we speak the language",
    clauses: [
      { contextKind: "user", attribute: "plan", op: "in", values: ["beta"] },
      country(["DE", "AT", "FR"]),
    ],
  },
  { kind: "addRule", clauses: [country(["IT"])], weight: 25_000, bucketBy: "key" },
];

/** Two flags ask whether somebody is a tester. */
async function askForSegment(management: Management): Promise<void> {
  for (const key of ["one-click-pay", "new-invoice-layout"]) {
    const flag = (await management.ask("GET", `/api/v2/flags/${project}/${key}`)) as {
      readonly variations: readonly { readonly _id: string }[];
    };
    const clauses = [{ attribute: "", op: "segmentMatch", values: ["beta-testers"] }];
    await management.instruct(project, key, "production", [
      { kind: "turnFlagOn" },
      { kind: "updateFallthroughVariationOrRollout", variationId: flag.variations[1]?._id },
      { kind: "addRule", description: "Testers", clauses, variationId: flag.variations[0]?._id },
    ]);
  }
}
